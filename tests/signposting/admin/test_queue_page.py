"""The queue as a page: views, search, filters, counts, and what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from signposting import lifecycle
from tests.factories import make_enquiry

QUERIES = 8
"""Session, user, two for the user's rights, two for the body, one for all counts, one for the page. At most 12."""


@pytest.fixture
def queue(client, alice):
    client.force_login(alice)
    return lambda **asked: client.get(reverse("admin:signposting_enquiry_changelist"), asked)


def shown(page):
    return [row["enquiry"] for row in page.context["rows"]]


@pytest.mark.parametrize("total", [20, 200])
def test_it_costs_the_same_with_many_enquiries(queue, home, total, django_assert_num_queries):
    now = timezone.now()
    for number in range(total):
        make_enquiry(to=home, at=now - timedelta(days=number % 9))
    with django_assert_num_queries(QUERIES):
        page = queue()
    assert len(page.context["rows"]) == min(total, 25)


def test_all_open_is_what_comes_first(queue, home, alice, bob):
    unclaimed = make_enquiry(to=home)
    bobs = lifecycle.accept(make_enquiry(to=home), by=bob, at=timezone.now())
    assert set(shown(queue())) == {unclaimed, bobs}


def test_a_tab_shows_its_view_and_its_count(queue, home, alice):
    make_enquiry(to=home)
    mine = lifecycle.accept(make_enquiry(to=home), by=alice, at=timezone.now())
    page = queue(view="mine")
    assert shown(page) == [mine]
    assert {tab["label"]: tab["count"] for tab in page.context["tabs"]} == {
        "All open": "2",
        "Mine": "1",
        "Not yet accepted": "1",
        "Overdue": "1",
        "Waiting for the group": "0",
        "Ended": "0",
    }


def test_overdue_is_said_in_words(queue, home):
    make_enquiry(to=home, at=timezone.now() - timedelta(days=30))
    assert "Overdue by " in queue(view="overdue").text


def test_a_search_looks_at_ended_enquiries_too(queue, home, alice):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=timezone.now())
    lifecycle.close(enquiry, reason_code="helped", text="", by=alice, at=timezone.now())
    assert shown(queue(q=enquiry.reference.lower())) == [enquiry]


def test_filters_narrow_the_queue_and_its_counts(queue, home):
    welsh = make_enquiry(to=home, nation="wales")
    make_enquiry(to=home)
    page = queue(nation="wales")
    assert shown(page) == [welsh]
    assert page.context["tabs"][0]["count"] == "1"


@pytest.mark.parametrize(
    "asked", [{"nation": "narnia"}, {"q": "nul\x00"}, {"q": "x" * 201}, {"status": "\x00"}]
)
def test_what_cannot_be_asked_gets_a_message(queue, home, asked):
    make_enquiry(to=home)
    page = queue(**asked)
    assert page.status_code == 200
    assert "There is a problem" in page.text


@pytest.mark.parametrize(
    "asked", [{"view": "secret"}, {"after": "x"}, {"holder": "1"}, {"holder__slug": "x"}]
)
def test_what_makes_no_sense_is_the_first_page_of_all_open(queue, home, asked):
    enquiry = make_enquiry(to=home)
    assert shown(queue(**asked)) == [enquiry]


def test_the_next_page_keeps_search_and_filters(queue, home, client):
    for _ in range(30):
        make_enquiry(to=home, nation="wales")
    page = queue(nation="wales", view="unclaimed")
    second = client.get(reverse("admin:signposting_enquiry_changelist") + page.context["next"])
    assert len(second.context["rows"]) == 5
    assert "nation=wales" in second.context["previous"]
    assert not set(shown(page)) & set(shown(second))


def test_what_a_group_wrote_is_never_read_as_html(queue, home):
    make_enquiry(to=home, question="<script>alert(1)</script>", employer_name="<b>Council</b>")
    page = queue()
    assert "<script>alert" not in page.text
    assert "<b>Council" not in page.text
