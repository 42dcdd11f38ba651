"""What the pictures of a profile are made of: who owns it, its size over time, the road out. Pure.

A picture never says more than the rows under it: where a share is not known there is none, and where a date is known
to the year alone nothing is measured from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from case_studies.models import Milestone, OwnershipShare
from mutuals_portal import partial_date
from mutuals_portal.vocabulary import Stage

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Segment:
    """A part of a bar that is 100 wide. ``group`` is empty for what nobody knows."""

    group: str
    begins: Decimal
    width: Decimal


@dataclass(frozen=True)
class Ownership:
    """Who has how much of one thing: shares, membership, seats on the board."""

    basis: str
    shares: tuple[OwnershipShare, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Bar:
    """A bar for each of several figures, the largest 100 wide."""

    of: Any
    width: Decimal


@dataclass(frozen=True)
class StageOnTheRoad:
    stage: str
    milestones: tuple[Milestone, ...]
    months: int | None
    """From the first day that is known in this stage to the last, if both are known to the month. What came after
    the first year has no end, so nothing is measured there."""


def ownership(shares: Iterable[OwnershipShare]) -> tuple[Ownership, ...]:
    shares = list(shares)
    groups = list(OwnershipShare.Group.values)
    found = []
    for value, label in OwnershipShare.Basis.choices:
        mine = sorted((s for s in shares if s.basis == value), key=lambda s: groups.index(s.group))
        if mine:
            found.append(Ownership(label, tuple(mine), segments(mine)))
    return tuple(found)


def segments(shares: Sequence[OwnershipShare]) -> tuple[Segment, ...]:
    """The bar for these shares, or none where one of them is not known or they are more than the whole."""
    known = [share.percent for share in shares if share.percent is not None]
    if len(known) < len(shares) or sum(known) > WHOLE:
        return ()
    bar, begins = [], Decimal(0)
    for share, percent in zip(shares, known, strict=True):
        bar.append(Segment(share.group, begins, percent))
        begins += percent
    if begins < WHOLE:
        bar.append(Segment("", begins, WHOLE - begins))
    return tuple(bar)


def bars(figures: Sequence[tuple[Any, Decimal]]) -> tuple[Bar, ...]:
    """None for a single figure: there is nothing to compare it with."""
    largest = max((number for _, number in figures), default=Decimal(0))
    if len(figures) < 2 or largest <= 0:
        return ()
    return tuple(Bar(of, round(max(number, Decimal(0)) * 100 / largest, 1)) for of, number in figures)


def road(milestones: Iterable[Milestone]) -> tuple[StageOnTheRoad, ...]:
    """The stages in their order, those without a step left out."""
    steps = list(milestones)
    found = []
    for value, label in Stage.choices:
        if mine := tuple(step for step in steps if step.stage == value):
            is_last = value == Stage.FIRST_YEAR
            found.append(
                StageOnTheRoad(
                    f"{label}, and later" if is_last else label,
                    mine,
                    None if is_last else _months(_days(mine)),
                )
            )
    return tuple(found)


def months_out(milestones: Iterable[Milestone], *, started: str) -> int | None:
    """Whole months from the first step that is known to the start, or to the last step before it if that is not."""
    days = _days(step for step in milestones if step.stage != Stage.FIRST_YEAR)
    return _months([min(days), started or max(days)]) if days else None


def _days(milestones: Iterable[Milestone]) -> list[str]:
    return [day for step in milestones for day in (step.begins, step.ends) if day]


def _months(days: Sequence[str]) -> int | None:
    """From the first of these days to the last, or None where they are not known to the month."""
    months = partial_date.months_between(days[0], max(days)) if len(days) > 1 else None
    return months if months and months > 0 else None


def in_words(months: int) -> str:
    """“about 2 years and 3 months”: days are rarely known."""
    years, rest = divmod(months, 12)
    parts = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((years, "year"), (rest, "month"))
        if number
    ]
    return f"about {' and '.join(parts)}"
