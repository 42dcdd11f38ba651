"""The weekly message to those who answer for texts: what is due for review, what readers sent in, what waits.

It tells of every kind of text that is registered in ``publishing``, so case studies are in it too.
One message a person and week, on Monday from eight in the morning; a portal that was down then makes up for it later
in the week. A text that nobody owns is everybody's who may edit. Whoever has nothing to do gets no message.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from guides.models import OwnerMail
from mutuals_portal import publishing

SENT_FROM = time(8)
REVIEWS_AHEAD = timedelta(days=28)
PUBLISHED_AHEAD = timedelta(days=7)
RIGHTS_FROM = "django.contrib.auth.backends.ModelBackend"


@dataclass
class Work:
    """What one person has before them. Editions, and what readers sent in, carry their document."""

    due: list[Any] = field(default_factory=list)
    sent_in: list[Any] = field(default_factory=list)
    waiting: list[Any] = field(default_factory=list)
    scheduled: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.due or self.sent_in or self.waiting or self.scheduled)


def week_of(at: datetime) -> date | None:
    """The Monday of the week whose messages may go now, if it is late enough on that Monday."""
    local = timezone.localtime(at)
    monday = local.date() - timedelta(days=local.weekday())
    return monday if local.date() > monday or local.time() >= SENT_FROM else None


def work_by_owner(*, at: datetime) -> dict[User, Work]:
    """What each person who can be written to has to do, most urgent first.

    Six queries a kind of text at most, and one.
    """
    owners = {user.pk: user for user in _people(User.objects.filter(_owns_something()))}
    found: defaultdict[User, Work] = defaultdict(Work)
    for kind in publishing.kinds():
        everybody = list(_people(User.objects.with_perm(kind.right_to_write, backend=RIGHTS_FROM)))
        for name, rows in _to_do(kind, at=at).items():
            for row in rows:
                owner = owners.get(row.document.owner_id or 0)
                for user in [owner] if owner else everybody:
                    getattr(found[user], name).append(row)
    return dict(found)


def _to_do(kind: publishing.Kind, *, at: datetime) -> dict[str, Iterable[Any]]:
    editions = kind.editions.objects.select_related(*kind.related)
    by = timezone.localdate(at) + REVIEWS_AHEAD
    soon = editions.scheduled(at=at).filter(shown_from__lte=at + PUBLISHED_AHEAD)
    sent_in = [each.objects.open().select_related(*kind.related) for each in kind.sent_in]
    return {
        "due": editions.due_for_review(at=at, by=by).order_by("review_day", "title"),
        "sent_in": chain(*sent_in),
        "waiting": editions.open().exclude(status=kind.editions.Status.DRAFT).order_by("saved_at"),
        "scheduled": soon.order_by("shown_from"),
    }


def send(*, at: datetime) -> int:
    """Write to everybody who has something to do and has had no message this week. Returns how many went."""
    week = week_of(at)
    if week is None:
        return 0
    written_to = set(OwnerMail.objects.filter(week_from=week).values_list("owner", flat=True))
    return sum(
        _write_to(owner, work, week=week, at=at)
        for owner, work in work_by_owner(at=at).items()
        if owner.pk not in written_to
    )


def _owns_something() -> Q:
    owners = (kind.documents.objects.exclude(owner=None).values("owner") for kind in publishing.kinds())
    return reduce(or_, (Q(pk__in=each) for each in owners))


def _people(users: QuerySet[User]) -> QuerySet[User]:
    """Those of them who work here and can be written to."""
    return users.filter(is_active=True, is_staff=True).exclude(email="").order_by("username")


def _write_to(owner: User, work: Work, *, week: date, at: datetime) -> bool:
    """At least once: the row that says it went is committed after the mail server has it."""
    context = {
        "owner": owner,
        "work": work,
        "today": timezone.localdate(at),
        "admin": f"{settings.PUBLIC_URL}{reverse('admin:index')}",
    }
    try:
        with transaction.atomic():
            OwnerMail.objects.create(owner=owner, week_from=week, sent_at=at)
            send_mail(
                "Texts: what needs you this week",
                render_to_string("admin/emails/weekly.txt", context),
                settings.DEFAULT_FROM_EMAIL,
                [owner.email],
            )
    except IntegrityError:  # another worker was quicker
        return False
    return True
