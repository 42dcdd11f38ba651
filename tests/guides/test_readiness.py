from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import readiness
from guides.readiness import ENOUGH, Tallies, at_least, counted, spreads
from guides.tables import Known

SCALE = [{"key": "yes", "text": "Yes"}, {"key": "partly", "text": "Partly"}, {"key": "no", "text": "No"}]
ASKED = [
    {"key": "heard", "text": "Are you heard?", "why": "It matters.", "look_out": "staff-engagement"},
    {"key": "skills", "text": "Have we the skills?", "why": "It helps.", "source": "seed-3"},
]
TABLES = {"readiness": ASKED, "scale": SCALE}
KNOWN = Known(sources={"seed-3"}, look_outs={"staff-engagement"})

ANSWERS = st.dictionaries(st.sampled_from(["heard", "skills"]), st.sampled_from(["yes", "partly", "no"]))
"""One colleague's: any question may be left out."""
COLLEAGUES = st.lists(ANSWERS, max_size=40)


def looks(colleagues):
    """What can be seen before anybody answers, and after each who does."""
    tallies = [Tallies()]
    for answers in colleagues:
        tallies.append(counted(tallies[-1], answers))
    return tallies


def number(counts, question):
    return sum(counts.get(question, {}).values())


@pytest.mark.parametrize("enough", [1, 2, 3])
def test_below_four_answers_nothing_is_shown(enough):
    after = looks([{"heard": "yes"}] * enough)[-1]
    assert after.shown == {}
    assert spreads(TABLES, after.shown)[0].shares == ()


def test_the_fourth_answer_shows_all_four():
    after = looks([{"heard": "yes"}, {"heard": "no"}, {"heard": "yes"}, {"heard": "partly"}])[-1]
    assert after.shown == {"heard": {"yes": 2, "no": 1, "partly": 1}}
    assert after.waiting == {}


@pytest.mark.parametrize("later", [1, 2, 3])
def test_later_answers_wait_until_there_are_four_of_them(later):
    seen = looks([{"heard": "yes"}] * 4 + [{"heard": "no"}] * later)
    assert seen[-1].shown == seen[4].shown


def test_an_answer_left_out_counts_for_nothing():
    after = looks([{"heard": "yes", "skills": "no"}] * 3 + [{"heard": "yes"}])[-1]
    assert number(after.shown, "heard") == 4
    assert "skills" not in after.shown


@given(COLLEAGUES)
def test_any_two_looks_at_a_question_are_alike_or_differ_by_four_answers_at_least(colleagues):
    seen = looks(colleagues)
    for question in ("heard", "skills"):
        for earlier_place, earlier in enumerate(seen):
            for later in seen[earlier_place:]:
                differ = number(later.shown, question) - number(earlier.shown, question)
                same = earlier.shown.get(question) == later.shown.get(question)
                assert same or differ >= ENOUGH


@given(COLLEAGUES)
def test_no_answer_is_lost_or_counted_twice(colleagues):
    last = looks(colleagues)[-1]
    for question in ("heard", "skills"):
        given_answers = Counter(answers[question] for answers in colleagues if question in answers)
        assert (
            Counter(last.shown.get(question, {})) + Counter(last.waiting.get(question, {})) == given_answers
        )


@given(COLLEAGUES)
def test_fewer_than_four_answers_wait_to_any_question(colleagues):
    for tallies in looks(colleagues):
        assert all(sum(counts.values()) < ENOUGH for counts in tallies.waiting.values())


@given(COLLEAGUES)
def test_when_numbers_are_shown_says_nothing_of_what_was_answered(colleagues):
    agreeing = [dict.fromkeys(answers, "yes") for answers in colleagues]
    for one, other in zip(looks(colleagues), looks(agreeing), strict=True):
        for question in ("heard", "skills"):
            assert number(one.shown, question) == number(other.shown, question)
            assert number(one.shown, question) % ENOUGH == 0


@given(COLLEAGUES)
def test_counting_changes_nothing_that_was_counted_before(colleagues):
    for earlier, later in pairwise(looks(colleagues)):
        for question, counts in earlier.shown.items():
            assert all(later.shown[question][answer] >= count for answer, count in counts.items())


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_number_beside_spreads_is_never_too_high_and_moves_by_four(some, more):
    assert some - ENOUGH < at_least(some) <= some
    assert abs(at_least(some + more) - at_least(some)) % ENOUGH == 0


def test_every_answer_that_is_offered_has_its_count():
    heard, skills = spreads(TABLES, {"heard": {"yes": 4}})
    assert [(share.answer.text, share.count) for share in heard.shares] == [
        ("Yes", 4),
        ("Partly", 0),
        ("No", 0),
    ]
    assert (heard.total, skills.total) == (4, 0)


def test_an_answer_that_is_not_offered_any_more_is_still_counted():
    heard = spreads(TABLES, {"heard": {"yes": 3, "perhaps": 1}})[0]
    assert heard.shares[-1].count == 1
    assert heard.total == 4


def test_a_question_that_is_not_asked_any_more_is_not_shown_and_keeps_its_counts():
    shown = {"withdrawn": {"yes": 4}}
    assert [spread.question.key for spread in spreads(TABLES, shown)] == ["heard", "skills"]
    after = looks([{"heard": "yes"}] * 4)[-1]
    assert counted(Tallies(shown | after.shown), {"heard": "no"}).shown["withdrawn"] == {"yes": 4}


def test_good_rules_have_no_problems():
    assert list(readiness.problems(TABLES, KNOWN)) == []


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"scale": SCALE}, "enter at least one question"),
        ({"readiness": ASKED}, "offer from 2 to 6 answers"),
        (TABLES | {"scale": SCALE[:1]}, "offer from 2 to 6 answers"),
        (TABLES | {"readiness": [{**ASKED[0], "key": f"q-{n}"} for n in range(16)]}, "15 questions or fewer"),
        (TABLES | {"readiness": [{"text": "Why?", "why": "So."}]}, "Question number 1: enter a key"),
        (TABLES | {"readiness": [{"key": "a", "why": "So."}]}, "Question “a”: enter the question"),
        (TABLES | {"readiness": [{"key": "a", "text": "Why?"}]}, "Question “a”: say why it matters"),
        (TABLES | {"readiness": [ASKED[0], ASKED[0]]}, "Question “heard”: it is there twice"),
        (TABLES | {"readiness": [ASKED[0] | {"key": "Not a key"}]}, "small letters"),
        (TABLES | {"readiness": [ASKED[0] | {"source": "nowhere"}]}, "“nowhere” is not the key of a source"),
        (TABLES | {"readiness": [ASKED[0] | {"look_out": "moon"}]}, "“moon” is not a look-out"),
        (TABLES | {"scale": [*SCALE, {"key": "yes", "text": "Again"}]}, "Answer “yes”: it is there twice"),
        (TABLES | {"scale": [*SCALE, {"key": "x"}]}, "Answer “x”: enter its words"),
    ],
)
def test_what_cannot_be_published_is_named(tables, words):
    assert any(words in problem for problem in readiness.problems(tables, KNOWN))
