"""What editors write for this tool: published arrangements to compare with, and the words of the warnings.

The figures of an example are read as if a reader had typed them, so one rule holds for both.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.governance import address
from guides.governance.address import Asked
from guides.governance.arrangement import COUNTS, GROUPS, MOST_CLASSES, THRESHOLDS, Arrangement
from guides.governance.findings import WARNINGS
from guides.tables import Fields, Known, Row, Tables, called, missing, twice, unknown_links
from mutuals_portal import markup

TABLES: Fields = {
    "examples": (
        "key",
        "title",
        "case_study",
        "count",
        "threshold",
        "rule",
        "percent",
        "is_assumed",
        "words",
        "source",
    ),
    "classes": ("example", "group", "name", "members", "votes", "per"),
    "warnings": ("key", "title", "words"),
}
MOST_EXAMPLES = 20
ONE_OF: Mapping[str, Mapping[str, Container[str]]] = {
    "examples": {"count": COUNTS, "threshold": THRESHOLDS, "rule": address.RULES},
    "classes": {"group": GROUPS, "per": address.PER},
    "warnings": {"key": WARNINGS},
}
NOUNS = {"examples": "Example", "classes": "Class of", "warnings": "Warning"}
NAMED = {"examples": "key", "classes": "example", "warnings": "key"}


@dataclass(frozen=True)
class Example:
    """A published arrangement. ``is_assumed``: the threshold is ours, for none was published."""

    key: str
    title: str
    case_study: str
    is_assumed: bool
    words: str
    source: str
    asked: Asked

    @property
    def arrangement(self) -> Arrangement:
        """Only of one that may be published, for ``problems`` refuses what does not work out."""
        if self.asked.arrangement is None:
            raise ValueError(f"The numbers of {self.key} do not work out.")
        return self.asked.arrangement


@dataclass(frozen=True)
class Warning:
    key: str
    title: str
    words: str


def examples(tables: Tables) -> list[Example]:
    rows = tables.get("classes", ())
    return [
        Example(
            key=row.get("key", ""),
            title=row.get("title", ""),
            case_study=row.get("case_study", ""),
            is_assumed=bool(row.get("is_assumed")),
            words=row.get("words", ""),
            source=row.get("source", ""),
            asked=_asked(row, [each for each in rows if each.get("example") == row.get("key")]),
        )
        for row in tables.get("examples", ())
    ]


def warnings(tables: Tables) -> dict[str, Warning]:
    return {
        row.get("key", ""): Warning(row.get("key", ""), row.get("title", ""), row.get("words", ""))
        for row in tables.get("warnings", ())
    }


def _asked(example: Row, classes: Sequence[Row]) -> Asked:
    names = {"count": "count", "threshold": "pass", "rule": "rule", "percent": "percent"}
    query = {key: [example[field]] for field, key in names.items() if example.get(field)}
    fields = {"group": "who", "name": "name", "members": "members", "votes": "votes", "per": "per"}
    for number, row in enumerate(classes, start=1):
        query |= {f"{key}{number}": [row[field]] for field, key in fields.items() if row.get(field)}
    return address.read(query)


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rows from being published, one sentence each."""
    listed, classes, said = (tables.get(name, ()) for name in ("examples", "classes", "warnings"))
    asked_for = {
        "key": "enter a key",
        "title": "enter a title, with the year",
        "source": "enter the source of the figures",
    }
    yield from missing("Example", listed, asked_for, named="key")
    yield from missing(
        "Class of",
        classes,
        {"example": "enter the key of its example", "group": "select a group"},
        named="example",
    )
    yield from missing(
        "Warning",
        said,
        {"key": "select when it is shown", "title": "enter a title", "words": "enter its words"},
        named="key",
    )
    yield from twice("Example", listed, "key")
    yield from twice("Warning", said, "key")
    yield from unknown_links("Example", listed, known, named="key")
    yield from _not_of_the_list(tables)
    yield from _words(tables, known)
    yield from _figures(tables)


def _not_of_the_list(tables: Tables) -> Iterator[str]:
    for table, fields in ONE_OF.items():
        for place, row in enumerate(tables.get(table, ()), start=1):
            for field, options in fields.items():
                if row.get(field) and row[field] not in options:
                    name = called(NOUNS[table], row, place, named=NAMED[table])
                    yield f"{name}: “{row[field]}” is not a {field} that the tool knows."


def _words(tables: Tables, known: Known) -> Iterator[str]:
    for table in ("examples", "warnings"):
        for place, row in enumerate(tables.get(table, ()), start=1):
            for problem in markup.problems(row.get("words", ""), names=known.names, sources=known.sources):
                yield f"{called(NOUNS[table], row, place, named='key')}: {problem}"


def _figures(tables: Tables) -> Iterator[str]:
    listed, classes = tables.get("examples", ()), tables.get("classes", ())
    if len(listed) > MOST_EXAMPLES:
        yield f"Examples: there can be {MOST_EXAMPLES} at most."
    keys = {row.get("key") for row in listed}
    for place, row in enumerate(classes, start=1):
        if row.get("example") and row["example"] not in keys:
            yield f"{called('Class of', row, place, named='example')}: no example has that key."
    for example in examples(tables):
        number = sum(row.get("example") == example.key for row in classes)
        if not number:
            yield f"Example “{example.key}”: enter its classes."
        if number > MOST_CLASSES:
            yield f"Example “{example.key}”: there can be {MOST_CLASSES} classes at most."
        for problem in example.asked.problems:
            yield f"Example “{example.key}”: {problem.words}"


__all__ = ["TABLES", "Example", "Warning", "examples", "problems", "warnings"]
