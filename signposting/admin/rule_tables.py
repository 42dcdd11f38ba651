"""What the pages about rules show in their tables: decisions in the words of a reader, and only rows they may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting.coverage import Cell, Outcome, conditions_in_words, kinds_in_words, stages_in_words
from signposting.models import Enquiry, Organisation
from signposting.routing import Rule
from signposting.rule_sets import Rehearsal

NOBODY = "Nobody: the duty desk"

Names = dict[str | None, str]


@dataclass(frozen=True)
class Answer:
    """One way an enquiry of a row can go."""

    body: str
    condition: str
    reason: str
    rule: str
    reaches_nobody: bool


@dataclass(frozen=True)
class Row:
    """The kinds of enquirer for whom the same answers hold at the same stages."""

    kinds: list[str]
    stages: str
    answers: tuple[Answer, ...]


def names_of_bodies() -> Names:
    """Slug to name, of every body that a rule can name. None is the duty desk."""
    return {None: NOBODY, **dict(Organisation.objects.partners().values_list("slug", "name"))}


def rule_rows(rules: Sequence[Rule], names: Names) -> list[dict[str, object]]:
    return [
        {
            "position": rule.position,
            "conditions": conditions_in_words(rule) or ("always",),
            "body": names[rule.body],
            "reason": rule.reason,
        }
        for rule in rules
    ]


def matrix_tables(cells: Sequence[Cell], names: Names) -> list[tuple[str, list[Row]]]:
    """One table for each nation. What has the same answers shares a row."""
    return [
        (nation.label, _rows([cell for cell in cells if cell.nation == nation], names)) for nation in Nation
    ]


def rehearsed_moves(rehearsal: Rehearsal, names: Names) -> list[tuple[str, str, int]]:
    return [(names[now], names[then], count) for now, then, count in rehearsal.moves]


def rehearsed_enquiries(
    rehearsal: Rehearsal, names: Names, visible: QuerySet[Enquiry]
) -> tuple[list[dict[str, object]], int]:
    """The enquiries that would move or reach nobody: those among ``visible`` by name, the others as a number."""
    changed = rehearsal.unreached + rehearsal.moved
    references = dict(
        visible.filter(pk__in=[replay.enquiry for replay in changed]).values_list("pk", "reference")
    )
    shown = [
        {
            "pk": replay.enquiry,
            "reference": references[replay.enquiry],
            "now": names[replay.now],
            "then": names[replay.then],
        }
        for replay in changed
        if replay.enquiry in references
    ]
    return shown, len(changed) - len(shown)


def _rows(cells: Sequence[Cell], names: Names) -> list[Row]:
    stages: dict[tuple[EnquirerKind, tuple[Outcome, ...]], list[Stage]] = {}
    for cell in cells:
        stages.setdefault((cell.enquirer_kind, cell.outcomes), []).append(cell.stage)
    kinds: dict[tuple[str, tuple[Outcome, ...]], list[EnquirerKind]] = {}
    for (kind, outcomes), some in stages.items():
        kinds.setdefault((stages_in_words(some), outcomes), []).append(kind)
    return [
        Row(kinds_in_words(some), when, _answers(outcomes, names)) for (when, outcomes), some in kinds.items()
    ]


def _answers(outcomes: Sequence[Outcome], names: Names) -> tuple[Answer, ...]:
    answers: list[Answer] = []
    for outcome in outcomes:
        condition = "otherwise" if answers else ""
        if outcome.conditions:
            condition = f"if {', '.join(outcome.conditions)}"
        body, reason = names[outcome.decision.body], outcome.decision.reason
        answers.append(Answer(body, condition, reason, _rule(outcome, names), outcome.reaches_nobody))
    return tuple(answers)


def _rule(outcome: Outcome, names: Names) -> str:
    """Which rule decided, with the body it names where that body cannot act."""
    rule = outcome.decision.rule
    if rule is None:
        return ""
    return f"Rule {rule.position}: {names[rule.body]}" if outcome.reaches_nobody else f"Rule {rule.position}"
