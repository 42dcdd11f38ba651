"""Who holds an enquiry, whose turn it is, and how long each has had it.

Everything here is derived from the events, in their order; nothing is stored. The clock counts working days
of the holder's nation, and it stands still while the group has the turn (design, section 6).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import pairwise
from typing import Protocol, TypeVar

from signposting.models import Status
from signposting.models.enquiry import ENQUIRERS_TURN, HOLDERS_TURN, UNCLAIMED
from signposting.working_days import Calendar, add_working_days, local_date, working_days_after

ACCEPT_WITHIN_WORKING_DAYS = 3
"""An offer that is not accepted by then goes back to the duty desk (design, section 6)."""

ANSWER_WITHIN_WORKING_DAYS = 10
"""Our own service standard for an enquiry in hand; no source sets one."""


class Turn(Enum):
    """Who has to do something next."""

    HOLDER = "holder"
    ENQUIRER = "enquirer"
    NOBODY = "nobody"


class Step(Protocol):
    """What custody needs to know of an event: when it was, and the standing that it left."""

    @property
    def at(self) -> datetime: ...
    @property
    def status(self) -> str: ...
    @property
    def holder_id(self) -> int: ...


AnyStep = TypeVar("AnyStep", bound=Step)


@dataclass(frozen=True)
class Interval:
    """A stretch of time with one holder (by id) and one status, until the next began or we look."""

    holder_id: int
    status: str
    start: datetime
    end: datetime

    @property
    def turn(self) -> Turn:
        return turn_of(self.status)


def turn_of(status: str) -> Turn:
    """Whose turn it is in a status. Raises ``ValueError`` for a status that does not exist."""
    status = Status(status)
    if status in HOLDERS_TURN:
        return Turn.HOLDER
    return Turn.ENQUIRER if status in ENQUIRERS_TURN else Turn.NOBODY


def intervals(steps: Iterable[Step], *, until: datetime) -> list[Interval]:
    """The life of an enquiry without a gap or an overlap; their lengths add up to its age at ``until``."""
    steps = list(steps)
    if not steps:
        return []
    ends = [later.at for _, later in pairwise(steps)] + [until]
    return [
        Interval(step.holder_id, step.status, step.at, end) for step, end in zip(steps, ends, strict=True)
    ]


def respond_by(steps: Sequence[Step], *, calendar: Calendar) -> date | None:
    """The last day on which the holder is in time, by the latest step; None when it is not the holder's turn.

    ``calendar`` is the holder's. An offer has ``ACCEPT_WITHIN_WORKING_DAYS`` from when it reached the holder. A case
    in hand has ``ANSWER_WITHIN_WORKING_DAYS``, less the days used before the group was asked something, but at least
    one day from when the group replied; an answer ends the count, and a group that comes back starts a new one.
    """
    latest = steps[-1]
    if turn_of(latest.status) is not Turn.HOLDER:
        return None
    if latest.status in UNCLAIMED:
        offered = _start_of_run(steps, within=UNCLAIMED)
        return add_working_days(local_date(offered.at), ACCEPT_WITHIN_WORKING_DAYS, calendar)
    turn_began = _start_of_run(steps, within=(Status.IN_HAND,))
    used = sum(
        working_days_after(local_date(step.at), local_date(later.at), calendar)
        for step, later in pairwise(_current_count(steps))
        if step.status == Status.IN_HAND and later.at <= turn_began.at
    )
    left = max(ANSWER_WITHIN_WORKING_DAYS - used, 1)
    return add_working_days(local_date(turn_began.at), left, calendar)


def working_days_left(deadline: date, *, on: date, calendar: Calendar) -> int:
    """Working days from ``on`` to the deadline: 0 on the last day, and negative once it is overdue."""
    if on <= deadline:
        return working_days_after(on, deadline, calendar)
    return -working_days_after(deadline, on, calendar)


def arrival(steps: Sequence[AnyStep]) -> AnyStep:
    """The step that brought the enquiry to the body that has it now."""
    return _start_of_run(steps, within=tuple(Status))


def _start_of_run(steps: Sequence[AnyStep], *, within: tuple[Status, ...]) -> AnyStep:
    """The first of the latest steps that share the holder and stay within some statuses."""
    latest = start = steps[-1]
    for step in reversed(steps):
        if step.holder_id != latest.holder_id or step.status not in within:
            break
        start = step
    return start


def _current_count(steps: Sequence[Step]) -> list[Step]:
    """The steps in hand or asked, with this holder, since the last answer."""
    latest = steps[-1]
    count: list[Step] = []
    for step in reversed(steps):
        if step.holder_id != latest.holder_id or step.status not in (Status.IN_HAND, Status.ASKED):
            break
        count.append(step)
    return count[::-1]
