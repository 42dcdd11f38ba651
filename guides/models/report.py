"""What a reader says is wrong with a page, and what we answer."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from guides.models.document import Document
from mutuals_portal.reader_reports import SentIn, SentInQuerySet

ANSWER_SHOWN_FOR = timedelta(days=90)


class ReportQuerySet(SentInQuerySet):
    def shown(self, *, at: datetime) -> Self:
        """Answers that stand on their page: for 90 days, where the editor said so."""
        return self.filter(answer_is_public=True, answered_at__gt=at - ANSWER_SHOWN_FOR, answered_at__lte=at)


class Report(SentIn):
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reports")
    answer_is_public = models.BooleanField(default=False, verbose_name="show question and answer on the page")

    objects = ReportQuerySet.as_manager()

    class Meta(SentIn.Meta):
        constraints = [
            *SentIn.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(answer_is_public=False),
                name="guides_report_shown_when_answered",
            ),
        ]
        indexes = [
            *SentIn.Meta.indexes,
            models.Index(
                fields=["document", "answered_at"],
                condition=Q(answer_is_public=True),
                name="guides_report_shown",
            ),
        ]
