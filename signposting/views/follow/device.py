"""The device on which somebody follows an enquiry."""

from django.utils import timezone

from signposting import following
from signposting.following import COOKIE


def participant_on(request):
    """Who follows an enquiry on this device, or None."""
    return COOKIE.open_on(request, following.participants(), at=timezone.now())


def keep_open(response, participant, *, renewing=None):
    return COOKIE.keep_open(response, participant, at=timezone.now(), renewing=renewing)


def close(response):
    return COOKIE.close(response)
