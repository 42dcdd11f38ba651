"""Which body an enquiry goes to, and why.

The first rule that matches decides. A rule whose body the enquirer has excluded is passed over. When the
body of the rule that decides cannot act, or no rule is left, the duty desk takes the enquiry: going on would
be wrong, because the next rule was written for somebody else.

Pure: ``lifecycle.submit`` calls it once and a rehearsal replays it. The default rules, and what they rest on,
are in ``content/rules.yaml``.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass

FACTS_A_RULE_NAMES = ("nation", "enquirer_kind", "employer_type", "sector", "stage", "ownership_idea")

NO_RULE = "No routing rule covers an enquiry like this one, so the duty desk finds a body for it."
ALL_EXCLUDED = (
    "Every body that answers enquiries like this one is one that must not see it, "
    "so the duty desk finds another way to help."
)
CANNOT_ACT = (
    "The body that answers enquiries like this one cannot take any at the moment, "
    "so the duty desk finds another for it."
)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a decision rests on: values of ``mutuals_portal.vocabulary``, and slugs of bodies."""

    nation: str
    enquirer_kind: str
    employer_type: str
    sector: str
    stage: str
    ownership_idea: str
    excluded_bodies: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When every named fact is as named, ``body`` answers. An empty fact matches anything."""

    pk: int | None = None
    position: int
    body: str
    reason: str
    nation: str = ""
    enquirer_kind: str = ""
    employer_type: str = ""
    sector: str = ""
    stage: str = ""
    ownership_idea: str = ""

    def matches(self, facts: Facts) -> bool:
        return all(getattr(self, name) in ("", getattr(facts, name)) for name in FACTS_A_RULE_NAMES)


@dataclass(frozen=True)
class Decision:
    """The body chosen (None: the duty desk), the rule that decided if any, and the reason in one sentence."""

    body: str | None
    rule: Rule | None
    reason: str


def route(facts: Facts, rules: Iterable[Rule], able: Container[str]) -> Decision:
    """Decide. ``rules`` are in order; ``able`` holds the slugs of the bodies that can act."""
    passed_over = False
    for rule in rules:
        if not rule.matches(facts):
            continue
        if rule.body in facts.excluded_bodies:
            passed_over = True
            continue
        if rule.body not in able:
            return Decision(None, rule, CANNOT_ACT)
        return Decision(rule.body, rule, rule.reason)
    return Decision(None, None, ALL_EXCLUDED if passed_over else NO_RULE)
