"""A group's own plan: what it ticked and chose in the tools, what it decided, and how ready its colleagues feel.

It opens with a reference and a code, like an enquiry. No name is asked for anywhere.
"""

from datetime import datetime
from typing import Self

from django.db import models

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
        default=dict, help_text="What was kept of each tool, by the tool's slug: query, lines and moment."
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
    key = models.UUIDField(help_text="Of the form that it came with, so that a double click is one decision.")
    look_out = models.SlugField(blank=True, help_text="The issue that it settles, if any.")
    words = models.CharField(max_length=300)
    reason = models.TextField(max_length=2000, blank=True)
    decided_on = PartialDateField()
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["logged_at", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="guides_decision_once")]

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
    """How often which answer was given to the readiness questions: one row for all that a plan was ever told.

    There is no row for a person, and no time. ``shown`` is what the group sees. ``waiting`` is what nobody sees yet,
    sealed, so that it cannot be read in the database either. ``asking_colleagues`` writes both.
    """

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="tally")
    shown = models.JSONField(default=dict, help_text="How many gave an answer, by question and answer.")
    waiting = models.BinaryField()

    def __str__(self):
        return f"Tally of {self.plan}"
