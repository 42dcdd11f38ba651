"""Findings as a page tells them: each with the marks of its sources, and where and when its law holds. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guides.eligibility.results import Result
from guides.eligibility.rules import Finding
from guides.notes import Mark, Notes
from mutuals_portal.markup import NATIONS, UNCONFIRMED, nations_in_words


@dataclass(frozen=True)
class Told:
    finding: Finding
    marks: tuple[Mark, ...]

    @property
    def law_in(self) -> str:
        return (
            nations_in_words([nation for nation in NATIONS if nation in self.finding.nations])
            or "some nations"
        )

    @property
    def checked(self) -> date | None:
        try:
            return date.fromisoformat(self.finding.checked)
        except ValueError:
            return None

    @property
    def is_uncertain(self) -> bool:
        return UNCONFIRMED in self.finding.sources

    @property
    def numbered(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.number)


class Telling:
    """A result in the order of its page, which is the order in which its sources are numbered."""

    def __init__(self, found: Result) -> None:
        self.outcome = found.outcome
        self._notes = Notes()
        self.outcome_marks = self._marks(found.outcome.sources)
        self.unlikely = self._told(found.unlikely)
        self.another_route = self._told(found.another_route)
        self.conditions = self._told(found.conditions)
        self.notes = self._told(found.notes)

    @property
    def all(self) -> tuple[Told, ...]:
        return self.unlikely + self.another_route + self.conditions + self.notes

    @property
    def leaves(self) -> tuple[Told, ...]:
        return tuple(told for told in self.all if told.finding.leaves)

    @property
    def stays(self) -> tuple[Told, ...]:
        return tuple(told for told in self.all if told.finding.stays)

    @property
    def laws(self) -> tuple[Told, ...]:
        return tuple(told for told in self.all if told.finding.law)

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each source; the first has the number 1."""
        return self._notes.keys

    def _told(self, findings: Iterable[Finding]) -> tuple[Told, ...]:
        return tuple(Told(finding, self._marks(finding.sources)) for finding in findings)

    def _marks(self, keys: Iterable[str]) -> tuple[Mark, ...]:
        return tuple(self._notes.mark(key) for key in keys)
