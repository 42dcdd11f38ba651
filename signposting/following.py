"""Opening an enquiry, or a draft of one, with its reference and a code: nobody has an account.

An unknown reference and a wrong code look alike, in words and in time. Wrong ones are counted for the reference, for
the address they come from, and for both together, as keyed hashes that name neither. Whoever is in gets a token for a
cookie; it dies after half an hour without use, after eight hours in all, and at once with the code it was opened with.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from signposting import access_codes
from signposting.models import EnquiryDraft, FailedAccess, Participant

TRIES_PER_REFERENCE_AND_ADDRESS = 5
TRIES_PER_ADDRESS = 20
TRIES_PER_REFERENCE = 50
"""From all addresses together. Higher, so that a stranger who knows a reference does not shut its group out."""
WINDOW = timedelta(minutes=15)
IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=8)
"""However busy a device is, it must show the code again after a working day: a copied cookie ends with it."""

_signer = Signer(salt="signposting.following")


class WrongCode(Exception):
    """There is no such reference, or the code is not one of its codes. Which of the two is never said."""


class TooManyTries(Exception):
    """No further try is checked before ``until``, not even a right one."""

    def __init__(self, until: datetime):
        super().__init__(f"not before {until}")
        self.until = until


def open_with(*, reference: str, code: str, address: str, at: datetime) -> Participant | EnquiryDraft:
    """Who in a group has this code; or the draft, when the enquiry has not been sent yet.

    Raises ``WrongCode`` or ``TooManyTries``. Costs one slow digest whatever was typed, so that the time
    taken says nothing.
    """
    with guarded(reference=reference, address=address, at=at):
        digest = access_codes.digest(reference=reference, code=code)
        participants = Participant.objects.current().filter(enquiry__reference=reference)
        drafts = EnquiryDraft.objects.current(at=at).filter(reference=reference)
        found = _with_digest([*participants, *drafts], digest)
        if found is None:
            raise WrongCode
        return found


@contextmanager
def guarded(*, reference: str, address: str, at: datetime) -> Iterator[None]:
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
        tries = FailedAccess.objects.bulk_create(FailedAccess(subject=subject, at=at) for subject in limits)
    this_try = FailedAccess.objects.filter(pk__in=[row.pk for row in tries])
    until = _blocked_until(limits, this_try, at=at)
    if until is not None:
        this_try.delete()  # it was not checked; only guesses that were keep the door shut
        raise TooManyTries(until)
    yield
    this_try.delete()


def token_for(participant: Participant, *, at: datetime, renewing: str = "") -> str:
    """What the cookie holds: who, since and until when, and a fingerprint of the code's digest.

    ``renewing`` is a good token of the same device, which the new one takes over from.
    """
    now = int(at.timestamp())
    since = _signer.unsign_object(renewing)["since"] if renewing else now
    return _signer.sign_object(
        {
            "participant": participant.pk,
            "fingerprint": _fingerprint(participant),
            "since": since,
            "until": min(now + int(IDLE.total_seconds()), since + int(AT_MOST.total_seconds())),
        }
    )


def participant_of(token: str, *, at: datetime) -> Participant | None:
    """Who holds this token, with the enquiry; None when it is forged or too old, or its code was replaced."""
    try:
        held = _signer.unsign_object(token)
    except BadSignature:
        return None
    if held["until"] < at.timestamp():
        return None
    participant = (
        Participant.objects.current().select_related("enquiry__holder").filter(pk=held["participant"]).first()
    )
    if participant is None or not constant_time_compare(held["fingerprint"], _fingerprint(participant)):
        return None
    return participant


def _with_digest(candidates: Iterable[Participant | EnquiryDraft], digest: str):
    """The candidate with this digest. Looks at every one, so that the time says nothing of which it was."""
    found = None
    for candidate in candidates:
        if constant_time_compare(candidate.code_digest, digest):
            found = candidate
    return found


def _blocked_until(
    limits: dict[str, int], this_try: QuerySet[FailedAccess], *, at: datetime
) -> datetime | None:
    failures = (
        FailedAccess.objects.filter(subject__in=limits, at__gt=at - WINDOW)
        .exclude(pk__in=this_try)
        .order_by("-at")
        .values_list("subject", "at")
    )
    times: dict[str, list[datetime]] = {subject: [] for subject in limits}
    for subject, failed_at in failures:
        times[subject].append(failed_at)
    ends = [
        times[subject][limit - 1] + WINDOW
        for subject, limit in limits.items()
        if len(times[subject]) >= limit
    ]
    return max(ends, default=None)


def _subject(kind: str, value: str) -> str:
    return salted_hmac(f"signposting.following.{kind}", value, algorithm="sha256").hexdigest()


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


def _fingerprint(participant: Participant) -> str:
    return salted_hmac(
        "signposting.following.fingerprint", participant.code_digest, algorithm="sha256"
    ).hexdigest()
