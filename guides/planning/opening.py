"""The door of a plan: one reference, one code that the whole group shares, and the cookie of a device.

The code opens everything there is, so it can also be replaced; but only by whoever has it. Nobody of ours can see a
plan, and so nobody could ask a caller what is in it: a lost code cannot be made good (see the page that says so).
"""

from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import QuerySet

from guides.models import FailedAccess, Plan
from guides.planning.verbs import Gone, renewed
from mutuals_portal.private_access import codes, throttle
from mutuals_portal.private_access.device import DeviceCookie

COOKIE = DeviceCookie(name="plan", path="/plan/", purpose="guides.planning")


def open_with(*, reference: str, code: str, address: str, at: datetime) -> Plan:
    """Raises ``throttle.WrongCode`` or ``TooManyTries``. An unknown reference costs the same slow digest."""
    with _guarded(reference, address, at):
        digest = codes.digest(reference=reference, code=code)
        return throttle.with_digest(plans_open(at=at).filter(reference=reference), digest)


def plans_open(*, at: datetime) -> QuerySet[Plan]:
    """Those that a cookie can keep open."""
    return Plan.objects.current(at=at)


def replace_code(plan: Plan, *, code: str, new: str, address: str, at: datetime) -> Plan:
    """Let ``new`` open the plan from now on, for whoever knows the code so far. Every other device is shut out.

    A second call with the same two finds it done. Raises ``throttle.WrongCode``, ``TooManyTries`` or ``Gone``.
    """
    with _guarded(plan.reference, address, at):
        old_digest, new_digest = (codes.digest(reference=plan.reference, code=each) for each in (code, new))
        there = Plan.objects.current(at=at).filter(pk=plan.pk)
        there.filter(code_digest=old_digest).update(code_digest=new_digest, **renewed(at))
        held = there.first()
        if held is None:
            raise Gone
        return throttle.with_digest([held], new_digest)


def _guarded(reference: str, address: str, at: datetime) -> AbstractContextManager[None]:
    return throttle.guarded(FailedAccess.objects.all(), reference=reference, address=address, at=at)
