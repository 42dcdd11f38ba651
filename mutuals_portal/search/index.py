"""Keeping the search in step with what is published. ``renew`` follows the verbs of publishing."""

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import TextField, Value

from mutuals_portal.search.folding import fold
from mutuals_portal.search.found import Found, registered, searchable
from mutuals_portal.search.models import SearchText

CONFIG = "english"
LONGEST_TEXT = 200_000
"""Characters of a text that are searched. PostgreSQL refuses a vector of over a megabyte."""
AT_ONCE = 500


@transaction.atomic
def renew(document: Any) -> None:
    """Bring what can be found of a document, and of what belongs to it, in line with what is published."""
    known = searchable(document)
    if known is None:
        return
    documents = list(known.affected(document))
    SearchText.objects.filter(key__in=[known.key(each) for each in documents]).delete()
    _write(known.found(documents))


@transaction.atomic
def renew_all() -> int:
    """Make the search anew of all that is published. Returns how many rows there are."""
    SearchText.objects.all().delete()
    return sum(_write(known.found(model._default_manager.all())) for model, known in registered().items())


def _write(found: Iterable[Found]) -> int:
    rows = [_row(each) for each in found]
    SearchText.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def _row(found: Found) -> SearchText:
    parts = {
        "A": " ".join((found.title, *found.names)),
        "B": found.summary,
        "D": found.text[:LONGEST_TEXT],
    }
    vectors: list[Any] = [
        SearchVector(Value(fold(words), output_field=TextField()), weight=weight, config=CONFIG)
        for weight, words in parts.items()
    ]
    return SearchText(
        key=found.key,
        kind=found.kind,
        address=found.address,
        title=found.title,
        summary=found.summary,
        text=found.text[:LONGEST_TEXT],
        names=list(found.names),
        nations=list(found.nations),
        stages=list(found.stages),
        shown_from=found.shown_from,
        shown_until=found.shown_until,
        vector=reduce(add, vectors),
    )
