"""Whose request it is, behind a known number of proxies.

Each proxy appends the address it was called from to X-Forwarded-For; whatever stands further left came
from the visitor and may be a lie. So only the entry that the outermost of our own proxies wrote counts.
"""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's network address, for throttling. Never logged."""
    if settings.TRUSTED_PROXIES == 0:
        return request.META.get("REMOTE_ADDR", "")
    chain = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if len(chain) < settings.TRUSTED_PROXIES or not chain[-settings.TRUSTED_PROXIES]:
        return request.META.get("REMOTE_ADDR", "")  # past the proxies, such as a health check
    return chain[-settings.TRUSTED_PROXIES]
