"""What readers send in about a text: received, with limits that keep it answerable, and answered once.

We ask for no name and no address, so that nobody has to trust us with either. Rows are of a model with ``document``,
``words``, ``received_at``, ``answer``, ``answered_at``, ``answered_by`` and ``open()``. Each kind of text says with
its own words what the rows are about and who sees the answer.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

WAITING_AT_MOST = 30
"""Of one document that nobody has answered yet. One with more is known to be wrong, or is being flooded."""
A_DAY_AT_MOST = 300
"""Of all documents in 24 hours: what a few editors could never read."""


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class TooMany(Refused):
    """More than anybody could answer has come in."""


@transaction.atomic
def receive(
    rows: Any,
    document: Any,
    *,
    words: str,
    at: datetime,
    refusal: str,
    waiting_at_most: int = WAITING_AT_MOST,
    a_day_at_most: int = A_DAY_AT_MOST,
    **about: Any,
) -> Any:
    """Keep what a reader sent. ``about`` says what exactly it is about; sent twice in the same words, it is one."""
    type(document)._default_manager.select_for_update().get(pk=document.pk)
    waiting = rows.open().filter(document=document)
    if same := waiting.filter(words=words, **about).first():
        return same
    today = rows.filter(received_at__gt=at - timedelta(days=1))
    if waiting[:waiting_at_most].count() >= waiting_at_most or today[:a_day_at_most].count() >= a_day_at_most:
        raise TooMany(refusal)
    return rows.create(document=document, words=words, received_at=at, **about)


@transaction.atomic
def answer(row: Any, *, by: User, at: datetime, text: str, refusal: str, **shown: Any) -> Any:
    """Answer once. ``shown`` says where the answer stands."""
    row = held(row)
    if not row.is_open:
        raise Refused(refusal)
    row.answer, row.answered_at, row.answered_by = text, at, by
    for name, value in shown.items():
        setattr(row, name, value)
    row.save()
    return row


def held(row: Any) -> Any:
    """The row as it is now, held until the end of the transaction."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
