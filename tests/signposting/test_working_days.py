from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal.vocabulary import Nation
from signposting import working_days

ENGLAND = working_days.calendar_of(Nation.ENGLAND)
SCOTLAND = working_days.calendar_of(Nation.SCOTLAND)
WALES = working_days.calendar_of(Nation.WALES)
NORTHERN_IRELAND = working_days.calendar_of(Nation.NORTHERN_IRELAND)
UK_WIDE = working_days.calendar_of(Nation.UK_WIDE)
CALENDARS = [ENGLAND, SCOTLAND, WALES, NORTHERN_IRELAND]

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "off_in"),
    [
        (date(2026, 1, 1), "ENG SCT WLS NIR"),
        (date(2026, 1, 2), "SCT"),
        (date(2027, 1, 4), "SCT"),  # 2 January 2027 is a Saturday
        (date(2026, 3, 17), "NIR"),  # St Patrick's Day
        (date(2024, 3, 18), "NIR"),  # 17 March 2024 is a Sunday
        (date(2026, 4, 3), "ENG SCT WLS NIR"),  # Good Friday
        (date(2026, 4, 6), "ENG WLS NIR"),  # Easter Monday
        (date(2026, 5, 4), "ENG SCT WLS NIR"),
        (date(2026, 7, 13), "NIR"),  # 12 July 2026 is a Sunday
        (date(2027, 7, 12), "NIR"),
        (date(2026, 8, 3), "SCT"),  # Scotland has its summer bank holiday at the start of August
        (date(2026, 8, 31), "ENG WLS NIR"),
        (date(2026, 11, 30), "SCT"),  # St Andrew's Day
        (date(2025, 12, 1), "SCT"),  # 30 November 2025 is a Sunday
        (date(2024, 12, 2), "SCT"),  # 30 November 2024 is a Saturday
        (date(2027, 12, 27), "ENG SCT WLS NIR"),  # Christmas Day 2027 is a Saturday
        (date(2027, 12, 28), "ENG SCT WLS NIR"),
        (date(2026, 7, 14), ""),
        (date(2026, 12, 24), ""),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day, off_in):
    assert day.weekday() < 5, "a weekend would prove nothing"
    closed = [c.subdivision for c in CALENDARS if not working_days.is_working_day(day, c)]
    assert closed == off_in.split()


def test_work_across_nations_goes_by_the_calendar_of_england_and_wales():
    assert UK_WIDE == ENGLAND
    assert working_days.is_working_day(date(2026, 1, 2), UK_WIDE)
    assert not working_days.is_working_day(date(2026, 4, 6), UK_WIDE)


@given(day=days)
def test_england_and_wales_never_differ(day):
    assert working_days.is_working_day(day, ENGLAND) == working_days.is_working_day(day, WALES)


def test_every_nation_has_a_calendar():
    assert all(working_days.calendar_of(nation) for nation in Nation)
    assert working_days.calendar_of("scotland") == SCOTLAND


def test_a_word_that_is_no_nation_is_refused():
    with pytest.raises(ValueError, match="atlantis"):
        working_days.calendar_of("atlantis")


@pytest.mark.parametrize("calendar", CALENDARS)
def test_saturday_and_sunday_never_count(calendar):
    assert not working_days.is_working_day(date(2026, 6, 6), calendar)
    assert not working_days.is_working_day(date(2026, 6, 7), calendar)
    assert working_days.is_working_day(date(2026, 6, 8), calendar)


@pytest.mark.parametrize(
    ("start", "count", "calendar", "expected"),
    [
        (date(2026, 6, 8), 3, ENGLAND, date(2026, 6, 11)),
        (date(2026, 6, 11), 3, ENGLAND, date(2026, 6, 16)),  # over a weekend
        (date(2026, 6, 13), 1, ENGLAND, date(2026, 6, 15)),  # from a Saturday
        (date(2026, 4, 2), 3, ENGLAND, date(2026, 4, 9)),  # over Easter, with its Monday
        (date(2026, 4, 2), 3, SCOTLAND, date(2026, 4, 8)),  # over Easter, without it
        (date(2026, 12, 31), 1, ENGLAND, date(2027, 1, 4)),  # over New Year
        (date(2026, 12, 31), 1, SCOTLAND, date(2027, 1, 5)),
        (date(2026, 7, 10), 1, NORTHERN_IRELAND, date(2026, 7, 14)),
        (date(2026, 6, 13), 0, ENGLAND, date(2026, 6, 13)),
    ],
)
def test_adding_working_days(start, count, calendar, expected):
    assert working_days.add_working_days(start, count, calendar) == expected


def test_a_deadline_is_never_in_the_past():
    with pytest.raises(ValueError, match="negative"):
        working_days.add_working_days(date(2026, 6, 8), -1, ENGLAND)


@pytest.mark.parametrize(
    ("start", "end", "calendar", "expected"),
    [
        (date(2026, 6, 8), date(2026, 6, 8), ENGLAND, 0),
        (date(2026, 6, 8), date(2026, 6, 9), ENGLAND, 1),
        (date(2026, 6, 12), date(2026, 6, 15), ENGLAND, 1),
        (date(2026, 6, 12), date(2026, 6, 14), ENGLAND, 0),
        (date(2026, 6, 9), date(2026, 6, 8), ENGLAND, 0),
        (
            date(2026, 12, 24),
            date(2027, 1, 5),
            ENGLAND,
            5,
        ),  # Christmas (with its Monday) and New Year lie between
        (date(2026, 12, 24), date(2027, 1, 5), SCOTLAND, 4),
    ],
)
def test_counting_working_days(start, end, calendar, expected):
    assert working_days.working_days_after(start, end, calendar) == expected


@given(start=days, count=st.integers(1, 60), calendar=st.sampled_from(CALENDARS))
def test_adding_and_counting_agree_and_a_deadline_is_a_working_day(start, count, calendar):
    deadline = working_days.add_working_days(start, count, calendar)
    assert working_days.working_days_after(start, deadline, calendar) == count
    assert working_days.is_working_day(deadline, calendar)


@given(start=days, middle=st.integers(0, 400), end=st.integers(0, 400), calendar=st.sampled_from(CALENDARS))
def test_counts_of_adjoining_spans_add_up(start, middle, end, calendar):
    there = start + timedelta(days=middle)
    back = there + timedelta(days=end)
    first = working_days.working_days_after(start, there, calendar)
    second = working_days.working_days_after(there, back, calendar)
    assert first + second == working_days.working_days_after(start, back, calendar)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 1, 15, 23, 59, 59, tzinfo=UTC), date(2026, 1, 15)),  # winter: London is UTC
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        (datetime(2026, 7, 15, 22, 59, 59, tzinfo=UTC), date(2026, 7, 15)),  # summer: an hour ahead
        (datetime(2026, 7, 15, 23, 0, tzinfo=UTC), date(2026, 7, 16)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),  # the night the clocks go forward
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),  # and the one after
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # the night they go back
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # and the one after
        (datetime(2026, 7, 15, 20, 0, tzinfo=timezone(timedelta(hours=-5))), date(2026, 7, 16)),
    ],
)
def test_a_moment_belongs_to_its_day_in_london(at, expected):
    assert working_days.local_date(at) == expected


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        working_days.local_date(datetime(2026, 7, 15, 12, 0))  # noqa: DTZ001
