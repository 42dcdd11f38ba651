"""What help a body gives, as editors write it: rows of plain values. Pure.

An entry keeps its offers beside its texts, so that every save in its history has them whole. ``Entry.settle`` makes of
those that lack nothing the rows that lists and ranking read. What a row leaves open, it is for: anybody, every stage,
every nation of its body.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from guides.tables import Known, Row, called, missing, twice, unknown_links
from mutuals_portal import markup
from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage

FIELDS = ("title", "what", "askers", "stages", "look_outs", "nations", "cost", "how", "source")
LISTS = ("askers", "stages", "look_outs", "nations")
FOUR_NATIONS = tuple(nation for nation in Nation.values if nation != Nation.UK_WIDE)

ASKED_FOR = {
    "title": "enter what the help is",
    "what": "enter what a group gets",
    "look_outs": "select at least one look-out that it helps with",
    "cost": "select what it costs, or that this is not known",
    "how": "enter how to ask for it",
    "source": "name its source",
}


def as_written(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` as the one row that says the same."""
    row: dict[str, Any] = {}
    for field in FIELDS:
        value = values.get(field)
        if field in LISTS:
            if value:
                row[field] = [str(each) for each in value]
        elif text := str(value or "").strip():
            row[field] = text
    return row


def whole(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if all(row.get(field) for field in ASKED_FOR)]


def meant(row: Row, *, nations: Sequence[str]) -> dict[str, Any]:
    """A whole row with all that it leaves open. ``nations``: where its body helps, empty for everywhere."""
    everybody = {
        "askers": EnquirerKind.values,
        "stages": Stage.values,
        "nations": list(nations or FOUR_NATIONS),
    }
    return {name: row.get(name) or everybody.get(name) for name in FIELDS}


def problems(rows: Sequence[Row], known: Known, *, nations: Sequence[str]) -> Iterator[str]:
    """A sentence for each thing that keeps the rows from being shown."""
    yield from missing("Offer", rows, ASKED_FOR, named="title")
    yield from twice("Offer", rows, "title")
    yield from unknown_links("Offer", rows, known, named="title")
    for place, row in enumerate(rows, start=1):
        name = called("Offer", row, place, named="title")
        elsewhere = [nation for nation in row.get("nations", ()) if nation not in (nations or FOUR_NATIONS)]
        if elsewhere:
            yield f"{name}: the body does not help in {', '.join(Nation(each).label for each in elsewhere)}."
        if any(markup.INVISIBLE.search(row.get(field, "")) for field in ("title", "what", "how")):
            yield f"{name}: an invisible control character stands in it. Type it again."
