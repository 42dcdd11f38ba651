"""The feed of case studies: new ones and public changes, and nothing that is not public."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from tests.factories import make_profile, make_profile_draft, make_user

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
YESTERDAY = timezone.now() - timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client):
    response = client.get("/case-studies/feed/")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    return [
        (entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}summary").text, entry.find(f"{ATOM}id").text)
        for entry in tree.iter(f"{ATOM}entry")
    ]


def test_new_profiles_and_public_changes_come_newest_first_and_keep_their_marks(client, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    alpha = make_profile(at=AGO, slug="alpha", title="Alpha", summary="A & B.")
    make_profile(at=AGO + timedelta(days=1), slug="beta", title="Beta")
    make_profile(
        alpha.document, at=YESTERDAY, title="Alpha", change_note="It <closed>.", change_is_public=True
    )
    found = entries(client)
    assert [(title, summary) for title, summary, _ in found] == [
        ("Alpha", "It &lt;closed&gt;."),
        ("Beta", "A body that left its council."),
        ("Alpha", "A &amp; B."),
    ]
    assert found[2][2] == f"tag:mutuals.example,{timezone.localdate(AGO)}:case-study:alpha/1"
    assert len({mark for _, _, mark in found}) == 3


def test_nothing_that_is_not_public_is_news(client):
    make_profile_draft(at=AGO)
    make_profile(at=AGO, show_from=timezone.now() + timedelta(days=1))
    gone = make_profile(at=AGO)
    publishing.withdraw(gone.document, by=make_user(), at=YESTERDAY, reason="Wrong.")
    quiet = make_profile(at=AGO, slug="quiet", title="Quiet")
    make_profile(quiet.document, at=YESTERDAY, title="Quiet", change_note="A small thing.")
    assert [title for title, _, _ in entries(client)] == ["Quiet"]


def test_a_feed_with_nothing_in_it_is_a_feed(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert entries(client) == []
