"""The form of “Who has a say” as its template draws it: what stands in each field, and which of them are wrong."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guides.governance.address import PER, RULES, Asked, Line
from guides.governance.arrangement import COUNTS, GROUPS, MOST_CLASSES, THRESHOLDS
from mutuals_portal.markup import NATIONS

NOT_SAID = {"": "Select"}


@dataclass(frozen=True)
class Box:
    """A field: a choice where it has ``options``, else something to type."""

    id: str
    label: str
    value: str
    options: Mapping[str, str] | None = None
    is_number: bool = False
    is_wrong: bool = False


@dataclass(frozen=True)
class LineOfBoxes:
    number: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Form:
    choices: tuple[Box, ...]
    share: tuple[Box, ...]
    nation: Box
    lines: tuple[LineOfBoxes, ...]
    can_add: bool


def form_of(asked: Asked) -> Form:
    wrong = {problem.field for problem in asked.problems}
    needs = "What does a decision need, of all votes or seats there are?"
    percent = Box("percent", "Per cent", asked.percent, is_number=True, is_wrong="percent" in wrong)
    return Form(
        choices=(
            Box("count", "What do you count?", asked.count, COUNTS),
            Box("pass", needs, asked.threshold, THRESHOLDS),
        ),
        share=(Box("rule", "Another share", asked.rule, RULES), percent),
        nation=Box("nation", "Where is the service? (optional)", asked.nation, NOT_SAID | NATIONS),
        lines=tuple(_line(line, wrong) for line in asked.lines),
        can_add=len(asked.lines) < MOST_CLASSES,
    )


def _line(line: Line, wrong: Collection[str]) -> LineOfBoxes:
    def box(
        field: str, label: str, options: Mapping[str, str] | None = None, *, is_number: bool = False
    ) -> Box:
        key = f"{field}{line.number}"
        return Box(key, label, getattr(line, field), options, is_number, key in wrong)

    return LineOfBoxes(
        line.number,
        (
            box("who", "Who", NOT_SAID | GROUPS),
            box("name", "In your own words"),
            box("members", "Members", is_number=True),
            box("votes", "Votes or seats", is_number=True),
            box("per", "Votes are", PER),
        ),
    )
