"""What a reader asks about one figure, and what we answer. Both stay on the page."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from case_studies.models.case_study import CaseStudy


class QuestionQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None)

    def answered(self) -> Self:
        """What readers see: a question is public with its answer, unless an editor refused to show it."""
        return self.filter(answered_at__isnull=False, is_public=True)


class Question(models.Model):
    """Nobody is named in it: we ask for no name and no address."""

    document = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="questions")
    claim_key = models.SlugField(max_length=40)
    edition_number = models.PositiveIntegerField(help_text="The edition that the reader saw.")
    words = models.TextField(max_length=2000)
    received_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    is_public = models.BooleanField(default=True, verbose_name="show question and answer with the figure")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="case_studies_question_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                condition=Q(answered_at__isnull=True),
                name="case_studies_question_open",
            ),
            models.Index(
                fields=["document", "answered_at"],
                condition=Q(is_public=True),
                name="case_studies_question_shown",
            ),
        ]

    def __str__(self):
        return f"Question of {self.received_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
