"""What people do to a text: the table of what is possible when, and the verbs that do it.

Each verb is atomic, locks the document, names who acted and when, and raises ``Refused`` with a sentence for that
person. Who may use which verb at all is a matter of rights, and asked before.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from mutuals_portal.publishing.editions import Edition, Standing
from mutuals_portal.publishing.followers import tell

AnEdition = TypeVar("AnEdition", bound=Edition)


class Verb(StrEnum):
    WRITE = "write"
    SEND_FOR_REVIEW = "send-for-review"
    SEND_BACK = "send-back"
    APPROVE = "approve"
    PUBLISH = "publish"
    CANCEL_SCHEDULE = "cancel-schedule"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


OPEN = (Standing.DRAFT, Standing.IN_REVIEW, Standing.APPROVED)

POSSIBLE: dict[Verb, tuple[Standing, ...]] = {
    Verb.WRITE: OPEN,
    Verb.SEND_FOR_REVIEW: (Standing.DRAFT,),
    Verb.SEND_BACK: (Standing.IN_REVIEW, Standing.APPROVED),
    Verb.APPROVE: (Standing.IN_REVIEW,),
    Verb.PUBLISH: (Standing.APPROVED,),
    Verb.CANCEL_SCHEDULE: (Standing.SCHEDULED,),
    Verb.WITHDRAW: (Standing.LIVE,),
    Verb.DISCARD: OPEN,
}
"""Where an edition must stand. A text that is still to come is changed by cancelling it first."""


SECOND_PERSON = "You worked on this text yourself. Somebody else has to approve it."


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class ChangedMeanwhile(Refused):
    """Somebody else saved after the asker had looked."""


class NotReady(Refused):
    """Something is missing that every public page must have. ``problems`` names each thing in a sentence."""

    def __init__(self, problems: Sequence[str]):
        super().__init__("This cannot be published yet.")
        self.problems = tuple(problems)


def possible(edition: Edition, *, by: User, at: datetime) -> list[Verb]:
    """What can be done to an edition by somebody with every right."""
    standing = edition.standing(at=at)
    verbs = [verb for verb, standings in POSSIBLE.items() if standing in standings]
    if Verb.APPROVE in verbs and worked_on(edition, by=by):
        verbs.remove(Verb.APPROVE)
    return verbs


def may_start(document: Any, *, at: datetime) -> bool:
    """Whether a new draft can begin: not beside another, nor beside a text that is still to come."""
    return not (document.editions.open().exists() or document.editions.scheduled(at=at).exists())


def worked_on(edition: Edition, *, by: User) -> bool:
    """Whether somebody wrote in an edition or sent it, and so cannot be its second pair of eyes."""
    return edition.sent_by_id == by.pk or edition.authors.filter(pk=by.pk).exists()


# -- Writing


@transaction.atomic
def start(document: Any, *, by: User, at: datetime, like: Any = None) -> Any:
    """A new draft. It begins as ``like``, an edition or one save of it; else as what was shown last; else empty."""
    at = _lock(document, at=at)
    editions = document.editions
    if editions.open().exists():
        raise Refused("There is a draft already. Go on with that one, or delete it first.")
    if editions.scheduled(at=at).exists():
        raise Refused("A text is scheduled. Cancel that first, then change it.")
    numbers = editions.aggregate(last=Max("number"))
    like = like or editions.filter(shown_from__isnull=False).order_by("-shown_from", "-number").first()
    draft = editions.model(document=document, number=(numbers["last"] or 0) + 1, saved_at=at, saved_by=by)
    if like:
        for name, value in draft.words_of(like).items():
            setattr(draft, name, value)
        draft.review_by = like.review_by
    draft.take_over()
    draft.save()
    draft.settle()
    draft.authors.add(by)
    return draft


@transaction.atomic
def write(edition: AnEdition, *, by: User, at: datetime, seen: int, **words: Any) -> AnEdition:
    """Change what a draft says. Whatever was decided on the older words is void, and ``by`` is one of its authors.

    ``seen`` is the ``saves`` of the edition that the writer had before them. ``words`` may also hold ``review_by``,
    ``change_note`` and ``change_is_public``.
    """
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.WRITE, edition, at=at)
    for name, value in words.items():
        if name not in (*edition.WORDS, "review_by", "change_note", "change_is_public"):
            raise TypeError(f"{name} is not a part of {type(edition).__name__} that a person writes")
        setattr(edition, name, value)
    edition.authors.add(by)
    edition.take_over()
    edition = _back_to_draft(edition, by=by, at=at)
    edition.settle()
    return edition


@transaction.atomic
def discard(edition: Edition, *, at: datetime, seen: int) -> None:
    """Delete a draft. What was saved of it stays in the history."""
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.DISCARD, edition, at=at)
    edition.delete()


# -- Deciding


@transaction.atomic
def send_for_review(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.SEND_FOR_REVIEW, edition, at=at)
    _refuse_what_is_missing(edition, at=at)
    edition.status = Edition.Status.IN_REVIEW
    edition.sent_at, edition.sent_by, edition.review_note = at, by, ""
    return _save(edition, by=by, at=at)


@transaction.atomic
def send_back(edition: AnEdition, *, by: User, at: datetime, seen: int, note: str) -> AnEdition:
    """Ask for changes. ``note`` says which; the authors read it above the draft."""
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.SEND_BACK, edition, at=at)
    edition.review_note = note
    return _back_to_draft(edition, by=by, at=at)


@transaction.atomic
def approve(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    """The second pair of eyes: somebody who has not written in it, nor sent it."""
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.APPROVE, edition, at=at)
    if worked_on(edition, by=by):
        raise Refused(SECOND_PERSON)
    edition.status = Edition.Status.APPROVED
    edition.approved_at, edition.approved_by = at, by
    return _save(edition, by=by, at=at)


# -- Showing


@transaction.atomic
def publish(
    edition: AnEdition, *, by: User, at: datetime, seen: int, show_from: datetime | None = None
) -> AnEdition:
    """Show an approved edition at once, or from ``show_from`` on. The one before it ends at that moment."""
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.PUBLISH, edition, at=at)
    if show_from is not None and show_from <= at:
        raise Refused("Choose a moment that is still to come, or publish at once.")
    # What it needs, it needs when readers see it: a review that is over by then has not been made.
    _refuse_what_is_missing(edition, at=show_from or at)
    edition.status = Edition.Status.PUBLISHED
    edition = _show(edition, show_from or at, by=by, at=at)
    tell(edition.document)
    return edition


@transaction.atomic
def cancel_schedule(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    """Take a text that is still to come off the calendar. It stays approved; the one before it stays."""
    edition, at = _held(edition, at=at, seen=seen)
    _require(Verb.CANCEL_SCHEDULE, edition, at=at)
    edition = _unschedule(edition, by=by, at=at)
    tell(edition.document)
    return edition


@transaction.atomic
def withdraw(document: Any, *, by: User, at: datetime, reason: str) -> Any:
    """Take a document from the public at once, with what was scheduled for it. Readers see ``reason``."""
    if not reason.strip():
        raise Refused("Say why it is withdrawn. Readers will see your reason.")
    at = _lock(document, at=at)
    for edition in document.editions.scheduled(at=at):
        _unschedule(edition, by=by, at=at)
    edition = document.editions.live(at=at).first()
    if edition is None:
        raise Refused("This is not public, so there is nothing to withdraw.")
    edition.shown_until = edition.withdrawn_at = at
    edition.withdrawn_by, edition.withdrawal_reason = by, reason.strip()
    edition = _save(edition, by=by, at=at)
    tell(document)
    return edition


@transaction.atomic
def publish_loaded(document: Any, *, at: datetime, digest: str, **words: Any) -> Any:
    """Show what came with the service, checked before it was shipped. Call it only where nobody has edited it."""
    at = _lock(document, at=at)
    numbers = document.editions.aggregate(last=Max("number"))
    edition = document.editions.model(
        document=document,
        number=(numbers["last"] or 0) + 1,
        status=Edition.Status.PUBLISHED,
        loaded_digest=digest,
        **words,
    )
    edition.take_over()
    edition = _show(edition, at, by=None, at=at)
    edition.settle()
    tell(document)
    return edition


# -- What the verbs share


def _lock(document: Any, *, at: datetime) -> datetime:
    """Hold a document until the end of the transaction, and tell when the verb happens.

    Whoever waited for another comes after them, whatever their clock said before they had to wait.
    """
    type(document)._default_manager.select_for_update().get(pk=document.pk)
    last = document.editions.aggregate(at=Max("saved_at"))["at"]
    return max(at, last) if last else at


def _held(edition: AnEdition, *, at: datetime, seen: int) -> tuple[AnEdition, datetime]:
    at = _lock(edition.document, at=at)
    found = type(edition)._default_manager.filter(pk=edition.pk).first()
    if found is None:
        raise ChangedMeanwhile("This draft has been deleted.")
    if found.saves != seen:
        raise ChangedMeanwhile("This text changed while you were looking at it. Read it again, then decide.")
    return found, at


def _require(verb: Verb, edition: Edition, *, at: datetime) -> None:
    standing = edition.standing(at=at)
    if standing in POSSIBLE[verb]:
        return
    if verb is Verb.CANCEL_SCHEDULE:
        raise Refused("This is not scheduled, or it has been published by now.")
    if edition.is_open:
        raise Refused(f"This is not possible now: the text is “{standing.label.lower()}”.")
    raise Refused("This edition is published and never changes again. Start a new draft.")


def _refuse_what_is_missing(edition: Edition, *, at: datetime) -> None:
    if problems := edition.problems(at=at):
        raise NotReady(problems)


def _back_to_draft(edition: AnEdition, *, by: User, at: datetime) -> AnEdition:
    edition.status = Edition.Status.DRAFT
    edition.sent_at = edition.sent_by = edition.approved_at = edition.approved_by = None
    return _save(edition, by=by, at=at)


def _show(edition: AnEdition, moment: datetime, *, by: User | None, at: datetime) -> AnEdition:
    others: Any = type(edition)._default_manager.filter(document=edition.document_id)
    if later := others.filter(shown_from__gt=moment).order_by("shown_from").first():
        raise Refused(f"Edition {later.number} is scheduled for later. Cancel that first.")
    # First the end of the one before: two at a time are impossible, even inside a transaction.
    for earlier in others.live(at=moment):
        earlier.shown_until = moment
        earlier.save(update_fields=["shown_until"])
    edition.shown_from = moment
    return _save(edition, by=by, at=at)


def _unschedule(edition: AnEdition, *, by: User, at: datetime) -> AnEdition:
    ended_for_it = type(edition)._default_manager.filter(
        document=edition.document_id, shown_until=edition.shown_from, withdrawn_at=None
    )
    edition.status = Edition.Status.APPROVED
    edition.shown_from = edition.shown_until = None
    # Again in this order, for the same reason.
    before = ended_for_it.first()
    _save(edition, by=by, at=at)
    if before:
        before.shown_until = None
        before.save(update_fields=["shown_until"])
    return edition


def _save(edition: AnEdition, *, by: User | None, at: datetime) -> AnEdition:
    edition.saved_at, edition.saved_by = at, by
    edition.saves += 1
    edition.save()
    return edition
