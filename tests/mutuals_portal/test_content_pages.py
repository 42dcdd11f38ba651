"""What caches may keep of pages that are the same for everybody, and what they may not."""

import pytest
from django.http import HttpResponse, HttpResponsePermanentRedirect

from mutuals_portal.content_pages import content_page


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
