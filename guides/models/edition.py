"""What a document of the guides says from one moment to another, and every save of it on the way."""

from collections.abc import Iterator
from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from guides import pictures
from guides.models.document import Document
from guides.models.look_out import LookOut
from guides.models.source import Source
from mutuals_portal import markup, publishing
from mutuals_portal.vocabulary import Nation, Sector, Stage

NATIONS = [choice for choice in Nation.choices if choice[0] != Nation.UK_WIDE]


class Edition(publishing.Edition):  # type: ignore[django-manager-missing]  # ``history`` is made at run time
    class Era(models.TextChoices):
        NOW = "now", "How things stand"
        HISTORY = "history", "How we got here"

    WORDS = ("title", "summary", "body", "nations", "look_outs", "also", "as_of", "era", "stages", "sectors")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One sentence, for lists and search engines.")
    body = models.TextField(blank=True, help_text="Markdown.")
    nations = ArrayField(
        models.CharField(max_length=16, choices=NATIONS),
        default=list,
        blank=True,
        help_text="Where it applies.",
    )
    look_outs = ArrayField(
        models.SlugField(),
        default=list,
        blank=True,
        verbose_name="look-outs",
        help_text="What it helps with.",
    )
    also = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        verbose_name="also called",
        help_text="Other spellings of a glossary term that texts link to it.",
    )
    as_of = models.DateField(null=True, blank=True, help_text="The day that a bulletin describes.")
    era = models.CharField(max_length=7, choices=Era.choices, blank=True)
    stages = ArrayField(
        models.CharField(max_length=14, choices=Stage.choices),
        default=list,
        blank=True,
        help_text="When a look-out comes up. Empty means at any stage.",
    )
    sectors = ArrayField(
        models.CharField(max_length=20, choices=Sector.choices),
        default=list,
        blank=True,
        help_text="For whom a look-out matters most. Empty means for everybody.",
    )

    objects = publishing.EditionQuerySet.as_manager()

    class Meta(publishing.Edition.Meta):
        permissions = [("approve_edition", "Can approve what somebody else wrote")]

    def __str__(self):
        return f"{self.title} (edition {self.number})"

    def problems(self, *, at: datetime) -> list[str]:
        found = super().problems(at=at)
        if not self.title.strip():
            found.append("Title: enter a title.")
        if not self.summary.strip():
            found.append("Summary: enter one sentence for lists and search engines.")
        for label, words in (
            ("Title", self.title),
            ("Summary", self.summary),
            ("What changed", self.change_note),
        ):
            if markup.INVISIBLE.search(words):
                found.append(f"{label}: an invisible control character stands in it. Type it again.")
        if not self.nations:
            found.append("Nations: select where it applies, all four if it applies everywhere.")
        if self.document.kind == Document.Kind.BULLETIN:
            found += self._problems_of_a_bulletin()
        if not (self.body.strip() or self.document.kind == Document.Kind.TERM):
            found.append("Text: enter the text.")
        known = set(LookOut.objects.values_list("slug", flat=True))
        if self.document.kind == Document.Kind.LOOK_OUT and self.document.slug not in known:
            found.append(f"“{self.document.slug}” is not a look-out. Add it to the look-outs.")
        found += [f"Look-outs: “{slug}” is not a look-out." for slug in self.look_outs if slug not in known]
        names = Document.objects.live(at=at).names()
        sources = set(Source.objects.values_list("key", flat=True))
        problems = markup.problems(self.body, names=names, sources=sources, pictures=pictures.names())
        return found + [str(problem) for problem in problems]

    def _problems_of_a_bulletin(self) -> Iterator[str]:
        if self.as_of is None:
            yield "As of: enter the day that the bulletin describes."
        if not self.era:
            yield "Era: say whether it is about how things stand or how we got here."


class EditionSave(
    pghistory.create_event_model(  # type: ignore[misc]  # a class made at run time
        Edition,
        pghistory.InsertEvent("began"),
        pghistory.UpdateEvent("saved"),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        context_field=None,
        append_only=True,
    )
):
    """An edition as one save left it, written by the database itself. It outlives a draft that is deleted."""

    def __str__(self):
        return f"{self.title} (edition {self.number}, save {self.saves})"
