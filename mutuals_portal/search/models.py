"""What readers can search, as the search looks at it."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from mutuals_portal.search.found import Kind


class SearchTextQuerySet(models.QuerySet):
    def live(self, *, at: datetime) -> Self:
        """What readers can open at that moment."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at)


class SearchText(models.Model):
    """One published edition, from the moment that it is shown to the one that it is not.

    Written in the transaction that publishes or withdraws. Time alone makes a scheduled text appear here.
    """

    key = models.CharField(max_length=180, db_index=True, help_text="The document: page:pensions.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    names = ArrayField(models.CharField(max_length=200), default=list)
    nations = ArrayField(models.CharField(max_length=16), default=list)
    stages = ArrayField(models.CharField(max_length=14), default=list)
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField(null=True)
    vector = SearchVectorField()

    objects = SearchTextQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_text_vector")]

    def __str__(self) -> str:
        return self.title
