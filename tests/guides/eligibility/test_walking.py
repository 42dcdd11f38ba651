"""Answers of an address, followed through the questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides.eligibility.rules import read
from guides.eligibility.walking import walk
from tests.guides.eligibility.sample import answer, question, shipped, tables

RULES = read(tables())
SHIPPED = read(shipped())


def walked(rules=RULES, **query):
    return walk(rules, {key.replace("_", "-"): [value] for key, value in query.items()})


def names(answered):
    return [each.key for each, _ in answered]


def test_it_begins_with_the_first_question():
    begun = walked()
    assert begun.asked.key == "nation"
    assert (begun.settled, begun.query, begun.most_left) == ((), "", 4)


def test_an_answer_leads_to_the_next_question():
    assert walked(nation="north", job="nurse").asked.key == "rank"
    assert walked(nation="north", job="cook").asked.key == "mood"


def test_it_ends_where_an_answer_decides():
    ended = walked(nation="north", job="guard")
    assert ended.asked is None
    assert ended.answers == {"nation": "north", "job": "guard"}


def test_the_query_says_the_answers_in_the_order_of_the_path():
    assert walked(mood="bad", job="cook", nation="south").query == "nation=south&job=cook&mood=bad"


def test_an_earlier_question_can_be_asked_anew_and_later_answers_stay():
    changing = walked(nation="north", job="cook", mood="bad", change="job")
    assert changing.asked.key == "job"
    assert changing.present.key == "cook"
    assert names(changing.settled) == ["nation"]
    assert names(changing.waiting) == ["mood"]
    assert changing.query == "nation=north&mood=bad"


def test_a_new_question_in_between_keeps_what_comes_after_it():
    changed = walked(nation="north", job="nurse", mood="bad")
    assert changed.asked.key == "rank"
    assert names(changed.waiting) == ["mood"]
    assert changed.dropped == ()


def test_what_can_come_no_longer_is_dropped():
    changed = walked(nation="north", job="guard", rank="chief", mood="bad")
    assert names(changed.dropped) == ["rank", "mood"]
    assert changed.query == "nation=north&job=guard"


def test_a_question_that_is_passed_by_is_dropped():
    assert names(walked(nation="north", job="cook", rank="chief", mood="bad").dropped) == ["rank"]


@pytest.mark.parametrize("change", ["mood", "rank", "nowhere", "", "asked"])
def test_only_what_was_answered_can_be_changed(change):
    assert walked(nation="north", job="cook", change=change).asked.key == "mood"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"nation": ["east"]}, "Nation: the address has an answer that we do not know, so we left it out."),
        (
            {"nation": ["north", "south"]},
            "Nation: the address has more than one answer, so we left it out.",
        ),
        ({"colour": ["red"]}, "The address has something that we do not ask about. We left that out."),
        ({"a": [""], "b": []}, "The address has 2 things that we do not ask about. We left that out."),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(query, said):
    begun = walk(RULES, query)
    assert begun.unknown == (said,)
    assert begun.asked.key == "nation"


def test_the_same_answer_twice_is_one_answer():
    assert walk(RULES, {"nation": ["north", "north", ""]}).asked.key == "job"


def test_a_draft_that_goes_round_in_a_circle_comes_to_an_end_all_the_same():
    rules = read(
        {
            "questions": [question("a"), question("b")],
            "answers": [answer("a", "yes", "b"), answer("b", "yes", "a")],
        }
    )
    assert walk(rules, {"a": ["yes"], "b": ["yes"]}).asked is None


def test_a_draft_without_questions_asks_nothing():
    assert walk(read({}), {"a": ["b"]}).asked is None


def paths(rules):
    """A whole path at random: a number for each question, which picks an answer."""
    picks = st.fixed_dictionaries({key: st.integers(0, 20) for key in rules.questions})

    def follow(picked):
        given, key = {}, rules.first
        while key in rules.questions:
            answers = rules.questions[key].answers
            given[key] = answers[picked[key] % len(answers)]
            key = given[key].leads_to
        return given

    return picks.map(follow)


@given(paths(SHIPPED), st.data())
def test_changing_an_answer_keeps_every_later_one_that_still_applies(path, data):
    """Whatever is changed to whatever: an answer after it is lost only if the new path cannot come to its question."""
    changed = data.draw(st.sampled_from(list(path)))
    question = SHIPPED.questions[changed]
    new = data.draw(st.sampled_from(question.answers))
    keys = list(path)
    later = keys[keys.index(changed) + 1 :]
    query = {key: [path[key].key] for key in path} | {changed: [new.key]}

    after = walk(SHIPPED, query)

    kept = {each.key for each, _ in after.kept}
    assert set(keys[: keys.index(changed) + 1]) <= kept
    place = after.asked.key if after.asked else None
    for key in later:
        can_come = key in after.answers or (place is not None and _leads_to(place, key))
        assert (key in kept) == can_come
    assert {each.key for each, _ in after.dropped} == set(later) - kept


def _leads_to(start, goal):
    followers = {each.leads_to for each in SHIPPED.questions[start].answers} & SHIPPED.questions.keys()
    return start != goal and any(each == goal or _leads_to(each, goal) for each in followers)


@given(paths(SHIPPED))
def test_the_query_of_a_path_leads_back_to_it(path):
    query = {key: [each.key] for key, each in path.items()}
    once = walk(SHIPPED, query)
    assert once.asked is None
    assert once.query == "&".join(f"{key}={each.key}" for key, each in path.items())
    assert not once.dropped
    assert not once.unknown


ANYTHING = st.dictionaries(
    st.one_of(st.text(max_size=8), st.sampled_from([*SHIPPED.questions, "change", "asked", "show"])),
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["england", "council", "nation"])), max_size=3),
    max_size=8,
)


@given(ANYTHING)
def test_an_address_may_hold_anything(query):
    found = walk(SHIPPED, query)
    assert found.asked or found.settled
    assert set(found.answers) <= set(SHIPPED.questions)
    again = walk(
        SHIPPED, {key: [value] for key, value in (each.split("=") for each in found.query.split("&") if each)}
    )
    assert again.query == found.query
