"""The list of bulletins."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_live_document

pytestmark = pytest.mark.django_db


def test_how_things_stand_comes_before_how_we_got_here(client):
    make_live_document("policy", slug="old", title="An old scheme", era="history", as_of="2011-12-31")
    make_live_document("policy", slug="new", title="A new Act", era="now", as_of="2026-05-01", position=9)
    text = client.get("/policy/").text
    order = ["How things stand", "A new Act", "As of 1 May 2026", "How we got here", "An old scheme"]
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "due for review" not in text.lower()
    assert "There are no bulletins" not in text


def test_a_bulletin_past_its_review_is_marked(client):
    make_live_document("policy", at=datetime(2026, 1, 5, tzinfo=UTC), review_by=date(2026, 1, 31))
    assert "Due for review on 31 January 2026." in client.get("/policy/").text


def test_without_bulletins_it_says_so(client):
    assert "There are no bulletins yet." in client.get("/policy/").text
