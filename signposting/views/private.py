"""Pages of one person's enquiry: kept by no cache and found by no search engine."""

from functools import wraps

from django.views.decorators.cache import never_cache


def private(view):
    """Mark every answer of a view as private, refusals included.

    The referrer policy stays ``same-origin``: ``no-referrer`` makes browsers send ``Origin: null`` with a form,
    which our own protection against forged requests must refuse. Other sites learn nothing either way.
    """

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer
