"""What a plan says when it is opened: what was kept of each tool, what is settled and what came too early. Pure.

Settled is what the group ticked in the look-outs and what it logged a decision on. A step is too early while another
look-out that must be settled before it is open: from the joins that editors publish with the look-outs. It is a warning
and never a refusal: issues come in any order (seed 003), and the group may know better.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from guides import journey
from guides.keeping import LOOK_OUTS, TOOLS, kept_of
from guides.library import Issue
from guides.models import Decision, Plan, Tool, ToolEdition
from mutuals_portal import partial_date

LEGAL_FORM = "legal-form"
"""The look-out that a favourite among the legal forms begins to settle."""


@dataclass(frozen=True)
class Part:
    """What was kept of one tool. ``seen`` tells it from what a colleague may keep of the same tool later."""

    tool: str
    title: str
    address: str
    lines: tuple[str, ...]
    kept_at: datetime
    seen: str
    has_changed: bool
    """The tool says something else of the same address today: editors have changed it since."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The lines that the plan shows: of the look-outs only which are settled. What follows from that is said
        apart, and anew, with the decisions counted in."""
        return _shown(self.tool, self.lines)


@dataclass(frozen=True)
class TooEarly:
    """``first`` is open and should be settled before."""

    first: Issue
    why: str


@dataclass(frozen=True)
class Logged:
    """``look_out`` is None where a decision settles none, or one that readers can no longer open."""

    decision: Decision
    look_out: Issue | None
    too_early: tuple[TooEarly, ...]

    @property
    def decided_on(self) -> str:
        return partial_date.in_words(self.decision.decided_on)


@dataclass(frozen=True)
class Settled:
    look_out: Issue
    too_early: tuple[TooEarly, ...]


@dataclass(frozen=True)
class Because:
    """``after`` is easier, or possible at all, once something else is settled."""

    after: Issue
    why: str


@dataclass(frozen=True)
class WorthFirst:
    look_out: Issue
    because: tuple[Because, ...]


@dataclass(frozen=True)
class Reading:
    plan: Plan
    parts: tuple[Part, ...]
    decisions: tuple[Logged, ...]
    settled: tuple[Settled, ...]
    open_now: tuple[Issue, ...]
    first: tuple[WorthFirst, ...]
    favourite_too_early: tuple[TooEarly, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.decisions)


def read(
    plan: Plan,
    *,
    decisions: Iterable[Decision],
    editions: Iterable[ToolEdition],
    look_outs: Sequence[Issue],
) -> Reading:
    """``editions``: what the tools say now. ``look_outs``: those that readers can open, in the order of their lists."""
    tools = {edition.document.slug: edition for edition in editions}
    by_slug = {issue.slug: issue for issue in look_outs}
    parts = tuple(_parts(plan, tools, titles={slug: issue.title for slug, issue in by_slug.items()}))
    logged = list(decisions)
    settled = _settled(plan, logged)
    tables = tools[LOOK_OUTS].tables if LOOK_OUTS in tools else {}
    road = journey.of(tables, list(by_slug))
    early = Early(road, settled, by_slug)
    return Reading(
        plan=plan,
        parts=parts,
        decisions=tuple(Logged(each, by_slug.get(each.look_out), early.of(each.look_out)) for each in logged),
        settled=tuple(Settled(by_slug[slug], early.of(slug)) for slug in by_slug if slug in settled),
        open_now=tuple(by_slug[slug] for slug in road.open(settled)),
        first=tuple(_first(road, settled, by_slug)),
        favourite_too_early=early.of(LEGAL_FORM) if _has_favourite(plan) else (),
    )


@dataclass(frozen=True)
class Early:
    """Finds what should be settled before an issue and is not."""

    road: journey.Journey
    settled: frozenset[str]
    look_outs: Mapping[str, Issue]

    def of(self, issue: str) -> tuple[TooEarly, ...]:
        return tuple(
            TooEarly(self.look_outs[join.before], join.why)
            for join in self.road.early(self.settled | {issue})
            if join.after == issue
        )


def _parts(plan: Plan, tools: Mapping[str, ToolEdition], *, titles: Mapping[str, str]) -> Iterator[Part]:
    for slug in TOOLS:
        if (part := plan.kept.get(slug)) is None:
            continue
        edition = tools.get(slug)
        lines = tuple(part["lines"])
        address = ""
        has_changed = False
        if edition:
            address = f"{edition.document.get_absolute_url()}?{part['query']}"
            now = kept_of(
                slug, edition.tables, parse_qs(part["query"], keep_blank_values=True), titles=titles
            )
            has_changed = _shown(slug, now.lines) != _shown(slug, lines)
        yield Part(
            tool=slug,
            title=edition.title if edition else Tool.Slug(slug).label,
            address=address,
            lines=lines,
            kept_at=datetime.fromisoformat(part["at"]),
            seen=part["at"],
            has_changed=has_changed,
        )


def _shown(tool: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return lines[:1] if tool == LOOK_OUTS else lines


def _settled(plan: Plan, decisions: Iterable[Decision]) -> frozenset[str]:
    ticked = plan.kept.get(LOOK_OUTS, {}).get("look_outs", ())
    return frozenset(ticked) | {decision.look_out for decision in decisions if decision.look_out}


def _has_favourite(plan: Plan) -> bool:
    return bool(plan.kept.get("legal-forms", {}).get("legal_form"))


def _first(
    road: journey.Journey, settled: frozenset[str], look_outs: Mapping[str, Issue]
) -> Iterator[WorthFirst]:
    for advice in road.first(settled)[: journey.MOST_FIRST]:
        yield WorthFirst(
            look_outs[advice.issue],
            tuple(Because(look_outs[join.after], join.why) for join in advice.joins),
        )
