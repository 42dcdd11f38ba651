"""How something that happened to an enquiry is written down. Used by the modules of its verbs only.

An event, its message, the standing on the enquiry's row and the mail that is owed belong to one transaction, and the
row is locked first: two people who act at once are put in a queue, and the second acts on what the first has left.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.contrib.auth.models import User
from django.db import transaction

from signposting import access, custody, emails
from signposting.models import (
    Enquiry,
    EnquiryEvent,
    Message,
    Organisation,
    Participant,
    Reason,
    Status,
    Verb,
)
from signposting.working_days import calendar_of

Actor = User | Participant | None
"""An adviser, somebody of the group, or the service itself."""

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """Something that cannot be done now. The message says why, in words for whoever tried."""


class NotAllowed(Refused):
    """The person may not do this to this enquiry."""


class ChangedMeanwhile(Refused):
    """The person acted on an older state than the present one."""


@dataclass(frozen=True)
class Standing:
    """Where a case stands: what every event leaves behind."""

    status: Status
    holder: Organisation
    adviser: User | None = None

    @classmethod
    def of(cls, enquiry: Enquiry) -> "Standing":
        return cls(Status(enquiry.status), enquiry.holder, enquiry.adviser)


@dataclass(frozen=True)
class Words:
    """What somebody wrote with an event. ``key`` comes from the form, so that a double click is one message."""

    side: Message.Side
    text: str
    organisation: Organisation | None = None
    key: uuid.UUID | None = None


def atomic(function: Callable[P, R]) -> Callable[P, R]:
    """All or nothing. (Django's own decorator hides the types.)"""

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic():
            return function(*args, **kwargs)

    return whole


def lock(enquiry: Enquiry, *, seen: int | None = None) -> Enquiry:
    """A fresh copy of the row, ours until the transaction ends.

    ``seen`` is the version that the person was looking at. Raises ``ChangedMeanwhile`` when it is not the latest.
    """
    # Without joins: after a wait PostgreSQL looks at the row anew, but at joined rows as they were before, so a holder
    # or adviser that changed meanwhile would be the old one, or no row at all.
    fresh = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if seen is not None and fresh.version != seen:
        latest = fresh.events.get(number=fresh.version)
        raise ChangedMeanwhile(
            "Somebody else acted on this enquiry while you were looking at it. "
            f"Latest: {latest.get_verb_display().lower()}. Nothing of yours was saved. Look again before you act."
        )
    return fresh


def require_adviser(enquiry: Enquiry, by: Actor) -> User:
    """The adviser, if of the body that holds the enquiry and with the right to work on it. Or ``NotAllowed``."""
    if not isinstance(by, User) or not access.may_work_on(by, enquiry):
        raise NotAllowed("Only an adviser of the body that holds this enquiry can do that.")
    return by


def require_participant(enquiry: Enquiry, by: Actor) -> Participant:
    """The participant, if still of the group. Or ``NotAllowed``."""
    if not isinstance(by, Participant) or not enquiry.participants.current().filter(pk=by.pk).exists():
        raise NotAllowed("You no longer follow this enquiry.")
    return by


def require_words(text: str) -> str:
    if not text.strip():
        raise Refused("Write something first.")
    return text.strip()


def has_been_written(enquiry: Enquiry, key: uuid.UUID | None) -> bool:
    """Whether a form with this key has been sent before. The row must be locked."""
    return key is not None and Message.objects.filter(key=key, event__enquiry=enquiry).exists()


def add_event(
    enquiry: Enquiry,
    verb: Verb,
    standing: Standing,
    *,
    by: Actor,
    at: datetime,
    reason_code: Reason | str = "",
    reason: str = "",
    words: Words | None = None,
) -> EnquiryEvent:
    """Write one event and make the enquiry's row agree with it. The row must be locked, or new."""
    event = EnquiryEvent.objects.create(
        enquiry=enquiry,
        number=enquiry.version + 1,
        verb=verb,
        at=at,
        by_user=by if isinstance(by, User) else None,
        by_participant=by if isinstance(by, Participant) else None,
        status=standing.status,
        holder=standing.holder,
        adviser=standing.adviser,
        reason_code=reason_code,
        reason=reason,
    )
    if words:
        event.message = Message.objects.create(
            event=event,
            side=words.side,
            organisation=words.organisation,
            text=words.text,
            key=words.key or uuid.uuid4(),
        )
    take_standing(enquiry, standing, version=event.number, steps=enquiry.events.order_by("number"))
    enquiry.save(update_fields=["status", "holder", "adviser", "respond_by", "version"])
    return event


def take_standing(
    enquiry: Enquiry, standing: Standing, *, version: int, steps: Iterable[EnquiryEvent]
) -> None:
    """Set the fields of the row that repeat the latest event, without saving them."""
    enquiry.status = standing.status
    enquiry.holder = standing.holder
    enquiry.adviser = standing.adviser
    enquiry.version = version
    enquiry.respond_by = custody.respond_by(list(steps), calendar=calendar_of(standing.holder.home_nation))


def tell_group(enquiry: Enquiry, *, at: datetime, but: Actor = None) -> None:
    """Owe a neutral mail to everyone of the group who wants one, except whoever acted."""
    others = [person for person in enquiry.participants.current() if person != but]
    emails.owe(participants=others, at=at)


def tell_holder(enquiry: Enquiry, *, at: datetime) -> None:
    """Owe a neutral mail to the body that holds the enquiry."""
    emails.owe(organisation=enquiry.holder, at=at)
