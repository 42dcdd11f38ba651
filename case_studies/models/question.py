"""What a reader asks about one figure, and what we answer. Both stay on the page."""

from typing import Self

from django.db import models
from django.db.models import Q

from case_studies.models.case_study import CaseStudy
from mutuals_portal.reader_reports import SentIn, SentInQuerySet


class QuestionQuerySet(SentInQuerySet):
    def answered(self) -> Self:
        """What readers see: a question is public with its answer, unless an editor refused to show it."""
        return self.filter(answered_at__isnull=False, is_public=True)


class Question(SentIn):
    document = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="questions")
    claim_key = models.SlugField(max_length=40)
    is_public = models.BooleanField(default=True, verbose_name="show question and answer with the figure")

    objects = QuestionQuerySet.as_manager()

    class Meta(SentIn.Meta):
        indexes = [
            *SentIn.Meta.indexes,
            models.Index(
                fields=["document", "answered_at"],
                condition=Q(is_public=True),
                name="case_studies_question_shown",
            ),
        ]
