"""The cookie that lets one device follow an enquiry. There is no session behind it."""

from django.conf import settings
from django.utils import timezone

from signposting import following

COOKIE = "following"
PATH = "/enquiries/"


def participant_on(request):
    """Who follows an enquiry on this device, or None."""
    token = request.COOKIES.get(COOKIE)
    return following.participant_of(token, at=timezone.now()) if token else None


def keep_open(response, participant, *, renewing=None):
    """Let the device follow for another half hour, or until its browser is closed.

    ``renewing`` is a request that came with a good cookie: the new one counts on from it.

    The cookie is strict: a link in a mail opens nothing. The half hour is in the token and not left to the browser.
    """
    response.set_cookie(
        COOKIE,
        following.token_for(
            participant, at=timezone.now(), renewing=renewing.COOKIES[COOKIE] if renewing else ""
        ),
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def close(response):
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response
