"""A group's own plan: what it ticked and chose in the tools, what it decided, and how ready its colleagues feel.

It opens with a reference and a code, like an enquiry. No name is asked for anywhere.
"""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from mutuals_portal.partial_date import PartialDateField


class PlanQuerySet(models.QuerySet):
    def current(self, *, at: datetime) -> Self:
        return self.filter(expires_at__gt=at)

    def expired(self, *, at: datetime) -> Self:
        return self.filter(expires_at__lte=at)


class Plan(models.Model):
    reference = models.CharField(max_length=13, unique=True)
    code_digest = models.CharField(max_length=64)
    kept = models.JSONField(
        default=dict, help_text="What was kept of each tool, by the tool's slug, as its address had it."
    )
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = PlanQuerySet.as_manager()

    def __str__(self):
        return self.reference


class Decision(models.Model):
    """What the group decided, when and why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    look_out = models.SlugField(help_text="The issue that it settles or is about.")
    words = models.CharField(max_length=300)
    reason = models.TextField(max_length=2000, blank=True)
    decided_on = PartialDateField()
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["logged_at", "id"]

    def __str__(self):
        return self.words


class Invitation(models.Model):
    """Lets one colleague answer once. Nothing joins it to what was answered."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="invitations")
    code_digest = models.CharField(max_length=64, unique=True)
    is_used = models.BooleanField(default=False)

    def __str__(self):
        return f"Invitation of {self.plan}"


class Tally(models.Model):
    """How often an answer was given to a readiness question. There is no row for one person's answers.

    Answers wait until there are enough of them to be shown together, see ``readiness``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tallies")
    question = models.SlugField()
    answer = models.SlugField()
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "question", "answer"], name="guides_tally_once"),
            models.CheckConstraint(condition=Q(shown__gte=0, waiting__gte=0), name="guides_tally_counts"),
        ]

    def __str__(self):
        return f"{self.question}: {self.answer}"
