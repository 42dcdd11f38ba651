"""Which days count while an enquiry waits: Monday to Friday, less the bank holidays of the holder's nation.

Pure: days and calendars are passed in, and so is the time. A time becomes a day in London, where an enquiry
sent at half past midnight in summer belongs to the new day although UTC has not reached it. England and Wales
share their bank holidays; a body that works in more than one nation goes by theirs.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays.countries import UnitedKingdom

from mutuals_portal.vocabulary import Nation

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5

_SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.WALES: "WLS",
    Nation.NORTHERN_IRELAND: "NIR",
    Nation.UK_WIDE: "ENG",
}


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of one part of the UK."""

    subdivision: str

    def is_bank_holiday(self, day: date) -> bool:
        return day in _bank_holidays(self.subdivision, day.year)


def calendar_of(nation: str) -> Calendar:
    """The calendar of a nation. Raises ValueError for a word that is not one."""
    return Calendar(_SUBDIVISIONS[Nation(nation)])


def is_working_day(day: date, calendar: Calendar) -> bool:
    return day.weekday() < SATURDAY and not calendar.is_bank_holiday(day)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """The ``count``-th working day after ``start``. Nought gives ``start`` itself, working day or not."""
    if count < 0:
        raise ValueError("a deadline lies ahead: count cannot be negative")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, calendar)
    return day


def working_days_after(start: date, end: date, calendar: Calendar) -> int:
    """How many working days d have ``start < d <= end``; none when ``end`` is not after ``start``."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, calendar) for day in days)


def local_date(at: datetime) -> date:
    """The day in London at the moment ``at``, which must know its time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no day")
    return at.astimezone(LONDON).date()


@cache
def _bank_holidays(subdivision: str, year: int) -> frozenset[date]:
    # The library's own object fills itself year by year while it is read, which two threads must not share.
    return frozenset(UnitedKingdom(subdiv=subdivision, years=year, expand=False))
