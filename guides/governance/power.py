"""Who can pass a decision or stop it, and who ever changes the result. Exact: whole numbers, every coalition counted.

A block votes as one, for or against. It is named by its place among the weights; a coalition is a tuple of places.
With twelve blocks there are 4,096 coalitions, whatever the number of votes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Coalition = tuple[int, ...]


@dataclass(frozen=True)
class Power:
    """``passing`` and ``blocking`` have the smallest coalitions: without any one of its blocks each would fail.

    ``decisive`` counts for each block the ways in which the others can vote, of ``ways``, that leave the result to it
    (the Banzhaf power of a voting game). ``opposites``: two coalitions without a block in common can both pass.
    """

    passing: tuple[Coalition, ...]
    blocking: tuple[Coalition, ...]
    decisive: tuple[int, ...]
    ways: int
    opposites: bool

    @property
    def is_out_of_reach(self) -> bool:
        return not self.passing

    @property
    def pass_alone(self) -> Coalition:
        return tuple(coalition[0] for coalition in self.passing if len(coalition) == 1)

    @property
    def block_alone(self) -> Coalition:
        return tuple(coalition[0] for coalition in self.blocking if len(coalition) == 1)

    @property
    def powerless(self) -> Coalition:
        return tuple(place for place, number in enumerate(self.decisive) if not number)


@lru_cache(maxsize=512)
def power(weights: tuple[int, ...], quota: int) -> Power:
    """``quota``: how many votes pass a decision, at least one. No weight is below nought."""
    total = sum(weights)
    if quota > total:
        return Power((), (), (0,) * len(weights), 2 ** max(len(weights) - 1, 0), opposites=False)
    return Power(
        passing=_smallest(weights, quota),
        blocking=_smallest(weights, total - quota + 1),  # just too many for the rest to reach the quota
        decisive=tuple(_times_decisive(weights, place, quota) for place in range(len(weights))),
        ways=2 ** (len(weights) - 1),
        opposites=any(quota <= votes <= total - quota for votes in _sums(weights)),
    )


def _smallest(weights: Sequence[int], enough: int) -> tuple[Coalition, ...]:
    """The coalitions that have enough, and would not without their lightest block. Those of fewest blocks first."""
    sums, lightest = _sums(weights), [sum(weights)]  # of no blocks: more than any one of them
    for weight in weights:
        lightest += [min(weight, other) for other in lightest]
    found = (
        tuple(place for place in range(len(weights)) if coalition >> place & 1)
        for coalition, votes in enumerate(sums)
        if enough <= votes < enough + lightest[coalition]
    )
    return tuple(sorted(found, key=lambda coalition: (len(coalition), coalition)))


def _times_decisive(weights: Sequence[int], place: int, quota: int) -> int:
    """In how many ways the others can vote so that this block's votes are what is missing."""
    others = _sums([*weights[:place], *weights[place + 1 :]])
    return sum(quota - weights[place] <= votes < quota for votes in others)


def _sums(weights: Sequence[int]) -> list[int]:
    """The votes of every coalition. Bit ``place`` of an index says whether that block is in it."""
    sums = [0]
    for weight in weights:
        sums += [votes + weight for votes in sums]
    return sums
