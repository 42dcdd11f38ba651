"""Where the issues and the joins between them stand in the drawn map. Pure; lengths are in pixels.

Issues stand in rows, each below all that come before it, so every arrow points down. A long arrow passes the rows
between its ends in lanes of its own, beside the boxes and never behind one. The order within rows is the one with few
crossings that a few sweeps find (Sugiyama's method). The same joins always give the same drawing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from guides.journey import Join

BOX_WIDTH, BOX_HEIGHT = 140, 68
LANE_WIDTH = 10
GAP, ROW_GAP, MARGIN, PADDING = 10, 52, 4, 8
MOST_IN_A_ROW = 5
LETTERS_IN_A_LINE, MOST_LINES, LINE_HEIGHT = 17, 2, 17
SWEEPS = 24
PORT_GAP = 16
HEAD = 8
"""How long the head of an arrow is."""


@dataclass(frozen=True)
class Box:
    issue: str
    x: int
    y: int
    lines: tuple[tuple[str, int], ...]
    """Of its title, each with the place of its foot."""
    words_at: int
    """Where the foot of one more line is."""
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def middle(self) -> int:
        return self.width // 2


@dataclass(frozen=True)
class Arrow:
    kind: str
    path: str


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass
class _Spot:
    """A place in a row: an issue's box, or with no issue the lane of an arrow that goes on."""

    issue: str
    row: int
    x: float = 0.0
    """Of its middle."""

    @property
    def width(self) -> int:
        return BOX_WIDTH if self.issue else LANE_WIDTH


Chain = list[_Spot]
"""What one arrow passes, from its first issue to its second."""


def drawn(joins: Sequence[Join], titles: Mapping[str, str]) -> Drawing:
    """``titles``: of all issues, in the order of their lists. Where joins run in a circle, an arrow points up."""
    row_of = _rows(joins, list(titles))
    boxes = {issue: _Spot(issue, row) for issue, row in row_of.items()}
    rows: list[list[_Spot]] = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for spot in boxes.values():
        rows[spot.row].append(spot)
    chains = [_chain(boxes[join.before], boxes[join.after], rows) for join in joins]
    _order(rows, chains)
    _place(rows, chains)
    ends = _ports(chains)
    return Drawing(
        width=round(max((spot.x + spot.width / 2 for row in rows for spot in row), default=0)) + MARGIN,
        height=2 * MARGIN + len(rows) * (BOX_HEIGHT + ROW_GAP) - ROW_GAP if rows else 0,
        boxes=tuple(
            Box(
                issue,
                round(spot.x - BOX_WIDTH / 2),
                _top(spot.row),
                _lines(titles[issue]),
                PADDING + LINE_HEIGHT * (MOST_LINES + 1) - LINE_HEIGHT // 4,
            )
            for issue, spot in boxes.items()
        ),
        arrows=tuple(
            Arrow(join.kind, _path(chain, *ends[place]))
            for place, (join, chain) in enumerate(zip(joins, chains, strict=True))
        ),
    )


def _rows(joins: Sequence[Join], issues: Sequence[str]) -> dict[str, int]:
    """Each issue's row: the first below all that come before it that is not full."""
    before: dict[str, set[str]] = {issue: set() for issue in issues}
    for join in joins:
        before[join.after].add(join.before)
    row_of: dict[str, int] = {}
    number_in: dict[int, int] = {}
    while waiting := [issue for issue in issues if issue not in row_of]:
        ready = [issue for issue in waiting if before[issue] <= row_of.keys()] or waiting[:1]
        for issue in ready:
            row = max((row_of[other] + 1 for other in before[issue]), default=0)
            while number_in.get(row, 0) >= MOST_IN_A_ROW:
                row += 1
            row_of[issue] = row
            number_in[row] = number_in.get(row, 0) + 1
    return row_of


def _chain(first: _Spot, last: _Spot, rows: list[list[_Spot]]) -> Chain:
    lanes = [_Spot("", row) for row in range(first.row + 1, last.row)]
    for lane in lanes:
        rows[lane.row].append(lane)
    return [first, *lanes, last]


def _order(rows: list[list[_Spot]], chains: Iterable[Chain]) -> None:
    """Sort each row by the middle of what its spots join in the row above, then below, again and again."""
    above, below = _neighbours(chains)
    best, fewest = [list(row) for row in rows], _crossings(rows, below)
    for sweep in range(SWEEPS):
        joined, order = (above, rows[1:]) if sweep % 2 == 0 else (below, rows[-2::-1])
        for row in order:
            place = {id(spot): at for other in rows for at, spot in enumerate(other)}
            middles = {}
            for at, spot in enumerate(row):
                places = [place[id(other)] for other in joined.get(id(spot), ())]
                middles[id(spot)] = sum(places) / len(places) if places else at
            row.sort(key=lambda spot: middles[id(spot)])
        if (number := _crossings(rows, below)) < fewest:
            best, fewest = [list(row) for row in rows], number
    for row, found in zip(rows, best, strict=True):
        row[:] = found


def _neighbours(chains: Iterable[Chain]) -> tuple[dict[int, list[_Spot]], dict[int, list[_Spot]]]:
    above: dict[int, list[_Spot]] = {}
    below: dict[int, list[_Spot]] = {}
    for chain in chains:
        for upper, lower in pairwise(chain):
            above.setdefault(id(lower), []).append(upper)
            below.setdefault(id(upper), []).append(lower)
    return above, below


def _crossings(rows: Sequence[Sequence[_Spot]], below: Mapping[int, list[_Spot]]) -> int:
    number = 0
    for upper, lower in pairwise(rows):
        place = {id(spot): at for at, spot in enumerate(lower)}
        ends = [(at, place[id(other)]) for at, spot in enumerate(upper) for other in below.get(id(spot), ())]
        number += sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for at, one in enumerate(ends)
            for other in ends[at + 1 :]
        )
    return number


def _place(rows: list[list[_Spot]], chains: Iterable[Chain]) -> None:
    """Give each spot its middle: near what it joins, in the order of its row, with nothing too close."""
    above, below = _neighbours(chains)
    for row in rows:
        _spread(row, [0.0] * len(row))
    for sweep in range(SWEEPS):
        for row in rows if sweep % 2 == 0 else reversed(rows):
            wishes = []
            for spot in row:
                joined = above.get(id(spot), []) + below.get(id(spot), [])
                wishes.append(sum(other.x for other in joined) / len(joined) if joined else spot.x)
            _spread(row, wishes)
    left = min((spot.x - spot.width / 2 for row in rows for spot in row), default=0)
    for row in rows:
        for spot in row:
            spot.x += MARGIN - left


def _spread(row: Sequence[_Spot], wishes: Sequence[float]) -> None:
    """As close to the wishes as the order and the gaps let them be: half pushed right, half pushed left."""
    if not row:
        return
    apart = [(one.width + other.width) / 2 + GAP for one, other in pairwise(row)]
    right, left = list(wishes), list(wishes)
    for at, gap in enumerate(apart, start=1):
        right[at] = max(right[at], right[at - 1] + gap)
    for at in range(len(row) - 2, -1, -1):
        left[at] = min(left[at], left[at + 1] - apart[at])
    for spot, one, other in zip(row, right, left, strict=True):
        spot.x = (one + other) / 2


def _ports(chains: Sequence[Chain]) -> list[tuple[float, float]]:
    """Where each arrow leaves its first box and meets its last, side by side with the others there."""
    leaving: dict[str, list[tuple[float, int]]] = {}
    meeting: dict[str, list[tuple[float, int]]] = {}
    for place, chain in enumerate(chains):
        leaving.setdefault(chain[0].issue, []).append((chain[1].x, place))
        meeting.setdefault(chain[-1].issue, []).append((chain[-2].x, place))
    found = [[0.0, 0.0] for _ in chains]
    for side, ends in enumerate((leaving, meeting)):
        for arrows in ends.values():
            gap = min(PORT_GAP, (BOX_WIDTH - 2 * GAP) / len(arrows))
            for at, (_, place) in enumerate(sorted(arrows)):
                box = chains[place][-side]
                found[place][side] = box.x + (at - (len(arrows) - 1) / 2) * gap
    return [(leaves, meets) for leaves, meets in found]


def _path(chain: Chain, leaves: float, meets: float) -> str:
    """Down from box to box: straight through its lanes, in a curve from row to row."""
    x, y = round(leaves), _top(chain[0].row) + BOX_HEIGHT
    steps = [f"M{x} {y}"]
    for spot in chain[1:]:
        is_last = spot is chain[-1]
        to_x, to_y = round(meets if is_last else spot.x), _top(spot.row) - (HEAD if is_last else 0)
        middle = (y + to_y) // 2
        steps.append(f"C{x} {middle} {to_x} {middle} {to_x} {to_y}")
        x, y = to_x, to_y
        if not is_last:
            y += BOX_HEIGHT
            steps.append(f"V{y}")
    return "".join(steps)


def _top(row: int) -> int:
    return MARGIN + row * (BOX_HEIGHT + ROW_GAP)


def _lines(title: str) -> tuple[tuple[str, int], ...]:
    lines = wrap(title, LETTERS_IN_A_LINE, max_lines=MOST_LINES, placeholder=" …")
    foot = PADDING + LINE_HEIGHT - LINE_HEIGHT // 4
    return tuple((line, foot + at * LINE_HEIGHT) for at, line in enumerate(lines))
