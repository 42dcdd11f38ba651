"""The life of an enquiry: one table of what may follow what, and one function for each thing that can happen.

Nothing else changes where an enquiry stands. Each function locks the row, checks the table and the person, adds
one event, and puts the mail that this causes in the outbox, all in one transaction. Callers import the module and
say ``lifecycle.accept(enquiry, by=adviser, at=now)``. Whatever cannot be done raises a ``Refused`` whose message
is fit for the person who tried; nothing is then changed. ``seen`` is the version that the person was looking at.

Who may do what: the holder's advisers, the group, or the service itself, as the table says. What moves no case is
elsewhere: among the group in ``participation``, among a body's advisers in ``casework``. Source: design, section 6.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.contrib.auth.models import User
from django.db import IntegrityError

from signposting import access, routing, rule_sets
from signposting.case_record import (
    Actor,
    ChangedMeanwhile,
    NotAllowed,
    Refused,
    Standing,
    Words,
    add_event,
    atomic,
    has_been_written,
    lock,
    require_adviser,
    require_participant,
    require_words,
    take_standing,
    tell_group,
    tell_holder,
)
from signposting.custody import ACCEPT_WITHIN_WORKING_DAYS
from signposting.hand_over import BodyCannotAct, ConsentMissing, require_possible
from signposting.models import (
    CLOSING_REASONS,
    HAND_OVER_REASONS,
    Enquiry,
    EnquiryEvent,
    Message,
    Organisation,
    Participant,
    Reason,
    Status,
    Verb,
)
from signposting.submission import Submission, take_over_draft
from signposting.working_days import local_date

__all__ = [
    "BodyCannotAct",
    "ChangedMeanwhile",
    "ConsentMissing",
    "InvalidTransition",
    "NotAllowed",
    "Refused",
]


class InvalidTransition(Refused):
    """The table does not let this happen in the present status."""


class Who(Enum):
    """The three that can act on an enquiry."""

    ADVISER = "adviser"
    GROUP = "group"
    SERVICE = "service"


@dataclass(frozen=True)
class Transition:
    """From which statuses something can happen, to which it can lead, and who does it."""

    sources: frozenset[Status]
    results: frozenset[Status]
    who: frozenset[Who]


def _when(sources: str, results: str, who: str) -> Transition:
    return Transition(
        frozenset(Status[name] for name in sources.split()),
        frozenset(Status[name] for name in results.split()),
        frozenset(Who[name] for name in who.split()),
    )


TRANSITIONS: dict[Verb, Transition] = {
    Verb.SUBMIT: _when("", "OFFERED UNROUTED", "GROUP ADVISER"),
    Verb.OFFER: _when("UNROUTED", "OFFERED", "ADVISER"),
    Verb.ACCEPT: _when("OFFERED UNROUTED", "IN_HAND", "ADVISER"),
    Verb.DECLINE: _when("OFFERED", "OFFERED UNROUTED", "ADVISER"),
    Verb.REFER: _when("IN_HAND ASKED ANSWERED", "OFFERED UNROUTED", "ADVISER"),
    Verb.ASK: _when("IN_HAND ASKED ANSWERED", "ASKED", "ADVISER"),
    Verb.ANSWER: _when("IN_HAND ASKED ANSWERED", "ANSWERED", "ADVISER"),
    Verb.REPLY: _when("UNROUTED OFFERED IN_HAND ASKED ANSWERED", "UNROUTED OFFERED IN_HAND", "GROUP"),
    Verb.CLOSE: _when("IN_HAND ASKED ANSWERED", "CLOSED", "ADVISER"),
    Verb.WITHDRAW: _when("UNROUTED OFFERED IN_HAND ASKED ANSWERED", "WITHDRAWN", "GROUP"),
    Verb.REOPEN: _when("CLOSED", "IN_HAND UNROUTED", "ADVISER GROUP"),
    Verb.RETURN_UNANSWERED: _when("OFFERED", "UNROUTED", "SERVICE"),
}
"""The whole life of an enquiry. ``SUBMIT`` begins it; ``CLOSED`` can be opened again, ``WITHDRAWN`` cannot."""


def submit(*, submission: Submission, by: User | None = None, at: datetime) -> Enquiry:
    """Send an enquiry: keep it, route it, tell the body. ``by`` is the adviser who took it by phone or letter.

    However often it is called with one key, there is one enquiry, and every call returns it.
    """
    sent = _sent_with(submission.key)
    if sent:
        return sent
    try:
        return _submit(submission=submission, by=by, at=at)
    except IntegrityError:
        # Two requests with one key: the unique constraint let one of them through, and it was the other.
        sent = _sent_with(submission.key)
        if sent is None:
            raise
        return sent


def _sent_with(key: uuid.UUID) -> Enquiry | None:
    return Enquiry.objects.filter(submission_key=key).select_related("holder").first()


@atomic
def _submit(*, submission: Submission, by: User | None, at: datetime) -> Enquiry:
    rule_set = rule_sets.current()
    able = rule_sets.able_bodies()
    enquiry = submission.as_enquiry(rule_set, at=at)
    decision = routing.route(rule_sets.facts_of(enquiry), rule_sets.rules_of(rule_set), able.keys())
    if decision.body:
        standing = Standing(Status.OFFERED, able[decision.body])
    else:
        standing = Standing(Status.UNROUTED, Organisation.objects.duty_desk())
    event = EnquiryEvent(
        number=1,
        verb=Verb.SUBMIT,
        at=at,
        by_user=by,
        status=standing.status,
        holder=standing.holder,
        rule_id=decision.rule.pk if decision.rule else None,
        reason=decision.reason,
    )
    take_standing(enquiry, standing, version=1, steps=[event])
    enquiry.save(force_insert=True)
    sender = submission.as_sender(enquiry, at=at)
    sender.save(force_insert=True)
    event.enquiry = enquiry
    event.by_participant = None if by else sender
    event.save(force_insert=True)
    take_over_draft(enquiry)
    tell_holder(enquiry, at=at)
    return enquiry


@atomic
def offer(
    enquiry: Enquiry, *, to: Organisation, reason: str, by: User, at: datetime, seen: int | None = None
) -> Enquiry:
    """The duty desk offers an enquiry that no rule placed to a body, with a reason that the group will read."""
    enquiry = lock(enquiry, seen=seen)
    adviser = _check(enquiry, Verb.OFFER, by)
    require_possible(enquiry, to)
    add_event(
        enquiry, Verb.OFFER, Standing(Status.OFFERED, to), by=adviser, at=at, reason=require_words(reason)
    )
    tell_group(enquiry, at=at)
    tell_holder(enquiry, at=at)
    return enquiry


@atomic
def accept(enquiry: Enquiry, *, by: User, at: datetime, seen: int | None = None) -> Enquiry:
    """An adviser of the holder takes the case in hand, and becomes its adviser."""
    enquiry = lock(enquiry, seen=seen)
    adviser = _check(enquiry, Verb.ACCEPT, by)
    add_event(enquiry, Verb.ACCEPT, Standing(Status.IN_HAND, enquiry.holder, adviser), by=adviser, at=at)
    tell_group(enquiry, at=at)
    return enquiry


def decline(
    enquiry: Enquiry,
    *,
    to: Organisation | None,
    reason_code: str,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Enquiry:
    """A body does not take what it was offered. ``to`` names another body; None gives it to the duty desk."""
    return _pass_on(enquiry, Verb.DECLINE, to, reason_code, reason, by=by, at=at, seen=seen)


def refer(
    enquiry: Enquiry,
    *,
    to: Organisation | None,
    reason_code: str,
    reason: str,
    by: User,
    at: datetime,
    seen: int | None = None,
) -> Enquiry:
    """A body hands a case over that it had in hand. ``to`` names another body; None gives it to the duty desk."""
    return _pass_on(enquiry, Verb.REFER, to, reason_code, reason, by=by, at=at, seen=seen)


@atomic
def ask(enquiry: Enquiry, *, text: str, by: User, at: datetime, seen: int | None = None) -> Enquiry:
    """The adviser asks the group something. It is the group's turn, and the clock stands still."""
    return _write(enquiry, Verb.ASK, Status.ASKED, text, by=by, at=at, seen=seen)


@atomic
def answer(enquiry: Enquiry, *, text: str, by: User, at: datetime, seen: int | None = None) -> Enquiry:
    """The adviser answers. It is the group's turn to say whether that helped."""
    return _write(enquiry, Verb.ANSWER, Status.ANSWERED, text, by=by, at=at, seen=seen)


@atomic
def reply(
    enquiry: Enquiry, *, text: str, by: Participant, at: datetime, key: uuid.UUID | None = None
) -> Enquiry:
    """Somebody of the group writes. A case in hand is the holder's turn again; an unclaimed one stays unclaimed.

    A second call with the same ``key`` changes nothing.
    """
    enquiry = lock(enquiry)
    participant = require_participant(enquiry, by)
    if has_been_written(enquiry, key):
        return enquiry
    _check_status(enquiry, Verb.REPLY)
    status = Status(enquiry.status) if enquiry.is_unclaimed else Status.IN_HAND
    words = Words(Message.Side.ENQUIRER, require_words(text), key=key)
    standing = Standing(status, enquiry.holder, enquiry.adviser)
    add_event(enquiry, Verb.REPLY, standing, by=participant, at=at, words=words)
    tell_group(enquiry, at=at, but=participant)
    tell_holder(enquiry, at=at)
    return enquiry


@atomic
def close(
    enquiry: Enquiry, *, reason_code: str, text: str, by: User, at: datetime, seen: int | None = None
) -> Enquiry:
    """The adviser ends the case with a coded reason and, if there is more to say, some last words to the group."""
    if reason_code not in CLOSING_REASONS:
        raise Refused("Choose why you close the enquiry.")
    enquiry = lock(enquiry, seen=seen)
    adviser = _check(enquiry, Verb.CLOSE, by)
    words = Words(Message.Side.HOLDER, text.strip(), enquiry.holder) if text.strip() else None
    standing = Standing(Status.CLOSED, enquiry.holder, enquiry.adviser)
    add_event(
        enquiry,
        Verb.CLOSE,
        standing,
        by=adviser,
        at=at,
        reason_code=reason_code,
        reason=Reason(reason_code).label,
        words=words,
    )
    tell_group(enquiry, at=at)
    return enquiry


@atomic
def withdraw(enquiry: Enquiry, *, text: str = "", by: Participant, at: datetime) -> Enquiry:
    """The sender takes the enquiry back, for good. Nobody works on it from then on."""
    enquiry = lock(enquiry)
    participant = require_participant(enquiry, by)
    if not participant.is_sender:
        raise NotAllowed("Only the person who sent the enquiry can withdraw it.")
    _check_status(enquiry, Verb.WITHDRAW)
    words = Words(Message.Side.ENQUIRER, text.strip()) if text.strip() else None
    standing = Standing(Status.WITHDRAWN, enquiry.holder, enquiry.adviser)
    add_event(enquiry, Verb.WITHDRAW, standing, by=participant, at=at, words=words)
    tell_group(enquiry, at=at, but=participant)
    tell_holder(enquiry, at=at)
    return enquiry


@atomic
def reopen(
    enquiry: Enquiry,
    *,
    text: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: uuid.UUID | None = None,
) -> Enquiry:
    """An adviser of the last holder, or somebody of the group, opens a closed case again and says why.

    It goes back to the body that had it, or to the duty desk when that body can no longer act. A second call with
    the same ``key`` changes nothing.
    """
    enquiry = lock(enquiry, seen=seen)
    if has_been_written(enquiry, key):
        return enquiry
    if isinstance(by, Participant):
        require_participant(enquiry, by)
        words = Words(Message.Side.ENQUIRER, require_words(text), key=key)
    else:
        require_adviser(enquiry, by)
        words = Words(Message.Side.HOLDER, require_words(text), enquiry.holder)
    _check_status(enquiry, Verb.REOPEN)
    add_event(enquiry, Verb.REOPEN, _standing_on_return(enquiry), by=by, at=at, words=words)
    tell_group(enquiry, at=at, but=by)
    tell_holder(enquiry, at=at)
    return enquiry


@atomic
def return_unanswered(enquiry: Enquiry, *, at: datetime) -> Enquiry:
    """The service takes an offer back that was not accepted in time, and gives it to the duty desk.

    Raises ``Refused`` when there is still time, so that calling it too early does no harm.
    """
    enquiry = lock(enquiry)
    _check_status(enquiry, Verb.RETURN_UNANSWERED)
    if not enquiry.is_overdue(on=local_date(at)):
        raise Refused("The body still has time to accept this enquiry.")
    add_event(
        enquiry,
        Verb.RETURN_UNANSWERED,
        Standing(Status.UNROUTED, Organisation.objects.duty_desk()),
        by=None,
        at=at,
        reason_code=Reason.NOT_IN_TIME,
        reason=f"{enquiry.holder} did not accept it within {ACCEPT_WITHIN_WORKING_DAYS} working days.",
    )
    tell_group(enquiry, at=at)
    tell_holder(enquiry, at=at)
    return enquiry


def allowed(enquiry: Enquiry, *, by: User | Participant) -> list[Verb]:
    """What this person may do to this enquiry now, in the order of the table. For showing, not for checking."""
    if isinstance(by, Participant):
        who, may = Who.GROUP, by.is_current and by.enquiry_id == enquiry.pk
    else:
        who, may = Who.ADVISER, access.may_work_on(by, enquiry)
    if not may:
        return []
    verbs = [
        verb
        for verb, transition in TRANSITIONS.items()
        if who in transition.who and enquiry.status in transition.sources
    ]
    if isinstance(by, Participant):
        return [verb for verb in verbs if verb is not Verb.WITHDRAW or by.is_sender]
    if enquiry.is_open and not enquiry.is_unclaimed and by.has_perm("signposting.assign_enquiry"):
        verbs.append(Verb.ASSIGN)
    return [*verbs, Verb.NOTE, Verb.ISSUE_CODE]


@atomic
def _pass_on(
    enquiry: Enquiry,
    verb: Verb,
    to: Organisation | None,
    reason_code: str,
    reason: str,
    *,
    by: User,
    at: datetime,
    seen: int | None,
) -> Enquiry:
    if reason_code not in HAND_OVER_REASONS:
        raise Refused("Choose why you pass the enquiry on.")
    enquiry = lock(enquiry, seen=seen)
    adviser = _check(enquiry, verb, by)
    if to is None:
        if enquiry.holder.is_duty_desk:
            raise BodyCannotAct("The duty desk has it already. Choose a partner body.")
        standing = Standing(Status.UNROUTED, Organisation.objects.duty_desk())
    else:
        require_possible(enquiry, to)
        standing = Standing(Status.OFFERED, to)
    add_event(
        enquiry, verb, standing, by=adviser, at=at, reason_code=reason_code, reason=require_words(reason)
    )
    tell_group(enquiry, at=at)
    tell_holder(enquiry, at=at)
    return enquiry


def _write(
    enquiry: Enquiry, verb: Verb, status: Status, text: str, *, by: User, at: datetime, seen: int | None
) -> Enquiry:
    enquiry = lock(enquiry, seen=seen)
    adviser = _check(enquiry, verb, by)
    words = Words(Message.Side.HOLDER, require_words(text), enquiry.holder)
    standing = Standing(status, enquiry.holder, enquiry.adviser)
    add_event(enquiry, verb, standing, by=adviser, at=at, words=words)
    tell_group(enquiry, at=at)
    return enquiry


def _check(enquiry: Enquiry, verb: Verb, by: Actor) -> User:
    adviser = require_adviser(enquiry, by)
    _check_status(enquiry, verb)
    return adviser


def _check_status(enquiry: Enquiry, verb: Verb) -> None:
    if enquiry.status not in TRANSITIONS[verb].sources:
        raise InvalidTransition(
            f"That cannot be done now. The enquiry is: {enquiry.get_status_display().lower()}."
        )


def _standing_on_return(enquiry: Enquiry) -> Standing:
    holder = enquiry.holder
    if not holder.is_duty_desk and not Organisation.objects.able().filter(pk=holder.pk).exists():
        return Standing(Status.UNROUTED, Organisation.objects.duty_desk())
    adviser = enquiry.adviser if enquiry.adviser and access.may_work_on(enquiry.adviser, enquiry) else None
    return Standing(Status.IN_HAND, holder, adviser)
