"""Which rules each tool has. The rules themselves are in a module each, and pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guides import eligibility, governance, journey, legal_forms, readiness
from guides.tables import Fields, Known, Tables

__all__ = ["Known", "problems", "tables_of", "words"]


@dataclass(frozen=True)
class Rules:
    tables: Fields
    problems: Callable[[Tables, Known], Iterator[str]]


RULES = {
    "can-we-spin-out": Rules(eligibility.TABLES, eligibility.problems),
    "look-outs": Rules(journey.TABLES, journey.problems),
    "legal-forms": Rules(legal_forms.TABLES, legal_forms.problems),
    "who-has-a-say": Rules(governance.TABLES, governance.problems),
    "plan": Rules(readiness.TABLES, readiness.problems),
}


def tables_of(slug: str) -> Fields:
    return RULES[slug].tables


def problems(slug: str, tables: Tables, known: Known) -> Iterator[str]:
    """What keeps a tool's rules from being published, one sentence each."""
    yield from RULES[slug].problems(tables, known)


def words(tables: Tables) -> Iterator[str]:
    """What the rows say to readers, for the search: all values but keys."""
    for rows in tables.values():
        for row in rows:
            yield from (value for value in row.values() if isinstance(value, str) and " " in value)
