"""What a reader asks for: words, "phrases" and -exclusions. Pure, and no text whatever makes it raise.

    library pensions "fair deal" -nhs

Marks other than these mean nothing. Of a very long question only the beginning is used, and the reader is told.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from mutuals_portal.search import folding

MOST_CHARACTERS = 300
MOST_WORDS = 30
LONGEST_WORD = 60
"""No word is longer; what is gets cut, so that nothing huge reaches the database."""

ITEM = re.compile(r'(?P<minus>[-\u2212])?(?:"(?P<phrase>[^"]*)"?|(?P<run>[^\s"]+))')
QUOTES = {ord(mark): '"' for mark in "“”„‟«»\uff02"}
ABOUT = re.compile(
    r"(?:(?:what|who) (?:is|are|does|do|s) |whats |define |definition of |meaning of |explain )?(?:(?:an?|the) )?"
    r"(?P<thing>.+?)(?: means?)?"
)
"""“What is TUPE?”, “what does TUPE mean?”: asked about one thing."""


@dataclass(frozen=True)
class Term:
    """One thing to look for. ``ways``: the words and phrases, any of which will do, the reader's own first."""

    ways: tuple[tuple[str, ...], ...]
    is_exact: bool = False
    """In quotation marks: only as it is written."""

    @property
    def own(self) -> tuple[str, ...]:
        return self.ways[0]

    @property
    def apart(self) -> tuple[tuple[str, ...], ...]:
        """Its own words one by one, where they need not stand side by side."""
        return () if self.is_exact else tuple((word,) for word in self.own)

    def __str__(self) -> str:
        return " ".join(self.own)


@dataclass(frozen=True)
class Question:
    """``typed``: what the form shows again. ``problems``: what of it we did not use, a sentence each."""

    typed: str
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    problems: tuple[str, ...] = ()

    @cached_property
    def things(self) -> tuple[str, ...]:
        """What it may be the name of, in folded words: all of it, and what it asks the meaning of."""
        if self.excluded:
            return ()
        whole = " ".join(word for term in self.terms for word in term.own)
        about = ABOUT.fullmatch(whole)
        return tuple(dict.fromkeys(filter(None, (whole, about["thing"] if about else ""))))


def read(text: str) -> Question:
    # What is cut off first is far more than is used, so that cleaning a megabyte costs nothing.
    typed = " ".join(_readable(text[: 10 * MOST_CHARACTERS]).split())
    problems = []
    if len(typed) > MOST_CHARACTERS or len(text) > 10 * MOST_CHARACTERS:
        typed = typed[:MOST_CHARACTERS].rstrip()
        problems.append(f"That was too long, so we looked for its first {MOST_CHARACTERS} characters.")
    terms: list[Term] = []
    excluded: list[Term] = []
    left = MOST_WORDS
    for term, is_excluded in _terms(typed):
        if used := term.own[:left]:
            (excluded if is_excluded else terms).append(replace(term, ways=(used,)))
        left -= len(used)
        if used != term.own:
            problems.append(f"Those were many words, so we looked for the first {MOST_WORDS}.")
            break
    if excluded and not terms:
        problems.append("You told us only what to leave out. Tell us what to look for as well.")
    return Question(typed, tuple(terms), tuple(excluded), tuple(problems))


def corrected(typed: str, spelt: dict[str, str]) -> str:
    """The same question with words spelt otherwise. ``spelt``: the right word for each folded wrong one."""
    return folding.WRITTEN_WORD.sub(lambda found: spelt.get(folding.fold(found[0]), found[0]), typed)


def _readable(text: str) -> str:
    """Without characters that nobody sees: controls, marks of direction, halves of characters."""
    plain = text.translate(QUOTES)
    return "".join(
        " " if letter.isspace() else letter
        for letter in plain
        if letter.isspace() or not unicodedata.category(letter).startswith("C")
    )


def _terms(typed: str) -> Iterator[tuple[Term, bool]]:
    for item in ITEM.finditer(folding.CO_OPERATIVE.sub("co", typed)):
        words = tuple(word[:LONGEST_WORD] for word in folding.words(item["phrase"] or item["run"] or ""))
        if not words:
            continue
        if item["minus"] or item["phrase"] is not None:
            yield Term((words,), is_exact=True), bool(item["minus"])
        else:
            for word in words:
                yield Term(((word,),)), False
