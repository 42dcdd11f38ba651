"""What has an address in the guides: guides, their stages and pages, bulletins, glossary terms, look-outs."""

import re
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from mutuals_portal import publishing

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What texts can link to and addresses can hold."""

OF_OURS = {"guide": {"nation"}, "stage": {"feed", "print"}, "policy": {"feed"}, "look-out": {"map"}}
"""Slugs whose addresses lead to other pages of the service."""


def name_of(kind: str, slug: str, parent_slug: str | None) -> str:
    """How texts refer to a document: ``page:pensions``, or ``stage:spinning-out/appraisal``."""
    return f"{kind}:{parent_slug}/{slug}" if kind == Document.Kind.STAGE else f"{kind}:{slug}"


class DocumentQuerySet(models.QuerySet):
    def live(self, *, at: datetime) -> Self:
        """What readers can open at that moment. Its words are in the edition that is live then.

        A stage or page is read inside its guide: it goes with what it belongs to.
        """
        shown = Document.objects.filter(
            Q(editions__shown_until=None) | Q(editions__shown_until__gt=at), editions__shown_from__lte=at
        ).values("pk")
        return self.filter(
            Q(parent=None) | Q(parent__in=shown),
            Q(parent__parent=None) | Q(parent__parent__in=shown),
            pk__in=shown,
        )

    def in_order(self) -> Self:
        return self.order_by("kind", "position", "slug")

    def names(self) -> set[str]:
        """How texts refer to these documents: ``page:pensions``, ``stage:spinning-out/appraisal``."""
        return {
            name_of(kind, slug, guide)
            for kind, slug, guide in self.values_list("kind", "slug", "parent__slug")
        }


class Document(publishing.Document):
    class Kind(models.TextChoices):
        GUIDE = "guide", "Guide"
        STAGE = "stage", "Stage of a guide"
        PAGE = "page", "Page of a guide"
        BULLETIN = "policy", "Policy bulletin"
        TERM = "term", "Glossary term"
        LOOK_OUT = "look-out", "Look-out"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    slug = models.SlugField(max_length=80, help_text="The last part of its address. It is kept for good.")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="Lists are shown in this order.")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            # A page is named by its slug alone, so that it can move and every link still finds it.
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=~Q(kind="stage"), name="guides_document_name"
            ),
            models.UniqueConstraint(
                fields=["parent", "slug"], condition=Q(kind="stage"), name="guides_document_stage_name"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["stage", "page"], parent__isnull=False)
                | Q(kind__in=["guide", "policy", "term", "look-out"], parent__isnull=True),
                name="guides_document_belongs",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="guides_document_not_its_own_parent"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        guide = self.parent if self.kind == self.Kind.STAGE else None
        return name_of(self.kind, self.slug, guide.slug if guide else None)

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.TERM:
            return f"{reverse('guides:glossary')}#{self.slug}"
        slugs = [document.slug for document in (*self.above(), self)]
        page = self.Kind(self.kind).name.lower().replace("_", "-")
        return reverse(f"guides:{page}", args=slugs)

    def above(self) -> "list[Document]":
        """What it belongs to, the outermost first."""
        return [*self.parent.above(), self.parent] if self.parent else []
