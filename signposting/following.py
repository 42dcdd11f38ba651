"""Opening an enquiry, or a draft of one, with its reference and a code: nobody has an account.

An unknown reference and a wrong code look alike, in words and in time. Whoever is in gets a token for a cookie, see
``private_access.device``.
"""

from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import QuerySet

from mutuals_portal.private_access import codes, throttle
from mutuals_portal.private_access.device import DeviceCookie
from signposting.models import EnquiryDraft, FailedAccess, Participant

COOKIE = DeviceCookie(name="following", path="/enquiries/", purpose="signposting.following")


def open_with(*, reference: str, code: str, address: str, at: datetime) -> Participant | EnquiryDraft:
    """Who in a group has this code; or the draft, when the enquiry has not been sent yet.

    Raises ``throttle.WrongCode`` or ``TooManyTries``. Costs one slow digest whatever was typed, so that the time
    taken says nothing.
    """
    with guarded(reference=reference, address=address, at=at):
        digest = codes.digest(reference=reference, code=code)
        participants = Participant.objects.current().filter(enquiry__reference=reference)
        drafts = EnquiryDraft.objects.current(at=at).filter(reference=reference)
        return throttle.with_digest([*participants, *drafts], digest)


def guarded(*, reference: str, address: str, at: datetime) -> AbstractContextManager[None]:
    return throttle.guarded(FailedAccess.objects.all(), reference=reference, address=address, at=at)


def participants() -> QuerySet[Participant]:
    """Those whose tokens count, with the enquiry."""
    return Participant.objects.current().select_related("enquiry__holder")
