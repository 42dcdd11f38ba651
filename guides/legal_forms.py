"""Which legal form fits."""

from collections.abc import Iterator

from guides.tables import Fields, Known, Tables

TABLES: Fields = {
    "forms": ("key", "name", "summary", "nations", "source"),
    "features": ("key", "name", "hint"),
    "facts": ("form", "feature", "words", "nations", "source"),
    "criteria": ("key", "text", "hint"),
    "options": ("criterion", "key", "text"),
    "leanings": ("criterion", "option", "form", "leans", "reason", "nations", "source"),
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    yield from ()
