"""Which enquiries may be the same question, sent twice.

A hint for an adviser and never a decision: nothing is joined or closed by it. The caller passes the enquiries that
the adviser may know of, so a hint cannot tell of any other. A few bounded queries, however many enquiries there are.
"""

from collections.abc import Set
from operator import attrgetter

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, QuerySet, TextField

from signposting.models import Enquiry

SHOWN = 5
COMPARED = 200
"""The newest enquiries only: a question that is sent twice is mostly sent twice within weeks."""

OVERLAP = 0.5
"""Half of all the words that either uses are used by both. Our own threshold: it finds a question sent again with
small changes, and not two groups that ask about one subject in words of their own."""


def possible_duplicates(enquiry: Enquiry, among: QuerySet[Enquiry]) -> list[Enquiry]:
    """Up to ``SHOWN`` others, newest first: the same employer by name, or strongly overlapping words."""
    others = among.exclude(pk=enquiry.pk).defer("words").order_by("-id")
    found = {other.pk: other for other in [*_of_the_same_employer(enquiry, others), *_alike(enquiry, others)]}
    return sorted(found.values(), key=attrgetter("pk"), reverse=True)[:SHOWN]


def overlap(these: Set[str], those: Set[str]) -> float:
    """The share of words that both use, from 0 to 1. Nothing overlaps with nothing."""
    return len(these & those) / len(these | those) if these and those else 0.0


def _of_the_same_employer(enquiry: Enquiry, others: QuerySet[Enquiry]) -> list[Enquiry]:
    if not enquiry.employer_name:
        return []
    # The search index finds the few rows that have the name's words; only those are compared letter by letter.
    name = SearchQuery(enquiry.employer_name, config="english", search_type="phrase")
    return list(others.filter(words=name, employer_name__iexact=enquiry.employer_name)[:SHOWN])


def _alike(enquiry: Enquiry, others: QuerySet[Enquiry]) -> list[Enquiry]:
    lexemes = Func("words", function="tsvector_to_array", output_field=ArrayField(TextField()))
    newest = others[:COMPARED].values_list("pk", lexemes)
    mine = set(Enquiry.objects.values_list(lexemes, flat=True).get(pk=enquiry.pk))
    alike = [pk for pk, theirs in newest if overlap(mine, set(theirs)) >= OVERLAP]
    return list(others.filter(pk__in=alike[:SHOWN])) if alike else []
