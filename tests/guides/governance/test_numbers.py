"""Numbers as people type them, exact to the last decimal."""

from fractions import Fraction

import pytest

from guides.governance import numbers


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("60", 60),
        (" 1,000 ", 1000),
        ("1 000", 1000),
        ("007", 7),
        ("0", 0),
        (".5", Fraction(1, 2)),
        ("33.3333", Fraction(333333, 10000)),
        ("٦٠", 60),
        ("\u0663\u0663\u066b\u0665", Fraction(67, 2)),  # Arabic, with its decimal separator
        ("१२", 12),
        ("999,999,999", 999_999_999),
    ],
)
def test_a_number_is_read_exactly(typed, number):
    assert numbers.read(typed) == number


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-5", "must be 0 or more"),
        ("\N{MINUS SIGN}5", "must be 0 or more"),
        ("1000000000", "must be below 1,000,000,000"),
        ("9" * 100, "must be below 1,000,000,000"),
        ("sixty", "must be a number such as 60"),
        ("1e9", "must be a number such as 60"),
        ("1,5", "must be a number such as 60"),
        ("1.23456", "must be a number such as 60"),
        ("½", "must be a number such as 60"),
        ("²", "must be a number such as 60"),
        (".", "must be a number such as 60"),
        ("", "must be a number such as 60"),
        ("-", "must be a number such as 60"),
        ("nan", "must be a number such as 60"),
        ("0x10", "must be a number such as 60"),
    ],
)
def test_what_is_no_number_we_count_with_is_refused_in_words(typed, words):
    with pytest.raises(numbers.NotANumber, match=words):
        numbers.read(typed)


def test_a_whole_number_has_no_decimals():
    assert numbers.read("12", whole=True) == 12
    with pytest.raises(numbers.NotANumber, match="must be a whole number"):
        numbers.read("12.5", whole=True)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (1000, "1,000"),
        (Fraction(5, 2), "2.5"),
        (Fraction("0.0001"), "0.0001"),
        (Fraction("33.30"), "33.3"),
    ],
)
def test_a_number_is_said_as_people_write_it(number, words):
    assert numbers.said(number) == words
    assert numbers.read(words) == number


def test_a_share_says_where_it_is_rounded():
    assert numbers.percent(1, 4) == "25%"
    assert numbers.percent(1, 3) == "about 33.3%"
    assert numbers.percent(1, 2048) == "under 0.1%"
    assert numbers.percent(0, 2048) == "0%"
