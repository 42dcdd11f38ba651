"""The list of texts: what each says now, where it stands, and how to find it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from guides.models import Document
from mutuals_portal import publishing
from tests.factories import (
    make_approved,
    make_document,
    make_draft,
    make_live_document,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:guides_document_changelist")


@pytest.fixture
def shelf(edna):
    """One text in each state, each with the state's name as its title."""
    at = timezone.now() - timedelta(days=3)
    make_live_document("guide", at=at, title="live", owner=edna)
    make_draft(make_document("guide"), at=at, title="draft")
    review = make_draft(make_document("guide"), at=at, title="in-review")
    publishing.send_for_review(review, by=review.saved_by, at=at, seen=review.saves)
    make_approved(make_document("guide"), at=at, title="approved")
    make_published(make_document("guide"), at=at, show_from=at + timedelta(days=9), title="scheduled")
    yesterday = timezone.localdate() - timedelta(days=1)
    make_live_document("guide", at=at, title="past-review", review_by=yesterday)
    gone = make_live_document("guide", at=at, title="withdrawn")
    publishing.withdraw(gone, by=edna, at=at, reason="It was wrong.")
    return gone


def titles(client, **asked):
    return [row["title"] for row in client.get(LIST, asked).context["rows"]]


@pytest.mark.parametrize("state", ["draft", "in-review", "approved", "scheduled", "past-review", "withdrawn"])
def test_a_state_is_filtered_by(client, edna, shelf, state):
    client.force_login(edna)
    assert titles(client, state=state) == [state]


def test_what_is_live_and_what_never_was(client, edna, shelf):
    client.force_login(edna)
    assert set(titles(client, state="live")) == {"live", "past-review"}
    never = {"draft", "in-review", "approved", "scheduled"}
    assert set(titles(client, state="never-public")) == never


def test_each_row_tells_where_the_text_stands(client, edna, shelf):
    make_draft(Document.objects.get(owner=edna), at=timezone.now(), title="next words")
    client.force_login(edna)
    rows = {row["title"]: row for row in client.get(LIST).context["rows"]}
    standings = {title: [standing for standing, _ in row["standings"]] for title, row in rows.items()}
    assert standings == {
        "live": ["live", "draft"],
        "draft": ["draft"],
        "in-review": ["in-review"],
        "approved": ["approved"],
        "scheduled": ["scheduled"],
        "past-review": ["live"],
        "withdrawn": ["withdrawn"],
    }
    assert [title for title, row in rows.items() if row["is_past_review"]] == ["past-review"]
    assert rows["live"]["owner"] == "Edna Writes"


def test_what_has_come_back_is_not_withdrawn(client, edna, shelf):
    make_published(shelf, at=timezone.now(), title="back again")
    client.force_login(edna)
    assert titles(client, state="withdrawn") == []


def test_search_looks_at_present_titles_and_addresses(client, edna):
    client.force_login(edna)
    at = timezone.now() - timedelta(days=3)
    document = make_live_document("guide", at=at, title="Old words", slug="pensions-guide")
    make_published(document, at=timezone.now(), title="Staff and 100% of them")
    make_live_document("guide", at=at, title="Something else")
    assert titles(client, q="STAFF") == titles(client, q="pensions-g") == ["Staff and 100% of them"]
    assert titles(client, q="100%") == ["Staff and 100% of them"]
    assert titles(client, q="Old words") == []


def test_kind_and_owner_are_filtered_by(client, edna):
    client.force_login(edna)
    make_live_document("policy", title="Bulletin", owner=edna)
    make_live_document("guide", title="Guide")
    assert titles(client, kind="policy") == titles(client, owner=edna.pk) == ["Bulletin"]
    assert titles(client, owner="nobody") == ["Guide"]


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"state": "x"}, {"owner": "x"}, {"page": "-1"}, {"q": "x" * 101}]
)
def test_what_cannot_be_asked_is_left_out(client, edna, asked):
    client.force_login(edna)
    make_live_document("guide", title="Guide")
    assert titles(client, **asked) == ["Guide"]


def test_pages_follow_one_another(client, edna):
    client.force_login(edna)
    for number in range(51):
        make_document("guide", slug=f"guide-{number:02}", position=1)
    first = client.get(LIST, {"q": "guide-"})
    assert (len(first.context["rows"]), first.context["previous"]) == (50, False)
    second = client.get(LIST + first.context["next"])
    assert [row["title"] for row in second.context["rows"]] == ["guide-50"]
    assert second.context["previous"] == "?q=guide-&page=1"
    assert not second.context["next"]


def test_a_text_without_a_title_is_named_by_its_address(client, edna):
    client.force_login(edna)
    make_draft(make_document("guide", slug="nameless"), title="")
    assert titles(client) == ["nameless"]


@pytest.mark.parametrize("page", ["changelist", "calendar"])
def test_it_costs_the_same_with_many(client, edna, page):
    client.force_login(edna)
    address = reverse(f"admin:guides_document_{page}")
    client.get(address)
    costs = []
    for number in (20, 180):
        for _ in range(number):
            make_live_document("guide", owner=make_user())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


@pytest.mark.parametrize("page", ["changelist", "calendar", "add", "help"])
@pytest.mark.parametrize("group", ["adviser", "lead", "duty-desk", "administrator"])
def test_other_groups_are_refused(client, group, page):
    client.force_login(make_user(group))
    assert client.get(reverse(f"admin:guides_document_{page}")).status_code == 403


@pytest.mark.parametrize("page", ["changelist", "calendar", "add", "help"])
def test_a_visitor_is_asked_to_log_in(client, page):
    address = reverse(f"admin:guides_document_{page}")
    assert client.get(address).url.startswith(reverse("admin:login"))


def test_everybody_is_offered_what_they_may_open(client, edna, ravi, ada, root):
    def offered(user, address=LIST):
        client.force_login(user)
        return [place["text"] for place in client.get(address).context["navigation"]]

    texts = ["Guides and policy", "Calendar"]
    assert [place for place in offered(edna) if place in texts] == texts
    assert [place for place in offered(ravi) if place in texts] == texts
    assert not set(offered(ada, reverse("admin:signposting_enquiry_changelist"))) & set(texts)
    assert {"Enquiries", *texts} <= set(offered(root))
    assert offered(root)[-1] == "All admin pages"
