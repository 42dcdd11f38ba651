"""The drawn map: rows from the top, arrows that point down and run behind no box, the same each time."""

import re

from hypothesis import given, settings

from guides import journey_map
from guides.journey import BLOCKS, Join
from tests.guides.test_journey import ISSUES, journeys

TITLES = {issue: f"Issue {issue} with rather a long title to it" for issue in ISSUES}


def drawn(joins, titles=TITLES):
    return journey_map.drawn(joins, titles)


def ends_of(arrow):
    """Where an arrow begins and ends."""
    numbers = [int(number) for number in re.findall(r"-?\d+", arrow.path)]
    return tuple(numbers[:2]), tuple(numbers[-2:])


def points_of(arrow):
    """Points along an arrow, close to one another."""
    x = y = 0
    for sign, words in re.findall(r"([MCV])([-\d ]+)", arrow.path):
        numbers = [int(number) for number in words.split()]
        if sign == "M":
            x, y = numbers
        elif sign == "V":
            yield from ((x, y + (numbers[0] - y) * step / 8) for step in range(9))
            y = numbers[0]
        else:
            xs, ys = (x, *numbers[::2]), (y, *numbers[1::2])
            for step in range(9):
                t = step / 8
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
                yield tuple(sum(w * at for w, at in zip(weights, axis, strict=True)) for axis in (xs, ys))
            x, y = numbers[-2:]


def is_inside(point, box):
    return box.x < point[0] < box.x + box.width and box.y < point[1] < box.y + box.height


def test_nothing_is_drawn_without_issues():
    found = drawn((), {})
    assert (found.boxes, found.arrows, found.height) == ((), (), 0)


def test_an_issue_stands_below_what_comes_before_it():
    found = drawn((Join("a", "b", BLOCKS, ""), Join("b", "c", BLOCKS, "")))
    tops = {box.issue: box.y for box in found.boxes}
    assert tops["a"] < tops["b"] < tops["c"]


def test_a_row_holds_five_at_most():
    rows = [box.y for box in drawn(()).boxes]
    assert max(rows.count(row) for row in rows) == journey_map.MOST_IN_A_ROW


def test_a_title_is_broken_into_lines_that_fit():
    (box,) = drawn((), {"a": "Agreement with your commissioner and some more words"}).boxes
    assert [line for line, _ in box.lines] == ["Agreement with", "your …"]
    assert box.lines[-1][1] < box.words_at < box.height


@settings(deadline=None, max_examples=60)
@given(journeys())
def test_arrows_point_down_from_box_to_box_and_boxes_stand_apart(found):
    drawing = drawn(found.joins)
    assert drawing == drawn(found.joins)
    boxes = {box.issue: box for box in drawing.boxes}
    assert boxes.keys() == set(ISSUES)
    for join, arrow in zip(found.joins, drawing.arrows, strict=True):
        (x, y), (to_x, to_y) = ends_of(arrow)
        first, last = boxes[join.before], boxes[join.after]
        assert first.x <= x <= first.x + first.width
        assert last.x <= to_x <= last.x + last.width
        assert (y, to_y) == (first.y + first.height, last.y - journey_map.HEAD)
        assert y < to_y
        assert not any(is_inside(point, box) for point in points_of(arrow) for box in drawing.boxes)
    placed = list(drawing.boxes)
    for at, box in enumerate(placed):
        assert 0 <= box.x <= drawing.width - box.width
        assert 0 <= box.y <= drawing.height - box.height
        for other in placed[at + 1 :]:
            assert other.y != box.y or abs(other.x - box.x) >= box.width
