"""A page as it read on a past day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from tests.factories import make_live_document, make_published, make_user

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def bulletin():
    document = make_live_document("policy", slug="act", at=ago(30), title="Old title", body="Old words.")
    make_published(document, at=ago(10), title="New title", body="New words.", as_of="2026-05-01", era="now")
    return document


def as_of(client, day, path="/policy/act/"):
    return client.get(f"{path}?as_of={day}")


def test_it_shows_the_text_of_the_end_of_that_day_and_says_so(client, bulletin):
    day = TODAY - timedelta(days=20)
    text = as_of(client, day).text
    assert "Old words." in text
    assert "Old title" in text
    assert "New words." not in text
    assert f"This is how the page read on {day:%-d %B %Y}." in text
    assert '<a class="govuk-link" href="/policy/act/">Read it as it is now</a>' in text


def test_on_the_day_of_a_change_it_is_the_text_that_the_day_ended_with(client, bulletin):
    assert "New words." in as_of(client, TODAY - timedelta(days=10)).text
    assert "Old words." in as_of(client, TODAY - timedelta(days=11)).text


def test_search_engines_leave_a_past_text_alone(client, bulletin):
    text = as_of(client, TODAY - timedelta(days=20)).text
    assert '<meta name="robots" content="noindex">' in text
    assert "canonical" not in text
    assert "ld+json" not in text


def test_today_is_the_page_as_it_is(client, bulletin):
    assert as_of(client, TODAY).text == client.get("/policy/act/").text.replace("?as_of=x", "")


@pytest.mark.parametrize(
    "words",
    ["yesterday", "20260314", "2026-3-14", "2026-02-30", "14-03-2026", "2026-W10-1", "9999-12-31", "\x00"],
)
def test_what_is_no_day_or_still_to_come_is_answered_with_how_to_type_one(client, bulletin, words):
    response = client.get("/policy/act/", {"as_of": words})
    assert response.status_code == 400
    assert "?as_of=2026-03-14" in response.text
    assert 'href="/policy/act/"' in response.text


def test_tomorrow_shows_nothing_that_is_scheduled(client, bulletin):
    tomorrow = timezone.now() + timedelta(days=1)
    make_published(bulletin, at=ago(1), show_from=tomorrow, body="Soon.", as_of="2026-05-01", era="now")
    response = as_of(client, timezone.localdate(tomorrow))
    assert response.status_code == 400
    assert "Soon." not in response.text


@pytest.mark.parametrize("day", ["0001-01-01", "2001-02-03"])
def test_before_its_first_day_it_names_that_day(client, bulletin, day):
    response = as_of(client, day)
    assert response.status_code == 404
    first = TODAY - timedelta(days=30)
    assert f"first published on {first:%-d %B %Y}" in response.text
    assert f'href="/policy/act/?as_of={first}"' in response.text


def test_a_text_that_was_withdrawn_is_not_shown_again_although_another_one_is(client, bulletin):
    publishing.withdraw(bulletin, by=make_user(), at=ago(5), reason="It was wrong.")
    make_published(bulletin, at=ago(2), body="Right words.", as_of="2026-05-01", era="now")
    for days in (3, 4, 6, 9):
        response = as_of(client, TODAY - timedelta(days=days))
        assert "New words." not in response.text
    assert as_of(client, TODAY - timedelta(days=7)).status_code == 410
    assert "It was wrong." in as_of(client, TODAY - timedelta(days=7)).text
    assert "Right words." in client.get("/policy/act/").text


def test_pages_of_a_guide_have_a_past_too_and_keep_the_nation(client):
    page = make_live_document(at=ago(30), body="Old words.")
    make_published(page, at=ago(10), body="New words.")
    path = page.get_absolute_url()
    day = TODAY - timedelta(days=20)
    text = client.get(path, {"as_of": day, "nation": "wales"}).text
    assert "Old words." in text
    assert f'href="?as_of={day}&amp;nation=england"' in text
