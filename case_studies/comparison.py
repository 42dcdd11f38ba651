"""Two to four bodies side by side: what they share and where they differ is said in words. Pure.

What is not known of a body is neither the same as nor different from anything. The date and the source of a figure
stand beside it and are not compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class Line:
    """One thing that is known of a body. ``address``: where its source stands."""

    words: str
    as_of: str = ""
    address: str = ""


@dataclass(frozen=True)
class Body:
    """``known`` has the lines of each row in which anything is known."""

    name: str
    address: str
    known: Mapping[str, tuple[Line, ...]]


@dataclass(frozen=True)
class Row:
    """``names`` and ``cells`` stand in the order of the bodies."""

    label: str
    names: tuple[str, ...]
    cells: tuple[tuple[Line, ...], ...]

    @property
    def named(self) -> list[tuple[str, tuple[Line, ...]]]:
        return list(zip(self.names, self.cells, strict=True))

    @property
    def verdict(self) -> str:
        """How the cells compare, in words. Order within a cell does not matter."""
        known = [{line.words for line in cell} for cell in self.cells if cell]
        if not known:
            return "Not known of any"
        missing = len(known) < len(self.cells)
        if len(known) == 1:
            return "Known of one only"
        if all(words == known[0] for words in known):
            return "The same where known" if missing else "The same"
        shared = set.intersection(*known)
        in_common = [line.words for line in next(filter(None, self.cells)) if line.words in shared]
        words = f"In common: {'; '.join(in_common)}" if in_common else "Different"
        return f"{words}. Not known of all" if missing else words

    @property
    def differs(self) -> bool:
        return not self.verdict.startswith("The same")


def rows(labels: Mapping[str, str], bodies: Sequence[Body]) -> list[Row]:
    """``labels``: what each row is called, in the order of the page."""
    names = tuple(body.name for body in bodies)
    return [
        Row(label, names, tuple(body.known.get(name, ()) for body in bodies))
        for name, label in labels.items()
    ]
