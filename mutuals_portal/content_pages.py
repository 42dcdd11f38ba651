"""What pages that are the same for every reader have in common.

Such a page touches neither session nor user nor CSRF token, so it sets no cookie and any cache may keep it.
It holds nothing secret, so compressing it gives nothing away.
"""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

KEPT_FOR_SECONDS = 300  # short: a partner body that stops taking enquiries must soon be seen to

View = Callable[..., HttpResponse]


def content_page(view: View) -> View:
    """Decorator: GET and HEAD only, kept by caches for a while, 304 when unchanged, compressed."""
    kept = cache_control(public=True, max_age=KEPT_FOR_SECONDS)(view)
    return require_safe(gzip_page(conditional_page(kept)))
