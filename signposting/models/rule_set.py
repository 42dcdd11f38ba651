"""Routing rules, kept in numbered versions so that an old decision can always be replayed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage

from .organisation import Organisation


class RuleSetQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(published_at=None)

    def published(self):
        return self.exclude(published_at=None)


class RuleSet(models.Model):
    """One version of the routing rules. A published version never changes (a trigger refuses it)."""

    version = models.PositiveIntegerField(unique=True)
    note = models.CharField(max_length=300, help_text="What changes with this version, and why.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty when the version came with the service.",
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by=None) | Q(published_at__isnull=False),
                name="signposting_rule_set_publisher_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["published_at"],
                condition=Q(published_at=None),
                nulls_distinct=False,
                name="signposting_one_draft_of_the_rules",
            ),
        ]

    def __str__(self):
        return f"Rules, version {self.version}"

    @property
    def is_published(self):
        return self.published_at is not None


class RoutingRule(models.Model):
    """When every named fact matches, this body is chosen. An empty fact matches anything."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(help_text="The first rule that matches decides.")
    nation = models.CharField(max_length=20, choices=Nation, blank=True)
    enquirer_kind = models.CharField(max_length=20, choices=EnquirerKind, blank=True)
    employer_type = models.CharField(max_length=20, choices=EmployerType, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, blank=True)
    ownership_idea = models.CharField(max_length=25, choices=OwnershipIdea, blank=True)
    body = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="routing_rules",
        limit_choices_to={"kind": Organisation.Kind.PARTNER},
    )
    reason = models.CharField(
        max_length=300, help_text="One sentence, shown to the enquirer and the adviser alike."
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="signposting_rule_positions_are_unique",
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.body}"
