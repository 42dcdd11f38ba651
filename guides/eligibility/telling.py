"""Findings as a page tells them: each with the marks of its sources, and where and when its law holds. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from guides.eligibility.results import Result
from guides.eligibility.rules import Finding
from mutuals_portal.markup import NATIONS, SPECIAL, UNCONFIRMED, nations_in_words, special


@dataclass(frozen=True)
class Mark:
    """What follows a fact: the number of its source on the page, or words."""

    number: int = 0
    words: str = ""


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
        self._numbers: dict[str, int] = {}
        self._said: set[str] = set()
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
        return tuple(self._numbers)

    def _told(self, findings: Iterable[Finding]) -> tuple[Told, ...]:
        return tuple(Told(finding, self._marks(finding.sources)) for finding in findings)

    def _marks(self, keys: Iterable[str]) -> tuple[Mark, ...]:
        return tuple(
            Mark(words=special(key, self._said))
            if key in SPECIAL
            else Mark(number=self._numbers.setdefault(key, len(self._numbers) + 1))
            for key in keys
        )
