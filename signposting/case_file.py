"""All that an adviser reads of one case, in the order of reading. It only reads, and only through ``access``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from guides.models import LookOut
from signposting import access, queue
from signposting.custody import Turn, arrival, intervals
from signposting.duplicates import possible_duplicates
from signposting.models import (
    Attachment,
    Enquiry,
    EnquiryEvent,
    Message,
    Organisation,
    OutboxMail,
    Participant,
)
from signposting.working_days import calendar_of, local_date, working_days_after


@dataclass(frozen=True)
class Stretch:
    """A time in which one body held the case and the turn was with one side."""

    holder: Organisation
    turn: Turn
    start: datetime
    end: datetime
    working_days: int
    is_present: bool

    @property
    def turn_in_words(self) -> str:
        return {
            Turn.HOLDER: "The body’s",
            Turn.ENQUIRER: "The group’s",
            Turn.NOBODY: "Nobody’s: it has ended",
        }[self.turn]


@dataclass(frozen=True)
class CaseFile:
    enquiry: Enquiry
    time_left: str
    arrival: EnquiryEvent
    """What brought the case to its holder. It says by which rule or for which reason."""
    events: list[EnquiryEvent]
    chain: list[Stretch]
    conversation: list[Message]
    notes: list[Message]
    participants: list[Participant]
    attachments: list[Attachment]
    undelivered: list[OutboxMail]
    duplicates: list[Enquiry]
    facts: list[tuple[str, str]]


def read(enquiry: Enquiry, *, user: User, at: datetime) -> CaseFile:
    """The file of a case that the user may see."""
    events = events_of(enquiry, user=user)
    messages = messages_of(enquiry, user=user)
    return CaseFile(
        enquiry=enquiry,
        time_left=queue.time_left(enquiry, on=local_date(at)),
        arrival=arrival(events),
        events=events,
        chain=chain_of(events, until=at),
        conversation=_without_notes(messages),
        notes=[message for message in messages if message.side == Message.Side.NOTE],
        participants=list(access.visible_participants(user).filter(enquiry=enquiry).current()),
        attachments=list(access.visible_attachments(user).filter(enquiry=enquiry)),
        undelivered=_undelivered(enquiry, user=user),
        duplicates=possible_duplicates(enquiry, access.visible_enquiries(user)),
        facts=_facts(enquiry),
    )


def events_of(enquiry: Enquiry, *, user: User) -> list[EnquiryEvent]:
    return list(
        access.visible_events(user)
        .filter(enquiry=enquiry)
        .select_related("holder", "adviser", "by_user", "by_participant", "rule__rule_set")
        .order_by("number")
    )


def messages_of(enquiry: Enquiry, *, user: User) -> list[Message]:
    """What was written after the question, internal notes included."""
    return list(
        access.visible_messages(user)
        .filter(event__enquiry=enquiry)
        .select_related("organisation", "event__by_user", "event__by_participant")
        .order_by("event__number")
    )


def conversation_of(enquiry: Enquiry, *, user: User) -> list[Message]:
    """What was written after the question, as the group reads it too."""
    return _without_notes(messages_of(enquiry, user=user))


def chain_of(events: Sequence[EnquiryEvent], *, until: datetime) -> list[Stretch]:
    """Who held the case, and whose turn it was, from the first event on. Neighbours that are alike are one."""
    holders = {event.holder_id: event.holder for event in events}
    spans: list[tuple[Organisation, Turn, datetime, datetime]] = []
    for interval in intervals(events, until=until):
        holder, start = holders[interval.holder_id], interval.start
        if spans and spans[-1][:2] == (holder, interval.turn):
            start = spans.pop()[2]
        spans.append((holder, interval.turn, start, interval.end))
    return [
        Stretch(
            holder,
            turn,
            start,
            end,
            working_days=working_days_after(
                local_date(start), local_date(end), calendar_of(holder.home_nation)
            ),
            is_present=position == len(spans),
        )
        for position, (holder, turn, start, end) in enumerate(spans, start=1)
    ]


def _without_notes(messages: Sequence[Message]) -> list[Message]:
    return [message for message in messages if message.side != Message.Side.NOTE]


def _facts(enquiry: Enquiry) -> list[tuple[str, str]]:
    topics = LookOut.objects.filter(slug__in=enquiry.topics).values_list("title", flat=True)
    excluded = Organisation.objects.filter(slug__in=enquiry.excluded_bodies).values_list("name", flat=True)
    facts = [
        ("Who asks", enquiry.get_enquirer_kind_display()),
        ("Where", ", ".join(filter(None, [enquiry.place, enquiry.get_nation_display()]))),
        ("Employer", ", ".join(filter(None, [enquiry.employer_name, enquiry.get_employer_type_display()]))),
        ("Service", enquiry.get_sector_display()),
        ("Staff", "Not given" if enquiry.staff_count is None else f"About {enquiry.staff_count:,}"),
        ("How far", enquiry.get_stage_display()),
        ("Who should own it", enquiry.get_ownership_idea_display()),
        ("Topics", ", ".join(topics) or "None chosen"),
        ("Must not see it", ", ".join(excluded) or "No body was ruled out"),
        ("May be handed over", "Yes" if enquiry.may_share else "No: only one partner body may see it"),
        ("How it came", enquiry.get_channel_display()),
        ("Sent", date_format(localtime(enquiry.sent_at), "j F Y, H:i")),
    ]
    return [(what, str(value)) for what, value in facts]


def _undelivered(enquiry: Enquiry, *, user: User) -> list[OutboxMail]:
    """For everyone who still follows: the latest mail that ended, if it ended in failure."""
    latest = (
        access.visible_mails(user)
        .filter(Q(sent_at__isnull=False) | Q(failed_at__isnull=False))
        .filter(participant__enquiry=enquiry, participant__removed_at=None)
        .select_related("participant")
        .order_by("participant_id", "-created_at")
        .distinct("participant_id")
    )
    return [mail for mail in latest if mail.failed_at]
