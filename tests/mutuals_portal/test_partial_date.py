from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import partial_date


@pytest.mark.parametrize(
    ("value", "words"),
    [("", ""), ("2011", "2011"), ("2011-07", "July 2011"), ("2003-10-01", "1 October 2003")],
)
def test_a_date_says_no_more_than_is_known(value, words):
    assert partial_date.in_words(value) == words


@pytest.mark.parametrize("value", ["2011", "2011-07", "2012-02-29", "1899-12-31"])
def test_a_year_a_month_and_a_day_are_dates(value):
    partial_date.check(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "11",
        "2011-7",
        "2011-13",
        "2011-02-30",
        "0999",
        "2011-07-01T00",
        "next year",
        "\uff12\uff10\uff11\uff11",
        "2011\n",
    ],
)
def test_anything_else_is_refused_with_examples(value):
    with pytest.raises(ValidationError, match="such as 2011, 2011-07 or 2011-07-01"):
        partial_date.check(value)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2010-10", "2012-07", 21),
        ("2010-10-31", "2010-11-01", 1),
        ("2012-07", "2012-07-31", 0),
        ("2010", "2012-07", None),
        ("2010-10", "2012", None),
    ],
)
def test_months_are_counted_where_both_months_are_known(start, end, months):
    assert partial_date.months_between(start, end) == months


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2011", "2011"),
        ("2011-07", "2011-07"),
        ("2003-10-01", "2003-10-01"),
        ("July 2011", "2011-07"),
        ("jul 2011", "2011-07"),
        ("7/2011", "2011-07"),
        ("1 October 2003", "2003-10-01"),
        ("1/10/2003", "2003-10-01"),
        (" 01.10.2003 ", "2003-10-01"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, value):
    assert partial_date.read(text) == value


@pytest.mark.parametrize(
    "text", ["", "soon", "31/2/2011", "13/2011", "Juli 2011", "1 2 3 2011", "2011 July", "-"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValidationError):
        partial_date.read(text)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_what_is_shown_is_read_again(day):
    for value in (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"):
        assert partial_date.read(partial_date.in_words(value)) == value
