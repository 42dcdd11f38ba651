"""A whole guide as one text, its sources in one numbered list: for the print page and for the PDF."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, TextField, Value, When

from guides.library import Entry, Guide, Library, Page, Stage
from guides.models import Edition, Source
from guides.reading import NumberedSource
from mutuals_portal import markup

ABOUT = "About this guide"


@dataclass(frozen=True)
class Chapter:
    """One text of the guide. ``level`` is 1 for the guide's own text and for stages, 2 for pages."""

    entry: Entry
    level: int
    title: str
    body: str

    @property
    def anchor(self) -> str:
        return f"{self.entry.kind}-{self.entry.slug}"

    @property
    def where(self) -> str:
        """The nations that it applies in, where not in all."""
        nations = self.entry.nations
        return "" if len(nations) == len(markup.NATIONS) else markup.nations_in_words(nations)


@dataclass(frozen=True)
class WholeGuide:
    """``version`` counts the moments at which what readers can see of it changed, ``changed_at`` is the last one."""

    guide: Guide
    chapters: tuple[Chapter, ...]
    sources: tuple[NumberedSource, ...]
    changed_at: datetime
    version: int

    @property
    def numbers(self) -> dict[str, int]:
        return {source.key: source.number for source in self.sources}

    def names(self, library: Library) -> dict[str, markup.Target]:
        """Where names lead: within the guide to a place in this text, else to their own page."""
        here = {
            chapter.entry.name: markup.Target(f"#{chapter.anchor}", chapter.entry.title)
            for chapter in self.chapters
        }
        return library.names | here


def read(guide: Guide, *, at: datetime) -> WholeGuide:
    """Everything that is live in the guide at that moment. Two queries, however many pages it has."""
    bodies, moments = _texts(guide, at=at)
    chapters = tuple(
        Chapter(entry, 2 if isinstance(entry, Page) else 1, _title(entry), bodies[entry.pk])
        for entry in guide.in_reading_order
        if entry.pk in bodies
    )
    return WholeGuide(
        guide=guide,
        chapters=chapters,
        sources=tuple(_sources(chapter.body for chapter in chapters)),
        changed_at=max(moments, default=guide.shown_from),
        version=len(moments),
    )


def _title(entry: Entry) -> str:
    if isinstance(entry, Guide):
        return ABOUT
    return f"Stage {entry.number}: {entry.title}" if isinstance(entry, Stage) else entry.title


def _texts(guide: Guide, *, at: datetime) -> tuple[dict[int, str], set[datetime]]:
    """The live text of every document of the guide, and the moments at which one was shown or withdrawn."""
    is_live = Q(shown_until=None) | Q(shown_until__gt=at)
    of_the_guide = Q(document=guide.pk) | Q(document__parent=guide.pk) | Q(document__parent__parent=guide.pk)
    rows = (
        Edition.objects.ever_shown(at=at)
        .filter(of_the_guide)
        .annotate(
            still=ExpressionWrapper(is_live, output_field=BooleanField()),
            text=Case(When(is_live, then=F("body")), default=Value(""), output_field=TextField()),
        )
        .values_list("document", "still", "text", "shown_from", "withdrawn_at")
    )
    bodies: dict[int, str] = {}
    moments: set[datetime] = set()
    for document, still, text, *changed in rows:
        moments.update(moment for moment in changed if moment)
        if still:
            bodies[document] = text
    return bodies, moments


def _sources(bodies: Iterable[str]) -> list[NumberedSource]:
    """Every source once, numbered where it first stands."""
    keys = list(dict.fromkeys(note.key for body in bodies for note in markup.compile(body).notes))
    known = Source.objects.in_bulk(keys, field_name="key") if keys else {}
    return [NumberedSource(number, key, known.get(key)) for number, key in enumerate(keys, start=1)]
