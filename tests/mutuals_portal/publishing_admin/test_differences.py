"""Word by word, and nothing is lost of either text."""

import time

from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal.publishing_admin.differences import Pair, Part, pairs


def words(parts):
    return "".join(part.text for part in parts)


def test_only_the_words_that_changed_are_marked():
    assert pairs("One two three.", "One four three.") == [
        Pair(
            (Part("One ", False), Part("two", True), Part(" three.", False)),
            (Part("One ", False), Part("four", True), Part(" three.", False)),
        )
    ]


def test_a_line_that_is_new_stands_beside_nothing():
    added = pairs("First.\nLast.", "First.\nBetween.\nLast.")[1]
    assert added == Pair((), (Part("Between.", True),))


def test_a_line_that_is_gone_stands_beside_nothing():
    removed = pairs("First.\nBetween.\nLast.", "First.\nLast.")[1]
    assert removed == Pair((Part("Between.", True),), ())


def test_equal_texts_have_no_difference():
    assert not any(pair.is_changed for pair in pairs("One.\n\nTwo.", "One.\n\nTwo."))


texts = st.text(alphabet="ab \n", max_size=60)


@given(old=texts, new=texts)
def test_each_side_keeps_its_whole_text(old, new):
    found = pairs(old, new)
    lines = [line for line in old.split("\n") if line]
    assert [words(pair.old) for pair in found if words(pair.old)] == lines
    assert [words(pair.new) for pair in found if words(pair.new)] == [
        line for line in new.split("\n") if line
    ]
    assert any(pair.is_changed for pair in found) == (
        [words(pair.old) for pair in found] != [words(pair.new) for pair in found]
    )


def test_two_long_texts_without_a_word_in_common_are_compared_soon():
    old = " ".join(f"a{number}" for number in range(16_000))
    new = " ".join(f"b{number}" for number in range(16_000))
    started = time.monotonic()
    assert words(pairs(old, new)[0].new) == new
    lines = (
        "\n".join(f"a{number}" for number in range(16_000)),
        "\n".join(f"b{number}" for number in range(16_000)),
    )
    assert len(pairs(*lines)) == 16_000
    assert time.monotonic() - started < 5
