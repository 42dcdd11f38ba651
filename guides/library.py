"""What readers can open at one moment: the guides as trees, policy bulletins, glossary terms and look-outs.

``shelf`` asks the database once for all that is live, texts left out, and gets it in one piece. The rest is pure, and
is kept for as long as the database says the same, so nobody is ever shown an older library. What belongs to something
that is not live is not there either, so a list, a link or a step made from here can lead to nothing hidden.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Func, JSONField, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from guides.models import Document, Edition
from guides.models.document import name_of
from mutuals_portal import markup

FROM_EDITION = (
    "title",
    "summary",
    "nations",
    "look_outs",
    "also",
    "as_of",
    "era",
    "stages",
    "sectors",
    "review_by",
    "shown_from",
)
FROM_DOCUMENT = {name: f"document__{name}" for name in ("pk", "kind", "slug", "parent")}
OF_ITS_OWN = {"parent", "stages", "sectors"}
"""What entries of one kind have and others do not."""
IN_ORDER = ("document__position", "document__slug")
KEPT = 4
"""Libraries in memory: the one that readers see, and what an editor previews beside it."""


@dataclass(eq=False, kw_only=True)
class Entry:
    """A live document: its address, and what its live edition says but for the text."""

    pk: int
    kind: str
    slug: str
    title: str
    summary: str
    nations: list[str]
    look_outs: list[str]
    also: list[str]
    as_of: date | None
    era: str
    review_by: date | None
    shown_from: datetime

    @property
    def name(self) -> str:
        return name_of(self.kind, self.slug, None)

    @cached_property
    def address(self) -> str:
        raise NotImplementedError


@dataclass(eq=False, kw_only=True)
class Guide(Entry):
    stages: list["Stage"] = field(default_factory=list)

    @cached_property
    def address(self) -> str:
        return reverse("guides:guide", args=[self.slug])

    @property
    def has_pages(self) -> bool:
        return any(stage.pages for stage in self.stages)

    @cached_property
    def in_reading_order(self) -> list[Entry]:
        """The guide's first page, each stage and its pages."""
        order: list[Entry] = [self]
        for stage in self.stages:
            order += [stage, *stage.pages]
        return order


@dataclass(eq=False, kw_only=True)
class Stage(Entry):
    guide: Guide
    pages: list["Page"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return name_of(self.kind, self.slug, self.guide.slug)

    @cached_property
    def address(self) -> str:
        return reverse("guides:stage", args=[self.guide.slug, self.slug])

    @property
    def number(self) -> int:
        return self.guide.stages.index(self) + 1


@dataclass(eq=False, kw_only=True)
class Page(Entry):
    stage: Stage

    @property
    def guide(self) -> Guide:
        return self.stage.guide

    @cached_property
    def address(self) -> str:
        return reverse("guides:page", args=[self.guide.slug, self.stage.slug, self.slug])


@dataclass(eq=False, kw_only=True)
class Bulletin(Entry):
    @cached_property
    def address(self) -> str:
        return reverse("guides:bulletin", args=[self.slug])


@dataclass(eq=False, kw_only=True)
class Term(Entry):
    @cached_property
    def address(self) -> str:
        return f"{reverse('guides:glossary')}#{self.slug}"


@dataclass(eq=False, kw_only=True)
class Issue(Entry):
    """A look-out. It comes up at these stages and matters most in these sectors: in any, if none is named."""

    at_stages: list[str]
    sectors: list[str]

    @cached_property
    def address(self) -> str:
        return reverse("guides:look-out", args=[self.slug])


class Library:
    """Made from rows in the order of their lists. Requests share it, so nobody changes it."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        by_kind: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in Document.Kind.values}
        for row in rows:
            by_kind[row["kind"]].append(row)
        guides = {row["pk"]: Guide(**_facts(row)) for row in by_kind[Document.Kind.GUIDE]}
        stages: dict[int, Stage] = {}
        for row in by_kind[Document.Kind.STAGE]:
            if guide := guides.get(row["parent"]):
                guide.stages.append(Stage(guide=guide, **_facts(row)))
                stages[row["pk"]] = guide.stages[-1]
        for row in by_kind[Document.Kind.PAGE]:
            if stage := stages.get(row["parent"]):
                stage.pages.append(Page(stage=stage, **_facts(row)))
        self.guides = list(guides.values())
        self.bulletins = [Bulletin(**_facts(row)) for row in by_kind[Document.Kind.BULLETIN]]
        self.look_outs = [
            Issue(**_facts(row), at_stages=row["stages"], sectors=row["sectors"])
            for row in by_kind[Document.Kind.LOOK_OUT]
        ]
        terms = [Term(**_facts(row)) for row in by_kind[Document.Kind.TERM]]
        self.terms = sorted(terms, key=lambda term: term.title.casefold())

    def __iter__(self) -> Iterator[Entry]:
        for guide in self.guides:
            yield from guide.in_reading_order
        yield from self.bulletins
        yield from self.look_outs
        yield from self.terms

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """By the name that texts give it: page:pensions."""
        return {entry.name: entry for entry in self}

    def guide(self, slug: str) -> Guide | None:
        entry = self.entries.get(name_of(Document.Kind.GUIDE, slug, None))
        return entry if isinstance(entry, Guide) else None

    def look_out(self, slug: str) -> Issue | None:
        entry = self.entries.get(name_of(Document.Kind.LOOK_OUT, slug, None))
        return entry if isinstance(entry, Issue) else None

    def page(self, slug: str) -> Page | None:
        entry = self.entries.get(name_of(Document.Kind.PAGE, slug, None))
        return entry if isinstance(entry, Page) else None

    @cached_property
    def names(self) -> dict[str, markup.Target]:
        """Where every name that a text may link to leads."""
        return {name: markup.Target(entry.address, entry.title) for name, entry in self.entries.items()}

    @cached_property
    def glossary(self) -> tuple[markup.Term, ...]:
        return tuple(
            markup.Term(term.slug, (term.title, *term.also), term.address, term.summary)
            for term in self.terms
        )

    def neighbours(self, entry: Guide | Stage | Page) -> tuple[Entry | None, Entry | None]:
        """What stands before it and after it in its guide."""
        order = (entry if isinstance(entry, Guide) else entry.guide).in_reading_order
        at = order.index(entry)
        return (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)

    def helping_with(self, look_outs: Collection[str]) -> list[Entry]:
        """Stages, pages and bulletins that help with any of these issues, those that help with most of them first."""
        wanted = set(look_outs)
        shared = Counter(
            {
                entry: len(wanted.intersection(entry.look_outs))
                for entry in self
                if not isinstance(entry, Guide | Issue | Term)
            }
        )
        return [entry for entry, number in shared.most_common() if number]


def shelf(*, at: datetime) -> Library:
    """All that is live at that moment, in one query."""
    return made_of(Edition.objects.live(at=at))


def made_of(editions: QuerySet[Edition]) -> Library:
    """A library of these editions, one of a document at most."""
    rows = ArrayAgg(_json(*FROM_DOCUMENT.values(), *FROM_EDITION), order_by=IN_ORDER)
    return _library(editions.aggregate(contents=Cast(_json(rows), TextField()))["contents"])


def _json(*parts: Any) -> Func:
    return Func(*parts, function="json_build_array", output_field=JSONField())


@lru_cache(maxsize=KEPT)
def _library(contents: str) -> Library:
    (rows,) = json.loads(contents)
    fields = (*FROM_DOCUMENT, *FROM_EDITION)
    return Library(dict(zip(fields, row, strict=True)) for row in rows or ())


def _facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the database tells of a document, its days and moments being text. A draft in a preview has no moment."""
    facts = {name: row[name] for name in (*FROM_DOCUMENT, *FROM_EDITION) if name not in OF_ITS_OWN}
    days = {name: date.fromisoformat(row[name]) for name in ("as_of", "review_by") if row[name]}
    moment = row["shown_from"]
    return facts | days | {"shown_from": datetime.fromisoformat(moment) if moment else None}
