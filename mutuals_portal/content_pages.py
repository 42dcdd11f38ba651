"""What pages that are the same for every reader have in common.

Such a page touches neither session nor user nor CSRF token, so it sets no cookie and any cache may keep it.
It holds nothing secret, so compressing it gives nothing away.
"""

import gzip
import re
from collections.abc import Callable
from functools import wraps

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page, require_safe

KEPT_FOR_SECONDS = 300  # short: a partner body that stops taking enquiries must soon be seen to
TOO_SHORT = 200  # bytes that compressing would hardly make fewer
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
"""The smaller one first. A step up in either costs more time than the bytes it saves."""
WEIGHT = re.compile(r"\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")  # RFC 9110, section 12.4.2

View = Callable[..., HttpResponse]


def content_page(view: View) -> View:
    """Decorator: GET and HEAD only, kept by caches for a while, 304 when unchanged, compressed.

    What is sent bit by bit is sent as it is: nobody has the whole of it, to compress it or to tell it from another.
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

    return require_safe(_compressed(conditional_page(kept)))


def coding_for(accepted: str) -> str:
    """Which coding an Accept-Encoding header likes best, the smaller one where it likes both; "" for none."""
    wishes: dict[str, float] = {}
    for wish in accepted.lower().split(","):
        coding, has_weight, weight = wish.partition(";")
        found = WEIGHT.fullmatch(weight)
        wishes[coding.strip()] = float(found[1]) if found else 0.0 if has_weight else 1.0
    liked = {coding: wishes.get(coding, wishes.get("*", 0.0)) for coding in CODINGS}
    best = max(liked, key=lambda coding: liked[coding])
    return best if liked[best] and liked[best] >= wishes.get("identity", 0.0) else ""


def _compressed(view: View) -> View:
    @wraps(view)
    def sent(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        if response.streaming:
            return response
        coding = coding_for(request.headers.get("Accept-Encoding", ""))
        if coding and len(response.content) >= TOO_SHORT and not response.has_header("Content-Encoding"):
            response.content = CODINGS[coding](response.content)
            response.headers["Content-Encoding"] = coding
            response.headers["Content-Length"] = str(len(response.content))
            # The same words in other bytes: weak, so that either copy in a cache answers for both.
            if (etag := response.headers.get("ETag", "")).startswith('"'):
                response.headers["ETag"] = f"W/{etag}"
        return response

    return sent
