"""The cookie that ties a browser to the enquiry it is writing: which draft, and the code that will open it.

Encrypted, so that whoever copies the cookie from a disk reads nothing, and nobody can point it at another draft. We
show the code no longer than ``drafting.CODE_SHOWN_FOR`` after sending. The cookie goes with the browser window: whoever
opens the next one at a shared computer must find nothing.
"""

import base64
import hashlib
import uuid
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from signposting import drafting


@dataclass(frozen=True)
class Place:
    name: str
    path: str


IN_HAND = Place("answers", "/enquiries/")
"""The enquiry that this browser is writing."""
ARRIVING = Place("arriving", "/enquiries/new/from-plan/")
"""One that has just been begun with a plan. The plan's pages cannot see whether another is in hand already."""


@dataclass(frozen=True)
class Held:
    """What the browser holds."""

    key: uuid.UUID
    code: str


def read(request: HttpRequest, place: Place = IN_HAND) -> Held | None:
    """None when there is no cookie, or it was changed, or it is older than any draft can be."""
    token = request.COOKIES.get(place.name, "").encode(errors="replace")
    try:
        held = _fernet().decrypt(token, ttl=int(drafting.KEPT_FOR.total_seconds())).decode()
    except InvalidToken:
        return None
    key, code = held.split(" ", 1)
    return Held(uuid.UUID(key), code)


def keep(response: HttpResponse, held: Held, place: Place = IN_HAND) -> HttpResponse:
    response.set_cookie(
        place.name,
        _fernet().encrypt(f"{held.key} {held.code}".encode()).decode(),
        path=place.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def clear(response: HttpResponse, place: Place = IN_HAND) -> HttpResponse:
    response.delete_cookie(place.name, path=place.path, samesite="Lax")
    return response


def _fernet() -> Fernet:
    key = hashlib.sha256(b"signposting.draft-cookie" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
