"""A page that must not lose what somebody typed when the database is away.

The answer is a 503 that carries every posted text in hidden fields, with a button that posts it again to the
same address. It is rendered without database and session. Files cannot be carried; the page says so.
"""

from collections.abc import Callable
from functools import wraps

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]

RETRY_AFTER_SECONDS = 30
NOT_CARRIED = {"csrfmiddlewaretoken"}


def keeps_answers(view: View) -> View:
    """Decorator. The view may run again with the same fields, so what it does must be safe to repeat."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Exception as error:
            if not is_outage(error):
                raise
            return _try_again(request)

    return guarded


def is_outage(error: BaseException | None) -> bool:
    """The connection failed, whoever wrapped the failure (the job queue has exceptions of its own)."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _try_again(request: HttpRequest) -> HttpResponse:
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_CARRIED for value in values
    ]
    context = {
        "fields": fields,
        "files": list(request.FILES),
        "posted": request.method == "POST",
        "needs_token": not _is_exempt(request),
    }
    response = render(request, "database_outage.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _is_exempt(request: HttpRequest) -> bool:
    """Whether the page needs no token against forged requests. Then it gets none, for a token sets a cookie."""
    found = request.resolver_match
    return bool(found and getattr(found.func, "csrf_exempt", False))
