"""The tools, each with rules that editors write, review and publish like any other text."""

from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.urls import reverse

from guides import tools
from guides.from_case_studies import case_studies
from guides.models.document import Document
from guides.models.look_out import LookOut
from guides.models.source import Source
from mutuals_portal import markup, publishing


class Tool(publishing.Document):
    """There are five, for each has its own rules in code. What they say is in their editions."""

    class Slug(models.TextChoices):
        CAN_WE_SPIN_OUT = "can-we-spin-out", "Can our service spin out?"
        LOOK_OUTS = "look-outs", "Look-outs: how they join"
        LEGAL_FORMS = "legal-forms", "Legal forms"
        WHO_HAS_A_SAY = "who-has-a-say", "Who has a say"
        PLAN = "plan", "Plan"

    slug = models.CharField(max_length=20, choices=Slug.choices, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    slug__in=["can-we-spin-out", "look-outs", "legal-forms", "who-has-a-say", "plan"]
                ),
                name="guides_tool_slug",
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """How texts refer to it: ``tool:legal-forms``."""
        return f"tool:{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse(f"guides:{self.slug}")


class ToolEdition(publishing.Edition):  # type: ignore[django-manager-missing]  # ``history`` is made at run time
    """What a tool asks, weighs and says from one moment to another.

    ``tables`` has the rows of each of its tables by name, as ``guides.tables`` describes them.
    """

    WORDS = ("title", "summary", "body", "tables")

    document = models.ForeignKey(Tool, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One sentence, for lists and search engines.")
    body = models.TextField(blank=True, help_text="Markdown. It stands above the tool.")
    tables = models.JSONField(default=dict, blank=True)

    objects = publishing.EditionQuerySet.as_manager()

    class Meta(publishing.Edition.Meta):
        permissions = [("approve_tooledition", "Can approve what somebody else wrote")]

    def __str__(self):
        return f"{self.title} (edition {self.number})"

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self.tables.get(table, [])

    def problems(self, *, at: datetime) -> list[str]:
        found = super().problems(at=at)
        if not self.title.strip():
            found.append("Title: enter a title.")
        if not self.summary.strip():
            found.append("Summary: enter one sentence for lists and search engines.")
        known = known_to_tools(at=at)
        found += [
            str(problem) for problem in markup.problems(self.body, names=known.names, sources=known.sources)
        ]
        return found + list(tools.problems(self.document.slug, self.tables, known))


def known_to_tools(*, at: datetime) -> tools.Known:
    """What rows may name at that moment."""
    look_outs = frozenset(LookOut.objects.values_list("slug", flat=True))
    return tools.Known(
        sources=frozenset(Source.objects.values_list("key", flat=True)),
        look_outs=look_outs,
        names=frozenset(Document.objects.live(at=at).names()),
        case_studies=case_studies().slugs(at=at),
    )


class ToolSave(
    pghistory.create_event_model(  # type: ignore[misc]  # a class made at run time
        ToolEdition,
        pghistory.InsertEvent("began"),
        pghistory.UpdateEvent("saved"),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        context_field=None,
        append_only=True,
    )
):
    """A tool's edition as one save left it, written by the database itself."""

    def __str__(self):
        return f"{self.title} (edition {self.number}, save {self.saves})"
