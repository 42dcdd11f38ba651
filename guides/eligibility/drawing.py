"""The questions as a picture: one under the other, with lines to those that they lead to. Pure.

A question is a box in a row of its own, so words stay as large as the screen is wide, whatever the graph. A line to
the next row goes straight down. Lines that pass over rows run beside the boxes: on the left those to the end, on the
right all others, one lane for each question that they lead to.
"""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guides.eligibility import graph
from guides.eligibility.rules import END, Rules

LEFT = 24  # room for the lane of early ends
BOX_WIDTH, BOX_HEIGHT = 220, 40
ROW = 60
LANE = 14
HEAD = 5
"""Half the width of an arrow's head."""
LETTERS = 28
"""So many fit on a line of a box."""


@dataclass(frozen=True)
class Box:
    key: str
    x: int
    y: int
    lines: tuple[str, ...]

    width, height = BOX_WIDTH, BOX_HEIGHT

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2

    @property
    def text_at(self) -> tuple[tuple[int, str], ...]:
        """Each line of words and the height of its foot."""
        first = self.middle + (5 if len(self.lines) == 1 else -3)
        return tuple((first + 16 * place, words) for place, words in enumerate(self.lines))


@dataclass(frozen=True)
class Line:
    """``path`` is the line, ``head`` its arrow head."""

    begins: str
    leads_to: str
    path: str
    head: str


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(rules: Rules) -> Picture:
    order = (*graph.in_order(rules.edges), END)
    row = {key: place for place, key in enumerate(order)}
    boxes = {key: Box(key, LEFT, 2 + ROW * place, _words(rules, key, place)) for key, place in row.items()}
    pairs = [pair for pair in _pairs(rules) if row[pair[1]] != row[pair[0]] + 1]
    lanes = _lanes([pair for pair in pairs if pair[1] != END], row)
    lines = [
        _straight(boxes[begins], boxes[leads_to])
        for begins, leads_to in _pairs(rules)
        if row[leads_to] == row[begins] + 1
    ]
    for begins, leads_to in pairs:
        lane = None if leads_to == END else lanes[leads_to]
        lines.append(_beside(boxes[begins], boxes[leads_to], lane))
    width = LEFT + BOX_WIDTH + LANE * (max(lanes.values(), default=0) + 2)
    return Picture(width, boxes[END].y + BOX_HEIGHT + 2, tuple(boxes.values()), tuple(lines))


def _pairs(rules: Rules) -> Iterator[tuple[str, str]]:
    """From which question to which, or to the end, each once."""
    for key, question in rules.questions.items():
        for leads_to in dict.fromkeys(answer.leads_to for answer in question.answers):
            if leads_to in rules.questions or leads_to == END:
                yield key, leads_to


def _words(rules: Rules, key: str, place: int) -> tuple[str, ...]:
    if key == END:
        return ("The result",)
    lines = textwrap.wrap(f"{place + 1}. {rules.questions[key].short}", LETTERS, max_lines=2, placeholder="…")
    return tuple(lines)


def _lanes(pairs: list[tuple[str, str]], row: Mapping[str, int]) -> dict[str, int]:
    """A lane for each question that lines lead to, the nearest one that is free over the whole length."""
    spans: dict[str, tuple[int, int]] = {}
    for begins, leads_to in pairs:
        first, last = spans.get(leads_to, (row[leads_to], row[leads_to]))
        spans[leads_to] = min(first, row[begins]), max(last, row[begins])
    lanes: dict[str, int] = {}
    for leads_to, (first, last) in sorted(spans.items(), key=lambda span: (span[1][1] - span[1][0], span[1])):
        taken = {
            lane for other, lane in lanes.items() if spans[other][0] <= last and first <= spans[other][1]
        }
        lanes[leads_to] = next(lane for lane in range(len(spans)) if lane not in taken)
    return lanes


def _straight(above: Box, below: Box) -> Line:
    x = above.x + BOX_WIDTH // 2
    path = f"M{x} {above.y + BOX_HEIGHT}V{below.y - HEAD}"
    return Line(
        above.key, below.key, path, f"M{x - HEAD} {below.y - 2 * HEAD}h{2 * HEAD}l-{HEAD} {2 * HEAD}z"
    )


def _beside(start: Box, goal: Box, lane: int | None) -> Line:
    """On the left without a lane. Lines leave below the middle of a box and come in above that of another."""
    out, into = start.middle + 6, goal.middle - 6
    if lane is None:
        edge, x, way = start.x, LEFT - LANE, 1
    else:
        edge, x, way = start.x + BOX_WIDTH, start.x + BOX_WIDTH + LANE * (lane + 1), -1
    path = f"M{edge} {out}H{x}V{into}H{edge - way * HEAD}"
    head = f"M{edge - way * 2 * HEAD} {into - HEAD}v{2 * HEAD}l{way * 2 * HEAD} -{HEAD}z"
    return Line(start.key, goal.key, path, head)
