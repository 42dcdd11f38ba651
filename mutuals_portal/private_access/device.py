"""The cookie that keeps something private open on one device. There is no session behind it.

It dies after half an hour without use, after eight hours in all, and at once with the code it was opened with.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

IDLE = timedelta(minutes=30)
AT_MOST = timedelta(hours=8)
"""However busy a device is, it must show the code again after a working day: a copied cookie ends with it."""


class Opened(Protocol):
    """What a code opens."""

    pk: Any
    code_digest: str


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class DeviceCookie:
    """``purpose`` keeps the tokens of one kind from being taken for those of another."""

    name: str
    path: str
    purpose: str

    def token_for(self, opened: Opened, *, at: datetime, renewing: str = "") -> str:
        """What the cookie holds: what is open, since and until when, and a fingerprint of the code's digest.

        ``renewing`` is a good token of the same device, which the new one takes over from.
        """
        now = int(at.timestamp())
        since = self._signer.unsign_object(renewing)["since"] if renewing else now
        return self._signer.sign_object(
            {
                "opens": opened.pk,
                "fingerprint": self._fingerprint(opened),
                "since": since,
                "until": min(now + int(IDLE.total_seconds()), since + int(AT_MOST.total_seconds())),
            }
        )

    def opened_by(self, token: str, among: QuerySet[Row], *, at: datetime) -> Row | None:
        """What this token keeps open; None when it is forged or too old, or its code was replaced."""
        held = self._held(token, at=at)
        opened: Any = among.filter(pk=held["opens"]).first() if held else None
        if opened is None or not constant_time_compare(held["fingerprint"], self._fingerprint(opened)):
            return None
        return opened

    def named_by(self, request: HttpRequest, among: QuerySet[Row], *, at: datetime) -> Row | None:
        """What was open on the device that asks, though its code may have been replaced since, or None.

        It opens nothing: whoever asks must prove that they know the code of now.
        """
        held = self._held(request.COOKIES.get(self.name, ""), at=at)
        return among.filter(pk=held["opens"]).first() if held else None

    def open_on(self, request: HttpRequest, among: QuerySet[Row], *, at: datetime) -> Row | None:
        """What is open on the device that asks, or None."""
        token = request.COOKIES.get(self.name)
        return self.opened_by(token, among, at=at) if token else None

    def keep_open(
        self,
        response: HttpResponse,
        opened: Opened,
        *,
        at: datetime,
        renewing: HttpRequest | None = None,
    ) -> HttpResponse:
        """Let the device go on for another half hour, or until its browser is closed.

        ``renewing`` is a request that came with a good cookie: the new one counts on from it.

        The cookie is strict: a link in a mail opens nothing. The half hour is in the token and not left to the browser.
        """
        response.set_cookie(
            self.name,
            self.token_for(opened, at=at, renewing=renewing.COOKIES[self.name] if renewing else ""),
            path=self.path,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )
        return response

    def close(self, response: HttpResponse) -> HttpResponse:
        response.delete_cookie(self.name, path=self.path, samesite="Strict")
        return response

    def _held(self, token: str, *, at: datetime) -> dict[str, Any]:
        """What a token says; nothing when it is forged or too old."""
        try:
            held = self._signer.unsign_object(token)
        except BadSignature:
            return {}
        return {} if held["until"] < at.timestamp() else held

    @property
    def _signer(self) -> Signer:
        return Signer(salt=self.purpose)

    def _fingerprint(self, opened: Opened) -> str:
        purpose = f"{self.purpose}.fingerprint"
        return salted_hmac(purpose, opened.code_digest, algorithm="sha256").hexdigest()
