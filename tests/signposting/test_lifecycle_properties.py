"""Whatever people do, in whatever order: one holder, one turn, no time lost, and a record that agrees with itself."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signposting import casework, custody, lifecycle
from signposting.lifecycle import TRANSITIONS
from signposting.models import Enquiry, Message, Reason, Verb
from signposting.models.event import HAND_OVER_REASONS
from tests.factories import (
    MONDAY,
    make_adviser,
    make_duty_desk,
    make_enquiry,
    make_organisation,
    make_rule_set,
)

pytestmark = pytest.mark.django_db

steps = st.lists(
    st.tuples(
        st.sampled_from([*(verb for verb in TRANSITIONS if verb is not Verb.SUBMIT), Verb.NOTE]),
        st.integers(0, 2),  # which adviser, or which body to pass it to
        st.integers(0, 24 * 8),  # hours that pass first
        st.sampled_from(HAND_OVER_REASONS),
    ),
    max_size=14,
)


@pytest.fixture
def people():
    """Two bodies and the duty desk, each with one adviser."""
    bodies = [
        make_organisation(slug="cds", home_nation="scotland"),
        make_organisation(slug="eoa"),
        make_duty_desk(),
    ]
    make_rule_set({"body": bodies[0], "nation": "scotland"}, {"body": bodies[1], "nation": "england"})
    return bodies, [make_adviser(body, group="duty-desk") for body in bodies]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, nation=st.sampled_from(["scotland", "england", "wales"]), may_share=st.booleans())
def test_any_sequence_leaves_one_holder_and_accounts_for_every_hour(people, steps, nation, may_share):
    bodies, advisers = people
    at = MONDAY
    enquiry = make_enquiry(nation=nation, may_share=may_share, excluded_bodies=())
    for verb, number, hours, reason in steps:
        at += timedelta(hours=hours)
        before = enquiry.version
        try:
            enquiry = do(verb, enquiry, by=advisers[number], to=bodies[number], reason=reason, at=at)
        except lifecycle.Refused:
            assert Enquiry.objects.get(pk=enquiry.pk).version == before
    check_the_record(enquiry, at)


def do(verb, enquiry, *, by, to, reason, at):
    sender = enquiry.participants.get(is_sender=True)
    to = None if to.is_duty_desk else to
    common = {"by": by, "at": at}
    moved = {"to": to, "reason_code": reason, "reason": "Theirs.", **common}
    calls = {
        Verb.OFFER: lambda: lifecycle.offer(enquiry, to=to or enquiry.holder, reason="Yours.", **common),
        Verb.ACCEPT: lambda: lifecycle.accept(enquiry, **common),
        Verb.DECLINE: lambda: lifecycle.decline(enquiry, **moved),
        Verb.REFER: lambda: lifecycle.refer(enquiry, **moved),
        Verb.ASK: lambda: lifecycle.ask(enquiry, text="How many?", **common),
        Verb.ANSWER: lambda: lifecycle.answer(enquiry, text="It depends.", **common),
        Verb.NOTE: lambda: casework.note(enquiry, text="Between us.", **common),
        Verb.CLOSE: lambda: lifecycle.close(enquiry, reason_code=Reason.HELPED, text="", **common),
        Verb.REOPEN: lambda: lifecycle.reopen(enquiry, text="Again.", **common),
        Verb.REPLY: lambda: lifecycle.reply(enquiry, text="Forty.", by=sender, at=at),
        Verb.WITHDRAW: lambda: lifecycle.withdraw(enquiry, by=sender, at=at),
        Verb.RETURN_UNANSWERED: lambda: lifecycle.return_unanswered(enquiry, at=at),
    }
    return calls[verb]()


def check_the_record(enquiry, at):
    connection.check_constraints()  # runs the deferred triggers: the row agrees with its latest event
    stored = Enquiry.objects.get(pk=enquiry.pk)
    events = list(stored.events.order_by("number"))
    assert [event.number for event in events] == list(range(1, stored.version + 1))

    intervals = custody.intervals(events, until=at)
    assert sum((i.end - i.start for i in intervals), timedelta()) == at - stored.sent_at
    assert intervals[-1].holder_id == stored.holder_id
    assert custody.turn_of(stored.status) is intervals[-1].turn
    assert (stored.respond_by is not None) == (intervals[-1].turn is custody.Turn.HOLDER)

    shared_with = {event.holder_id for event in events if event.holder.kind == "partner"}
    if not stored.may_share:
        assert len(shared_with) <= 1
    if stored.status in ("unrouted",):
        assert stored.holder.is_duty_desk
    for message in Message.objects.filter(event__enquiry=stored):
        assert (message.side == "enquirer") == (message.event.by_participant_id is not None)
