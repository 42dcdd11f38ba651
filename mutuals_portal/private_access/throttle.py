"""How often somebody may be wrong about a reference and a code.

Wrong ones are counted for the reference, for the address they come from, and for both together, as keyed hashes that
name neither. Each app counts in a table of its own.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from mutuals_portal.private_access.failed_access import FailedAccess

TRIES_PER_REFERENCE_AND_ADDRESS = 5
TRIES_PER_ADDRESS = 20
TRIES_PER_REFERENCE = 50
"""From all addresses together. Higher, so that a stranger who knows a reference does not shut its group out."""
WINDOW = timedelta(minutes=15)
WRONG_CODES_KEPT_FOR = timedelta(days=1)
"""Nothing looks further back than ``WINDOW``."""


class WrongCode(Exception):
    """There is no such reference, or the code is not one of its codes. Which of the two is never said."""


class TooManyTries(Exception):
    """No further try is checked before ``until``, not even a right one."""

    def __init__(self, until: datetime):
        super().__init__(f"not before {until}")
        self.until = until


class HasCode(Protocol):
    code_digest: str


Found = TypeVar("Found", bound=HasCode)


@contextmanager
def guarded(
    failures: QuerySet[FailedAccess], *, reference: str, address: str, at: datetime
) -> Iterator[None]:
    """Let the block check one reference and code, unless too many wrong ones came before.

    The block raises ``WrongCode`` for a wrong one. Raises ``TooManyTries`` without running the block. Every
    page that takes a code shares the same counts. A try is written as failed first and taken back when it
    was right: a burst of guesses side by side cannot outrun the count.
    """
    if not settings.RATE_LIMITS:
        yield
        return
    network = _network(address)
    limits = {
        _subject("reference and address", f"{reference} {network}"): TRIES_PER_REFERENCE_AND_ADDRESS,
        _subject("address", network): TRIES_PER_ADDRESS,
        _subject("reference", reference): TRIES_PER_REFERENCE,
    }
    with transaction.atomic(durable=True):  # a rollback of the page must not uncount the try
        tries = failures.bulk_create(failures.model(subject=subject, at=at) for subject in limits)
    this_try = failures.filter(pk__in=[row.pk for row in tries])
    until = _blocked_until(failures, limits, this_try, at=at)
    if until is not None:
        this_try.delete()  # it was not checked; only guesses that were keep the door shut
        raise TooManyTries(until)
    yield
    this_try.delete()


def with_digest(candidates: Iterable[Found], digest: str) -> Found:
    """The candidate with this digest. Looks at every one, so that the time says nothing of which it was.

    Raises ``WrongCode`` when there is none.
    """
    found = None
    for candidate in candidates:
        if constant_time_compare(candidate.code_digest, digest):
            found = candidate
    if found is None:
        raise WrongCode
    return found


def forget_wrong_codes(failures: QuerySet[FailedAccess], *, at: datetime) -> int:
    return failures.filter(at__lt=at - WRONG_CODES_KEPT_FOR).delete()[0]


def _blocked_until(
    failures: QuerySet[FailedAccess],
    limits: dict[str, int],
    this_try: QuerySet[FailedAccess],
    *,
    at: datetime,
) -> datetime | None:
    failed = (
        failures.filter(subject__in=limits, at__gt=at - WINDOW)
        .exclude(pk__in=this_try)
        .order_by("-at")
        .values_list("subject", "at")
    )
    times: dict[str, list[datetime]] = {subject: [] for subject in limits}
    for subject, failed_at in failed:
        times[subject].append(failed_at)
    ends = [
        times[subject][limit - 1] + WINDOW
        for subject, limit in limits.items()
        if len(times[subject]) >= limit
    ]
    return max(ends, default=None)


def _subject(kind: str, value: str) -> str:
    return salted_hmac(f"private_access.{kind}", value, algorithm="sha256").hexdigest()


def _network(address: str) -> str:
    """The address; of an IPv6 one the /64, which is what a single household or attacker is given.

    A server that listens on both kinds writes IPv4 ones as ``::ffff:203.0.113.9``, all of them in one /64.
    """
    try:
        host = ip_address(address)
    except ValueError:
        return address
    if isinstance(host, IPv4Address):
        return str(host)
    return str(host.ipv4_mapped or ip_network((host, 64), strict=False))
