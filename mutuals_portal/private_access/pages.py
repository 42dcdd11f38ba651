"""Pages of one group's enquiry or plan: kept by no cache and found by no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Mark every answer of a view as private, refusals included.

    The referrer policy stays ``same-origin``: ``no-referrer`` makes browsers send ``Origin: null`` with a form,
    which our own protection against forged requests must refuse. Other sites learn nothing either way.
    """

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
