"""Mail that is owed: to whom, in which transaction, when it may go, and in which words."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from mutuals_portal.vocabulary import Nation
from signposting import emails
from signposting.models import ContactChoice, OutboxMail
from signposting.working_days import LONDON, calendar_of, is_working_day
from tests.factories import MONDAY, make_enquiry, make_organisation

pytestmark = pytest.mark.django_db

ENGLAND = calendar_of(Nation.ENGLAND)
EVENING = datetime.combine(MONDAY.date(), time(18, 30), LONDON)


def make_follower(enquiry, *, choice=ContactChoice.ANY_TIME, **kwargs):
    """Somebody of the group, with an address unless they want no e-mail."""
    kwargs.setdefault("email", "" if choice == ContactChoice.NO_EMAIL else "alice@example.org")
    kwargs.setdefault("code_digest", f"{enquiry.participants.count()}")
    return enquiry.participants.create(
        contact_choice=choice, code_issued_at=MONDAY, added_at=MONDAY, **kwargs
    )


@pytest.fixture
def enquiry():
    found = make_enquiry(to=make_organisation(contact_email="desk@example.org"))
    OutboxMail.objects.all().delete()
    return found


def jobs_of(mail):
    return ProcrastinateJob.objects.filter(task_name=emails.SEND_JOB, args={"mail_id": str(mail.pk)})


# Owing


def test_a_mail_is_owed_together_with_its_job(enquiry):
    alice = make_follower(enquiry)

    emails.owe(participants=[alice], at=MONDAY)

    mail = OutboxMail.objects.get()
    assert (mail.participant, mail.kind, mail.created_at) == (alice, OutboxMail.Kind.UPDATE, MONDAY)
    assert jobs_of(mail).get().status == "todo"


def test_a_body_is_owed_a_notice(enquiry):
    emails.owe(organisation=enquiry.holder, at=MONDAY)

    mail = OutboxMail.objects.get()
    assert (mail.organisation, mail.kind) == (enquiry.holder, OutboxMail.Kind.BODY_NOTICE)
    assert jobs_of(mail).exists()


def test_a_rollback_takes_the_mail_and_its_job_with_it(enquiry):
    alice = make_follower(enquiry)
    before = ProcrastinateJob.objects.count()

    with transaction.atomic():
        emails.owe(participants=[alice], organisation=enquiry.holder, at=MONDAY)
        assert OutboxMail.objects.count() == 2
        assert ProcrastinateJob.objects.count() == before + 2
        transaction.set_rollback(True)

    assert not OutboxMail.objects.exists()
    assert ProcrastinateJob.objects.count() == before


def test_sending_an_enquiry_owes_its_body_one_notice():
    body = make_organisation()

    make_enquiry(to=body)

    assert OutboxMail.objects.get().organisation == body


def test_nobody_is_owed_a_mail_they_do_not_want(enquiry):
    silent = make_follower(enquiry, choice=ContactChoice.NO_EMAIL)
    removed = make_follower(enquiry, removed_at=MONDAY)
    unreachable = make_organisation(contact_email="")

    emails.owe(participants=[silent, removed], organisation=unreachable, at=MONDAY)

    assert not OutboxMail.objects.exists()


def test_a_mail_that_waits_tells_of_later_changes_too(enquiry):
    alice, bob = make_follower(enquiry), make_follower(enquiry)
    emails.owe(participants=[alice], organisation=enquiry.holder, at=MONDAY)

    emails.owe(participants=[alice, bob], organisation=enquiry.holder, at=MONDAY + timedelta(minutes=5))

    assert [mail.participant for mail in OutboxMail.objects.order_by("created_at", "kind")] == [
        None,
        alice,
        bob,
    ]


@pytest.mark.parametrize("end", ["sent_at", "failed_at", "dropped_at"])
def test_a_mail_that_is_settled_tells_of_nothing_later(enquiry, end):
    alice = make_follower(enquiry)
    emails.owe(participants=[alice], at=MONDAY)
    OutboxMail.objects.update(**{end: MONDAY})

    emails.owe(participants=[alice], at=MONDAY + timedelta(minutes=5))

    assert OutboxMail.objects.count() == 2


def test_a_mail_with_few_tries_left_is_not_relied_on(enquiry):
    alice = make_follower(enquiry)
    emails.owe(participants=[alice], at=MONDAY)

    emails.owe(participants=[alice], at=MONDAY + timedelta(days=2))

    assert OutboxMail.objects.count() == 2


def test_owing_takes_three_queries_however_many_are_told(enquiry, django_assert_num_queries):
    people = [make_follower(enquiry) for _ in range(10)]

    with django_assert_num_queries(3), transaction.atomic(savepoint=False):
        emails.owe(participants=people, organisation=enquiry.holder, at=MONDAY)


# When it may go


def test_in_working_hours_an_out_of_hours_mail_is_queued_for_the_evening(enquiry):
    emails.owe(participants=[make_follower(enquiry, choice=ContactChoice.OUT_OF_HOURS)], at=MONDAY)

    assert jobs_of(OutboxMail.objects.get()).get().scheduled_at == EVENING


@pytest.mark.parametrize(
    ("local", "goes"),
    [
        ("2026-06-01 07:29", "2026-06-01 07:29"),
        ("2026-06-01 07:30", "2026-06-01 18:30"),
        ("2026-06-01 18:29", "2026-06-01 18:30"),
        ("2026-06-01 18:30", "2026-06-01 18:30"),
        ("2026-06-06 11:00", "2026-06-06 11:00"),
        ("2026-05-25 11:00", "2026-05-25 11:00"),
        ("2026-03-30 07:15", "2026-03-30 07:15"),
        ("2026-12-01 18:29", "2026-12-01 18:30"),
    ],
    ids=["night", "begins", "ends", "evening", "weekend", "bank holiday", "summer time", "winter time"],
)
def test_out_of_hours_is_evenings_nights_weekends_and_bank_holidays(local, goes):
    at = datetime.fromisoformat(local).replace(tzinfo=LONDON)

    assert emails.next_out_of_hours(at, ENGLAND) == datetime.fromisoformat(goes).replace(tzinfo=LONDON)


def test_a_bank_holiday_of_one_nation_is_a_working_day_in_another():
    st_andrews_day = datetime(2026, 11, 30, 11, 0, tzinfo=LONDON)

    assert emails.next_out_of_hours(st_andrews_day, calendar_of(Nation.SCOTLAND)) == st_andrews_day
    assert emails.next_out_of_hours(st_andrews_day, ENGLAND) > st_andrews_day


@given(st.integers(0, 5 * 365 * 24 * 60))
def test_an_out_of_hours_moment_is_never_in_working_hours_and_never_far(minutes):
    at = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    goes = emails.next_out_of_hours(at, ENGLAND)

    local = goes.astimezone(LONDON)
    working = is_working_day(local.date(), ENGLAND) and time(7, 30) <= local.time() < time(18, 30)
    assert not working
    assert timedelta() <= goes - at <= timedelta(hours=11)
    assert emails.next_out_of_hours(goes, ENGLAND) == goes


# Mails whose job was lost


def test_a_mail_without_a_job_gets_a_new_one(enquiry):
    alice = make_follower(enquiry)
    lost = OutboxMail.objects.create(kind="update", participant=alice, created_at=MONDAY)

    assert emails.queue_lost_mails(at=MONDAY + timedelta(minutes=16)) == 1
    assert emails.queue_lost_mails(at=MONDAY + timedelta(minutes=16)) == 0
    assert jobs_of(lost).count() == 1


def test_a_mail_with_a_job_a_young_one_and_a_settled_one_are_left_alone(enquiry):
    alice, bob, carol = (make_follower(enquiry) for _ in range(3))
    emails.owe(participants=[alice], at=MONDAY)
    now = MONDAY + timedelta(hours=1)
    OutboxMail.objects.create(kind="update", participant=bob, created_at=now)
    OutboxMail.objects.create(kind="update", participant=carol, created_at=MONDAY, sent_at=MONDAY)

    assert emails.queue_lost_mails(at=now) == 0
