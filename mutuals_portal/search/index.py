"""Keeping the search in step with what is published. ``renew`` follows the verbs of publishing."""

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorCombinable, SearchVectorField
from django.db import connection, transaction
from django.db.models import Func, TextField, Value

from mutuals_portal.search import folding, vocabulary
from mutuals_portal.search.found import Found, registered, searchable
from mutuals_portal.search.models import Making, SearchText, Word
from mutuals_portal.vocabulary import Stage

CONFIG = "english"
LONGEST_TEXT = 200_000
"""Characters of a text that are searched. PostgreSQL refuses a vector of over a megabyte."""
AT_ONCE = 500
RULES = 1
"""Raise it when a row would be made otherwise than before: ``bring_up_to_date`` then makes all of them anew."""


class Marks(SearchVectorCombinable, Func):
    function = "array_to_tsvector"
    output_field = SearchVectorField()


@transaction.atomic
def renew(document: Any) -> None:
    """Bring what can be found of a document, and of what belongs to it, in line with what is published."""
    known = searchable(document)
    if known is None:
        return
    _wait_for_others()
    documents = list(known.affected(document))
    old = SearchText.objects.filter(key__in=[known.key(each) for each in documents])
    more = vocabulary.words_of(())
    more.subtract(vocabulary.words_of(old.only("title", "names", "summary", "text")))
    old.delete()
    more.update(vocabulary.words_of(write(known.found(documents))))
    vocabulary.change(more)


@transaction.atomic
def renew_all() -> int:
    """Make the search anew of all that is published. Returns how many rows there are."""
    _wait_for_others()
    SearchText.objects.all().delete()
    Word.objects.all().delete()
    rows = [
        row
        for model, known in registered().items()
        for row in write(known.found(model._default_manager.all()))
    ]
    vocabulary.change(vocabulary.words_of(rows))
    Making.objects.all().delete()
    Making.objects.create(rules=_rules())
    return len(rows)


def bring_up_to_date(changed: Iterable[Any] = ()) -> bool:
    """Make all anew where that has never been done, or was done by other rules; else what of ``changed`` is found.

    Returns whether all was made anew.
    """
    if Making.objects.filter(rules=_rules()).exists():
        for document in changed:
            renew(document)
        return False
    renew_all()
    return True


def write(found: Iterable[Found]) -> list[SearchText]:
    rows = [_row(each) for each in found]
    SearchText.objects.bulk_create(rows, batch_size=AT_ONCE)
    return rows


def _wait_for_others() -> None:
    """Until the end of the transaction nobody else renews. A page is renewed with its guide too: what is read of it
    before its withdrawal is committed would come back as found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('search'))")


def _rules() -> str:
    return " ".join([str(RULES), *sorted(model._meta.label for model in registered())])


def _row(found: Found) -> SearchText:
    names = (found.title, *found.names)
    parts = {"A": " ".join(names), "B": found.summary, "D": found.text[:LONGEST_TEXT]}
    vectors: list[Any] = [_vector(words, weight=weight) for weight, words in parts.items()]
    return SearchText(
        key=found.key,
        kind=found.kind,
        address=found.address,
        title=found.title,
        summary=found.summary,
        text=found.text[:LONGEST_TEXT],
        names=list(found.names),
        part_of=found.part_of,
        nations=list(found.nations),
        stages=list(found.stages),
        shown_from=found.shown_from,
        shown_until=found.shown_until,
        called=list(dict.fromkeys(" ".join(folding.words(name)) for name in names)),
        heading=_vector(" ".join(names)),
        vector=reduce(add, [*vectors, _filterable(found)]),
    )


def _vector(words: str, *, weight: str | None = None) -> SearchVector:
    folded = Value(" ".join(folding.words(words)), output_field=TextField())
    return SearchVector(folded, weight=weight, config=CONFIG)


def _filterable(found: Found) -> Marks:
    """What it can be filtered by, beside its words: no word has such a sign in it. So the index answers for both."""
    marks = [
        f"kind={found.kind}",
        *(f"nation={nation}" for nation in found.nations),
        *(f"stage={stage}" for stage in found.stages or Stage.values),
    ]
    return Marks(Value(marks, output_field=ArrayField(TextField())))
