"""What has an address, and what it says from when to when: the two models that every text derives from."""

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from mutuals_portal.publishing.held import TRIGGERS


class Standing(models.TextChoices):
    """Where an edition stands at a moment: its status, and what time has made of it."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    LIVE = "live", "Live"
    REPLACED = "replaced", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Document(models.Model):
    """What has an address of its own, whatever it says at the moment."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Is told by e-mail when a review is due or a reader reports something.",
    )

    class Meta:
        abstract = True


class EditionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Still being written or decided on. A document has one such edition at most."""
        return self.exclude(status=Edition.Status.PUBLISHED)

    def live(self, *, at: datetime) -> Self:
        """What readers see at that moment. A document has one such edition at most."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at)

    def scheduled(self, *, at: datetime) -> Self:
        return self.filter(shown_from__gt=at)

    def as_read(self, *, at: datetime) -> Self:
        """What readers saw at a past moment, but for what has been withdrawn since: that is shown to nobody again."""
        return self.live(at=at).filter(withdrawn_at=None)

    def ever_shown(self, *, at: datetime) -> Self:
        return self.filter(shown_from__lte=at)

    def with_review_day(self) -> Self:
        """Each with its ``review_day``. A kind of text may have other reasons to move it on than a new edition."""
        return self.annotate(review_day=F("review_by"))

    def due_for_review(self, *, at: datetime, by: Any) -> Self:
        """Live editions that have to be checked again on or before the day ``by``, with their ``review_day``."""
        return self.live(at=at).with_review_day().filter(review_day__lte=by)


class Edition(models.Model):
    """What a document says from one moment to another.

    A concrete edition adds its words, a foreign key ``document`` with ``related_name="editions"``, and names in
    ``WORDS`` the fields that a new edition takes over from an older one.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    WORDS: ClassVar[tuple[str, ...]] = ()

    number = models.PositiveIntegerField(editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    saves = models.PositiveIntegerField(default=0, editable=False)
    review_by = models.DateField(
        null=True, blank=True, help_text="The day by which somebody has to check that this is still right."
    )
    change_note = models.CharField(
        max_length=300, blank=True, help_text="What changed since the last edition, in one sentence."
    )
    change_is_public = models.BooleanField(
        default=False,
        verbose_name="readers may see the change note",
        help_text="On the page and in the feed.",
    )
    review_note = models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")
    loaded_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Set where a content file wrote this edition."
    )

    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    saved_at = models.DateTimeField(editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    shown_from = models.DateTimeField(null=True, editable=False)
    shown_until = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)

    document: Any
    document_id: int

    class Meta:
        abstract = True
        triggers = TRIGGERS
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="%(app_label)s_%(class)s_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=~Q(status="published"),
                name="%(app_label)s_%(class)s_one_open",
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time",
                # A range over a single id, because equality of numbers needs an extension that not every server has.
                expressions=[
                    (
                        Func("document", "document", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            "shown_from",
                            "shown_until",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(shown_from__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(status="published", shown_from__isnull=False)
                | (~Q(status="published") & Q(shown_from__isnull=True, shown_until__isnull=True)),
                name="%(app_label)s_%(class)s_shown_when_published",
            ),
            models.CheckConstraint(
                # A second person has approved what is shown, or it came with the service.
                condition=~Q(status__in=["approved", "published"])
                | Q(approved_at__isnull=False)
                | ~Q(loaded_digest=""),
                name="%(app_label)s_%(class)s_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("sent_by")),
                name="%(app_label)s_%(class)s_two_people",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="%(app_label)s_%(class)s_sent",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, sent_by__isnull=False),
                name="%(app_label)s_%(class)s_approval",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (
                    # The end is asked for by itself: a comparison with nothing is no reason for PostgreSQL to refuse.
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, shown_until__isnull=False)
                    & Q(shown_until=F("withdrawn_at"))
                    & ~Q(withdrawal_reason="")
                ),
                name="%(app_label)s_%(class)s_withdrawal",
            ),
        ]
        indexes = [
            models.Index(fields=["shown_from"], name="%(app_label)s_%(class)s_from"),
            models.Index(fields=["review_by"], name="%(app_label)s_%(class)s_review"),
        ]

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.PUBLISHED

    def standing(self, *, at: datetime) -> Standing:
        if self.is_open:
            return Standing(self.status)
        if self.is_scheduled(at=at):
            return Standing.SCHEDULED
        if self.is_live(at=at):
            return Standing.LIVE
        return Standing.WITHDRAWN if self.withdrawn_at else Standing.REPLACED

    @property
    def came_with_the_service(self) -> bool:
        return bool(self.loaded_digest)

    def is_live(self, *, at: datetime) -> bool:
        return self.shown_from is not None and self.shown_from <= at and not self.has_ended(at=at)

    def is_scheduled(self, *, at: datetime) -> bool:
        return self.shown_from is not None and self.shown_from > at

    def has_ended(self, *, at: datetime) -> bool:
        return self.shown_until is not None and self.shown_until <= at

    def is_past_review(self, *, on: date) -> bool:
        return self.review_by is not None and self.review_by < on

    @classmethod
    def words_of(cls, row: Any) -> dict[str, Any]:
        """What an edition says, or what one save of it said."""
        return {name: getattr(row, name) for name in cls.WORDS}

    def problems(self, *, at: datetime) -> list[str]:
        """What keeps this edition from being published, one sentence each. A concrete edition adds to it."""
        if self.review_by is None:
            return ["Review by: enter the day by which somebody has to check this again."]
        if self.is_past_review(on=timezone.localdate(at)):
            return [
                "Review by: this day comes before readers see the text. Check it, then enter a later day."
            ]
        return []

    def take_over(self) -> None:
        """Set what follows from the words, before they are saved. A concrete edition may have such columns."""

    def settle(self) -> None:
        """Bring the rows that hang on this edition in line with its words, after they were saved."""
