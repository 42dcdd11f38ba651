"""Whom each kind of enquiry reaches under a set of rules: one cell for every nation, stage and kind of enquirer.

Pure. Inside a cell the employer, the sector and the ownership idea are still open. Only the values that a rule
names can make a difference, so each of those facts is tried with the named values and with one other: every full
combination is covered by a handful of questions to ``routing.route``.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage
from signposting.routing import Decision, Facts, Rule, route

FACTS = {
    "nation": ("nation", Nation),
    "stage": ("stage", Stage),
    "enquirer_kind": ("who asks", EnquirerKind),
    "employer_type": ("employer", EmployerType),
    "sector": ("sector", Sector),
    "ownership_idea": ("ownership", OwnershipIdea),
}
OPEN_FACTS = ("employer_type", "sector", "ownership_idea")


@dataclass(frozen=True)
class Outcome:
    """A decision of one rule, or of none. ``conditions`` say in words which open facts it names."""

    decision: Decision
    conditions: tuple[str, ...] = ()

    @property
    def reaches_nobody(self) -> bool:
        return self.decision.body is None


@dataclass(frozen=True)
class Cell:
    """Its ``outcomes`` are in the order of the rules: each holds where none before it does."""

    nation: Nation
    stage: Stage
    enquirer_kind: EnquirerKind
    outcomes: tuple[Outcome, ...]

    @property
    def is_gap(self) -> bool:
        """Whether some enquiry of this cell reaches no body."""
        return any(outcome.reaches_nobody for outcome in self.outcomes)


def matrix(rules: Iterable[Rule], able: Container[str]) -> list[Cell]:
    """Every cell, ordered by nation, stage and kind as the vocabulary orders them."""
    rules = list(rules)
    cells = []
    known: dict[tuple[Rule, ...], tuple[Outcome, ...]] = {}
    for nation, stage, kind in product(Nation, Stage, EnquirerKind):
        here = tuple(
            rule
            for rule in rules
            if rule.nation in ("", nation) and rule.stage in ("", stage) and rule.enquirer_kind in ("", kind)
        )
        if here not in known:
            known[here] = _outcomes(nation, stage, kind, here, able)
        cells.append(Cell(nation, stage, kind, known[here]))
    return cells


def gaps_in_words(cells: Iterable[Cell]) -> list[str]:
    """The cells that are gaps, as few lines as say it: "England · whoever asks · at any stage"."""
    stages: dict[tuple[Nation, EnquirerKind], list[Stage]] = {}
    for cell in cells:
        if cell.is_gap:
            stages.setdefault((cell.nation, cell.enquirer_kind), []).append(cell.stage)
    kinds: dict[tuple[Nation, str], list[EnquirerKind]] = {}
    for (nation, kind), some in stages.items():
        kinds.setdefault((nation, stages_in_words(some)), []).append(kind)
    return [
        f"{nation.label} · {kind} · {when}"
        for (nation, when), some in kinds.items()
        for kind in kinds_in_words(some)
    ]


def conditions_in_words(rule: Rule, facts: Iterable[str] = FACTS) -> tuple[str, ...]:
    """What a rule asks for among ``facts``: ("nation: Scotland", "stage: Appraisal")."""
    named = {fact: getattr(rule, fact) for fact in facts}
    return tuple(f"{FACTS[fact][0]}: {FACTS[fact][1](value).label}" for fact, value in named.items() if value)


def kinds_in_words(some: Sequence[EnquirerKind]) -> list[str]:
    return ["whoever asks"] if len(some) == len(EnquirerKind) else [kind.label for kind in some]


def stages_in_words(some: Sequence[Stage]) -> str:
    return "at any stage" if len(some) == len(Stage) else ", ".join(stage.label for stage in some)


def _outcomes(
    nation: str, stage: str, kind: str, rules: Sequence[Rule], able: Container[str]
) -> tuple[Outcome, ...]:
    decisions: dict[Rule | None, Decision] = {}
    tried = [_values_that_matter(name, rules) for name in OPEN_FACTS]
    for employer_type, sector, ownership_idea in product(*tried):
        facts = Facts(
            nation=nation,
            stage=stage,
            enquirer_kind=kind,
            employer_type=employer_type,
            sector=sector,
            ownership_idea=ownership_idea,
        )
        decision = route(facts, rules, able)
        decisions[decision.rule] = decision
    return tuple(
        Outcome(decisions[rule], conditions_in_words(rule, OPEN_FACTS) if rule else ())
        for rule in (*rules, None)
        if rule in decisions
    )


def _values_that_matter(name: str, rules: Sequence[Rule]) -> list[str]:
    named = {getattr(rule, name) for rule in rules} - {""}
    other = [value for value in FACTS[name][1].values if value not in named]
    return [*named, *other[:1]]
