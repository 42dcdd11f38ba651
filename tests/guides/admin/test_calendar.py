"""What will be published and what is due for review: late ones first, then month by month."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_document, make_live_document, make_published

pytestmark = pytest.mark.django_db

CALENDAR = reverse("admin:guides_document_calendar")


def entries(page):
    months = [entry for _, of_month in page.context["months"] for entry in of_month]
    return [(entry.edition.title, entry.on, entry.published_at) for entry in months]


def test_late_reviews_come_first_with_their_owner(client, ravi, edna):
    now = timezone.now()
    yesterday = timezone.localdate(now) - timedelta(days=1)
    make_live_document("guide", at=now - timedelta(days=3), title="Late", owner=edna, review_by=yesterday)
    make_live_document("guide", title="In time")
    client.force_login(ravi)
    page = client.get(CALENDAR)
    assert [(entry.edition.title, entry.owner) for entry in page.context["late"]] == [("Late", "Edna Writes")]
    assert [title for title, _, _ in entries(page)] == ["In time"]
    words = page.content.decode()
    assert words.index("Late") < words.index("January 2099")


def test_what_is_due_today_is_not_late(client, ravi):
    make_live_document("guide", title="Today", review_by=timezone.localdate(), at=timezone.now())
    client.force_login(ravi)
    page = client.get(CALENDAR)
    assert page.context["late"] == []
    assert [title for title, _, _ in entries(page)] == ["Today"]


def test_months_follow_one_another_and_name_what_happens(client, ravi):
    now = timezone.now()
    coming = now + timedelta(days=40)
    make_published(
        make_document("guide"), at=now, show_from=coming, title="Comes", review_by=date(2098, 1, 1)
    )
    make_live_document("guide", title="Stays", review_by=date(2097, 1, 1))
    client.force_login(ravi)
    page = client.get(CALENDAR)
    assert entries(page) == [
        ("Comes", timezone.localdate(coming), coming),
        ("Stays", date(2097, 1, 1), None),
        ("Comes", date(2098, 1, 1), None),
    ]
    assert "Published at" in page.content.decode()
    assert [month for month, _ in page.context["months"]][1:] == [date(2097, 1, 1), date(2098, 1, 1)]


def test_what_is_replaced_before_its_review_needs_none(client, ravi):
    guide = make_live_document("guide", title="Old", review_by=date(2097, 1, 1))
    now = timezone.now()
    make_published(guide, at=now, show_from=now + timedelta(days=9), title="Next", review_by=date(2099, 1, 1))
    client.force_login(ravi)
    assert [title for title, _, _ in entries(client.get(CALENDAR))] == ["Next", "Next"]


def test_an_empty_calendar_says_so(client, ravi):
    client.force_login(ravi)
    assert "Nothing is scheduled and nothing is due" in client.get(CALENDAR).content.decode()
