"""What a group is told of its enquiry: who has it and why, whose turn it is, and everything that happened.

All of it is derived from the enquiry and those of its events that are shown to the group. Every status and every
verb has its sentence here; a test goes through both lists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from signposting.custody import Turn, arrival, turn_of
from signposting.models import Enquiry, EnquiryEvent, Message, Organisation, Participant, Status, Verb


@dataclass(frozen=True)
class Standing:
    """Where the enquiry is now. ``turn`` says whose turn it is, ``next_step`` what should happen, by when."""

    holder: Organisation
    since: datetime
    reason: str
    turn: str
    next_step: str
    is_overdue: bool


@dataclass(frozen=True)
class Step:
    """One thing that happened, in one line, with the reason given for it if there was one."""

    title: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Said:
    """One message of the conversation."""

    who: str
    at: datetime
    text: str
    is_from_group: bool


TURNS = {
    Turn.HOLDER: "It is their turn",
    Turn.ENQUIRER: "It is your turn",
    Turn.NOBODY: "Nobody has to do anything",
}

NEXT_STEPS = {
    Status.UNROUTED: "{holder} should find a body that can help you by {day}.",
    Status.OFFERED: (
        "{holder} should accept your enquiry by {day}. If they do not, it goes to the duty desk by itself."
    ),
    Status.IN_HAND: "{holder} should answer, or ask you something, by {day}.",
    Status.ASKED: "{holder} asked you a question. They go on when you have answered it.",
    Status.ANSWERED: "{holder} answered. If you need to know more, write to them. If not, you need do nothing.",
    Status.CLOSED: "The enquiry is closed. You can open it again if you need more help.",
    Status.WITHDRAWN: "The enquiry was withdrawn. Nobody works on it any more.",
}
OVERDUE = "{holder} should have acted by {day} and is late. You can write to remind them."
OVERDUE_OFFER = "{holder} should have accepted it by {day} and is late. It goes to the duty desk by itself."

TITLES: dict[str, str] = {
    Verb.SUBMIT: "{who} sent the enquiry. It went to {holder}",
    Verb.OFFER: "{previous} passed it to {holder}",
    Verb.ACCEPT: "{holder} accepted it",
    Verb.DECLINE: "{previous} did not take it. It went to {holder}",
    Verb.REFER: "{previous} handed it over to {holder}",
    Verb.ASK: "{holder} asked a question",
    Verb.ANSWER: "{holder} answered",
    Verb.REPLY: "{who} wrote a message",
    Verb.CLOSE: "{holder} closed it",
    Verb.WITHDRAW: "{who} withdrew it",
    Verb.REOPEN: "{who} opened it again. {holder} has it",
    Verb.RETURN_UNANSWERED: "{previous} did not accept it in time. It went to {holder}",
    Verb.ADD_PARTICIPANT: "{who} added a colleague",
    Verb.REMOVE_PARTICIPANT: "{who} removed a colleague",
    Verb.CHANGE_CONTACT: "{who} changed how we may reach them",
    Verb.CHANGE_CONSENT: "{who} changed who may see it",
    Verb.ISSUE_CODE: "{who} changed a code",
}


def standing(enquiry: Enquiry, events: Sequence[EnquiryEvent], *, on: date) -> Standing:
    """Where it is now. ``events`` are those shown to the group, oldest first; ``on`` is today."""
    came = arrival(events)
    is_overdue = enquiry.is_overdue(on=on)
    next_step = NEXT_STEPS[Status(enquiry.status)]
    if is_overdue:
        next_step = OVERDUE_OFFER if enquiry.status == Status.OFFERED else OVERDUE
    day = date_format(enquiry.respond_by, "l j F Y") if enquiry.respond_by else ""
    return Standing(
        holder=enquiry.holder,
        since=came.at,
        reason=came.reason or "The body that had it could not go on.",
        turn=TURNS[turn_of(enquiry.status)],
        next_step=_sentence(next_step, holder=_body(enquiry.holder), day=day),
        is_overdue=is_overdue,
    )


def chain(events: Sequence[EnquiryEvent], *, reader: Participant) -> list[Step]:
    """Everything that happened and is shown to the group, oldest first, as ``reader`` should read it."""
    steps = []
    previous = ""
    for event in events:
        holder = _body(event.holder)
        title = _sentence(TITLES[event.verb], who=_actor(event, reader), holder=holder, previous=previous)
        steps.append(Step(title, event.at, event.reason))
        previous = holder
    return steps


def conversation(
    enquiry: Enquiry, messages: Iterable[Message], participants: Iterable[Participant], *, reader: Participant
) -> list[Said]:
    """The question and the messages, oldest first. Callers pass only messages that the group may see."""
    sender = next(person for person in participants if person.is_sender)
    question = Said(_person(sender, reader), enquiry.sent_at, enquiry.question, is_from_group=True)
    return [question] + [
        Said(_author(message, reader), message.event.at, message.text, message.organisation is None)
        for message in messages
    ]


def facts(enquiry: Enquiry, *, topics: Mapping[str, str], bodies: Mapping[str, str]) -> list[dict[str, str]]:
    """What the group told us, as rows of a summary list. ``topics`` and ``bodies`` are names by slug."""
    rows = {
        "Who is asking": enquiry.get_enquirer_kind_display(),
        "Nation": enquiry.get_nation_display(),
        "Place": enquiry.place,
        "Employer": enquiry.get_employer_type_display(),
        "Name of the employer": enquiry.employer_name,
        "What the service does": enquiry.get_sector_display(),
        "Number of staff": "" if enquiry.staff_count is None else f"{enquiry.staff_count:,}",
        "Stage": enquiry.get_stage_display(),
        "Help wanted with": _names(enquiry.topics, topics),
        "Who should own it": enquiry.get_ownership_idea_display(),
        "Bodies that must not see it": _names(enquiry.excluded_bodies, bodies) or "None",
        "May other partner bodies see it?": "Yes" if enquiry.may_share else "No",
    }
    return [{"key": key, "value": value or "Not given"} for key, value in rows.items()]


def _names(slugs: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(slug, slug) for slug in slugs)


def _actor(event: EnquiryEvent, reader: Participant) -> str:
    if event.by_participant:
        return _person(event.by_participant, reader)
    return "An adviser" if event.by_user_id else "The service"


def _author(message: Message, reader: Participant) -> str:
    if message.organisation:
        return _sentence("{body}", body=_body(message.organisation))
    return _person(message.event.by_participant, reader)


def _body(organisation: Organisation) -> str:
    return "the duty desk" if organisation.is_duty_desk else organisation.name


def _person(person: Participant | None, reader: Participant) -> str:
    if person == reader:
        return "You"
    return (person and person.name) or "A colleague"


def _sentence(pattern: str, **values: object) -> str:
    """Fill in a sentence, with a capital letter at its start: a name such as "the duty desk" has none."""
    text = pattern.format(**values)
    return text[:1].upper() + text[1:]
