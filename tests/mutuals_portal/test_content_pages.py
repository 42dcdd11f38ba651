"""What caches may keep of pages that are the same for everybody, and what they may not."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, HttpResponsePermanentRedirect

from mutuals_portal.content_pages import coding_for, content_page


@content_page
def page(request, status):
    if status == 301:
        return HttpResponsePermanentRedirect("/")
    return HttpResponse("Words", status=status)


@pytest.mark.parametrize("status", [200, 301])
def test_an_answer_that_holds_for_everybody_may_be_kept(rf, status):
    assert page(rf.get("/"), status)["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("status", [400, 404, 410, 503])
def test_what_may_be_otherwise_the_next_moment_is_kept_by_nobody(rf, status):
    assert page(rf.get("/"), status)["Cache-Control"] == "no-store"


def test_a_text_that_has_not_changed_is_not_sent_again(rf):
    etag = page(rf.get("/"), 200)["ETag"]
    again = page(rf.get("/", headers={"If-None-Match": etag}), 200)
    assert (again.status_code, again.content) == (304, b"")


@content_page
def long_page(request):
    return HttpResponse("Many words. " * 100)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=0.8", "gzip"),
        ("br ; q=0.5,gzip ;q=0.500", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0.0", ""),
        ("*", "br"),
        ("*;q=0.3, br;q=0", "gzip"),
        ("gzip;q=0, *;q=0", ""),
        ("identity, gzip", "gzip"),
        ("identity;q=1, br;q=0.5", ""),
        ("br;q=nonsense, gzip;q=7", ""),
        ("brotli", ""),
        (",;,", ""),
    ],
)
def test_a_browser_gets_the_coding_that_it_likes_best(accepted, coding):
    assert coding_for(accepted) == coding


@pytest.mark.parametrize(("coding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_long_page_is_sent_compressed_and_its_copies_answer_for_each_other(rf, coding, decode):
    plain = long_page(rf.get("/"))
    sent = long_page(rf.get("/", headers={"Accept-Encoding": coding}))
    assert sent["Content-Encoding"] == coding
    assert decode(sent.content) == plain.content
    assert int(sent["Content-Length"]) == len(sent.content) < len(plain.content)
    assert sent["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert (sent["ETag"], "Content-Encoding" in plain) == (f"W/{plain['ETag']}", False)
    for etag in (plain["ETag"], sent["ETag"]):
        again = long_page(rf.get("/", headers={"Accept-Encoding": coding, "If-None-Match": etag}))
        assert (again.status_code, again.content, again["Vary"]) == (304, b"", "Accept-Encoding")


def test_a_few_words_are_sent_as_they_are(rf):
    sent = page(rf.get("/", headers={"Accept-Encoding": "br"}), 200)
    assert (sent.content, "Content-Encoding" in sent) == (b"Words", False)
