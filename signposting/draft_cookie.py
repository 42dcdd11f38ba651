"""The cookie that ties a browser to the enquiry it is writing: which draft, and the code that will open it.

Signed, so that nobody can point it at another draft. The code in it is veiled, so that whoever copies the cookie
from a disk reads nothing: only we can lift the veil, and we show the code no longer than
``drafting.CODE_SHOWN_FOR`` after sending. The cookie goes with the browser window; once sent, after that time.
"""

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from signposting import drafting

NAME = "answers"
PATH = "/enquiries/"

_signer = TimestampSigner(salt="signposting.draft-cookie")


@dataclass(frozen=True)
class Held:
    """What the browser holds."""

    key: uuid.UUID
    code: str


def read(request: HttpRequest) -> Held | None:
    """None when there is no cookie, or it was changed, or it is older than any draft can be."""
    try:
        held = _signer.unsign_object(request.COOKIES.get(NAME, ""), max_age=drafting.KEPT_FOR)
    except BadSignature:
        return None
    return Held(key=uuid.UUID(held["key"]), code=_veiled(bytes.fromhex(held["code"]), held["veil"]).decode())


def keep(response: HttpResponse, held: Held, *, sent: bool = False) -> HttpResponse:
    veil = secrets.token_hex(16)
    value = {"key": held.key.hex, "code": _veiled(held.code.encode(), veil).hex(), "veil": veil}
    response.set_cookie(
        NAME,
        _signer.sign_object(value),
        path=PATH,
        max_age=drafting.CODE_SHOWN_FOR if sent else None,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def clear(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(NAME, path=PATH, samesite="Lax")
    return response


def _veiled(text: bytes, veil: str) -> bytes:
    """Text combined with as many bytes that only our key yields for this veil. Twice gives the text again."""
    key = hashlib.sha256(b"signposting.draft-cookie" + settings.SECRET_KEY.encode()).digest()
    pad = hmac.digest(key, veil.encode(), "sha256")
    return bytes(letter ^ cover for letter, cover in zip(text, pad[: len(text)], strict=True))
