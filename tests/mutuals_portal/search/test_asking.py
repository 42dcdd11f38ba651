"""What a reader types, taken apart. Any text at all is a question, and none makes it raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal.search import asking
from mutuals_portal.search.asking import MOST_CHARACTERS, MOST_WORDS, Question
from mutuals_portal.search.querying import Known, wanted


def said(question: Question) -> list[str]:
    return [str(term) for term in question.terms]


@pytest.mark.parametrize(
    ("typed", "terms", "excluded"),
    [
        ("library pensions", ["library", "pensions"], []),
        ('"fair deal" pensions', ["fair deal", "pensions"], []),
        ("“fair deal”", ["fair deal"], []),
        ('"fair deal', ["fair deal"], []),
        ("pensions -nhs", ["pensions"], ["nhs"]),
        ('pensions -"new fair deal"', ["pensions"], ["new fair deal"]),
        ("staff-owned", ["staff", "owned"], []),
        ("co-operative co-ops", ["cooperative", "coops"], []),
        ("Môn, CAFÉ & Łódź!", ["mon", "cafe", "łodz"], []),
        ("council’s", ["council", "s"], []),
        ("pen\u200bsions\u202e \x00tupe\ud800", ["pensions", "tupe"], []),
        ("organization", ["organisation"], []),
        ("& | ! ( ) :* <-> \\ % _ '' - -- \"\"", [], []),
        ("", [], []),
    ],
)
def test_words_phrases_and_exclusions(typed, terms, excluded):
    question = asking.read(typed)
    assert said(question) == terms
    assert [str(term) for term in question.excluded] == excluded


def test_what_the_form_shows_again_is_what_was_typed_without_what_nobody_sees():
    assert asking.read("  Fair\u00a0 Deal \x00\u202e –\tnow ").typed == "Fair Deal – now"


def test_a_long_question_is_cut_and_the_reader_told():
    question = asking.read("word " * 10_000)
    assert len(question.typed) <= MOST_CHARACTERS
    assert (
        question.problems[0] == f"That was too long, so we looked for its first {MOST_CHARACTERS} characters."
    )
    assert len(question.terms) == MOST_WORDS
    assert any(f"the first {MOST_WORDS}" in problem for problem in question.problems)


def test_a_phrase_with_too_many_words_is_cut_too():
    question = asking.read('"' + "a " * 40 + '"')
    assert [len(term.own) for term in question.terms] == [MOST_WORDS]


def test_only_exclusions_are_nothing_to_look_for_and_the_reader_is_told():
    question = asking.read("-nhs")
    assert not question.terms
    assert question.problems == ("You told us only what to leave out. Tell us what to look for as well.",)


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("TUPE", "tupe"),
        ("What is TUPE?", "tupe"),
        ("what’s a spin-out", "spin out"),
        ("what does asset lock mean?", "asset lock"),
        ("meaning of the asset lock", "asset lock"),
        ("define mutual", "mutual"),
        ("what is", "what is"),
    ],
)
def test_a_question_may_be_about_one_thing(typed, thing):
    assert thing in asking.read(typed).things


def test_words_are_corrected_where_they_stand():
    assert asking.corrected('Pensoins -"fair dael"', {"pensoins": "pensions", "dael": "deal"}) == (
        'pensions -"fair deal"'
    )


HOSTILE = st.text(alphabet=st.characters() | st.sampled_from("\"'-&|!():*<>\\%_\0\u202e\ud800 \t“”"))


@given(HOSTILE | st.text())
def test_any_text_is_a_question_of_bounded_size_in_plain_words(text):
    question = asking.read(text)
    assert len(question.typed) <= MOST_CHARACTERS
    words = [word for term in (*question.terms, *question.excluded) for word in term.own]
    assert len(words) <= MOST_WORDS
    assert all(word.isalnum() and len(word) <= asking.LONGEST_WORD for word in words)
    assert all(question.things) or not question.terms


@given(HOSTILE)
def test_reading_again_what_the_form_shows_asks_the_same(text):
    first = asking.read(text)
    again = asking.read(first.typed)
    assert (again.terms, again.excluded, again.typed) == (first.terms, first.excluded, first.typed)


@given(HOSTILE, st.randoms())
def test_whatever_is_known_of_the_words_a_query_holds_nothing_but_them_and_our_operators(text, chance):
    question = asking.read(text)
    words = [word for term in (*question.terms, *question.excluded) for word in term.own]
    known = {word: Known(chance.choice(["", word]), chance.randrange(3)) for word in words}
    wish = wanted(question, known, most_documents=9)
    for query in (*wish.strict, *wish.relaxed, wish.beside) if wish else ():
        parts = query.split("'")
        assert all(part in words for part in parts[1::2])
        assert set("".join(parts[::2])) <= set("()&|!<-> ")
