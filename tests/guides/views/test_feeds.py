"""The Atom feeds of guides and of policy."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from tests.factories import (
    make_document,
    make_draft,
    make_live_document,
    make_published,
    make_user,
    make_words,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
AGO = NOW - timedelta(days=30)
FEED = "/guides/leaving/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def guide():
    return make_live_document("guide", at=AGO, slug="leaving", title="Leaving", summary="How to leave.")


@pytest.fixture
def page(guide):
    stage = make_live_document("stage", at=AGO + timedelta(days=1), slug="appraisal", parent=guide)
    return make_live_document("page", at=AGO + timedelta(days=2), slug="money", parent=stage, title="Money")


def parsed(response):
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own)


def entries(response):
    return parsed(response).findall(f"{ATOM}entry")


def titles(response):
    return [entry.findtext(f"{ATOM}title") for entry in entries(response)]


def one(element, name):
    [found] = element.findall(f"{ATOM}{name}")
    return found


def assert_valid_atom(response):
    """RFC 4287: what a feed and each of its entries must have (sections 3.3, 4.1.1, 4.1.2, 4.2.6 and 4.2.7)."""
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = parsed(response)
    assert feed.tag == f"{ATOM}feed"
    places = [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")]
    assert [rel for rel, _ in places] == ["alternate", "self"]
    assert places[1][1].endswith(response.request["PATH_INFO"])
    assert one(one(feed, "author"), "name").text
    parts = [feed, *feed.findall(f"{ATOM}entry")]
    for part in parts:
        assert one(part, "title").text
        assert urlsplit(one(part, "id").text).scheme in ("http", "https", "tag")
        assert datetime.fromisoformat(one(part, "updated").text).tzinfo
    for entry in parts[1:]:
        [link] = entry.findall(f"{ATOM}link")
        assert link.get("rel") == "alternate"
        assert urlsplit(link.get("href")).netloc
        assert one(entry, "summary").text
    names = [one(part, "id").text for part in parts]
    assert len(names) == len(set(names))
    moments = [datetime.fromisoformat(one(entry, "updated").text) for entry in parts[1:]]
    assert moments == sorted(moments, reverse=True)
    assert datetime.fromisoformat(one(feed, "updated").text) >= max(moments, default=NOW)


def test_a_guide_feed_names_its_texts_the_newest_first(client, page):
    response = client.get(FEED)

    assert_valid_atom(response)
    assert titles(response)[0] == "Money"
    assert titles(response)[-1] == "Leaving"
    assert one(entries(response)[-1], "summary").text == "How to leave."


def test_a_public_change_is_news_and_another_is_not(client, guide):
    make_published(guide, at=AGO + timedelta(days=5), change_note="A comma.", change_is_public=False)
    make_published(guide, at=AGO + timedelta(days=6), change_note="A new rule.", change_is_public=True)

    response = client.get(FEED)

    assert_valid_atom(response)
    assert [one(entry, "summary").text for entry in entries(response)] == ["A new rule.", "How to leave."]


def test_what_came_with_the_service_is_news_once(client, guide):
    document = make_document("stage", parent=guide)
    publishing.publish_loaded(document, at=AGO, digest="a", **make_words(title="Came along"))
    publishing.publish_loaded(document, at=NOW, digest="b", **make_words(title="Came again"))

    assert titles(client.get(FEED)).count("Came along") == 1
    assert "Came again" not in titles(client.get(FEED))


def test_an_entry_keeps_its_name_when_its_page_moves(client, guide, page):
    def name():
        return next(
            one(each, "id").text for each in entries(client.get(FEED)) if one(each, "title").text == "Money"
        )

    before = name()
    page.parent = make_live_document("stage", at=AGO, slug="elsewhere", parent=guide)
    page.save()

    assert name() == before
    assert re.fullmatch(r"tag:[\w.]+,\d{4}-\d\d-\d\d:page:money/1", before)


def test_nothing_that_is_not_public_is_in_it(client, guide, page):
    make_draft(guide, at=NOW, title="Secretdraft", change_note="Secret", change_is_public=True)
    later = NOW + timedelta(days=1)
    note = {"change_note": "Secret", "change_is_public": True}
    make_published(page, at=AGO + timedelta(days=5), show_from=later, title="Secretscheduled", **note)
    gone = make_live_document("page", at=AGO, parent=page.parent, title="Secretwithdrawn")
    publishing.withdraw(gone, by=make_user(), at=NOW, reason="It was wrong.")
    hidden = make_live_document("stage", at=AGO, parent=guide)
    make_live_document("page", at=AGO, parent=hidden, title="Secrethidden")
    publishing.withdraw(hidden, by=make_user(), at=NOW, reason="It was wrong.")

    response = client.get(FEED)

    assert_valid_atom(response)
    assert "Secret" not in response.text


def test_hostile_words_are_only_words(client, guide):
    make_live_document(
        "stage", at=NOW, parent=guide, title="<script>&'\"]]>", summary="<script>alert(1)</script> & more"
    )

    response = client.get(FEED)

    assert_valid_atom(response)
    assert titles(response)[0] == "<script>&'\"]]>"
    summary = one(entries(response)[0], "summary")
    assert summary.get("type") == "html"
    assert summary.text == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more"


def test_it_has_fifty_entries_at_most_in_two_queries(client, django_assert_num_queries):
    for number in range(55):
        make_live_document("policy", at=AGO + timedelta(hours=number), title=f"Bulletin {number}")

    with django_assert_num_queries(2):
        response = client.get("/policy/feed/")

    assert_valid_atom(response)
    assert len(entries(response)) == 50
    assert titles(response)[0] == "Bulletin 54"


def test_the_policy_feed_leads_to_bulletins_only(client, guide):
    make_live_document("policy", at=AGO, slug="ppn", title="PPN")

    response = client.get("/policy/feed/")

    assert titles(response) == ["PPN"]
    assert entries(response)[0].find(f"{ATOM}link").get("href").endswith("/policy/ppn/")


def test_a_feed_without_news_is_a_feed(client):
    assert_valid_atom(client.get("/policy/feed/"))


def test_an_unchanged_feed_is_not_sent_again(client, guide):
    etag = client.get(FEED).headers["ETag"]

    assert client.get(FEED, headers={"If-None-Match": etag}).status_code == 304


def test_an_unknown_guide_has_no_feed_and_a_withdrawn_one_says_why(client, guide):
    publishing.withdraw(guide, by=make_user(), at=NOW, reason="It was wrong.")

    assert client.get("/guides/nothing/feed/").status_code == 404
    assert client.get(FEED).status_code == 410
