"""The rules of a tool as editors write them: tables of rows, plain values under the names of fields. Pure.

Each rule module names its ``TABLES`` with the fields of a row, reads rows into its own types, and tells in
``problems`` what keeps them from being published.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
"""Text, True, or a list of texts. What says nothing is left out."""

Tables = Mapping[str, Sequence[Row]]

Fields = Mapping[str, tuple[str, ...]]
"""The fields of a row, by the name of its table."""


@dataclass(frozen=True)
class Known:
    """What rows may name: keys of sources, slugs of look-outs, names as texts link to them, and slugs of live case
    studies."""

    sources: Container[str]
    look_outs: Container[str]
    names: Container[str] = frozenset()
    case_studies: Container[str] = frozenset()


def missing(noun: str, rows: Sequence[Row], asked_for: Mapping[str, str], *, named: str) -> Iterator[str]:
    """A sentence for each thing that a row lacks. ``named`` is the field that tells rows apart."""
    for place, row in enumerate(rows, start=1):
        for field, words in asked_for.items():
            if not row.get(field):
                yield f"{called(noun, row, place, named=named)}: {words}."


def called(noun: str, row: Row, place: int, *, named: str) -> str:
    """What a row is called where something is said about it: Question “nation”."""
    return f"{noun} “{row[named]}”" if row.get(named) else f"{noun} number {place}"


def twice(noun: str, rows: Sequence[Row], *fields: str) -> Iterator[str]:
    """A sentence for each row that has the same values as one before it."""
    seen = set()
    for row in rows:
        mark = tuple(row.get(field, "") for field in fields)
        if mark in seen and all(mark):
            yield f"{noun} “{' / '.join(map(str, mark))}”: it is there twice."
        seen.add(mark)


def unknown_links(noun: str, rows: Sequence[Row], known: Known, *, named: str) -> Iterator[str]:
    """A sentence for each source or look-out that does not exist. A row names them in ``source``, ``look_out``
    and ``look_outs``."""
    for place, row in enumerate(rows, start=1):
        name = called(noun, row, place, named=named)
        if row.get("source") and row["source"] not in known.sources:
            yield f"{name}: “{row['source']}” is not the key of a source."
        for slug in [*row.get("look_outs", ()), *filter(None, [row.get("look_out")])]:
            if slug not in known.look_outs:
                yield f"{name}: “{slug}” is not a look-out."
