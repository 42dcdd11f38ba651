"""How an entry of the directory is kept true: who confirmed it, what its body wants changed, what readers report."""

import uuid
from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from mutuals_portal.reader_reports import SentIn, SentInQuerySet

from .organisation import Listing, Organisation

LINK_HOLDS_FOR = timedelta(days=365 + 60)
"""The next one comes after a year. Sixty days more, for whoever opens the old one a little late."""
ANSWER_SHOWN_FOR = timedelta(days=90)


class AssuranceQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-assured_at", "-pk")


class Assurance(models.Model):
    """Somebody has confirmed that what the directory says of a body is right. It changes no word of the entry."""

    class By(models.TextChoices):
        BODY = "body", "the body itself"
        US = "us", "us"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assurances")
    assured_at = models.DateTimeField()
    by = models.CharField(max_length=4, choices=By.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    review_by = models.DateField(help_text="The day by which somebody has to check again.")

    objects = AssuranceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-assured_at"], name="signposting_assurance_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(by="us") | Q(given_by=None), name="signposting_assurance_of_a_body"
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} confirmed by {self.get_by_display()} on {self.assured_on}"

    @property
    def assured_on(self) -> date:
        return timezone.localdate(self.assured_at)


class OwnerLinkQuerySet(models.QuerySet):
    def current(self, *, at: datetime) -> Self:
        """Those that open something: the newest of each body, in its year, at the address that it went to."""
        return self.filter(
            replaced_at=None, made_at__gt=at - LINK_HOLDS_FOR, sent_to=models.F("organisation__entry_email")
        )


class OwnerLink(models.Model):
    """Lets whoever checks the entry of a body confirm it or tell us of changes. ``owner_links`` makes the secret in it.

    Only a digest of the secret is kept. Who has moved on from the address it went to can open nothing any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="owner_links")
    digest = models.CharField(max_length=64, unique=True)
    sent_to = models.EmailField(help_text="Forgotten when the link is over.", blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Nobody where a year had gone by.",
    )
    replaced_at = models.DateTimeField(null=True)

    objects = OwnerLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(replaced_at=None),
                name="signposting_one_owner_link",
            ),
        ]

    def __str__(self):
        return f"Link of {self.made_at:%-d %B %Y}"

    @property
    def holds_until(self) -> datetime:
        return self.made_at + LINK_HOLDS_FOR

    @property
    def is_in_force(self) -> bool:
        """Neither replaced, nor sent to somebody who has no longer to do with the entry."""
        return self.replaced_at is None and self.sent_to == self.organisation.entry_email


class ProposalQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(decided_at=None, superseded_at=None)

    def decided(self) -> Self:
        return self.exclude(decided_at=None)


class Proposal(models.Model):
    """What a body wants its entry to say. It changes nothing by itself: an editor accepts or refuses each field.

    ``edition`` is what the entry said then, which never changes again; ``words`` has only the fields that differ.
    A body has one open proposal at most: its last word counts.
    """

    document = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="proposals")
    edition = models.ForeignKey("signposting.Entry", on_delete=models.PROTECT, related_name="proposals")
    words = models.JSONField(default=dict)
    note = models.TextField(max_length=2000, blank=True)
    received_at = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, help_text="When the body sent another one, or confirmed the entry as it was."
    )
    outcome = models.JSONField(
        default=dict, help_text="By field: nothing where it was accepted, the reason where it was refused."
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(decided_at=None, superseded_at=None),
                name="signposting_one_open_proposal",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, outcome={})
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="signposting_proposal_decided",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(superseded_at=None), name="signposting_proposal_ends_once"
            ),
        ]

    def __str__(self):
        return f"Proposal of {self.received_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None and self.superseded_at is None


class EntryReportQuerySet(SentInQuerySet):
    def shown(self, *, at: datetime) -> Self:
        """Answers that stand with their entry: for 90 days, where the editor said so."""
        return self.filter(answer_is_public=True, answered_at__gt=at - ANSWER_SHOWN_FOR, answered_at__lte=at)


class EntryReport(SentIn):
    """What a reader says is wrong with an entry, and what we answer."""

    document = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="reports")
    answer_is_public = models.BooleanField(default=False, verbose_name="show question and answer on the page")

    objects = EntryReportQuerySet.as_manager()

    class Meta(SentIn.Meta):
        constraints = [
            *SentIn.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(answer_is_public=False),
                name="signposting_entryreport_shown_when_answered",
            ),
        ]
        indexes = [
            *SentIn.Meta.indexes,
            models.Index(
                fields=["document", "answered_at"],
                condition=Q(answer_is_public=True),
                name="signposting_report_shown",
            ),
        ]

    @property
    def on(self) -> date | None:
        """The day of the answer."""
        return self.answered_at and timezone.localdate(self.answered_at)


def review_day(own: date | None, newest: Assurance | None) -> date | None:
    """The day by which somebody has to check an entry again: the later of what it says itself and of what was said
    when it was confirmed last. ``Entry.objects.with_review_day`` says the same of many."""
    return max((day for day in (own, newest and newest.review_by) if day), default=None)
