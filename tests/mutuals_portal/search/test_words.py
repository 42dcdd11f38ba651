"""Synonyms, rare and common words, spelling, marks and filters: the rules of the search that need no database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import facets
from mutuals_portal.facets import Facet
from mutuals_portal.search import asking, folding, marking, narrowing, querying, spelling, synonyms
from mutuals_portal.search.asking import Term
from mutuals_portal.search.marking import Way
from mutuals_portal.search.narrowing import FACETS, Group
from mutuals_portal.search.querying import Known

GROUPS = json.dumps(
    [["co-operative", "coop"], ["TUPE", "transfer of undertakings"], ["staff owned", "employee owned"]]
)


def widened(typed: str) -> list[list[str]]:
    terms = synonyms.widen(asking.read(typed).terms, synonyms.known(GROUPS))
    return [[" ".join(way) for way in term.ways] for term in terms]


def test_a_synonym_is_looked_for_alone_and_inside_a_longer_question():
    assert widened("coop") == [["coop", "cooperative"]]
    assert widened("will TUPE apply") == [["will"], ["tupe", "transfer of undertakings"], ["apply"]]


def test_a_phrase_finds_the_word_and_the_other_phrase_whatever_its_hyphen():
    assert widened("the transfer of undertakings") == [["the"], ["transfer of undertakings", "tupe"]]
    assert widened("staff-owned") == [["staff owned", "employee owned"]]


def test_several_of_a_thing_mean_the_same_as_one():
    assert widened("co-ops") == [["coops", "cooperative", "coop"]]


def test_words_in_quotation_marks_mean_just_these():
    assert widened('"coop"') == [["coop"]]


def wish(typed: str, known: dict[str, int], stop: str = ""):
    question = asking.read(typed)
    words = [word for term in (*question.terms, *question.excluded) for word in term.own]
    stems = {word: Known("" if word in stop.split() else word, known.get(word, 0)) for word in words}
    return querying.wanted(question, stems, most_documents=100)


def test_all_words_are_wanted_first_and_then_half_of_those_that_say_most():
    asked = wish("can our library become mutual", {"library": 5, "become": 60, "mutual": 90}, "can our")
    assert asked.strict.sieve == "('library' & 'become' & 'mutual')"
    assert [str(each.term) for each in asked.found] == ["library", "become", "mutual"]
    assert asked.relaxed.sieve == "(('library' & 'become') | ('library' & 'mutual') | ('become' & 'mutual'))"


def test_a_phrase_is_sieved_by_its_words_and_then_wanted_side_by_side():
    asked = wish('"fair deal" -"new deal" -nhs', {"fair": 2, "deal": 3, "new": 4, "nhs": 5})
    assert asked.strict.sieve == "('fair' & 'deal') & !('nhs')"
    assert asked.strict.exact == "('fair' <-> 'deal') & !(('new' <-> 'deal')) & !('nhs')"


def test_a_word_that_stands_nowhere_is_named_and_left_out_of_the_relaxed_question():
    asked = wish("zebra mutual", {"mutual": 90})
    assert asked.unknown == ("zebra",)
    assert asked.relaxed.sieve == "'mutual'"


def test_words_that_are_too_common_are_nothing_to_look_for():
    assert wish("the of", {}, "the of") is None
    assert wish("the mutual", {"mutual": 9}, "the").strict.sieve == "'mutual'"


def test_words_with_a_synonym_need_not_stand_side_by_side_unless_they_are_a_phrase():
    loose = querying.asked_alone(Term((("council", "pension"), ("local", "scheme"))))
    assert loose == "(('council' & 'pension') | ('local' <-> 'scheme'))"
    exact = querying.asked_alone(Term((("council", "pension"),), is_exact=True))
    assert exact == "('council' <-> 'pension')"


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("pensoins", "pensions", 1),
        ("libary", "library", 1),
        ("tupe", "tupe", 0),
        ("", "abc", 3),
        ("ca", "abc", 3),
    ],
)
def test_how_far_two_words_are_apart(one, other, steps):
    assert spelling.distance(one, other) == spelling.distance(other, one) == steps


@given(st.text(max_size=8), st.text(max_size=8))
def test_the_distance_is_none_for_the_same_word_alone_and_never_more_than_its_length(one, other):
    distance = spelling.distance(one, other)
    assert (distance == 0) == (one == other)
    assert abs(len(one) - len(other)) <= distance <= max(len(one), len(other))


def test_the_nearest_word_is_meant_and_of_two_the_more_common():
    assert spelling.meant("pensoins", [("pension", 9), ("pensions", 5), ("tension", 99)]) == "pensions"
    assert spelling.meant("boards", [("board", 7), ("boats", 1), ("hoards", 3)]) == "board"
    assert spelling.meant("zebra", [("mutual", 9)]) == ""
    assert spelling.meant("abc", [("abd", 9)]) == ""


def ways(*said: str) -> list[Way]:
    return [Way(number, tuple([word] for word in each.split())) for number, each in enumerate(said)]


def test_words_are_marked_as_they_are_written_and_the_rest_is_escaped():
    assert marking.marked(
        "<b>Môn</b> & co-operatives", [Way(0, (["mon"],)), Way(1, (["cooperatives"],))]
    ) == ("&lt;b&gt;<mark>Môn</mark>&lt;/b&gt; &amp; <mark>co-operatives</mark>")


def test_a_phrase_is_marked_where_it_stands_whole():
    assert marking.marked("Staff transfer. Staff.", ways("staff transfer")) == (
        "<mark>Staff transfer</mark>. Staff."
    )


def test_the_passage_is_the_one_that_says_most_and_begins_with_its_sentence():
    text = "Nothing here.\nThe board decides. The pension fund has a board. Then nothing. " + "More. " * 80
    assert marking.passage("A summary.", text, ways("pension", "board")).startswith(
        "The board decides. The pension"
    )
    assert marking.passage("The pension board.", text, ways("pension", "board")) == "The pension board."
    assert marking.passage("A summary.", "No such word.", ways("pension")) == "A summary."


@given(st.text(max_size=600), st.text(max_size=600), st.lists(st.text(min_size=1, max_size=9), max_size=3))
def test_a_passage_is_short_and_marking_changes_no_word(summary, text, wanted):
    said = [Way(number, (folding.words(each),)) for number, each in enumerate(wanted) if folding.words(each)]
    passage = marking.passage(summary, text, said)
    assert passage == summary or len(passage) <= 2 * marking.LONGEST
    html = marking.marked("".join(letter for letter in passage if letter not in "<>&\"'"), said)
    assert html.count("<mark>") == html.count("</mark>")


def test_an_option_counts_what_it_would_find_were_it_alone_chosen_in_its_facet():
    groups = [
        Group("guide", ("england", "wales"), ("appraisal",), 2),
        Group("guide", ("scotland",), (), 3),
        Group("tool", ("england",), (), 4),
    ]
    asked = facets.read(
        {"kind": ["guide"], "nation": ["england"]}, path="/", facets=FACETS, sorts=narrowing.SORTS
    )
    numbers = narrowing.count(groups, asked)
    assert numbers.options["kind"] == {"guide": 2, "tool": 4}
    assert numbers.options["nation"] == {"england": 2, "wales": 2, "scotland": 3}
    assert numbers.options["stage"] == {"appraisal": 2}
    assert numbers.without == {"kind": 6, "nation": 5, "stage": 2}


def test_the_words_that_were_looked_for_stay_in_every_address():
    asked = facets.Asked(
        "/", (Facet("a", "A", {"b": "B"}),), {"x": ""}, {"a": ("b",)}, "x", kept=(("q", "é&"),)
    )
    assert asked.address == "/?q=%C3%A9%26&a=b"
    assert asked.without("a").address == "/?q=%C3%A9%26"
