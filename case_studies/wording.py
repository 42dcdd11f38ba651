"""Texts of profiles hold no figures of their own: ``{staff-2013}`` stands for a claim, and brings its source along.

So every figure on a page has a source, a date and a day by which it is checked again. ``filled`` makes the Markdown
that a page shows, ``problems`` says what keeps a text from being published.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Protocol

from mutuals_portal import markup

PLACE = re.compile(r"\{([a-z0-9-]+)\}")
FIGURE = re.compile(
    r"(?<![\w{-])[£€]?\d+(?:[.,]\d+)*(?![\w-]*[A-Za-z])(?:%|\s(?:per cent|million|thousand))?"
)
"""A number on its own. One that is part of a name (3BM, Prehab4cancer) is no figure."""
NOTES = re.compile(r"\[\^[\w-]+\]")
ADDRESSES = re.compile(r"\]\([^)]*\)")


class Figure(Protocol):
    """A claim, as texts need it."""

    @property
    def value(self) -> str: ...

    @property
    def source_key(self) -> str: ...


def filled(text: str, claims: Mapping[str, Figure]) -> str:
    """``text`` with each claim's value and its source behind it. An unknown claim is left out."""

    def value(found: re.Match[str]) -> str:
        claim = claims.get(found[1])
        return f"{claim.value}[^{claim.source_key}]" if claim else ""

    return PLACE.sub(value, text)


def problems(text: str, *, claims: Container[str], sources: Container[str]) -> Iterator[str]:
    for key in PLACE.findall(text):
        if key not in claims:
            yield f"{{{key}}} is not the key of a figure of this profile."
    bare = ADDRESSES.sub("]", NOTES.sub("", PLACE.sub("", text)))
    for figure in dict.fromkeys(found[0].strip() for found in FIGURE.finditer(bare)):
        yield f"“{figure}” is a figure: make it a claim and write its key in curly brackets."
    shown = PLACE.sub(f"something[^{markup.ADVICE}]", text)
    for problem in markup.problems(shown, names=_AnyName(), sources=sources):
        yield str(problem)


class _AnyName:
    """Links by name are checked where the names are known."""

    def __contains__(self, name: object) -> bool:
        return True
