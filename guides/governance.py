"""Who has a say."""

from collections.abc import Iterator

from guides.tables import Fields, Known, Tables

TABLES: Fields = {
    "examples": ("key", "title", "case_study", "threshold", "words", "source"),
    "classes": ("example", "group", "members", "votes"),
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    yield from ()
