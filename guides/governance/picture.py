"""A bar for the votes of each class, and the line that a decision has to reach. Pure; a template draws it.

The longest of bars and line is as wide as the picture. The table beside it has the same numbers.
"""

from dataclasses import dataclass
from fractions import Fraction

from guides.governance.arrangement import Arrangement
from guides.governance.numbers import counted, said, typed

WIDTH = 300
ROW, BAR, TOP = 40, 16, 24
LONGEST_LABEL = 36


@dataclass(frozen=True)
class Bar:
    label: str
    group: str
    width: str
    label_y: int
    bar_y: int


@dataclass(frozen=True)
class Picture:
    height: int
    bars: tuple[Bar, ...]
    line_x: str
    line_label: str
    label_is_left: bool
    title: str


def picture(arrangement: Arrangement) -> Picture:
    longest = max(arrangement.needed, *(each.all_votes for each in arrangement.classes))
    unit = arrangement.unit

    def width(votes: Fraction) -> str:
        return typed(round(WIDTH * votes / longest, 1))

    bars = tuple(
        Bar(
            label=_label(name, counted(each.all_votes, unit)),
            group=each.group,
            width=width(each.all_votes),
            label_y=TOP + place * ROW + 16,
            bar_y=TOP + place * ROW + 21,
        )
        for place, (name, each) in enumerate(zip(arrangement.names, arrangement.classes, strict=True))
    )
    return Picture(
        height=TOP + len(bars) * ROW + 4,
        bars=bars,
        line_x=width(arrangement.needed),
        line_label=f"{said(arrangement.needed)} to pass",
        label_is_left=arrangement.needed * 2 > longest,
        title=f"{unit.capitalize()} of each class. A line marks the {said(arrangement.needed)} that pass a decision",
    )


def _label(name: str, number: str) -> str:
    room = LONGEST_LABEL - len(number)
    return f"{name if len(name) <= room else f'{name[: room - 1]}…'}: {number}"
