"""Which word somebody may have meant. Pure."""

from collections.abc import Iterable

SHORTEST = 4
"""Shorter words have too many neighbours for any of them to be a guess."""


def meant(word: str, near: Iterable[tuple[str, int]]) -> str:
    """The nearest of other words, of two alike the more common one; "" if none is near enough.

    ``near``: words, each with how many texts have it.
    """
    if len(word) < SHORTEST or word.isdecimal():
        return ""
    most = 1 if len(word) < 6 else 2
    measured = [(distance(word, other), -documents, other) for other, documents in near]
    close = [each for each in measured if 0 < each[0] <= most]
    return min(close)[2] if close else ""


def distance(one: str, other: str) -> int:
    """How many letters were added, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        this = [row]
        for column, its in enumerate(other, start=1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != its))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == its:
                cost = min(cost, before[column - 2] + 1)
            this.append(cost)
        before, last = last, this
    return last[-1]
