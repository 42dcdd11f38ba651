"""Words that mean the same, looked for together: coop and co-operative, TUPE and transfer of undertakings. Pure.

Applied when somebody asks, so what an editor changes holds at the next search. Who puts words in quotation marks
means just these.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from mutuals_portal.search import folding
from mutuals_portal.search.asking import Term

MOST_WAYS = 8
"""Ways to say a term that are looked for at once."""

Way = tuple[str, ...]
Ways = dict[Way, tuple[Way, ...]]


@lru_cache(maxsize=4)
def known(groups: str) -> Ways:
    """Of each way to say a thing all others. ``groups``: lists of words and phrases, as JSON."""
    found: dict[Way, dict[Way, None]] = {}
    for group in json.loads(groups):
        ways = [way for each in group if (way := tuple(folding.words(each)))]
        for way in ways:
            found.setdefault(_singular(way), {}).update(dict.fromkeys(ways))
    return {way: tuple(others) for way, others in found.items()}


def widen(terms: Sequence[Term], ways: Ways) -> tuple[Term, ...]:
    """The same terms, each way to say a thing joined by all others. Of two that fit, the longer one counts."""
    longest = max(map(len, ways), default=0)
    widened: list[Term] = []
    place = 0
    while place < len(terms):
        for length in range(min(longest, len(terms) - place), 0, -1):
            run = terms[place : place + length]
            own = tuple(word for term in run for word in term.own)
            others = ways.get(_singular(own))
            if others and not any(term.is_exact for term in run):
                widened.append(Term(tuple(dict.fromkeys((own, *others)))[:MOST_WAYS]))
                break
        else:
            length = 1
            widened.append(replace(terms[place]))
        place += length
    return tuple(widened)


def _singular(way: Way) -> Way:
    """Alike for one and for many of a thing. It need not be English: it is never shown."""
    return tuple(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in way
    )
