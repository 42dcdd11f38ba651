"""Rows of a profile as they are written: what keeps one from being shown, and what lists take from them."""

from datetime import date
from decimal import Decimal

import pytest

from case_studies import rows

CLAIM = {
    "key": "staff",
    "measure": "staff",
    "label": "Staff",
    "number": "40",
    "unit": "people",
    "as_of": "2013",
    "assured_by": "body",
    "review_by": "2099-01-01",
    "source": "gma",
}
START = {name: value for name, value in CLAIM.items() if name not in ("number", "unit")} | {
    "key": "start",
    "measure": "started",
    "day": "2003-10",
}
SHARE = {"group": "staff", "basis": "members", "as_of": "2013", "source": "gma"}
STEP = {"stage": "first-year", "title": "It opened", "begins": "2003-10", "source": "gma"}
MET = {"look_out": "pensions", "stage": "appraisal", "effect": "helped", "how": "So.", "source": "gma"}
WHOLE = {"claims": [CLAIM, START], "shares": [SHARE], "milestones": [STEP], "evidence": [MET]}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_rows_lack_nothing(name):
    assert rows.whole(name, WHOLE[name]) == WHOLE[name]


@pytest.mark.parametrize(
    ("name", "field"),
    [(name, field) for name, asked in rows.ASKED_FOR.items() for field in (*asked, "source")],
)
def test_a_row_without_what_every_row_has_is_kept_back(name, field):
    row = {key: value for key, value in WHOLE[name][0].items() if key != field}
    assert rows.faults(name, [row]) != [[]]
    assert rows.whole(name, [row]) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"day": "2011"}, "enter a number or a date, not both"),
        ({"unit": ""}, "select the unit of the number"),
        ({"number": ""}, "enter the number of staff"),
        ({"number": "-1"}, "check the number of staff"),
        ({"number": "99999999999"}, "check the number of staff"),
        ({"measure": "income", "number": "", "unit": ""}, "enter a number with its unit, or a date"),
        ({"measure": "income", "number": "", "day": "2011"}, "a date has no unit"),
        ({"measure": "started"}, "enter its date"),
    ],
)
def test_a_figure_is_a_number_with_a_unit_or_a_date(changes, fault):
    assert fault in rows.faults("claims", [CLAIM | changes])[0]


def test_zero_is_a_number():
    assert rows.faults("claims", [CLAIM | {"number": "0"}]) == [[]]


def test_the_second_of_two_with_one_key_waits():
    assert rows.faults("claims", [CLAIM, START | {"key": "staff"}]) == [[], ["another has the same key"]]
    assert rows.faults("shares", [SHARE, SHARE]) == [[], ["it is there twice"]]


@pytest.mark.parametrize(
    ("ends", "faults"), [("2003", []), ("2003-10-31", []), ("2003-09", ["it ends before it begins"])]
)
def test_a_step_does_not_end_before_it_begins(ends, faults):
    assert rows.faults("milestones", [STEP | {"ends": ends}]) == [faults]


def test_values_of_any_type_become_the_same_row():
    values = {"number": Decimal("71501.00"), "review_by": date(2027, 5, 21), "is_undated": True, "day": None}
    assert rows.as_written("claims", values | {"label": " Staff "}) == {
        "number": "71501",
        "review_by": "2027-05-21",
        "is_undated": True,
        "label": "Staff",
    }
    assert rows.as_written("claims", {"number": 1000, "is_undated": False}) == {"number": "1000"}


def test_lists_take_the_first_start_and_the_newest_number_of_staff():
    later = CLAIM | {"key": "staff-2", "as_of": "2015-03", "number": "70"}
    earlier = START | {"key": "start-2", "day": "2001"}
    assert rows.summary(WHOLE | {"claims": [later, CLAIM, START, earlier]}) == {
        "start_year": 2001,
        "staff": 70,
        "owners": ["staff"],
        "stages": ["appraisal"],
    }
