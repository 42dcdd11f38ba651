"""What we owe by e-mail, to whom, and when it may go.

A mail is owed by an event. ``owe`` writes its row and the job that will send it in the transaction of the event,
so that all of them happen or none. It says that there is something to read and where, and nothing else: it may be
read by somebody's employer. ``email_delivery`` sends it later, in the worker. Source: design, section 6.

A link to check an entry goes to the body that the entry is about, see ``owner_links``. What it tells is public.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from signposting.models import ContactChoice, Organisation, OutboxMail, OwnerLink, Participant
from signposting.working_days import LONDON, Calendar, calendar_of, is_working_day

SEND_JOB = "send_mail"
QUEUE = "mail"

WORK_BEGINS, WORK_ENDS = time(7, 30), time(18, 30)
# A mail that still waits tells of later changes too, as long as most of its 72 hours of tries are left.
TELLS_OF_CHANGES_FOR = timedelta(hours=24)
# A younger mail without a job may only be waiting for its transaction to commit.
LOST_AFTER = timedelta(minutes=15)

# In a worker the app has a connection of its own, outside our transaction; this uses Django's everywhere.
_jobs = JobManager(DjangoConnector())


def owe(
    *,
    participants: Iterable[Participant] = (),
    organisation: Organisation | None = None,
    link: OwnerLink | None = None,
    at: datetime,
) -> None:
    """Owe each of them one mail, unless one already waits. Refuses to run outside the transaction of an event.

    Somebody who was removed or wants no e-mail is owed none, and neither is a body without an address.
    """
    mails = [
        OutboxMail(kind=OutboxMail.Kind.UPDATE, participant=participant, created_at=at)
        for participant in participants
    ]
    if organisation:
        mails.append(OutboxMail(kind=OutboxMail.Kind.BODY_NOTICE, organisation=organisation, created_at=at))
    if link:
        mails.append(OutboxMail(kind=OutboxMail.Kind.ENTRY_LINK, owner_link=link, created_at=at))
    mails = [mail for mail in mails if address_of(mail)]
    if not mails:
        return
    waiting = _recipients_with_mail_waiting(mails, at=at)
    mails = [mail for mail in mails if _recipient(mail) not in waiting]
    OutboxMail.objects.bulk_create(mails)
    _put_in_queue(mails, at=at)


def address_of(mail: OutboxMail) -> str:
    """Where a mail goes if it is sent now; empty when it is not wanted."""
    if mail.organisation:
        return mail.organisation.contact_email
    if mail.owner_link:
        return mail.owner_link.sent_to if mail.owner_link.is_in_force else ""
    person = mail.participant
    if person is None or not person.is_current or person.contact_choice == ContactChoice.NO_EMAIL:
        return ""
    return person.email


def may_go_from(mail: OutboxMail, *, at: datetime) -> datetime:
    """The first moment, now or later, at which its reader wants to get a mail."""
    person = mail.participant
    if person is None or person.contact_choice != ContactChoice.OUT_OF_HOURS:
        return at
    return next_out_of_hours(at, calendar_of(person.enquiry.nation))


def next_out_of_hours(at: datetime, calendar: Calendar) -> datetime:
    """The first moment from ``at`` on that is not in 7.30 am to 6.30 pm, London time, of a working day."""
    local = at.astimezone(LONDON)
    if is_working_day(local.date(), calendar) and WORK_BEGINS <= local.time() < WORK_ENDS:
        return datetime.combine(local.date(), WORK_ENDS, LONDON)
    return at


@transaction.atomic
def queue_lost_mails(*, at: datetime, limit: int = 500) -> int:
    """Give pending mails that have no job a new one, and say how many. A job can die with the worker it ran in."""
    living_job = ProcrastinateJob.objects.filter(
        lock=Cast(OuterRef("pk"), TextField()), status__in=[Status.TODO.value, Status.DOING.value]
    )
    lost = (
        OutboxMail.objects.pending()
        .filter(~Exists(living_job), created_at__lt=at - LOST_AFTER)
        .select_related("participant__enquiry", "organisation", "owner_link__organisation")
        .select_for_update(of=("self",), skip_locked=True)[:limit]
    )
    mails = list(lost)
    _put_in_queue(mails, at=at)
    return len(mails)


def _recipient(mail: OutboxMail) -> tuple[int | UUID | None, ...]:
    return mail.participant_id, mail.organisation_id, mail.owner_link_id


def _recipients_with_mail_waiting(mails: list[OutboxMail], *, at: datetime) -> set[tuple]:
    """Who has a mail to come that nobody is sending at this moment.

    One that is being sent is locked by the worker and skipped: its reader may look before our change is there.
    The others are locked until our change is there, so that they go after it.
    """
    waiting = OutboxMail.objects.pending().filter(
        Q(participant__in=[mail.participant_id for mail in mails if mail.participant_id])
        | Q(organisation__in=[mail.organisation_id for mail in mails if mail.organisation_id])
        | Q(owner_link__in=[mail.owner_link_id for mail in mails if mail.owner_link_id]),
        created_at__gt=at - TELLS_OF_CHANGES_FOR,
    )
    locked = waiting.select_for_update(skip_locked=True)
    return set(locked.values_list("participant_id", "organisation_id", "owner_link_id"))


def _put_in_queue(mails: list[OutboxMail], *, at: datetime) -> None:
    """Make the jobs. A job's lock is its mail, so that no two workers send one mail at the same time."""
    _jobs.batch_defer_jobs(
        [
            Job(
                queue=QUEUE,
                lock=str(mail.pk),
                queueing_lock=None,
                task_name=SEND_JOB,
                task_kwargs={"mail_id": str(mail.pk)},
                scheduled_at=may_go_from(mail, at=at),
            )
            for mail in mails
        ]
    )
