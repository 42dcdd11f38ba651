"""Colleagues say how ready they feel: invited by the group that keeps a plan, each answers once, nobody by name.

What is kept tells how many, never who or when. An invitation holds no answer and nothing joins it to one; every use
of one writes all of the plan's anew, so that not even the order in which the database last wrote them is that of
their use. Answers go straight into the plan's one tally. What ``readiness`` does not show yet is sealed there. All goes
when the plan does.

``invite`` is for whoever has opened the plan, ``answer`` for whoever has a link.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, Q, Value, When
from django.utils.crypto import salted_hmac

from guides import planning, readiness
from guides.models import Invitation, Plan, Tally
from guides.planning.verbs import renewed
from guides.readiness import Counts, Tallies
from mutuals_portal.private_access import codes

LINKS_AT_MOST = 200
"""A plan is one service's. A larger one can ask a part of its staff."""
SEALED_IN_STEPS_OF = 4096
"""Bytes. The length of what is sealed must not tell what waits: three answers to each of 15 questions fit in."""


class NoSuchInvitation(Exception):
    """The link was never made, or its plan is gone."""


class AlreadyUsed(Exception):
    """Somebody has answered with this link. Each counts once."""


class TooManyLinks(Exception):
    """A plan has no more than ``LINKS_AT_MOST``. ``left`` is how many can still be made."""

    def __init__(self, left: int):
        super().__init__(f"{left} left")
        self.left = left


@dataclass(frozen=True)
class Asked:
    """What the group sees of its own asking. The numbers move in fours, see ``readiness``."""

    links: int = 0
    used: int = 0
    """At least so many."""
    shown: Counts = field(default_factory=dict)


def invite(plan: Plan, *, number: int, secret: str, at: datetime) -> list[str]:
    """Make so many invitations and give their codes, which are kept nowhere.

    They follow from the form's secret: the same form sent twice makes nothing more and shows the same ones.
    Raises ``TooManyLinks``, or ``planning.Gone`` when a colleague has deleted the plan.
    """
    new = [codes.code_from(f"{plan.pk} {secret} {place}") for place in range(number)]
    digests = [_digest(code) for code in new]
    with transaction.atomic():
        if not _held(plan.pk, at=at):
            raise planning.Gone
        left = LINKS_AT_MOST - plan.invitations.exclude(code_digest__in=digests).count()
        if number > left:
            raise TooManyLinks(left)
        Invitation.objects.bulk_create(
            (Invitation(plan=plan, code_digest=digest) for digest in digests), ignore_conflicts=True
        )
        Tally.objects.get_or_create(plan=plan, defaults={"waiting": _sealed({})})
        Plan.objects.filter(pk=plan.pk).update(**renewed(at))
    return new


def asked(plan: Plan) -> Asked:
    """One query."""
    tally = (
        Tally.objects.filter(plan=plan)
        .annotate(
            links=Count("plan__invitations"),
            used=Count("plan__invitations", filter=Q(plan__invitations__is_used=True)),
        )
        .values("links", "used", "shown")
        .first()
    )
    if tally is None:
        return Asked()
    return Asked(tally["links"], readiness.at_least(tally["used"]), tally["shown"])


def invitation_of(code: str, *, at: datetime) -> Invitation:
    """Raises ``NoSuchInvitation``. Says nothing of whether it was used: whoever has the link could ask again and again
    and so learn when."""
    found = Invitation.objects.filter(code_digest=_digest(code), plan__in=Plan.objects.current(at=at)).first()
    if found is None:
        raise NoSuchInvitation
    return found


def answer(code: str, *, answers: Mapping[str, str], at: datetime) -> None:
    """Count what a colleague answers, by question. Raises ``NoSuchInvitation`` or ``AlreadyUsed``."""
    if not _is_counted(code, answers=answers, at=at):
        raise AlreadyUsed


@transaction.atomic
def _is_counted(code: str, *, answers: Mapping[str, str], at: datetime) -> bool:
    """Whether this was the first use of the link. Any other one writes the same rows, though nothing new in them:
    whoever kept a copy could else tell by the clock who has answered."""
    plan = _held(invitation_of(code, at=at).plan_id, at=at)
    if plan is None:
        raise NoSuchInvitation
    used = plan.invitations.get(code_digest=_digest(code))
    plan.invitations.update(is_used=Case(When(pk=used.pk, then=Value(True)), default=F("is_used")))
    tally = plan.tally
    counts = Tallies(tally.shown, _unsealed(tally.waiting))
    tallies = counts if used.is_used else readiness.counted(counts, answers)
    tally.shown, tally.waiting = tallies.shown, _sealed(tallies.waiting)
    tally.save()
    return not used.is_used


def _held(plan: int, *, at: datetime) -> Plan | None:
    """The plan, which nobody else can ask for, answer or delete until the transaction ends."""
    return Plan.objects.current(at=at).select_for_update().filter(pk=plan).first()


def _digest(code: str) -> str:
    """A quick one: the code is random, so there is nothing to guess. Case, spaces and hyphens make no difference."""
    return salted_hmac("guides.invitation", codes.as_shown(code), algorithm="sha256").hexdigest()


def _sealed(counts: Counts) -> bytes:
    words = json.dumps(counts).encode()
    steps = len(words) // SEALED_IN_STEPS_OF + 1
    # Fernet would write the time in clear, which would be that of the last answer.
    return _fernet().encrypt_at_time(words.ljust(steps * SEALED_IN_STEPS_OF), current_time=0)


def _unsealed(waiting: bytes | memoryview) -> Counts:
    return json.loads(_fernet().decrypt(bytes(waiting)))


def _fernet() -> Fernet:
    key = hashlib.sha256(b"guides.asking-colleagues" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
