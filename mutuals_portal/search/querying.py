"""A question as PostgreSQL is asked it. Pure: text for ``to_tsquery``, made of folded words alone.

A ``Query`` is asked twice. Its ``sieve`` wants the words of a phrase wherever they stand, which the index answers by
itself. ``exact`` wants them side by side, which takes a look into each text, and so is asked only of the first few
thousand that the sieve lets through. Any number of common words in quotation marks costs no more than that.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from mutuals_portal.search.asking import Question, Term

MOST_RELAXED = 6
"""Where not all words are found together, half of the so many rarest have to be."""
MOST_WEIGHED = 12
"""To weigh more of them would take longer than they say."""

TOGETHER, SIDE_BY_SIDE = " & ", " <-> "


class Known(NamedTuple):
    """A word as the texts know it: its stem, "" where it is too common to look for, and how many texts have it."""

    stem: str
    documents: int


class Query(NamedTuple):
    """Both are empty where nothing is to be asked."""

    sieve: str
    exact: str


class Weighed(NamedTuple):
    """A term, and how much it says: the rarer, the more."""

    term: Term
    weight: float


@dataclass(frozen=True)
class Wanted:
    """``strict`` wants all terms; ``relaxed`` wants half of the ``found``, which are those that stand in any text, the
    rarest first. ``unknown``: the words that stand in none."""

    strict: Query
    relaxed: Query
    found: tuple[Weighed, ...]
    unknown: tuple[str, ...]
    without: tuple[Term, ...]

    @property
    def words(self) -> list[str]:
        """All words that would do. They are marked where they stand."""
        ways = (way for each in self.found for way in each.term.ways)
        return list(dict.fromkeys(word for way in ways for word in way))

    @property
    def beside(self) -> str:
        """What a text has to say besides one word more for this question to find it, were that word known."""
        others = [each.term for each in self.found[: MOST_RELAXED - 1]]
        rest = _some(others, _half(len(others) + 1) - 1)
        return _written([few for few in rest if few], self.without, TOGETHER)


def wanted(question: Question, known: Mapping[str, Known], *, most_documents: int) -> Wanted | None:
    """``known`` tells of every word of the question. None where there is no word to look for."""
    terms = [term for term in question.terms if _says_something(term, known)]
    if not terms:
        return None
    without = tuple(term for term in question.excluded if _says_something(term, known))
    found = [term for term in terms if not _missing(term, known)]
    weighed = [Weighed(term, _weight(term, known, most_documents)) for term in found]
    weighed.sort(key=lambda each: -each.weight)
    rarest = [each.term for each in weighed[:MOST_RELAXED]]
    relaxed = _some(rarest, _half(len(rarest))) if len(terms) > 1 else []
    return Wanted(
        strict=_query([terms], without),
        relaxed=_query(relaxed, without),
        found=tuple(weighed[:MOST_WEIGHED]),
        unknown=tuple(dict.fromkeys(word for term in terms for word in _missing(term, known))),
        without=without,
    )


def asked_alone(term: Term) -> str:
    """One term alone, as it has to be said."""
    return _term(term, SIDE_BY_SIDE)


def _says_something(term: Term, known: Mapping[str, Known]) -> bool:
    return any(known[word].stem for word in term.own)


def _missing(term: Term, known: Mapping[str, Known]) -> list[str]:
    """The words for whose sake nothing can be found. Where another way to say it is known, there are none."""
    if len(term.ways) > 1:
        return []
    return [word for word in term.own if known[word].stem and not known[word].documents]


def _weight(term: Term, known: Mapping[str, Known], most: int) -> float:
    in_texts = min((known[word].documents for word in term.own if known[word].stem), default=0)
    # Said in other words alone: how rare those are is not known, so it counts as neither rare nor common.
    return math.log(1 + most / (in_texts or math.sqrt(most) or 1))


def _half(number: int) -> int:
    return -(-number // 2)


def _some(terms: Sequence[Term], number: int) -> list[tuple[Term, ...]]:
    """Each choice of so many of the terms. Nothing can be chosen of none."""
    return list(combinations(terms, number)) if terms else []


def _query(choices: Sequence[Sequence[Term]], without: Sequence[Term]) -> Query:
    if not choices:
        return Query("", "")
    # The index cannot tell what stands side by side, so the sieve leaves out single words alone.
    words = [term for term in without if len(term.own) == 1]
    return Query(_written(choices, words, TOGETHER), _written(choices, without, SIDE_BY_SIDE))


def _written(choices: Sequence[Sequence[Term]], without: Sequence[Term], joined: str) -> str:
    """Any of the choices, each with all of its terms, and nothing of what is to be left out."""
    wanted = [
        _joined(" | ", [_joined(" & ", [_term(term, joined) for term in choice]) for choice in choices])
    ]
    unwanted = [f"!({_term(term, SIDE_BY_SIDE)})" for term in without]
    return " & ".join([*filter(None, wanted), *unwanted])


def _term(term: Term, joined: str) -> str:
    """Words are letters and digits alone, so nothing in the quotes needs escaping.

    That words have a synonym must not find less than before: the reader's own need not stand side by side.
    """
    signs = [joined if term.is_exact else TOGETHER, *[joined] * (len(term.ways) - 1)]
    ways = zip(signs, term.ways, strict=True)
    return _joined(" | ", [_joined(sign, [f"'{word}'" for word in way]) for sign, way in ways])


def _joined(sign: str, parts: Sequence[str]) -> str:
    return f"({sign.join(parts)})" if len(parts) > 1 else "".join(parts)
