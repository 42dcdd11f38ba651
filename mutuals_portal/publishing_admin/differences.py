"""What changed between two texts, word by word, one line beside the other. Pure.

Lines are matched first, and words within the lines that changed. A line of Markdown is a paragraph.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

MOST_WORDS = 4_000_000
"""Words on one side times words on the other: beyond it a line counts as changed whole. About a second."""


@dataclass(frozen=True)
class Part:
    text: str
    is_changed: bool


@dataclass(frozen=True)
class Pair:
    """What stood in a line, and what stands there now. One of the two may be empty."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]

    @property
    def is_changed(self) -> bool:
        return any(part.is_changed for part in (*self.old, *self.new))


def pairs(old: str, new: str) -> list[Pair]:
    return list(_pairs(old.split("\n"), new.split("\n")))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    for same, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if same == "equal":
            for line in old[a:b]:
                part = (Part(line, False),)
                yield Pair(part, part)
        else:
            for before, after in zip_longest(old[a:b], new[c:d], fillvalue=""):
                yield _by_words(before, after)


def _by_words(old: str, new: str) -> Pair:
    a, b = re.findall(r"\s+|\S+", old), re.findall(r"\s+|\S+", new)
    if not a or not b or len(a) * len(b) > MOST_WORDS:
        return Pair(_parts([(old, True)]), _parts([(new, True)]))
    codes = SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes()
    return Pair(
        _parts([("".join(a[i:j]), kind != "equal") for kind, i, j, _, _ in codes]),
        _parts([("".join(b[k:m]), kind != "equal") for kind, _, _, k, m in codes]),
    )


def _parts(several: Sequence[tuple[str, bool]]) -> tuple[Part, ...]:
    return tuple(Part(text, changed) for text, changed in several if text)
