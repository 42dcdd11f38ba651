"""How ready colleagues feel."""

from collections.abc import Iterator

from guides.tables import Fields, Known, Tables

TABLES: Fields = {
    "readiness": ("key", "text", "hint"),
    "decisions": ("key", "text", "look_out"),
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    yield from ()
