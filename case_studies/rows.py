"""The rows of a profile as they are written: figures, shares, milestones and evidence as plain values. Pure.

A profile keeps them beside its texts, so that every save in its history has them whole, and a row that still lacks
something is kept like any other half-written text. ``Profile.settle`` makes of those that are whole the rows that
lists and pages read. Sources and look-outs go by their keys. The download and the import know rows in this shape too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
"""Text, or True. What says nothing is left out."""

FIELDS: dict[str, tuple[str, ...]] = {
    "claims": (
        "key",
        "measure",
        "label",
        "qualifier",
        "number",
        "unit",
        "day",
        "as_of",
        "is_undated",
        "assured_by",
        "review_by",
        "source",
    ),
    "shares": ("group", "basis", "percent", "words", "as_of", "source"),
    "milestones": ("stage", "title", "begins", "ends", "source"),
    "evidence": ("look_out", "stage", "effect", "how", "source"),
}
NOUNS = {"claims": "Figure", "shares": "Share", "milestones": "Step", "evidence": "Evidence"}

ASKED_FOR: dict[str, dict[str, str]] = {
    "claims": {
        "key": "enter a key",
        "measure": "select what it measures",
        "label": "enter what it is of",
        "as_of": "enter when it was so",
        "assured_by": "select whose word it is",
        "review_by": "enter the day by which it has to be checked again",
    },
    "shares": {
        "group": "select the group",
        "basis": "select what is shared",
        "as_of": "enter when it was so",
    },
    "milestones": {"stage": "select the stage", "title": "enter what happened", "begins": "enter when"},
    "evidence": {
        "look_out": "select the look-out",
        "stage": "select the stage",
        "effect": "select whether it helped",
        "how": "enter how",
    },
}
DATED = ("started", "ended", "contract-until", "event")
"""Measures that are dates, never numbers."""
MOST_STAFF = 10_000_000
"""More than any employer has: a slip of the finger."""


def as_written(name: str, values: Row) -> dict[str, Any]:
    """``values``, of whatever types, as the one row that says the same."""
    row: dict[str, Any] = {}
    for field in FIELDS[name]:
        value = values.get(field)
        if value is True:
            row[field] = True
        elif text := _text(value):
            row[field] = text
    return row


def title(name: str, row: Row, place: int) -> str:
    """What a row is called where something is said about it."""
    named = {"claims": "label", "milestones": "title", "shares": "group", "evidence": "look_out"}[name]
    words = row.get(named) or row.get("key")
    return f"{NOUNS[name]} “{words}”" if words else f"{NOUNS[name]} number {place}"


def faults(name: str, rows: Sequence[Row]) -> list[list[str]]:
    """For each row what keeps it from being shown, a few words each."""
    seen: set[tuple[Any, ...]] = set()
    found = []
    for row in rows:
        faults = [*_missing(name, row), *_contradictions(name, row)]
        if name in ("claims", "shares"):
            mark = tuple(row.get(field) for field in (("key",) if name == "claims" else ("group", "basis")))
            if mark in seen and all(mark):
                faults.append("another has the same key" if name == "claims" else "it is there twice")
            seen.add(mark)
        found.append(faults)
    return found


def whole(name: str, rows: Sequence[Row]) -> list[Row]:
    return [row for row, faults in zip(rows, faults(name, rows), strict=True) if not faults]


def summary(written: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """What lists sort and count by. ``written`` has whole rows only."""
    claims = written["claims"]
    started = [claim["day"] for claim in claims if claim["measure"] == "started"]
    staff = [claim for claim in claims if claim["measure"] == "staff"]
    newest = max(staff, key=lambda claim: claim["as_of"], default=None)
    return {
        "start_year": int(min(started)[:4]) if started else None,
        "staff": int(Decimal(newest["number"])) if newest else None,
        "owners": sorted({share["group"] for share in written["shares"]}),
        "stages": sorted({each["stage"] for each in written["evidence"]}),
    }


def links(written: Iterable[Row], field: str) -> set[str]:
    """The keys of sources or look-outs that rows name."""
    return {row[field] for row in written if field in row}


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return str(value).strip()


def _missing(name: str, row: Row) -> Iterator[str]:
    for field, words in ASKED_FOR[name].items():
        if not row.get(field):
            yield words
    if not row.get("source"):
        yield "name its source"


def _contradictions(name: str, row: Row) -> Iterator[str]:
    if name == "claims":
        yield from _of_value(row)
    if name == "milestones" and "ends" in row and row["ends"] < row.get("begins", "")[: len(row["ends"])]:
        yield "it ends before it begins"


def _of_value(row: Row) -> Iterator[str]:
    number, day, measure = row.get("number"), row.get("day"), row.get("measure")
    if number and day:
        yield "enter a number or a date, not both"
    elif measure in DATED and not day:
        yield "enter its date"
    elif measure == "staff" and not number:
        yield "enter the number of staff"
    elif not (number or day):
        yield "enter a number with its unit, or a date"
    elif bool(number) != bool(row.get("unit")):
        yield "select the unit of the number" if number else "a date has no unit"
    if measure == "staff" and number and not 0 <= Decimal(number) <= MOST_STAFF:
        yield "check the number of staff"
    if measure in DATED and number:
        yield "it is a date, so leave the number out"
