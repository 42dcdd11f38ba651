"""How look-outs join, and what that says to a group that has settled some of them. Pure.

An issue *blocks* another: nothing much can be done there before it is settled. To *settle before* and to *ease* are
advice. Nobody is held to an order (source 003): a group ticks what it has settled, whatever that is, and is told what
is open now, what is worth settling first and why, and what waits for what. To settle one thing more opens others and
never closes any: an issue is open when all that block it are settled.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.kept import Kept
from guides.tables import Fields, Known, Row, Tables, called, missing, twice, unknown_links
from mutuals_portal import facets
from mutuals_portal.facets import Asked, Facet
from mutuals_portal.vocabulary import Nation, Sector, Stage

TABLES: Fields = {
    "joins": ("before", "after", "kind", "why", "source", "case_study"),
}

BLOCKS, SETTLE_BEFORE, EASES = "blocks", "settle-before", "eases"
KINDS = {
    BLOCKS: "Blocks: the second waits for the first",
    SETTLE_BEFORE: "Settle before: the first is best settled before the second",
    EASES: "Eases: the first makes the second easier",
}
MOST_FIRST = 3
"""So many issues are named as worth settling first."""


@dataclass(frozen=True)
class Join:
    """``before`` and ``after`` are slugs of look-outs. ``case_study`` is the slug of one that shows it."""

    before: str
    after: str
    kind: str
    why: str
    source: str = ""
    case_study: str = ""


@dataclass(frozen=True)
class Advice:
    """An open issue that is worth settling soon, and the joins to what it helps with. That is still unsettled."""

    issue: str
    joins: tuple[Join, ...]


@dataclass(frozen=True)
class Journey:
    """The issues that readers can open, in the order of their lists, and the joins between them."""

    issues: tuple[str, ...]
    joins: tuple[Join, ...]

    def before(self, issue: str) -> tuple[Join, ...]:
        return tuple(join for join in self.joins if join.after == issue)

    def after(self, issue: str) -> tuple[Join, ...]:
        return tuple(join for join in self.joins if join.before == issue)

    def waits_for(self, issue: str, settled: Collection[str]) -> tuple[Join, ...]:
        """What keeps an issue from being open."""
        return tuple(
            join for join in self.before(issue) if join.kind == BLOCKS and join.before not in settled
        )

    def open(self, settled: Collection[str]) -> tuple[str, ...]:
        return tuple(
            issue for issue in self.issues if issue not in settled and not self.waits_for(issue, settled)
        )

    def waiting(self, settled: Collection[str]) -> dict[str, tuple[Join, ...]]:
        """Each issue that is not open yet, with what it waits for."""
        waits = {issue: self.waits_for(issue, settled) for issue in self.issues if issue not in settled}
        return {issue: joins for issue, joins in waits.items() if joins}

    def early(self, settled: Collection[str]) -> tuple[Join, ...]:
        """Joins whose second issue is settled while the first is not: worth a second look, and no fault.

        Those to the same issue stand together."""
        return tuple(
            join
            for issue in self.issues
            if issue in settled
            for join in self.before(issue)
            if join.kind != EASES and join.before not in settled
        )

    def first(self, settled: Collection[str]) -> tuple[Advice, ...]:
        """What is worth settling first: open, helping with something, and itself not best settled after anything open.

        The issue that most others wait for comes first, directly or further on; then the one that most others are
        best settled after, then the one that eases most, then the order of the lists.
        """
        ready = [issue for issue in self.open(settled) if not self._advised_to_wait(issue, settled)]
        advised = [Advice(issue, self._unsettled_after(issue, settled)) for issue in ready]
        order = {issue: place for place, issue in enumerate(self.issues)}
        ranked = sorted(
            (advice for advice in advised if advice.joins),
            key=lambda advice: (
                -len(self._beyond(advice.issue, settled, {BLOCKS})),
                -len(self._beyond(advice.issue, settled, {BLOCKS, SETTLE_BEFORE})),
                -sum(join.kind == EASES for join in advice.joins),
                order[advice.issue],
            ),
        )
        return tuple(ranked)

    def _advised_to_wait(self, issue: str, settled: Collection[str]) -> bool:
        return any(join.kind != EASES and join.before not in settled for join in self.before(issue))

    def _unsettled_after(self, issue: str, settled: Collection[str]) -> tuple[Join, ...]:
        return tuple(join for join in self.after(issue) if join.after not in settled)

    def _beyond(self, issue: str, settled: Collection[str], kinds: Collection[str]) -> set[str]:
        """All unsettled issues that joins of these kinds lead to from here, however far."""
        found: set[str] = set()
        waiting = [issue]
        while waiting:
            joins = [join for join in self.after(waiting.pop()) if join.kind in kinds]
            new = {join.after for join in joins} - found - set(settled)
            found |= new
            waiting += new
        return found


def of(tables: Tables, issues: Sequence[str]) -> Journey:
    """The journey among these issues. A join with one that nobody can open is left out."""
    known = set(issues)
    joins = (_join(row) for row in tables.get("joins", ()))
    return Journey(tuple(issues), tuple(join for join in joins if {join.before, join.after} <= known))


def asked(query: Mapping[str, Sequence[str]], *, path: str, titles: Mapping[str, str]) -> Asked:
    """What an address says is settled, and which issues it asks to see. ``titles``: of all issues, by their slugs."""
    four = {value: label for value, label in Nation.choices if value != Nation.UK_WIDE}
    wanted = (
        Facet("settled", "Settled", titles),
        Facet("nation", "Nation", four),
        Facet("sector", "Service", dict(Sector.choices)),
        Facet("stage", "Stage", dict(Stage.choices)),
    )
    return facets.read(
        {facet.name: query.get(facet.name, ()) for facet in wanted}, path=path, facets=wanted, sorts={"": ""}
    )


def kept(tables: Tables, query: Mapping[str, Sequence[str]], *, titles: Mapping[str, str]) -> Kept:
    """What a plan keeps: the issues that the group has settled. ``titles`` as for ``asked``."""
    found = asked(query, path="", titles=titles)
    settled = found.chosen.get("settled", ())
    nations = found.chosen.get("nation", ())
    if not settled:
        return Kept()
    journey = of(tables, list(titles))
    lines = [f"Settled: {_listed(titles, settled)}."]
    if now := journey.open(settled):
        lines.append(f"Open now: {_listed(titles, now)}.")
    for issue, joins in journey.waiting(settled).items():
        lines.append(f"Waiting: {titles[issue]}, for {_listed(titles, [join.before for join in joins])}.")
    if first := journey.first(settled)[:MOST_FIRST]:
        lines.append(f"Worth settling first: {_listed(titles, [advice.issue for advice in first])}.")
    return Kept(
        query=found.address.removeprefix("?"),
        lines=tuple(lines),
        nation=nations[0] if len(nations) == 1 else "",
        look_outs=settled,
    )


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    rows = [_named(row) for row in tables.get("joins", ())]
    asked_for = {
        "before": "select the look-out that comes first",
        "after": "select the look-out that it helps with",
        "kind": "select how they join",
        "why": "say why, in one sentence",
    }
    yield from missing("Join", rows, asked_for, named="name")
    yield from twice("Join", rows, "before", "after")
    yield from unknown_links("Join", rows, known, named="name")
    for place, row in enumerate(rows, start=1):
        for sentence in _problems_of(row, known):
            yield f"{called('Join', row, place, named='name')}: {sentence}"
    for circle in _circles([_join(row) for row in rows]):
        yield f"Joins: they run in a circle, {' → '.join(circle)}. Take one of them out."


def _problems_of(row: Row, known: Known) -> Iterator[str]:
    if row.get("kind") and row["kind"] not in KINDS:
        yield f"“{row['kind']}” is not a way to join."
    if not row.get("source") and not row.get("case_study"):
        yield "name a source, or a case study that shows it."
    if row.get("case_study") and row["case_study"] not in known.case_studies:
        yield f"“{row['case_study']}” is not a case study that readers can open."
    for end in ("before", "after"):
        if row.get(end) and f"look-out:{row[end]}" not in known.names:
            yield f"“{row[end]}” is not a look-out that readers can open."


def _named(row: Row) -> Row:
    ends = filter(None, (row.get("before"), row.get("after")))
    return {"name": " / ".join(ends), **row}


def _join(row: Row) -> Join:
    return Join(**{field: row.get(field, "") for field in TABLES["joins"]})


def _circles(joins: Sequence[Join]) -> list[tuple[str, ...]]:
    """Each circle that joins run in, the first issue again at its end. One for each join that closes one."""
    after: dict[str, list[str]] = {}
    for join in joins:
        if join.before and join.after:
            after.setdefault(join.before, []).append(join.after)
    circles: list[tuple[str, ...]] = []
    done: set[str] = set()

    def follow(path: tuple[str, ...]) -> None:
        for issue in after.get(path[-1], ()):
            if issue in path:
                circles.append((*path[path.index(issue) :], issue))
            elif issue not in done:
                follow((*path, issue))
        done.add(path[-1])

    for issue in after:
        if issue not in done:
            follow((issue,))
    return circles


def _listed(titles: Mapping[str, str], slugs: Sequence[str]) -> str:
    return "; ".join(titles[slug] for slug in slugs)
