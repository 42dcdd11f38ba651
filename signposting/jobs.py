"""What the worker does: one line says when, and one module elsewhere says how.

Upkeep runs every few minutes or every hour, never once a night: a run that was due while no worker was there is
not made up for. Each of these jobs can run twice, or be killed half way, and do no harm. They have priority over
mail, so that a dead mail server cannot hold them up.
"""

from datetime import datetime
from typing import Any

import structlog
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from mutuals_portal.search import fruitless
from signposting import drafting, email_delivery, emails, lifecycle, models, owner_links, retention
from signposting.working_days import local_date

UPKEEP: dict[str, Any] = {"queue": "upkeep", "priority": 10}
RETURNS_AT_ONCE = 200
# Workers give a sign of life every 10 seconds; a laptop that slept must not lose its jobs to itself.
STALLED_AFTER_SECONDS = 120
FINISHED_JOBS_KEPT_FOR_HOURS = 7 * 24

log = structlog.get_logger("portal")


class TryAgain(Exception):
    """The mail could not go, or may not go yet."""

    def __init__(self, at: datetime):
        super().__init__(f"not before {at}")
        self.at = at


class WhenTheMailSays(BaseRetryStrategy):
    """The wait is counted on the mail's row, which also ends it. Procrastinate's own grows without a cap."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        return RetryDecision(retry_at=exception.at) if isinstance(exception, TryAgain) else None


@app.task(name=emails.SEND_JOB, queue=emails.QUEUE, retry=WhenTheMailSays())
def send_mail(mail_id: str) -> None:
    again = email_delivery.deliver(mail_id, at=timezone.now())
    if again:
        raise TryAgain(again)


@app.periodic(cron="*/10 * * * *")
@app.task(name="queue_lost_mails", queueing_lock="queue_lost_mails", **UPKEEP)
def queue_lost_mails(timestamp: int) -> None:
    emails.queue_lost_mails(at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="return_unanswered", queueing_lock="return_unanswered", **UPKEEP)
def return_unanswered(timestamp: int) -> None:
    """Take back every offer that was not accepted in time. One that cannot be taken back does not stop the rest."""
    at = timezone.now()
    overdue = models.Enquiry.objects.filter(status=models.Status.OFFERED).overdue(on=local_date(at))
    for enquiry in overdue.order_by("respond_by", "pk")[:RETURNS_AT_ONCE]:
        try:
            lifecycle.return_unanswered(enquiry, at=at)
        except lifecycle.Refused:
            continue  # somebody acted in this very moment
        except Exception:
            log.exception("return_unanswered_failed", enquiry=enquiry.pk)


@app.periodic(cron="15 * * * *")
@app.task(name="delete_what_is_not_kept", queueing_lock="delete_what_is_not_kept", **UPKEEP)
def delete_what_is_not_kept(timestamp: int) -> None:
    """Delete all that has had its time. What cannot be deleted does not keep the rest."""
    for delete in (
        drafting.discard_expired,
        retention.forget_wrong_codes,
        retention.forget_failed_log_ins,
        retention.delete_expired_sessions,
        retention.delete_ownerless_uploads,
        fruitless.forget,
    ):
        try:
            delete(at=timezone.now())
        except Exception:
            log.exception("delete_failed", what=delete.__name__)


@app.periodic(cron="45 * * * *")
@app.task(name="send_owner_links", queueing_lock="send_owner_links", **UPKEEP)
def send_owner_links(timestamp: int) -> None:
    """Ask every listed body once a year whether its entry is right."""
    at = timezone.now()
    owner_links.forget_addresses(at=at)
    owner_links.send_yearly(at=at)


@app.periodic(cron="25 * * * *")
@app.task(name="delete_finished_jobs", queueing_lock="delete_finished_jobs", pass_context=True, **UPKEEP)
async def delete_finished_jobs(context: JobContext, timestamp: int) -> None:
    await context.app.job_manager.delete_old_jobs(
        nb_hours=FINISHED_JOBS_KEPT_FOR_HOURS,
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


@app.periodic(cron="*/5 * * * *")
@app.task(name="retry_stalled_jobs", queueing_lock="retry_stalled_jobs", pass_context=True, **UPKEEP)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put the jobs of workers that died back in the queue. Without this they would stay half done for ever."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            # The next run of the same upkeep is in the queue already, and only one may be.
            await jobs.finish_job(job, status=Status.FAILED, delete_job=False)
