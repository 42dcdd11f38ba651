"""Joins between look-outs as pages tell them: with the issue at the other end, why, and what shows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.from_case_studies import CaseStudy
from guides.journey import BLOCKS, EASES, SETTLE_BEFORE, Join
from guides.library import Issue
from guides.reading import NumberedSource

BEFORE = {BLOCKS: "Waits for", SETTLE_BEFORE: "Best settled after", EASES: "Made easier by"}
"""How an issue joins those before it."""
AFTER = {BLOCKS: "Opens", SETTLE_BEFORE: "Best settled before", EASES: "Makes easier"}
"""How it joins those after it."""


@dataclass(frozen=True)
class Told:
    """``other`` is the issue at the other end, ``number`` that of the source on the page."""

    other: Issue
    why: str
    number: int | None
    case_study: CaseStudy | None


@dataclass(frozen=True)
class Group:
    """Joins of one kind on one side of an issue."""

    label: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Teller:
    issues: Mapping[str, Issue]
    sources: Sequence[NumberedSource]
    case_studies: Mapping[str, CaseStudy]

    def before(self, joins: Iterable[Join]) -> list[Group]:
        """Joins to one issue, by their kinds."""
        return list(self._groups(BEFORE, [(join, join.before) for join in joins]))

    def after(self, joins: Iterable[Join]) -> list[Group]:
        """Joins from one issue, by their kinds."""
        return list(self._groups(AFTER, [(join, join.after) for join in joins]))

    def _groups(self, labels: Mapping[str, str], joins: Sequence[tuple[Join, str]]) -> Iterator[Group]:
        for kind, label in labels.items():
            if told := tuple(self._told(join, other) for join, other in joins if join.kind == kind):
                yield Group(label, told)

    def _told(self, join: Join, other: str) -> Told:
        number = next((source.number for source in self.sources if source.key == join.source), None)
        return Told(self.issues[other], join.why, number, self.case_studies.get(join.case_study))


def keys(joins: Iterable[Join]) -> list[str]:
    """Of the sources that joins name."""
    return [join.source for join in joins if join.source]


def named(joins: Iterable[Join]) -> frozenset[str]:
    """The case studies that joins name."""
    return frozenset(join.case_study for join in joins if join.case_study)
