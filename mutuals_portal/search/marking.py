"""The passage of a text that answers best, and the words that were looked for marked in it. Pure."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mutuals_portal.search import folding

LONGEST = 260
"""Characters of a passage, about two sentences."""
LEAD = 80
"""So much may stand before the first word that was found."""
UNENDED = re.compile(r"(?<![.!?:;,])(?=\n)")
"""The end of a heading or of a cell."""
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


class Way(NamedTuple):
    """One way to say a term: for each of its words all its forms, folded. ``term`` is its number."""

    term: int
    words: tuple[Collection[str], ...]


class Place(NamedTuple):
    begins: int
    ends: int
    term: int


def marked(text: str, ways: Sequence[Way]) -> SafeString:
    """As HTML, with whatever says one of the terms as ``<mark>``."""
    text = unicodedata.normalize("NFC", text)
    pieces, end = [], 0
    for place in _places(text, ways):
        pieces.append((text[end : place.begins], text[place.begins : place.ends]))
        end = place.ends
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:])


def passage(summary: str, text: str, ways: Sequence[Way]) -> str:
    """The summary, or a part of the text that says more of the terms."""
    text = unicodedata.normalize("NFC", text)
    best, most = summary, len({place.term for place in _places(summary, ways)})
    places = _places(text, ways)
    for first, place in enumerate(places):
        begins = _beginning(text, place.begins)
        within = {each.term for each in places[first : first + 20] if each.ends <= begins + LONGEST}
        if len(within) > most:
            best, most = _cut(text, begins), len(within)
    return best


def _places(text: str, ways: Sequence[Way]) -> list[Place]:
    """Where a term is said, from the beginning to the end. None reaches into another."""
    by_first: dict[str, list[Way]] = {}
    for way in sorted(ways, key=lambda way: -len(way.words)):
        for form in way.words[0]:
            by_first.setdefault(form, []).append(way)
    words = [
        (found.start(), found.end(), folding.fold(found[0])) for found in folding.WRITTEN_WORD.finditer(text)
    ]
    places: list[Place] = []
    for at, (begins, _, word) in enumerate(words):
        if places and begins < places[-1].ends:
            continue
        for way in by_first.get(word, ()):
            run = words[at : at + len(way.words)]
            if len(run) == len(way.words) and all(
                each[2] in forms for each, forms in zip(run, way.words, strict=True)
            ):
                places.append(Place(begins, run[-1][1], way.term))
                break
    return places


def _beginning(text: str, at: int) -> int:
    """Where the sentence begins that a word stands in or, should that be far off, a word not long before."""
    earliest = max(0, at - LEAD)
    ends = [found.end() for found in SENTENCE.finditer(text, earliest, at)]
    if ends:
        return ends[-1]
    if earliest == 0:
        return 0
    return text.find(" ", earliest, at) + 1 or at


def _cut(text: str, begins: int) -> str:
    whole = begins == 0 or text[begins - 1] == "\n" or text[:begins].rstrip()[-1:] in (*".!?",)
    shown = text[begins : begins + LONGEST]
    if begins + LONGEST < len(text):
        shown = shown.rsplit(None, 1)[0] + " …"
    lines = UNENDED.sub(" –", shown.strip())
    return ("" if whole else "… ") + " ".join(lines.split())
