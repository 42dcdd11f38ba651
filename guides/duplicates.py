"""Whether a source may be there already, under another key: the same page by its address, or nearly the same title.

A source has one key, so that one mended address mends it for every text. Pure.
"""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from guides.models import Source

SIMILAR = 0.88
"""From 0 to 1. Below it, reports of two years of one series would count as one."""


def like(*, title: str, address: str, among: Iterable[Source]) -> list[Source]:
    page, words = _page(address), _words(title)
    return [
        source
        for source in among
        if (page and page == _page(source.address)) or (words and _are_similar(words, _words(source.title)))
    ]


def _page(address: str) -> str:
    """An address without scheme, www, a slash at the end and the place in the page: it leads to the same page."""
    parts = urlsplit(address.strip())
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def _words(title: str) -> list[str]:
    return re.findall(r"\w+", title.casefold())


def _are_similar(one: list[str], other: list[str]) -> bool:
    """Numbers tell editions and years apart, so they must be the same."""
    numbers = [[word for word in words if word.isdigit()] for words in (one, other)]
    return numbers[0] == numbers[1] and (
        SequenceMatcher(a=" ".join(one), b=" ".join(other), autojunk=False).ratio() >= SIMILAR
    )
