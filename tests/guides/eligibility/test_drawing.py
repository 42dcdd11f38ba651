"""The picture of the questions: every line is there, nothing lies on anything else, all fits a small screen."""

import re

from hypothesis import given
from hypothesis import strategies as st

from guides.eligibility import drawing, listing
from guides.eligibility.rules import END, read
from tests.guides.eligibility.sample import answer, question, shipped, tables

KEYS = [f"q{place}" for place in range(7)]
GRAPHS = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from([*KEYS, END, "nowhere"])), max_size=20
).map(
    lambda pairs: read(
        {
            "questions": [question(key) for key in KEYS],
            "answers": [answer(begins, f"a{n}", leads_to) for n, (begins, leads_to) in enumerate(pairs)],
        }
    )
)
PATH = re.compile(r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)H(-?\d+)")


@given(GRAPHS)
def test_every_step_has_one_line_and_every_question_one_box(rules):
    picture = drawing.draw(rules)
    assert sorted(box.key for box in picture.boxes) == sorted([*KEYS, END])
    steps = {
        (key, each.leads_to)
        for key, asked in rules.questions.items()
        for each in asked.answers
        if each.leads_to in KEYS or each.leads_to == END
    }
    assert sorted((line.begins, line.leads_to) for line in picture.lines) == sorted(steps)


@given(GRAPHS)
def test_lines_that_lead_to_different_questions_never_share_a_lane(rules):
    taken = {}
    for line in drawing.draw(rules).lines:
        if found := PATH.fullmatch(line.path):
            _, out, lane, into, _ = map(int, found.groups())
            for y in range(min(out, into), max(out, into) + 1):
                assert taken.setdefault((lane, y), line.leads_to) == line.leads_to


@given(GRAPHS)
def test_lanes_run_beside_the_boxes_and_within_the_picture(rules):
    picture = drawing.draw(rules)
    for line in picture.lines:
        if found := PATH.fullmatch(line.path):
            lane = int(found[3])
            assert 0 < lane < drawing.LEFT or drawing.LEFT + drawing.BOX_WIDTH < lane < picture.width
    for above, below in zip(picture.boxes, picture.boxes[1:], strict=False):
        assert above.y + above.height < below.y
    assert picture.boxes[-1].y + picture.boxes[-1].height < picture.height


def test_the_shipped_picture_can_be_read_on_a_small_phone():
    picture = drawing.draw(read(shipped()))
    assert picture.width <= 350  # 290 pixels are there at 320: words of 15 become 12 or more
    assert all("…" not in words for box in picture.boxes for words in box.lines)


def test_the_end_is_the_last_box():
    assert drawing.draw(read(tables())).boxes[-1].lines == ("The result",)


def test_the_list_says_where_each_answer_leads():
    listed = listing.questions(read(tables()))
    assert [each.number for each in listed] == [1, 2, 3, 4]
    assert [(each.key, leads_to) for each, leads_to in listed[1].answers] == [
        ("guard", None),
        ("nurse", 3),
        ("cook", 4),
    ]


def test_the_list_says_when_each_finding_holds():
    listed = dict(listing.findings(read(tables())))
    assert list(listed) == ["unlikely", "condition", "note"]
    assert listed["note"][0].when == ("Nation: North", "Job: Nurse or Cook")
