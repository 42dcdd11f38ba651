"""The worker, run for real once per test until its queue is empty."""

from datetime import timedelta

import pytest
from django.core import mail as mailbox
from django.db import connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mutuals_portal.search import fruitless
from mutuals_portal.search.models import FruitlessSearch
from signposting import drafting, emails, jobs, lifecycle
from signposting.models import Enquiry, EnquiryDraft, FailedAccess, OutboxMail, Status, Verb
from tests.factories import MONDAY, make_enquiry, make_organisation
from tests.signposting.test_emails import jobs_of, make_follower

pytestmark = pytest.mark.django_db(transaction=True)

UPKEEP = (
    "delete_finished_jobs",
    "delete_what_is_not_kept",
    "queue_lost_mails",
    "retry_stalled_jobs",
    "return_unanswered",
    "send_owner_links",
)


@pytest.fixture(autouse=True)
def empty_queue(monkeypatch):
    """Procrastinate's tables are not Django's to flush, its threads must leave no connection behind, and a worker
    must run what the test put there and nothing that happens to be due."""
    monkeypatch.setitem(app.periodic_defaults, "max_delay", -1)
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    _empty_queue()
    yield
    _empty_queue()


def _empty_queue():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def run_worker():
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def run_now(name):
    """Run one piece of upkeep in a worker, now."""
    job = app.configure_task(name).defer(timestamp=0)
    run_worker()
    return ProcrastinateJob.objects.filter(pk=job).values_list("status", flat=True).first()


def change_job(job, **columns):
    """Leave a job in a state that only an accident makes. Its model refuses to be written to."""
    QuerySet(ProcrastinateJob).filter(pk=job).update(**columns)


def leave_half_done(name, **options):
    """A job whose worker was killed in the middle of it."""
    job = app.configure_task(name, **options).defer(timestamp=0)
    change_job(job, status="doing")
    return job


# Mail


def test_the_worker_sends_what_an_event_owes():
    enquiry = make_enquiry(to=make_organisation(contact_email="desk@example.org"))
    make_follower(enquiry)
    lifecycle.accept(enquiry, by=enquiry.holder.advisers.first().user, at=MONDAY)

    run_worker()

    assert sorted(message.to[0] for message in mailbox.outbox) == ["alice@example.org", "desk@example.org"]
    assert not OutboxMail.objects.pending().exists()


def test_a_mail_that_could_not_go_stays_in_the_queue_for_later(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nothing listens there
    make_enquiry(to=make_organisation(), at=timezone.now())

    run_worker()

    mail = OutboxMail.objects.get()
    job = jobs_of(mail).get()
    assert (mail.attempts, job.status) == (1, "todo")
    assert timedelta(seconds=30) < job.scheduled_at - timezone.now() < timedelta(minutes=1)


def test_inside_a_worker_mail_is_owed_in_the_transaction_of_its_event():
    enquiry = make_enquiry(to=make_organisation())
    OutboxMail.objects.all().delete()
    _empty_queue()

    with app.replace_connector(app.connector.get_worker_connector()), transaction.atomic():
        emails.owe(organisation=enquiry.holder, at=MONDAY)
        transaction.set_rollback(True)

    assert not ProcrastinateJob.objects.exists()


def test_a_mail_whose_job_was_lost_is_sent_after_all():
    enquiry = make_enquiry(to=make_organisation())
    _empty_queue()

    assert run_now("queue_lost_mails") == "succeeded"

    assert OutboxMail.objects.get(organisation=enquiry.holder).sent_at


# Killed in the middle


def test_a_mail_job_that_died_with_its_worker_is_run_again():
    make_enquiry(to=make_organisation())
    change_job(jobs_of(OutboxMail.objects.get()).get().pk, status="doing")

    run_worker()
    assert not mailbox.outbox
    run_now("retry_stalled_jobs")

    assert len(mailbox.outbox) == 1


def test_the_job_of_a_living_worker_is_left_alone():
    make_enquiry(to=make_organisation())
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id")
        (worker,) = cursor.fetchone()
    change_job(jobs_of(OutboxMail.objects.get()).get().pk, status="doing", worker=worker)

    run_now("retry_stalled_jobs")

    assert not mailbox.outbox


@pytest.mark.parametrize("name", UPKEEP)
def test_upkeep_that_died_is_run_again(name):
    dead = leave_half_done(name)

    run_now("retry_stalled_jobs")

    assert ProcrastinateJob.objects.get(pk=dead).status == "succeeded"


def test_upkeep_that_died_gives_way_to_its_next_run_and_keeps_no_other_job_from_its_second_try():
    """Only one run of a kind may wait in the queue, so the dead one cannot go back there."""
    dead = leave_half_done("queue_lost_mails")
    later = timezone.now() + timedelta(hours=1)
    waiting = app.configure_task("queue_lost_mails", schedule_at=later).defer(timestamp=0)
    other = leave_half_done("return_unanswered")

    assert run_now("retry_stalled_jobs") == "succeeded"

    statuses = dict(ProcrastinateJob.objects.values_list("pk", "status"))
    assert (statuses[dead], statuses[waiting], statuses[other]) == ("failed", "todo", "succeeded")


# Offers that nobody accepted


def test_an_offer_is_taken_back_after_its_time_and_not_before():
    overdue = make_enquiry(to=make_organisation(), at=timezone.now() - timedelta(days=14))
    fresh = make_enquiry(to=overdue.holder, at=timezone.now())

    assert run_now("return_unanswered") == "succeeded"

    overdue.refresh_from_db()
    fresh.refresh_from_db()
    assert (overdue.status, overdue.holder.is_duty_desk) == (Status.UNROUTED, True)
    assert fresh.status == Status.OFFERED
    assert overdue.events.filter(verb=Verb.RETURN_UNANSWERED).count() == 1


def test_an_offer_that_cannot_be_taken_back_does_not_stop_the_others():
    """The first has a latest event that its row does not agree with, which the database refuses to build on."""
    long_ago = timezone.now() - timedelta(days=14)
    broken, sound = (make_enquiry(to=make_organisation(), at=long_ago) for _ in range(2))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE signposting_enquiry DISABLE TRIGGER USER")
        cursor.execute("UPDATE signposting_enquiry SET version = 0 WHERE id = %s", [broken.pk])
        cursor.execute("ALTER TABLE signposting_enquiry ENABLE TRIGGER USER")

    assert run_now("return_unanswered") == "succeeded"

    assert Enquiry.objects.get(pk=broken.pk).status == Status.OFFERED
    assert Enquiry.objects.get(pk=sound.pk).status == Status.UNROUTED


# What is not kept


def test_what_is_not_kept_goes():
    drafting.start(at=timezone.now() - timedelta(days=8))
    fruitless.count("zebra", at=timezone.now() - timedelta(days=400))
    FailedAccess.objects.create(subject="x", at=timezone.now() - timedelta(days=2))

    assert run_now("delete_what_is_not_kept") == "succeeded"

    assert not EnquiryDraft.objects.exists()
    assert not FruitlessSearch.objects.exists()
    assert not FailedAccess.objects.exists()


def test_what_cannot_be_deleted_does_not_keep_the_rest():
    """The database refuses to delete drafts, whose turn comes first."""
    drafting.start(at=timezone.now() - timedelta(days=8))
    FailedAccess.objects.create(subject="x", at=timezone.now() - timedelta(days=2))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER refuse BEFORE DELETE ON signposting_enquirydraft "
            "FOR EACH ROW EXECUTE FUNCTION signposting_refuse_change()"
        )
        try:
            assert run_now("delete_what_is_not_kept") == "succeeded"
        finally:
            cursor.execute("DROP TRIGGER refuse ON signposting_enquirydraft")

    assert EnquiryDraft.objects.exists()
    assert not FailedAccess.objects.exists()


@pytest.mark.parametrize("status", ["succeeded", "failed", "cancelled", "aborted"])
def test_finished_jobs_are_kept_for_a_week(status):
    old, young, waiting = (app.configure_task("old").defer(number=number) for number in range(3))
    change_job(old, status=status)
    change_job(young, status=status)
    change_job(waiting, scheduled_at=timezone.now() + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - interval '8 days' WHERE job_id = %s", [old]
        )
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 day' WHERE id = %s", [waiting]
        )

    run_now("delete_finished_jobs")

    assert set(ProcrastinateJob.objects.filter(task_name="old").values_list("pk", flat=True)) == {
        young,
        waiting,
    }


# The timetable


def test_all_upkeep_runs_at_least_once_an_hour():
    crons = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}

    assert set(crons) == {*UPKEEP, "delete_old_plans", "make_pdfs", "write_to_owners"}
    assert all(cron.endswith(" * * * *") for cron in crons.values())


def test_upkeep_goes_before_mail():
    assert all(app.tasks[name].priority > jobs.send_mail.priority for name in UPKEEP)
