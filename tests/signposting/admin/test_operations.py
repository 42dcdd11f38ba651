"""Each operation: allowed, refused by permission, refused by status. And two people, or one person twice, at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from signposting import casework, lifecycle
from signposting.models import EnquiryEvent, Message, Status, Verb
from tests.factories import MONDAY, make_adviser, make_enquiry, make_organisation, make_user

TEXT = {"text": "Talk to your pension fund first."}
HAND_OVER = {"to": "duty-desk", "reason_code": "other-subject", "reason": "Others know more of this."}
ANSWERS = {
    Verb.ACCEPT: {},
    Verb.DECLINE: HAND_OVER,
    Verb.REFER: HAND_OVER,
    Verb.ASK: TEXT,
    Verb.ANSWER: TEXT,
    Verb.CLOSE: {"reason_code": "helped", "text": ""},
    Verb.REOPEN: TEXT,
}
"""What is filled in, by what a holder can do; from the status it is done in."""
DONE_IN = {
    Verb.ACCEPT: Status.OFFERED,
    Verb.DECLINE: Status.OFFERED,
    Verb.REFER: Status.IN_HAND,
    Verb.ASK: Status.IN_HAND,
    Verb.ANSWER: Status.IN_HAND,
    Verb.CLOSE: Status.IN_HAND,
    Verb.REOPEN: Status.CLOSED,
}
REFUSED_IN = {
    verb: Status.IN_HAND if verb in (Verb.ACCEPT, Verb.DECLINE, Verb.REOPEN) else Status.OFFERED
    for verb in DONE_IN
}


@pytest.fixture
def enquiry_in(home, alice):
    def make(status):
        enquiry = make_enquiry(to=home)
        if status != Status.OFFERED:
            enquiry = lifecycle.accept(enquiry, by=alice, at=MONDAY)
        if status == Status.CLOSED:
            enquiry = lifecycle.close(enquiry, reason_code="helped", text="", by=alice, at=MONDAY)
        return enquiry

    return make


@pytest.mark.parametrize("verb", DONE_IN)
def test_an_adviser_of_the_holder_can_do_it(client, alice, enquiry_in, sent, address, verb):
    enquiry = enquiry_in(DONE_IN[verb])
    client.force_login(alice)
    assert client.get(address(verb, enquiry.pk)).status_code == 200
    answer = sent(client, enquiry, verb, **ANSWERS[verb])
    assert answer.redirect_chain
    latest = EnquiryEvent.objects.filter(enquiry=enquiry).last()
    assert (latest.verb, latest.by_user) == (verb, alice)


@pytest.mark.parametrize("verb", [Verb.ASK, Verb.ANSWER, Verb.REFER, Verb.CLOSE])
def test_who_writes_to_the_group_can_read_what_was_written(client, alice, enquiry_in, address, verb):
    enquiry = lifecycle.ask(enquiry_in(Status.IN_HAND), text="Which scheme is it?", by=alice, at=MONDAY)
    enquiry = lifecycle.reply(enquiry, text="The local one.", by=enquiry.participants.get(), at=MONDAY)
    casework.note(enquiry, text="They sound tired.", by=alice, at=MONDAY)
    client.force_login(alice)
    text = client.get(address(verb, enquiry.pk)).text
    assert enquiry.question in text
    assert "Which scheme is it?" in text
    assert "The local one." in text
    assert "They sound tired." not in text


@pytest.mark.parametrize("verb", DONE_IN)
def test_somebody_without_the_right_is_refused(client, home, root, enquiry_in, sent, verb):
    enquiry = enquiry_in(DONE_IN[verb])
    client.force_login(root)
    assert sent(client, enquiry, verb, **ANSWERS[verb]).status_code == 403
    enquiry.refresh_from_db()
    assert enquiry.status == DONE_IN[verb]


@pytest.mark.parametrize("verb", DONE_IN)
def test_it_is_refused_with_a_reason_in_another_status(client, alice, enquiry_in, sent, verb):
    enquiry = enquiry_in(REFUSED_IN[verb])
    client.force_login(alice)
    answer = sent(client, enquiry, verb, **ANSWERS[verb])
    assert "That cannot be done now" in answer.text
    for text in ANSWERS[verb].values():
        assert text in answer.text
    enquiry.refresh_from_db()
    assert enquiry.status == REFUSED_IN[verb]


@pytest.mark.parametrize("verb", DONE_IN)
def test_a_page_that_makes_no_sense_now_is_not_shown(client, alice, enquiry_in, address, verb):
    enquiry = enquiry_in(REFUSED_IN[verb])
    client.force_login(alice)
    answer = client.get(address(verb, enquiry.pk), follow=True)
    assert answer.redirect_chain == [(address("change", enquiry.pk), 302)]
    assert "is not possible" in answer.text


@pytest.mark.parametrize("verb", DONE_IN)
def test_a_double_click_is_one_deed(client, alice, enquiry_in, sent, verb):
    enquiry = enquiry_in(DONE_IN[verb])
    client.force_login(alice)
    sent(client, enquiry, verb, **ANSWERS[verb])
    second = sent(client, enquiry, verb, **ANSWERS[verb])
    assert second.status_code == 200
    assert "There is a problem" not in second.text
    assert EnquiryEvent.objects.filter(enquiry=enquiry, verb=verb, number=enquiry.version + 1).exists()
    assert EnquiryEvent.objects.filter(enquiry=enquiry).count() == enquiry.version + 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", [Verb.ANSWER, Verb.REFER, Verb.ISSUE_CODE])
def test_two_clicks_at_the_same_moment_are_one_deed(alice, enquiry_in, sent, verb):
    enquiry = enquiry_in(Status.IN_HAND)
    code = {"participant": enquiry.participants.get().pk, "checked": "She rang."}
    answers = code if verb is Verb.ISSUE_CODE else ANSWERS[verb]
    first = Client()
    first.force_login(alice)
    second = Client()
    second.cookies = first.cookies
    both = Barrier(2)

    def click(client):
        try:
            both.wait()
            return sent(client, enquiry, verb, **answers)
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        pages = list(threads.map(click, [first, second]))
    assert [page.status_code for page in pages] == [200, 200]
    assert not any("There is a problem" in page.text for page in pages)
    assert EnquiryEvent.objects.filter(enquiry=enquiry, verb=verb).count() == 1


def test_of_two_advisers_at_once_the_second_is_told(client, alice, bob, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    lifecycle.ask(enquiry, text="How many are you?", by=bob, at=MONDAY)
    client.force_login(alice)
    answer = sent(client, enquiry, Verb.ANSWER, **TEXT)
    assert "changed while you were looking" in answer.text
    assert "Question asked" in answer.text
    assert TEXT["text"] in answer.text
    assert not Message.objects.filter(**TEXT).exists()


def test_who_was_told_of_a_change_can_press_again(client, alice, bob, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    lifecycle.ask(enquiry, text="How many are you?", by=bob, at=MONDAY)
    client.force_login(alice)
    told = sent(client, enquiry, Verb.ANSWER, **TEXT)
    seen = told.context["form"]["seen"].value()
    sent(client, enquiry, Verb.ANSWER, seen=seen, **TEXT)
    enquiry.refresh_from_db()
    assert enquiry.status == Status.ANSWERED


def test_other_words_after_a_first_answer_are_no_double_click(client, alice, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    client.force_login(alice)
    sent(client, enquiry, Verb.ANSWER, **TEXT)
    second = sent(client, enquiry, Verb.ANSWER, text="And something else.")
    assert "changed while you were looking" in second.text
    assert "And something else." in second.text


def test_what_was_written_is_shown_when_the_case_has_gone(client, alice, bob, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    lifecycle.refer(enquiry, to=None, reason_code="conflict", reason="We work for them.", by=bob, at=MONDAY)
    client.force_login(alice)
    answer = sent(client, enquiry, Verb.ANSWER, **TEXT)
    assert answer.status_code == 404
    assert TEXT["text"] in answer.text


def test_handing_over_names_another_body(client, home, alice, enquiry_in, sent):
    helpers = make_organisation(slug="helpers")
    make_adviser(helpers)
    enquiry = enquiry_in(Status.IN_HAND)
    client.force_login(alice)
    sent(client, enquiry, Verb.REFER, **HAND_OVER | {"to": "helpers"})
    enquiry.refresh_from_db()
    assert (enquiry.holder, enquiry.status) == (helpers, Status.OFFERED)


def test_handing_over_needs_the_groups_consent(client, home, alice, sent):
    make_adviser(make_organisation(slug="helpers"))
    enquiry = lifecycle.accept(make_enquiry(to=home, may_share=False), by=alice, at=MONDAY)
    client.force_login(alice)
    answer = sent(client, enquiry, Verb.REFER, **HAND_OVER | {"to": "helpers"})
    assert "has not agreed that another partner body may see its enquiry" in answer.text


@pytest.mark.parametrize("to", ["home-body", "excluded", "no-such-body", ""])
def test_a_body_that_cannot_take_it_is_no_choice(client, home, alice, sent, to):
    make_adviser(make_organisation(slug="excluded"))
    enquiry = lifecycle.accept(make_enquiry(to=home, excluded_bodies=("excluded",)), by=alice, at=MONDAY)
    client.force_login(alice)
    answer = sent(client, enquiry, Verb.REFER, **HAND_OVER | {"to": to})
    assert "There is a problem" in answer.text
    enquiry.refresh_from_db()
    assert enquiry.holder == home


def test_the_duty_desk_offers_what_no_rule_placed(client, desk, home, alice, sent):
    enquiry = make_enquiry()
    client.force_login(desk)
    sent(client, enquiry, Verb.OFFER, to="home-body", reason="It knows leisure.")
    enquiry.refresh_from_db()
    assert (enquiry.holder, enquiry.status) == (home, Status.OFFERED)


def test_a_partner_body_cannot_offer(client, alice, enquiry_in, sent):
    client.force_login(alice)
    make_adviser(make_organisation(slug="helpers"))
    answer = sent(client, enquiry_in(Status.OFFERED), Verb.OFFER, to="helpers", reason="Please.")
    assert "That cannot be done now" in answer.text


def test_a_lead_gives_a_case_to_a_colleague(client, lena, bob, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    client.force_login(lena)
    sent(client, enquiry, Verb.ASSIGN, to=bob.pk)
    enquiry.refresh_from_db()
    assert enquiry.adviser == bob


def test_an_adviser_who_leads_nobody_cannot_assign(client, alice, bob, enquiry_in, sent):
    client.force_login(alice)
    answer = sent(client, enquiry_in(Status.IN_HAND), Verb.ASSIGN, to=bob.pk)
    assert "Only a lead adviser" in answer.text


def test_nobody_of_another_body_is_a_colleague(client, lena, carol, enquiry_in, sent):
    enquiry = enquiry_in(Status.IN_HAND)
    client.force_login(lena)
    answer = sent(client, enquiry, Verb.ASSIGN, to=carol.pk)
    assert "There is a problem" in answer.text
    assert "carol" not in answer.text


def test_a_note_is_kept_once_and_only_for_the_body(client, alice, enquiry_in, sent):
    enquiry = enquiry_in(Status.OFFERED)
    client.force_login(alice)
    note = {"text": "Rang, nobody there.", "key": "6f1d4f0e-4d5b-4f0e-9f3c-0f6a1b2c3d4e"}
    sent(client, enquiry, Verb.NOTE, **note)
    enquiry.refresh_from_db()
    sent(client, enquiry, Verb.NOTE, **note)
    assert [message.side for message in Message.objects.all()] == [Message.Side.NOTE]


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "1\x00"])
def test_a_form_without_a_version_is_refused(client, alice, enquiry_in, sent, seen):
    enquiry = enquiry_in(Status.IN_HAND)
    client.force_login(alice)
    answer = sent(client, enquiry, Verb.ANSWER, seen=seen, **TEXT)
    assert answer.status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5001, "nul \x00 here"])
def test_words_that_cannot_be_sent_get_a_message(client, alice, enquiry_in, sent, text):
    client.force_login(alice)
    answer = sent(client, enquiry_in(Status.IN_HAND), Verb.ANSWER, text=text)
    assert "There is a problem" in answer.text
    assert not Message.objects.exists()


def test_a_user_of_no_group_can_do_nothing(client, home, enquiry_in, address):
    client.force_login(make_user())
    assert client.get(address(Verb.ACCEPT, enquiry_in(Status.OFFERED).pk)).status_code == 403
