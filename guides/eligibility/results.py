"""What comes of the answers: the outcome and its reasons. Pure.

The order of gravity follows the facts on eligibility, section 4, gathered for this service: anything that rules a
service out is told first, then another route that fits better, then what must be met first; a service without any of
these may explore now. There too stands the number of conditions that mean “not yet”.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guides.eligibility.rules import ANOTHER_ROUTE, CONDITION, NOTE, UNLIKELY, Finding, Outcome, Rules

NOT_YET_FROM = 4
"""So many conditions at once mean that some must be met before it is worth exploring further."""


@dataclass(frozen=True)
class Result:
    """``findings`` hold for the answers, in the order in which editors wrote them."""

    outcome: Outcome
    findings: tuple[Finding, ...]

    def with_effect(self, effect: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.effect == effect)

    @property
    def unlikely(self) -> tuple[Finding, ...]:
        return self.with_effect(UNLIKELY)

    @property
    def another_route(self) -> tuple[Finding, ...]:
        return self.with_effect(ANOTHER_ROUTE)

    @property
    def conditions(self) -> tuple[Finding, ...]:
        return self.with_effect(CONDITION)

    @property
    def notes(self) -> tuple[Finding, ...]:
        return self.with_effect(NOTE)

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """All but notes, the gravest first."""
        return self.unlikely + self.another_route + self.conditions

    @property
    def sources(self) -> tuple[str, ...]:
        """Every key that is named, once, in the order of the page."""
        return tuple(dict.fromkeys(self._named()))

    def _named(self) -> Iterator[str]:
        yield from self.outcome.sources
        for finding in self.reasons + self.notes:
            yield from finding.sources


def result(rules: Rules, answers: Mapping[str, str]) -> Result:
    findings = tuple(finding for finding in rules.findings if finding.holds(answers))
    return Result(_outcome(rules, which(findings)), findings)


def which(findings: tuple[Finding, ...]) -> str:
    """The outcome that these findings come to."""
    effects = [finding.effect for finding in findings]
    if UNLIKELY in effects:
        return "unlikely"
    if ANOTHER_ROUTE in effects:
        return "another-route"
    if effects.count(CONDITION) >= NOT_YET_FROM:
        return "not-yet"
    return "conditions" if CONDITION in effects else "explore-now"


def _outcome(rules: Rules, key: str) -> Outcome:
    """A draft may lack it."""
    return rules.outcomes.get(key) or Outcome(key, key.replace("-", " ").capitalize(), "", (), ())
