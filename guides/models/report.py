"""What a reader says is wrong with a page, and what we answer."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from guides.models.document import Document

ANSWER_SHOWN_FOR = timedelta(days=90)


class ReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def shown(self, *, at: datetime) -> Self:
        """Answers that stand on their page: for 90 days, where the editor said so."""
        return self.filter(answer_is_public=True, answered_at__gt=at - ANSWER_SHOWN_FOR, answered_at__lte=at)


class Report(models.Model):
    """Nobody is named in it: we ask for no name and no address."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reports")
    edition_number = models.PositiveIntegerField(help_text="The edition that the reader saw.")
    words = models.TextField(max_length=2000)
    received_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    answer_is_public = models.BooleanField(default=False, verbose_name="show question and answer on the page")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    answered_at__isnull=True, answered_by__isnull=True, answer="", answer_is_public=False
                )
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="guides_report_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"], condition=Q(answered_at__isnull=True), name="guides_report_open"
            ),
            models.Index(
                fields=["document", "answered_at"],
                condition=Q(answer_is_public=True),
                name="guides_report_shown",
            ),
        ]

    def __str__(self):
        return f"Report of {self.received_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
