"""What publishing refuses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import eligibility
from guides.eligibility.checking import MOST, can_hold
from guides.eligibility.rules import Condition, Finding, read
from guides.keeping import LONGEST_QUERY
from tests.guides.eligibility.sample import KNOWN, answer, finding, question, tables


def problems(**changed):
    return list(eligibility.problems(tables(**changed), KNOWN))


def with_answers(*more, without=()):
    rows = [row for row in tables()["answers"] if (row["question"], row["key"]) not in without]
    return {"answers": [*rows, *more]}


def with_finding(*when, **more):
    return {"findings": [finding("one", more.pop("effect", "note"), *when, **more)]}


def test_a_sound_tool_has_no_problem():
    assert problems() == []


def test_an_empty_tool_says_what_it_lacks():
    assert list(eligibility.problems({}, KNOWN)) == [
        "Questions: write at least one.",
        *(
            f"Outcome “{key}”: write it."
            for key in ("explore-now", "conditions", "not-yet", "another-route", "unlikely")
        ),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            with_answers(answer("mood", "odd", "nation")),
            "Questions: these lead round in a circle: nation → job → mood → nation. "
            "Every path must come to an end.",
        ),
        (
            with_answers(answer("mood", "odd", "mood")),
            "Questions: these lead round in a circle: mood → mood.",
        ),
        (
            with_answers(without=[("job", "nurse")]),
            "Question “rank”: no path from the first question leads to it.",
        ),
        (with_answers(without=[("rank", "new")]), "Question “rank”: give it two answers or more."),
        (
            with_answers(answer("mood", "odd", "nowhere")),
            "Answer “odd” of “mood”: it leads to “nowhere”, which is not a question.",
        ),
        (with_answers(answer("mood", "odd", "")), "Answer “odd”: say which question it leads to, or “end”."),
        (
            with_answers(answer("height", "tall", "end")),
            "Answer “tall” of “height”: there is no such question.",
        ),
        (with_answers(answer("mood", "good", "end")), "Answer “mood / good”: it is there twice."),
        (with_answers(answer("mood", "Not So", "end")), "Answer “Not So”: write its key in small letters"),
        ({"questions": [*tables()["questions"], question("asked")]}, "the page needs this word itself."),
        ({"questions": [*tables()["questions"], question("end")]}, "the page needs this word itself."),
        ({"questions": [*tables()["questions"], question("mood")]}, "Question “mood”: it is there twice."),
        ({"questions": [*tables()["questions"], {"key": "x"}]}, "Question “x”: enter the question."),
        (with_finding("height=tall"), "Finding “one”: there is no question “height”."),
        (with_finding("mood=good, odd"), "Finding “one”: “mood” has no answer “odd”."),
        (with_finding("mood"), "Finding “one”: “mood” is not a question and its answers"),
        (with_finding("mood=,"), "Finding “one”: “mood=,” is not a question and its answers"),
        (with_finding(), "Finding “one”: say for which answers it holds."),
        (with_finding("job=guard", "mood=good"), "it can never hold."),
        (with_finding("job=cook", "rank=chief"), "it can never hold."),
        (with_finding("mood=good", "mood=bad"), "it can never hold."),
        (with_finding("mood=good", effect="maybe"), "Finding “one”: choose what it does to the outcome."),
        (with_finding("mood=good", sources=[]), "Finding “one”: name its source."),
        (with_finding("mood=good", sources=["b"]), "Finding “one”: “b” is not the key of a source."),
        (with_finding("mood=good", look_outs=["b"]), "Finding “one”: “b” is not a look-out."),
        (with_finding("mood=good", reason=""), "Finding “one”: enter the reason."),
        (with_finding("mood=good", law="An Act."), "Finding “one”: say in which nations the law applies."),
        (
            with_finding("mood=good", law="An Act."),
            "Finding “one”: enter the day on which you checked the law.",
        ),
        (with_finding("mood=good", checked="soon"), "Finding “one”: “soon” is not a day such as 2026-11-22."),
        (with_finding("mood=good", nations=["france"]), "Finding “one”: “france” is not a nation."),
        ({"outcomes": tables()["outcomes"][1:]}, "Outcome “explore-now”: write it."),
        (
            {"outcomes": [*tables()["outcomes"], {"key": "perhaps"}]},
            "Outcome “perhaps”: it must be one of explore-now",
        ),
        (
            {"outcomes": [row | {"sources": []} for row in tables()["outcomes"]]},
            "Outcome “unlikely”: name its source.",
        ),
        (
            {"outcomes": [row | {"sources": ["b"]} for row in tables()["outcomes"]]},
            "“b” is not the key of a source.",
        ),
        ({"findings": tables()["findings"] * 60}, f"Findings: {MOST['findings']} rows at most."),
    ],
)
def test_what_is_wrong_is_named(changed, said):
    assert any(said in sentence for sentence in problems(**changed)), problems(**changed)


def test_what_we_know_ourselves_or_cannot_confirm_needs_no_other_source():
    assert problems(**with_finding("mood=good", sources=["advice", "unconfirmed"])) == []


def test_the_longest_path_fits_into_the_address_that_a_plan_keeps():
    assert MOST["questions"] * (40 + 1 + 40 + 1) <= LONGEST_QUERY


def whole_paths(rules, key, so_far):
    if key not in rules.questions:
        yield so_far
        return
    for each in rules.questions[key].answers:
        yield from whole_paths(rules, each.leads_to, so_far | {key: each.key})


@st.composite
def rules_and_finding(draw):
    size = draw(st.integers(1, 5))
    keys = [f"q{place}" for place in range(size)]
    answers = []
    for place, key in enumerate(keys):
        onward = st.sampled_from([*keys[place + 1 :], "end"])
        answers += [answer(key, f"a{n}", draw(onward)) for n in range(draw(st.integers(1, 3)))]
    rules = read({"questions": [question(key) for key in keys], "answers": answers})
    when = draw(
        st.lists(
            st.builds(
                Condition,
                st.sampled_from(keys),
                st.lists(st.sampled_from(["a0", "a1", "a2"]), min_size=1, max_size=3).map(tuple),
            ),
            min_size=1,
            max_size=4,
        )
    )
    row = Finding("x", (), "note", "", "", "", "", "", (), "", "", (), ())
    return rules, replace(row, when=tuple(when))


@given(rules_and_finding())
def test_a_finding_can_hold_if_and_only_if_some_path_meets_it(drawn):
    rules, row = drawn
    expected = any(row.holds(path) for path in whole_paths(rules, rules.first, {}))
    assert can_hold(row, rules) == expected


LISTS = {"when", "nations", "look_outs", "sources", "next_steps"}
TEXT = st.text(max_size=6)


def rows(fields):
    values = {name: st.lists(TEXT, max_size=3) if name in LISTS else TEXT for name in fields}
    return st.lists(st.fixed_dictionaries({}, optional=values), max_size=4)


@given(
    st.fixed_dictionaries({}, optional={name: rows(fields) for name, fields in eligibility.TABLES.items()})
)
def test_whatever_a_draft_says_its_problems_can_be_told(written):
    assert list(eligibility.problems(written, KNOWN))
