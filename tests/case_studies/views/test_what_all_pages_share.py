"""What is asked of every public page of the case studies: no cookie, no script of its own, and no word of a draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from tests.factories import (
    make_case_study,
    make_evidence,
    make_figure,
    make_live_document,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_user,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
YESTERDAY = timezone.now() - timedelta(days=1)
PAGES = [
    "/case-studies/",
    "/case-studies/?sector=leisure&sort=size",
    "/case-studies/alpha/",
    "/case-studies/compare/",
    "/case-studies/compare/?with=alpha,beta",
    "/case-studies/feed/",
]


@pytest.fixture
def public():
    make_profile(at=AGO, slug="alpha", title="Alpha", claims=[make_figure("staff")])
    make_profile(at=AGO, slug="beta", title="Beta")


@pytest.mark.parametrize("path", PAGES)
def test_it_sets_no_cookie_and_is_kept_by_caches(client, public, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("path", PAGES)
def test_it_answers_head_is_not_sent_again_and_refuses_post(client, public, path):
    response = client.get(path)
    assert client.head(path).status_code == 200
    assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES[:-1])
def test_it_has_nothing_inline_that_the_policy_for_content_forbids(client, public, path):
    text = client.get(path).text
    for forbidden in ("<style", " style=", "<script>", "javascript:", " onclick="):
        assert forbidden not in text


def test_no_word_that_is_not_public_reaches_any_page(client, public):
    issue, tomorrow = make_look_out("pensions"), timezone.now() + timedelta(days=1)
    secret = {
        "summary": "Xyzzy sentence.",
        "place": "Xyzzy place",
        "lessons": "Xyzzy lesson.",
        "claims": [make_figure("staff", label="Xyzzy figure")],
        "evidence": [make_evidence(issue, how="Xyzzy evidence.")],
    }
    make_profile_draft(
        make_case_study(slug="draft", is_announced=True), at=AGO, title="Xyzzy draft", **secret
    )
    make_profile(slug="scheduled", at=AGO, show_from=tomorrow, title="Xyzzy to come", **secret)
    gone = make_profile(slug="gone", at=AGO, title="Xyzzy gone", **secret)
    publishing.withdraw(gone.document, by=make_user(), at=YESTERDAY, reason="Wrong.")
    live = make_profile(slug="gamma", at=AGO, title="Gamma")
    make_profile_draft(live.document, at=YESTERDAY, title="Xyzzy next", **secret)
    guide = make_live_document(look_outs=["pensions"], at=AGO)
    hidden = [f"/case-studies/{slug}/" for slug in ("draft", "scheduled", "gone")]
    for path in [
        *PAGES,
        *hidden,
        f"/case-studies/gone/?as_of={timezone.localdate(AGO)}",
        "/case-studies/gamma/",
        *(f"/case-studies/{slug}/question/?claim=staff" for slug in ("draft", "scheduled", "gone", "gamma")),
        *(f"/case-studies/{slug}.pdf" for slug in ("draft", "scheduled", "gone")),
        "/case-studies/data.csv",
        "/case-studies/data.json",
        "/case-studies/compare/?with=draft,scheduled,gone,gamma",
        "/tools/look-outs/",
        "/tools/look-outs/pensions/",
        guide.get_absolute_url(),
        "/sitemap.xml",
        "/",
    ]:
        text = client.get(path).getvalue().decode()
        assert "xyzzy" not in text.casefold(), path
        assert "met by" not in text.casefold(), path
    assert [client.get(path).status_code for path in hidden] == [404, 404, 410]
