"""How look-outs join."""

from collections.abc import Iterator

from guides.tables import Fields, Known, Tables

TABLES: Fields = {
    "joins": ("before", "after", "kind", "why", "source", "case_study"),
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    yield from ()
