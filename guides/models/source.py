"""Where a fact comes from: named by a key in the texts, shown as a note under them."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import TextField, Value
from django.db.models.functions import MD5, Concat


class SourceQuerySet(models.QuerySet):
    def state(self) -> models.QuerySet[Any, dict[str, Any]]:
        """One row with one value: a mark that changes when what readers see of any source does."""
        end = Value("\n")
        words = Concat("key", end, "title", end, "publisher", end, "address", end, output_field=TextField())
        marks = self.order_by().values(all=Value(1)).annotate(state=MD5(StringAgg(words, "", order_by="key")))
        return marks.values("state")


class Source(models.Model):
    class Kind(models.TextChoices):
        LAW = "law", "Law"
        GUIDANCE = "guidance", "Official guidance"
        REPORT = "report", "Report or research"
        NEWS = "news", "News or comment"
        CASE = "case", "What a body says of itself, or others of it"
        SEED = "seed", "The articles that this service began with"

    key = models.SlugField(
        max_length=40, unique=True, help_text="How texts refer to it: [^key]. It is kept for good."
    )
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    address = models.URLField(max_length=500, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    changed_at = models.DateTimeField(auto_now=True)
    loaded_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What the content file last wrote here."
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return f"{self.title}, {self.publisher}"
