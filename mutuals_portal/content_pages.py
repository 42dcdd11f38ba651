"""What pages that are the same for every reader have in common.

Such a page touches neither session nor user nor CSRF token, so it sets no cookie and any cache may keep it.
It holds nothing secret, so compressing it gives nothing away.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

KEPT_FOR_SECONDS = 300  # short: a partner body that stops taking enquiries must soon be seen to

View = Callable[..., HttpResponse]


def content_page(view: View) -> View:
    """Decorator: GET and HEAD only, kept by caches for a while, 304 when unchanged, compressed.

    A refusal is kept by nobody: what is missing now may be there the next moment.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code < 400:
            patch_cache_control(response, public=True, max_age=KEPT_FOR_SECONDS)
        else:
            patch_cache_control(response, no_store=True)
        return response

    return require_safe(gzip_page(conditional_page(kept)))
