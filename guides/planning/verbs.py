"""What a group can do to its plan. Each verb takes the plan for itself while it works, and says so when it is gone.

Two colleagues may have the plan open at once. So a verb changes one part and no other; and what it would replace or
drop must be what its caller had ``seen``, the moment at which that part was kept. Every verb can be repeated.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from guides.kept import Kept
from guides.models import FailedAccess, Plan
from guides.models.plan import PlanQuerySet
from mutuals_portal.private_access import codes, throttle

KEPT_FOR = timedelta(days=365)
"""After the last change. Issue 5: 12 months."""
CODE_SHOWN_FOR = timedelta(minutes=30)
"""How long sending the form again shows the code again, so that a reload does not lose it."""
DECISIONS_AT_MOST = 200
DELETED_AT_ONCE = 5_000


class Gone(Exception):
    """A colleague has deleted the plan, or its twelve months are over."""


class AlreadyStarted(Exception):
    """The form has started a plan before, whose code is not shown any more."""


class ChangedMeanwhile(Exception):
    """A colleague has kept or dropped this part since it was looked at."""


class Full(Exception):
    """The plan holds ``DECISIONS_AT_MOST`` decisions."""


def start(*, secret: str, at: datetime) -> tuple[Plan, str]:
    """A new plan and its code, which is kept nowhere. Both follow from the form's secret: sent twice, it is one plan.

    Raises ``AlreadyStarted``.
    """
    reference, code = codes.reference_from(secret), codes.code_from(secret)
    digest = codes.digest(reference=reference, code=code)
    plan, is_new = Plan.objects.get_or_create(
        reference=reference, defaults={"code_digest": digest, "created_at": at, **renewed(at)}
    )
    if not is_new and (plan.code_digest != digest or at > plan.created_at + CODE_SHOWN_FOR):
        raise AlreadyStarted
    return plan, code


def keep(plan: Plan, *, tool: str, kept: Kept, seen: str, at: datetime) -> None:
    """Keep what stands in a tool's address, in place of what was kept of this tool before.

    ``seen`` is the moment of the part that it replaces, empty for none. Raises ``ChangedMeanwhile`` or ``Gone``.
    """
    with _held(plan, at=at) as held:
        there = held.kept.get(tool)
        if there and there["query"] == kept.query and there["lines"] == list(kept.lines):
            return
        _require_seen(there, seen)
        held.kept[tool] = asdict(kept) | {"at": at.isoformat()}


def drop(plan: Plan, *, tool: str, seen: str, at: datetime) -> None:
    """Forget one part. What is gone stays gone. Raises ``ChangedMeanwhile`` or ``Gone``."""
    with _held(plan, at=at) as held:
        if there := held.kept.get(tool):
            _require_seen(there, seen)
            del held.kept[tool]


def decide(
    plan: Plan, *, key: uuid.UUID, look_out: str, words: str, reason: str, decided_on: str, at: datetime
) -> None:
    """Log a decision with its date and reason. Nothing is ever too early to be decided. Raises ``Full`` or ``Gone``."""
    with _held(plan, at=at) as held:
        others = held.decisions.exclude(key=key)
        if others.count() >= DECISIONS_AT_MOST:
            raise Full
        said = {"look_out": look_out, "words": words, "reason": reason, "decided_on": decided_on}
        held.decisions.get_or_create(key=key, defaults=said | {"logged_at": at})


def undo(plan: Plan, *, decision: int, at: datetime) -> None:
    """Take a decision out of the log, for good. What is gone stays gone. Raises ``Gone``."""
    with _held(plan, at=at) as held:
        held.decisions.filter(pk=decision).delete()


def delete(plan: Plan) -> None:
    """At once, with all that it held. What is gone stays gone."""
    _delete(Plan.objects.filter(pk=plan.pk))


def delete_expired(*, at: datetime) -> int:
    """Delete plans that nobody has changed for twelve months, and say how many. For a job that runs every hour.

    One that a colleague renews at this moment is looked at again once it is held, and stays.
    """
    keys = Plan.objects.expired(at=at).order_by("expires_at").values_list("pk", flat=True)[:DELETED_AT_ONCE]
    return _delete(Plan.objects.expired(at=at).filter(pk__in=list(keys)))


def forget_wrong_codes(*, at: datetime) -> int:
    return throttle.forget_wrong_codes(FailedAccess.objects.all(), at=at)


def renewed(at: datetime) -> dict[str, Any]:
    """The twelve months begin anew."""
    return {"changed_at": at, "expires_at": at + KEPT_FOR}


@transaction.atomic
def _delete(plans: PlanQuerySet) -> int:
    """Locked first: a colleague may be adding to one at this moment."""
    plans = plans.select_for_update().order_by("pk")
    return Plan.objects.filter(pk__in=[plan.pk for plan in plans]).delete()[1].get("guides.Plan", 0)


@contextmanager
def _held(plan: Plan, *, at: datetime) -> Iterator[Plan]:
    """The plan as it is now, which nobody else can change or delete before the block has ended and is saved."""
    with transaction.atomic():
        held = Plan.objects.current(at=at).select_for_update().filter(pk=plan.pk).first()
        if held is None:
            raise Gone
        yield held
        Plan.objects.filter(pk=held.pk).update(kept=held.kept, **renewed(at))


def _require_seen(part: dict[str, Any] | None, seen: str) -> None:
    if (part["at"] if part else "") != seen:
        raise ChangedMeanwhile
