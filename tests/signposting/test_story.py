"""What a group is told: a sentence for every status and every verb, and the same facts for every reader."""

from datetime import date

import pytest

from signposting import lifecycle, participation, story
from signposting.models import INTERNAL_VERBS, Message, Reason, Status, Verb
from tests.factories import (
    MONDAY,
    make_accepted_enquiry,
    make_adviser,
    make_duty_desk,
    make_enquiry,
    make_organisation,
)

TODAY = date(2026, 6, 1)


def events_of(enquiry):
    events = enquiry.events.shown_to_enquirer().select_related("holder", "by_participant")
    return list(events.order_by("number"))


def titles(enquiry, *, reader):
    return [step.title for step in story.chain(events_of(enquiry), reader=reader)]


def standing_of(enquiry, *, on=TODAY):
    return story.standing(enquiry, events_of(enquiry), on=on)


@pytest.fixture
def body(db):
    return make_organisation(slug="helpers", name="Helpers together")


def test_every_status_has_a_next_step():
    assert set(story.NEXT_STEPS) == set(Status)


def test_every_verb_that_the_group_sees_has_a_title():
    assert set(story.TITLES) == set(Verb) - set(INTERNAL_VERBS)


def test_the_holder_has_it_since_it_reached_them_not_since_their_last_step(body):
    enquiry = make_enquiry(to=body)
    accepted = lifecycle.accept(enquiry, by=body.advisers.first().user, at=MONDAY.replace(day=3))

    standing = standing_of(accepted)

    assert standing.since == MONDAY
    assert standing.reason == "It fits this body best."


def test_after_a_hand_over_the_reason_is_the_one_given_for_it(body):
    enquiry = make_accepted_enquiry(to=body)
    moved = lifecycle.refer(
        enquiry,
        to=None,
        reason_code=Reason.OUT_OF_SCOPE,
        reason="We do not cover pensions.",
        by=enquiry.adviser,
        at=MONDAY.replace(day=4),
    )

    standing = standing_of(moved)

    assert standing.holder == make_duty_desk()
    assert standing.since == MONDAY.replace(day=4)
    assert standing.reason == "We do not cover pensions."
    assert standing.next_step == "The duty desk should find a body that can help you by Tuesday 9 June 2026."


def test_a_body_that_has_it_a_second_time_has_it_since_the_second_time(body):
    enquiry = make_enquiry(to=body)
    adviser = body.advisers.first().user
    lifecycle.decline(
        enquiry,
        to=None,
        reason_code=Reason.NO_CAPACITY,
        reason="We are full.",
        by=adviser,
        at=MONDAY.replace(day=2),
    )
    clerk = make_adviser(make_duty_desk(), group="duty-desk")
    back = lifecycle.offer(
        enquiry, to=body, reason="They have room again.", by=clerk, at=MONDAY.replace(day=3)
    )

    assert standing_of(back).since == MONDAY.replace(day=3)


@pytest.mark.parametrize(("day", "is_overdue"), [(date(2026, 6, 4), False), (date(2026, 6, 5), True)])
def test_a_body_is_late_the_day_after_the_last_day(body, day, is_overdue):
    standing = standing_of(make_enquiry(to=body), on=day)

    assert standing.is_overdue is is_overdue
    assert ("is late" in standing.next_step) is is_overdue


def test_the_group_is_told_when_it_is_their_turn(body):
    enquiry = make_accepted_enquiry(to=body)
    asked = lifecycle.ask(enquiry, text="How many are you?", by=enquiry.adviser, at=MONDAY)

    assert standing_of(asked).turn == "It is your turn"


def test_each_reader_is_called_you(body):
    enquiry = make_enquiry(to=body, sender_name="Alice")
    alice = enquiry.participants.get()
    bob, _ = participation.add_participant(enquiry, name="Bob", by=alice, at=MONDAY)
    lifecycle.reply(enquiry, text="Hello?", by=bob, at=MONDAY)

    assert titles(enquiry, reader=alice) == [
        "You sent the enquiry. It went to Helpers together",
        "You added a colleague",
        "Bob wrote a message",
    ]
    assert titles(enquiry, reader=bob) == [
        "Alice sent the enquiry. It went to Helpers together",
        "Alice added a colleague",
        "You wrote a message",
    ]


def test_a_sender_without_a_name_is_a_colleague_to_the_others(body):
    enquiry = make_enquiry(to=body)
    bob, _ = participation.add_participant(enquiry, name="Bob", by=enquiry.participants.get(), at=MONDAY)

    assert titles(enquiry, reader=bob)[0].startswith("A colleague sent the enquiry.")


def test_a_return_names_who_was_late_and_where_it_went(body):
    enquiry = make_enquiry(to=body)
    lifecycle.return_unanswered(enquiry, at=MONDAY.replace(day=12))

    assert titles(enquiry, reader=enquiry.participants.get())[-1] == (
        "Helpers together did not accept it in time. It went to the duty desk"
    )


def test_the_conversation_begins_with_the_question(body):
    enquiry = make_accepted_enquiry(to=body, question="How do we begin?")
    lifecycle.answer(enquiry, text="With a meeting.", by=enquiry.adviser, at=MONDAY)
    alice = enquiry.participants.get()
    messages = Message.objects.shown_to_enquirer().filter(event__enquiry=enquiry)

    conversation = story.conversation(enquiry, messages, [alice], reader=alice)

    assert [(said.who, said.text, said.is_from_group) for said in conversation] == [
        ("You", "How do we begin?", True),
        ("Helpers together", "With a meeting.", False),
    ]
