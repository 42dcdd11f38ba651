"""Glossary terms in running text: each is linked where it first occurs, and nowhere else.

The longest wording wins, so “pension” is not found inside “pension fund”, whether or not that one has been
linked already. Case is ignored, a plural s is allowed, only whole words count, and names of bodies and laws
that contain a term are left alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

CAPITAL_AFTER = re.compile(r"\s+[A-Z]")
CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w’-]*\s+$")


@dataclass(frozen=True)
class Term:
    """A glossary entry: the wordings to look for, where it stands and what it means in a sentence."""

    slug: str
    words: tuple[str, ...]
    address: str
    meaning: str


class TermFinder:
    """Finds terms in one text after another. A term is given once; those in ``known`` are not given at all."""

    def __init__(self, terms: Sequence[Term], known: set[str]) -> None:
        self._pattern, self._by_words = _wordings(tuple(terms))
        self._found = known
        self._left = len({term.slug for term in self._by_words.values()} - known)

    def split(self, text: str) -> Iterator[tuple[str, Term | None]]:
        """``text`` in pieces, those that are to be linked with their term."""
        start = 0
        for found in self._pattern.finditer(text) if self._left else ():
            term = self._by_words[_folded(found[1])]
            if term.slug not in self._found and not _is_part_of_a_name(found):
                self._found.add(term.slug)
                self._left -= 1
                yield text[start : found.start()], None
                yield found[0], term
                start = found.end()
        yield text[start:], None


def _is_part_of_a_name(found: re.Match[str]) -> bool:
    """“Social Enterprise” in “Social Enterprise UK” is no mention of the term, nor is the one in an Act's title."""
    if not found[0][0].isupper() or found[0].isupper():
        return False
    before, after = found.string[: found.start()], found.string[found.end() :]
    return bool(CAPITAL_AFTER.match(after) or CAPITAL_BEFORE.search(before))


def _folded(words: str) -> str:
    return " ".join(words.lower().split())


@lru_cache(maxsize=16)
def _wordings(terms: tuple[Term, ...]) -> tuple[re.Pattern[str], dict[str, Term]]:
    by_words: dict[str, Term] = {}
    for term in terms:
        for words in term.words:
            if words.strip():
                by_words.setdefault(_folded(words), term)
    # By their first letter, so that a word of the text is held against a few of them and not against all.
    by_letter: dict[str, list[str]] = {}
    for words in sorted(by_words, key=len, reverse=True):
        by_letter.setdefault(words[0], []).append(re.escape(words[1:]).replace(r"\ ", r"\s+"))
    wordings = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf"(?<![\w-])({wordings or '(?!)'})s?(?![\w-])", re.IGNORECASE), by_words
