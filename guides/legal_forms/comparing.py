"""Forms side by side by what a reader wants to compare. Pure.

The table stands on whichever side has fewer entries: many forms are its rows, many features are. So it is as narrow as
it can be, and on a narrow screen each card holds what is compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from guides.legal_forms.rules import UNKNOWN, Fact, Feature, Form, Rules
from guides.notes import Mark, Notes
from mutuals_portal.markup import nations_in_words


@dataclass(frozen=True)
class Line:
    """One fact in a cell. ``where``: the nations of which alone it speaks, in words."""

    words: str
    where: str
    mark: Mark


@dataclass(frozen=True)
class Cell:
    column: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TableRow:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    corner: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def chosen_forms(rules: Rules, wanted: Sequence[str]) -> list[Form]:
    """All of them where a reader has chosen none."""
    return [form for form in rules.forms if form.key in wanted] or list(rules.forms)


def chosen_features(rules: Rules, wanted: Sequence[str]) -> list[Feature]:
    """The usual ones where a reader has chosen none."""
    usual = [feature for feature in rules.features if feature.is_usual] or list(rules.features)
    return [feature for feature in rules.features if feature.key in wanted] or usual


def table(rules: Rules, forms: Sequence[Form], features: Sequence[Feature], notes: Notes) -> Table:
    by_form = len(forms) > len(features)
    rows: Sequence[Form | Feature] = forms if by_form else features
    columns: Sequence[Form | Feature] = features if by_form else forms
    return Table(
        corner="Form" if by_form else "What",
        columns=tuple(column.name for column in columns),
        rows=tuple(
            TableRow(
                row.name,
                tuple(
                    Cell(
                        column.name,
                        _lines(rules, *((row, column) if by_form else (column, row)), notes=notes),
                    )
                    for column in columns
                ),
            )
            for row in rows
        ),
    )


def _lines(rules: Rules, form: Form | Feature, feature: Form | Feature, *, notes: Notes) -> tuple[Line, ...]:
    facts = rules.facts.get((form.key, feature.key), ()) or [Fact("", (), UNKNOWN)]
    return tuple(
        Line(
            fact.words if fact.source != UNKNOWN else f"We do not know. {fact.words}".strip(),
            nations_in_words(fact.nations),
            notes.mark("" if fact.source == UNKNOWN else fact.source),
        )
        for fact in facts
    )
