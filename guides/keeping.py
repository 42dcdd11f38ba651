"""What can be kept of each tool in a plan. Pure."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from guides import eligibility, governance, journey, legal_forms
from guides.kept import Kept
from guides.tables import Tables

Query = Mapping[str, Sequence[str]]
Keeper = Callable[[Tables, Query], Kept]
"""Reads the rows of a tool and the values of each key of an address."""

KEEPERS: dict[str, Keeper] = {
    "can-we-spin-out": eligibility.kept,
    "legal-forms": legal_forms.kept,
    "who-has-a-say": governance.kept,
}
LOOK_OUTS = "look-outs"
TOOLS = ("can-we-spin-out", LOOK_OUTS, "legal-forms", "who-has-a-say")
"""In the order in which a plan shows them."""
LONGEST_QUERY = 4_000


def kept_of(tool: str, tables: Tables, query: Query, *, titles: Mapping[str, str]) -> Kept:
    """What an address of one of ``TOOLS`` says. ``titles``: of all look-outs that readers can open, by their slugs.

    An address may hold anything. What a database cannot keep is left out first.
    """
    readable = {key: [value for value in values if _is_readable(value)] for key, values in query.items()}
    is_journey = tool == LOOK_OUTS
    kept = journey.kept(tables, readable, titles=titles) if is_journey else KEEPERS[tool](tables, readable)
    return kept if kept.lines and len(kept.query) <= LONGEST_QUERY else Kept()


def _is_readable(value: str) -> bool:
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in value)
