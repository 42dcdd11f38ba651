"""Sending a mail through a real mail server on this machine: a good one, and every bad one."""

import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connections, transaction

from signposting import emails
from signposting.email_delivery import GIVE_UP_AFTER, LONGEST_WAIT, deliver, wait_after
from signposting.models import ContactChoice, Organisation, OutboxMail, Participant
from tests.factories import MONDAY, make_enquiry, make_organisation
from tests.signposting import smtp_server
from tests.signposting.smtp_server import Manners
from tests.signposting.test_emails import make_follower

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    manners = Manners()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 10
    with smtp_server.running(manners) as settings.EMAIL_PORT:
        yield manners


@pytest.fixture
def mail():
    """A mail to Alice, whose choice and address each test may change."""
    enquiry = make_enquiry(to=make_organisation(contact_email="desk@example.org"))
    OutboxMail.objects.all().delete()
    return make_mail(make_follower(enquiry))


def make_mail(participant):
    return OutboxMail.objects.create(kind=OutboxMail.Kind.UPDATE, participant=participant, created_at=MONDAY)


def message_of(server):
    (content,) = server.messages
    return message_from_bytes(content, policy=policy.default)


# A good server


def test_a_mail_is_sent_once(mail, server):
    assert deliver(mail.pk, at=MONDAY) is None
    assert deliver(mail.pk, at=MONDAY) is None

    mail.refresh_from_db()
    assert (mail.sent_at, mail.attempts, mail.last_error) == (MONDAY, 1, "")
    assert server.recipients == ["alice@example.org"]
    assert len(server.messages) == 1


def test_a_body_is_written_to_at_its_address(mail, server):
    body = mail.participant.enquiry.holder
    notice = OutboxMail.objects.create(kind="body-notice", organisation=body, created_at=MONDAY)

    deliver(notice.pk, at=MONDAY)

    assert server.recipients == ["desk@example.org"]
    assert "http://127.0.0.1:8000/admin/" in message_of(server).get_body(("plain",)).get_content()


def test_the_message_links_to_the_page_and_says_that_a_machine_wrote_it(mail, server, settings):
    settings.PUBLIC_URL = "https://service.example"

    deliver(mail.pk, at=MONDAY)

    message = message_of(server)
    assert message["Message-ID"] == f"<{mail.pk}@service.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"] == settings.DEFAULT_FROM_EMAIL
    for part in ("plain", "html"):
        assert "https://service.example/enquiries/follow/" in message.get_body((part,)).get_content()


# The address is read when it is sent


def test_a_changed_address_holds_at_once(mail, server):
    mail.participant.email = "bob@example.org"
    mail.participant.save()

    deliver(mail.pk, at=MONDAY)

    assert server.recipients == ["bob@example.org"]


@pytest.mark.parametrize(
    "change", [{"removed_at": MONDAY}, {"contact_choice": ContactChoice.NO_EMAIL, "email": ""}]
)
def test_a_mail_that_is_no_longer_wanted_is_dropped(mail, server, change):
    Participant.objects.filter(pk=mail.participant.pk).update(**change)

    assert deliver(mail.pk, at=MONDAY) is None

    mail.refresh_from_db()
    assert (mail.dropped_at, mail.attempts) == (MONDAY, 0)
    assert server.connections == 0


def test_a_mail_to_a_body_that_lost_its_address_is_dropped(mail, server):
    body = mail.participant.enquiry.holder
    notice = OutboxMail.objects.create(kind="body-notice", organisation=body, created_at=MONDAY)
    Organisation.objects.update(contact_email="")

    deliver(notice.pk, at=MONDAY)

    notice.refresh_from_db()
    assert notice.dropped_at == MONDAY


def test_a_late_worker_does_not_send_an_out_of_hours_mail_at_work(mail, server):
    mail.participant.contact_choice = ContactChoice.OUT_OF_HOURS
    mail.participant.save()

    again = deliver(mail.pk, at=MONDAY)

    mail.refresh_from_db()
    assert again.hour == 18
    assert (mail.attempts, mail.sent_at, server.connections) == (0, None, 0)
    assert deliver(mail.pk, at=again) is None
    assert len(server.messages) == 1


# Bad servers


def test_a_dead_server_is_tried_again(mail, server, settings):
    settings.EMAIL_PORT = 1  # nothing listens there

    assert deliver(mail.pk, at=MONDAY) == MONDAY + timedelta(minutes=1)

    mail.refresh_from_db()
    assert (mail.attempts, mail.sent_at, mail.failed_at) == (1, None, None)
    assert mail.last_error == "The mail server could not be reached, or broke off."


def test_a_silent_server_is_given_up_after_the_time_out(mail, server, settings):
    settings.EMAIL_TIMEOUT = 0.3
    server.is_silent = True
    started = time.monotonic()

    assert deliver(mail.pk, at=MONDAY) == MONDAY + timedelta(minutes=1)

    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("manner", "answer", "reason"),
    [
        ("greeting", b"421 too busy", "The mail server did not take the message (421)."),
        ("sender", b"451 later", "The mail server did not take the message (451)."),
        ("sender", b"550 who are you", "The mail server did not take the message (550)."),
        (
            "recipient",
            b"450 4.2.1 <alice@example.org> is busy",
            "The mail server did not take the address (450 4.2.1).",
        ),
        ("recipient", b"421 closing", "The mail server did not take the address (421)."),
        ("message", b"452 4.3.1 full", "The mail server did not take the message (452 4.3.1)."),
    ],
)
def test_what_can_pass_is_tried_again(mail, server, manner, answer, reason):
    setattr(server, manner, answer)

    assert deliver(mail.pk, at=MONDAY) == MONDAY + timedelta(minutes=1)

    mail.refresh_from_db()
    assert (mail.last_error, mail.failed_at) == (reason, None)


@pytest.mark.parametrize(
    ("manner", "answer", "reason"),
    [
        (
            "recipient",
            b"550 5.1.1 <alice@example.org>: no such user",
            "The mail server did not take the address (550 5.1.1).",
        ),
        ("recipient", b"553 \xff\xfe", "The mail server did not take the address (553)."),
        ("message", b"554 5.7.1 refused", "The mail server did not take the message (554 5.7.1)."),
    ],
)
def test_a_final_refusal_fails_at_once_and_keeps_no_address(mail, server, manner, answer, reason):
    setattr(server, manner, answer)

    assert deliver(mail.pk, at=MONDAY) is None

    mail.refresh_from_db()
    assert (mail.failed_at, mail.attempts, mail.last_error) == (MONDAY, 1, reason)
    assert deliver(mail.pk, at=MONDAY) is None
    assert server.connections == 1


def test_an_address_that_cannot_be_written_fails_at_once(mail, server):
    mail.participant.email = "alice\r\nBcc: all@example.org"
    mail.participant.save()

    assert deliver(mail.pk, at=MONDAY) is None

    mail.refresh_from_db()
    assert mail.failed_at == MONDAY
    assert server.recipients == []


def test_a_server_that_takes_a_mail_and_breaks_off_gets_it_again_with_the_same_message_id(mail, server):
    server.hangs_up_after_message = True
    again = deliver(mail.pk, at=MONDAY)
    server.hangs_up_after_message = False

    deliver(mail.pk, at=again)

    first, second = (message_from_bytes(content)["Message-ID"] for content in server.messages)
    assert first == second


# Giving up


def test_waits_grow_up_to_four_hours():
    minutes = [wait_after(attempts) / timedelta(minutes=1) for attempts in range(1, 12)]

    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert wait_after(32_767) == LONGEST_WAIT


@pytest.mark.parametrize("choice", [ContactChoice.ANY_TIME, ContactChoice.OUT_OF_HOURS])
def test_a_mail_is_tried_for_72_hours_and_then_it_has_failed(mail, server, choice, settings):
    settings.EMAIL_PORT = 1
    mail.participant.contact_choice = choice
    mail.participant.save()
    tries = [MONDAY]

    while len(tries) < 40 and (again := deliver(mail.pk, at=tries[-1])):
        tries.append(again)

    mail.refresh_from_db()
    assert mail.failed_at == tries[-1]
    assert GIVE_UP_AFTER - timedelta(hours=16) < mail.failed_at - MONDAY <= GIVE_UP_AFTER
    assert len(tries) < 40
    assert mail.last_error


def test_a_mail_that_no_worker_looked_at_for_a_week_is_still_tried_once(mail, server):
    assert deliver(mail.pk, at=MONDAY + timedelta(days=7)) is None

    assert len(server.messages) == 1


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_one_mail_twice(mail, server):
    server.is_silent = True
    threads = [threading.Thread(target=_deliver_in_thread, args=[mail.pk]) for _ in range(2)]

    for thread in threads:
        thread.start()
    server.reached.wait(timeout=5)
    time.sleep(0.2)  # the second is at the lock by now
    server.let_go.set()
    for thread in threads:
        thread.join()

    assert (server.connections, len(server.messages)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_slow_server_never_keeps_an_event_waiting_and_the_event_gets_a_mail_of_its_own(mail, server):
    server.is_silent = True
    sending = threading.Thread(target=_deliver_in_thread, args=[mail.pk])
    sending.start()
    server.reached.wait(timeout=5)
    started = time.monotonic()

    with transaction.atomic():
        emails.owe(participants=[mail.participant], at=MONDAY)

    assert time.monotonic() - started < 3
    assert not server.let_go.is_set()
    server.let_go.set()
    sending.join()
    assert OutboxMail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mail_owed_outside_a_transaction_is_refused(mail):
    with pytest.raises(transaction.TransactionManagementError):
        emails.owe(participants=[mail.participant], at=MONDAY)


def _deliver_in_thread(pk):
    try:
        deliver(pk, at=MONDAY)
    finally:
        connections.close_all()
