"""Look-outs: what a group has settled, what is open now and worth settling first, as a list and as a map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides import joins_told, journey, journey_map, reading
from guides.from_case_studies import case_studies
from guides.joins_told import Teller
from guides.journey import Join
from guides.library import Issue, shelf
from guides.models import Tool, ToolEdition
from guides.views.tool_page import breadcrumbs, tool_page
from mutuals_portal.facets import Asked
from mutuals_portal.vocabulary import Stage

SLUG = Tool.Slug.LOOK_OUTS
AT_ANY_STAGE = "At any stage"
STANDINGS = {"settled": "Settled", "open": "Open now", "waits": "Waits"}
FILTERS = {"nation": "All nations", "sector": "All services", "stage": "All stages"}


@dataclass(frozen=True)
class Item:
    """An issue in the list."""

    issue: Issue
    standing: str
    in_words: str
    waits_for: tuple[Issue, ...]
    tally: object


class Page:
    """What the list and the map have in common: the issues, how they join, and what the address says of them."""

    def __init__(self, request: HttpRequest, edition: ToolEdition) -> None:
        self.now = timezone.now()
        self.library = shelf(at=self.now)
        self.issues = {issue.slug: issue for issue in self.library.look_outs}
        self.titles = {slug: issue.title for slug, issue in self.issues.items()}
        self.journey = journey.of(edition.tables, list(self.issues))
        self.asked = journey.asked(dict(request.GET.lists()), path=request.path, titles=self.titles)
        self.settled = self.asked.chosen.get("settled", ())
        self.waiting = self.journey.waiting(self.settled)

    @property
    def query(self) -> str:
        return query_of(self.asked)

    def standing(self, issue: str) -> tuple[str, str]:
        """Where an issue stands, and that in words."""
        key = "settled" if issue in self.settled else "waits" if issue in self.waiting else "open"
        return key, STANDINGS[key]

    def teller(self, joins: Iterable[Join], *, after: str) -> Teller:
        """Can tell these joins, their sources numbered after those of a text. Two queries at most."""
        joins = list(joins)
        slugs = joins_told.named(joins)
        found = case_studies().named(slugs, at=self.now) if slugs else {}
        return Teller(
            self.issues, tuple(reading.numbered_sources([after], keys=joins_told.keys(joins))), found
        )


def query_of(asked: Asked) -> str:
    """What an address says, in its one plain way."""
    return asked.address.removeprefix(asked.path).removeprefix("?")


def with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


@tool_page(SLUG)
def look_outs(request: HttpRequest, edition: ToolEdition) -> HttpResponse:
    page = Page(request, edition)
    shown = [issue for issue in page.issues.values() if _fits(issue, page.asked)]
    slugs = {issue.slug for issue in shown}
    first = [advice for advice in page.journey.first(page.settled) if advice.issue in slugs]
    first = first[: journey.MOST_FIRST]
    early = page.journey.early(page.settled)
    teller = page.teller((join for advice in first for join in advice.joins), after=edition.body)
    context = {
        "edition": edition,
        "intro": reading.words(edition.body, library=page.library),
        "asked": page.asked,
        "query": page.query,
        "open": page.journey.open(page.settled),
        "waiting": page.waiting,
        "settled": page.settled,
        "first": [(page.issues[advice.issue], teller.after(advice.joins)) for advice in first],
        "early": [
            (page.issues[issue], teller.before(joins))
            for issue, joins in groupby(early, key=lambda join: join.after)
        ],
        "groups": list(_by_stage(shown, page)),
        "hidden": [slug for slug in page.settled if slug not in slugs],
        "filters": list(_filters(page.asked)),
        "is_filtered": any(name in page.asked.chosen for name in FILTERS),
        "sources": teller.sources,
        "breadcrumbs": breadcrumbs({"text": edition.title}),
    }
    return render(request, "guides/tools/look_outs.html", context)


@tool_page(SLUG, is_first=False)
def look_outs_map(request: HttpRequest, edition: ToolEdition) -> HttpResponse:
    page = Page(request, edition)
    bare = Teller(page.issues, (), {})
    drawing = journey_map.drawn(page.journey.joins, page.titles)
    context = {
        "edition": edition,
        "asked": page.asked,
        "query": page.query,
        "map": drawing,
        "boxes": [(box, page.issues[box.issue], *page.standing(box.issue)) for box in drawing.boxes],
        "joined": [
            (issue, page.standing(slug)[1], bare.before(page.journey.before(slug)))
            for slug, issue in page.issues.items()
        ],
        "breadcrumbs": breadcrumbs(
            {"text": edition.title, "href": with_query(reverse("guides:look-outs"), page.query)},
            {"text": "Map"},
        ),
    }
    return render(request, "guides/tools/look_outs_map.html", context)


def _fits(issue: Issue, asked: Asked) -> bool:
    """Whether an issue is among those that an address asks to see. One that names no stage or sector is in all."""
    return all(
        not chosen or not of_issue or set(chosen) & set(of_issue)
        for chosen, of_issue in (
            (asked.chosen.get("nation"), issue.nations),
            (asked.chosen.get("sector"), issue.sectors),
            (asked.chosen.get("stage"), issue.at_stages),
        )
    )


def _filters(asked: Asked) -> Iterator[dict[str, Any]]:
    """Each a list to select one of. Where an address chose several, the first of them is selected."""
    for facet in asked.facets:
        if facet.name in FILTERS:
            chosen = asked.chosen.get(facet.name, ("",))[0]
            options = [(value, label, value == chosen) for value, label in facet.options.items()]
            yield {"facet": facet, "all": FILTERS[facet.name], "options": options}


def _by_stage(issues: Iterable[Issue], page: Page) -> Iterator[tuple[str, list[Item]]]:
    """Each issue once, where it first comes up."""
    tallies = case_studies().tallies(at=page.now)
    items = [
        Item(
            issue,
            *page.standing(issue.slug),
            tuple(page.issues[join.before] for join in page.waiting.get(issue.slug, ())),
            tallies.get(issue.slug, ""),
        )
        for issue in issues
    ]
    wanted = page.asked.chosen.get("stage", Stage.values)
    for stage, label in [*Stage.choices, ("", AT_ANY_STAGE)]:
        if here := [item for item in items if _first_stage(item.issue, wanted) == stage]:
            yield label, here


def _first_stage(issue: Issue, wanted: Sequence[str]) -> str:
    return next((stage for stage in wanted if stage in issue.at_stages), "")
