"""What comes of the answers."""

import itertools

import pytest

from guides import eligibility
from guides.eligibility.results import NOT_YET_FROM, result
from guides.eligibility.rules import EFFECTS, read
from guides.eligibility.telling import Mark, Telling
from tests.guides.eligibility.sample import finding, tables


def outcome(*effects):
    rows = [finding(str(place), effect, "nation=north") for place, effect in enumerate(effects)]
    return result(read(tables(findings=rows)), {"nation": "north"}).outcome.key


def test_without_findings_it_can_be_explored_now():
    assert outcome() == "explore-now"


@pytest.mark.parametrize("number", range(7))
def test_conditions_from_four_on_mean_not_yet(number):
    expected = "explore-now" if not number else "conditions" if number < NOT_YET_FROM else "not-yet"
    assert outcome(*["condition"] * number) == expected


def test_the_gravest_decides_in_whatever_order_they_stand():
    gravity = {"note": "explore-now", "condition": "conditions"}
    for effects in itertools.product(EFFECTS, repeat=3):
        gravest = max(effects, key=EFFECTS.index)
        assert outcome(*effects) == gravity.get(gravest, gravest)


def test_a_finding_holds_when_each_of_its_conditions_does():
    rules = read(tables())
    held = {"nation": "north", "job": "cook", "mood": "good"}
    assert [each.key for each in result(rules, held).findings] == ["nurses"]
    assert result(rules, held | {"nation": "south"}).findings == ()
    assert result(rules, {"nation": "north"}).findings == ()


def test_a_finding_without_conditions_never_holds():
    assert result(read(tables(findings=[finding("x", "unlikely")])), {}).findings == ()


def test_an_outcome_that_a_draft_lacks_still_has_a_name():
    assert result(read({}), {}).outcome.title == "Explore now"


def test_the_gravest_reasons_stand_first():
    rows = [finding(effect, effect, "nation=north") for effect in EFFECTS]
    found = result(read(tables(findings=rows)), {"nation": "north"})
    assert [each.key for each in found.reasons] == ["unlikely", "another-route", "condition"]
    assert [each.key for each in found.notes] == ["note"]


def test_sources_are_numbered_in_the_order_of_the_page():
    rows = [
        finding("late", "note", "nation=north", sources=["b", "unconfirmed"]),
        finding("first", "unlikely", "nation=north", sources=["c", "a-report", "advice"]),
        finding("last", "note", "nation=north", sources=["unconfirmed"]),
    ]
    told = Telling(result(read(tables(findings=rows)), {"nation": "north"}))
    assert told.keys == ("a-report", "c", "b")
    assert told.unlikely[0].marks == (Mark(2), Mark(1), Mark(words="(our advice)"))
    assert told.notes[0].marks == (Mark(3), Mark(words="(not confirmed: take advice)"))
    assert told.notes[1].marks == (Mark(words="(not confirmed)"),)


def test_law_is_told_with_its_nations_and_its_day():
    row = finding(
        "x",
        "note",
        "nation=north",
        law="An Act.",
        nations=["wales", "england"],
        checked="2026-11-22",
        sources=["unconfirmed"],
    )
    (told,) = Telling(result(read(tables(findings=[row])), {"nation": "north"})).laws
    assert (told.law_in, told.checked.year, told.is_uncertain) == ("England and Wales", 2026, True)


def test_a_day_that_is_none_is_left_out():
    row = finding("x", "note", "nation=north", law="An Act.", checked="soon")
    (told,) = Telling(result(read(tables(findings=[row])), {"nation": "north"})).laws
    assert (told.checked, told.law_in) == (None, "some nations")


def test_what_is_kept_leads_back_and_says_what_came_out():
    query = {"nation": ["north"], "job": ["cook"], "mood": ["bad"], "rank": ["chief"], "x": ["y"]}
    kept = eligibility.kept(tables(), query)
    assert kept.query == "nation=north&job=cook&mood=bad"
    assert kept.nation == "north"
    assert kept.lines == (
        "Nation: North",
        "Job: Cook",
        "Mood: Bad",
        "What came out: It is conditions",
        "Moods",
    )


def test_half_of_the_answers_are_kept_without_an_outcome():
    assert eligibility.kept(tables(), {"nation": ["north"]}).lines == ("Nation: North",)


@pytest.mark.parametrize("query", [{}, {"nation": ["x"]}, {"mood": ["bad"]}, {"\0": ["\ud800"]}])
def test_without_a_first_answer_there_is_nothing_to_keep(query):
    assert eligibility.kept(tables(), query).lines == ()
