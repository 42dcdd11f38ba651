"""The page of a case: what an adviser reads, and what stays hidden."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from signposting import casework, lifecycle
from signposting.models import Attachment, ContactChoice, OutboxMail
from tests.factories import MONDAY, make_enquiry

HAND_OVER = {"reason_code": "other-subject", "reason": "Others know more of this."}
QUERIES = 15
"""Session, user, rights and body as on the queue; the enquiry; and one or two for each part of the file."""


@pytest.fixture
def case(client, alice, address):
    """The page of an enquiry as Alice reads it."""
    client.force_login(alice)
    return lambda enquiry: client.get(address("change", enquiry.pk))


def buttons(page):
    return [button["text"] for button in page.context["buttons"]]


def test_it_reads_like_a_case(case, home, alice):
    enquiry = make_enquiry(
        to=home,
        question="Does our pension move?",
        employer_name="Salford Council",
        contact_choice=ContactChoice.OUT_OF_HOURS,
        email="sam@example.org",
        contact_note="Ring after six",
        sender_name="Sam",
    )
    enquiry = lifecycle.accept(enquiry, by=alice, at=MONDAY)
    enquiry = lifecycle.ask(enquiry, text="Which scheme is it?", by=alice, at=MONDAY)
    sender = enquiry.participants.get()
    enquiry = lifecycle.reply(enquiry, text="The local one.", by=sender, at=MONDAY + timedelta(days=1))
    text = case(enquiry).text
    for words in (
        enquiry.reference,
        "Does our pension move?",
        "Salford Council",
        "It fits this body best.",
        "Rule 1 of version",
        "Which scheme is it?",
        "The local one.",
        "Sam",
        "sam@example.org",
        "Ring after six",
        "In hand",
    ):
        assert words in text


def test_what_to_do_comes_first_then_what_was_said_then_what_one_looks_up(case, home, alice):
    enquiry = lifecycle.accept(make_enquiry(to=home, question="Does it move?"), by=alice, at=MONDAY)
    text = case(lifecycle.ask(enquiry, text="Which scheme?", by=alice, at=MONDAY)).text
    order = ["What you can do now", "Does it move?", "Which scheme?", "Internal notes", "The group", "Facts"]
    assert sorted(order, key=text.index) == order


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("offered", ["Accept", "Decline", "Write a note", "Issue a new code"]),
        ("in-hand", ["Answer", "Ask a question", "Hand over", "Close", "Write a note", "Issue a new code"]),
        ("closed", ["Open again", "Write a note", "Issue a new code"]),
    ],
)
def test_the_buttons_are_what_may_be_done_now(case, home, alice, status, expected):
    enquiry = make_enquiry(to=home)
    if status != "offered":
        enquiry = lifecycle.accept(enquiry, by=alice, at=MONDAY)
    if status == "closed":
        enquiry = lifecycle.close(enquiry, reason_code="helped", text="", by=alice, at=MONDAY)
    assert buttons(case(enquiry)) == expected


def test_the_duty_desk_is_led_to_another_body_first(client, desk, address):
    client.force_login(desk)
    assert buttons(client.get(address("change", make_enquiry().pk)))[:2] == ["Offer to a body", "Accept"]


def test_an_administrator_reads_and_does_nothing(client, root, home, address):
    client.force_login(root)
    page = client.get(address("change", make_enquiry(to=home).pk))
    assert buttons(page) == []


def test_notes_are_read_by_the_body_that_wrote_them_only(client, home, other, alice, carol, root, address):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    casework.note(enquiry, text="They sound tired.", by=alice, at=MONDAY)
    client.force_login(alice)
    assert "They sound tired." in client.get(address("change", enquiry.pk)).text
    lifecycle.refer(enquiry, to=other, by=alice, at=MONDAY, **HAND_OVER)
    for reader in (carol, root):
        client.force_login(reader)
        for page in ("change", "history"):
            text = client.get(address(page, enquiry.pk)).text
            assert "They sound tired." not in text
            assert "Internal note<" not in text


def test_the_chain_names_every_holder(client, home, other, alice, carol, address):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    lifecycle.refer(enquiry, to=other, by=alice, at=MONDAY + timedelta(days=2), **HAND_OVER)
    client.force_login(carol)
    page = client.get(address("change", enquiry.pk))
    chain = page.context["case"].chain
    assert [(stretch.holder, stretch.is_present) for stretch in chain] == [(home, False), (other, True)]
    assert chain[0].working_days == 2
    assert "Others know more of this." in page.text


def test_the_history_has_every_step(client, home, alice, address):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    lifecycle.close(enquiry, reason_code="no-reply", text="", by=alice, at=MONDAY)
    client.force_login(alice)
    page = client.get(address("history", enquiry.pk))
    assert [event.verb for event in page.context["events"]] == ["submit", "accept", "close"]
    assert "The group did not reply" in page.text


def test_mail_that_failed_for_good_is_said_plainly(case, home):
    enquiry = make_enquiry(to=home, contact_choice=ContactChoice.ANY_TIME, email="sam@example.org")
    mail = OutboxMail.objects.create(
        kind=OutboxMail.Kind.UPDATE,
        participant=enquiry.participants.get(),
        created_at=MONDAY,
        failed_at=MONDAY + timedelta(days=3),
        last_error="550",
    )
    assert "We could not deliver our e-mail" in case(enquiry).text
    OutboxMail.objects.create(
        kind=mail.kind, participant=mail.participant, created_at=MONDAY + timedelta(days=4), sent_at=MONDAY
    )
    assert "We could not deliver our e-mail" not in case(enquiry).text


def test_a_file_is_handed_out_as_a_download(client, home, alice, address):
    enquiry = make_enquiry(to=home)
    file = Attachment.objects.create(
        enquiry=enquiry,
        name="plan.txt",
        kind="txt",
        size=4,
        file=ContentFile(b"plan", name="x"),
        uploaded_at=MONDAY,
    )
    client.force_login(alice)
    assert "plan.txt" in client.get(address("change", enquiry.pk)).text
    answer = client.get(address("attachment", enquiry.pk, file.pk))
    assert b"".join(answer.streaming_content) == b"plan"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_a_possible_duplicate_is_named(case, home, alice):
    first = make_enquiry(to=home, employer_name="Salford Council")
    second = make_enquiry(
        to=home, employer_name="SALFORD council", question="Quite another thing, on pensions."
    )
    assert first.reference in case(second).text


def test_what_a_group_wrote_is_never_read_as_html(case, home):
    enquiry = make_enquiry(to=home, question="<img src=x>", place="<i>x</i>", sender_name="<b>Sam</b>")
    text = case(enquiry).text
    for written in ("<img src=x>", "<i>x</i>", "<b>Sam</b>"):
        assert written not in text


def test_it_costs_the_same_with_a_long_story(case, home, alice, django_assert_num_queries):
    short = make_enquiry(to=home)
    long = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    for _ in range(8):
        long = lifecycle.ask(long, text="And?", by=alice, at=MONDAY)
        long = lifecycle.reply(long, text="So.", by=long.participants.get(), at=MONDAY)
    for enquiry in (short, long):
        with django_assert_num_queries(QUERIES):
            case(enquiry)
