"""Who holds an enquiry, whose turn it is, and by when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signposting import custody
from signposting.custody import Turn
from signposting.models import Status
from signposting.working_days import calendar_of

CDS, DESK = 1, 2
ENGLAND, SCOTLAND = calendar_of("england"), calendar_of("scotland")


@dataclass
class Step:
    at: datetime
    status: str
    holder_id: int = CDS


def on(day: int, month: int = 6, hour: int = 10) -> datetime:
    """A time in 2026. 1 June is a Monday."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "turn"),
    [
        (Status.UNROUTED, Turn.HOLDER),
        (Status.OFFERED, Turn.HOLDER),
        (Status.IN_HAND, Turn.HOLDER),
        (Status.ASKED, Turn.ENQUIRER),
        (Status.ANSWERED, Turn.ENQUIRER),
        (Status.CLOSED, Turn.NOBODY),
        (Status.WITHDRAWN, Turn.NOBODY),
    ],
)
def test_every_status_is_somebodys_turn_or_nobodys(status, turn):
    assert custody.turn_of(status) is turn


def test_an_unknown_status_is_nobodys_guess():
    with pytest.raises(ValueError, match="not a valid Status"):
        custody.turn_of("lost")


@given(
    st.lists(
        st.tuples(st.sampled_from(Status.values), st.sampled_from([CDS, DESK]), st.integers(0, 500)),
        min_size=1,
    )
)
def test_intervals_leave_no_gap_and_add_up_to_the_age(rows):
    at, steps = on(1), []
    for status, holder, hours in rows:
        steps.append(Step(at, status, holder))
        at += timedelta(hours=hours)
    found = custody.intervals(steps, until=at)
    assert sum((i.end - i.start for i in found), timedelta()) == at - on(1)
    assert all(earlier.end == later.start for earlier, later in pairwise(found))


def test_nothing_has_happened_to_an_enquiry_without_events():
    assert custody.intervals([], until=on(1)) == []


def test_what_brought_it_to_its_holder_is_the_latest_change_of_holder():
    there, away = Step(on(1), Status.OFFERED), Step(on(2), Status.UNROUTED, DESK)
    back, accepted = Step(on(3), Status.OFFERED), Step(on(4), Status.IN_HAND)
    assert custody.arrival([there]) is there
    assert custody.arrival([there, away, back, accepted]) is back


def test_an_offer_waits_three_working_days():
    assert custody.respond_by([Step(on(1), Status.OFFERED)], calendar=ENGLAND) == date(2026, 6, 4)


def test_a_weekend_and_a_bank_holiday_do_not_count():
    friday_before_the_spring_holiday = Step(on(22, month=5), Status.OFFERED)
    assert custody.respond_by([friday_before_the_spring_holiday], calendar=ENGLAND) == date(2026, 5, 28)


def test_the_holders_own_holidays_count():
    new_years_eve = Step(datetime(2025, 12, 31, 10, tzinfo=UTC), Status.OFFERED)
    assert custody.respond_by([new_years_eve], calendar=ENGLAND) == date(2026, 1, 6)
    assert custody.respond_by([new_years_eve], calendar=SCOTLAND) == date(2026, 1, 7)


def test_a_reply_does_not_give_a_body_longer_to_accept():
    steps = [Step(on(1), Status.OFFERED), Step(on(3), Status.OFFERED)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 6, 4)


def test_another_body_gets_three_days_of_its_own():
    steps = [Step(on(1), Status.OFFERED, CDS), Step(on(3), Status.UNROUTED, DESK)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 6, 8)


def test_a_case_in_hand_has_ten_working_days():
    steps = [Step(on(1), Status.OFFERED), Step(on(2), Status.IN_HAND)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 6, 16)


def test_the_clock_stands_still_while_the_group_is_asked():
    steps = [Step(on(1), Status.IN_HAND), Step(on(4), Status.ASKED)]
    assert custody.respond_by(steps, calendar=ENGLAND) is None
    back = [*steps, Step(on(18), Status.IN_HAND)]
    # 3 days used, 7 left from the 18th
    assert custody.respond_by(back, calendar=ENGLAND) == date(2026, 6, 29)


def test_a_late_question_leaves_one_day_after_the_reply():
    steps = [Step(on(1), Status.IN_HAND), Step(on(29), Status.ASKED), Step(on(30), Status.IN_HAND)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 7, 1)


def test_an_answer_starts_a_new_count():
    steps = [Step(on(1), Status.IN_HAND), Step(on(11), Status.ANSWERED), Step(on(15), Status.IN_HAND)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 6, 29)


def test_a_note_on_an_overdue_case_does_not_move_its_day():
    steps = [Step(on(1), Status.IN_HAND), Step(on(26), Status.IN_HAND)]
    assert custody.respond_by(steps, calendar=ENGLAND) == date(2026, 6, 15)


@pytest.mark.parametrize("status", [Status.ASKED, Status.ANSWERED, Status.CLOSED, Status.WITHDRAWN])
def test_there_is_no_deadline_when_it_is_not_the_holders_turn(status):
    assert custody.respond_by([Step(on(1), Status.IN_HAND), Step(on(2), status)], calendar=ENGLAND) is None


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 6, 1), 3), (date(2026, 6, 4), 0), (date(2026, 6, 5), -1), (date(2026, 6, 8), -2)],
)
def test_working_days_left_turn_negative_when_overdue(today, left):
    assert custody.working_days_left(date(2026, 6, 4), on=today, calendar=ENGLAND) == left
