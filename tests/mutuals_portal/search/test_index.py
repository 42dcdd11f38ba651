"""What can be found is what is published, in the same transaction, and appears and vanishes by the clock."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from guides.models import Document
from mutuals_portal import publishing
from mutuals_portal.search import index
from mutuals_portal.search.models import SearchText
from signposting.models import Listing
from tests.factories import (
    make_case_study,
    make_document,
    make_draft,
    make_entry,
    make_live_document,
    make_profile,
    make_published,
    make_tool,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def titles(at):
    return set(SearchText.objects.live(at=at).values_list("title", flat=True))


def test_a_published_text_is_found_with_what_it_says(now):
    page = make_live_document("page", at=now, title="Pensions", body="Ask the *fund* first [^advice].")
    row = SearchText.objects.get(key=page.name)
    assert (row.title, row.text, row.address) == ("Pensions", "Ask the fund first.", page.get_absolute_url())
    assert row.stages == [page.parent.slug]


def test_a_draft_is_never_among_what_can_be_found(now):
    make_draft(make_document("policy"), at=now, title="Secret")
    assert not SearchText.objects.filter(title="Secret").exists()


def test_a_scheduled_text_takes_over_by_the_clock_alone(now):
    bulletin = make_live_document("policy", at=now, title="Old words")
    later = now + timedelta(days=2)
    make_published(
        bulletin, at=now + timedelta(hours=1), show_from=later, title="New words", era="now", as_of=now.date()
    )
    assert titles(later - timedelta(seconds=1)) == {"Old words"}
    assert titles(later) == {"New words"}


def test_cancelling_a_schedule_brings_the_old_text_back(now):
    bulletin = make_live_document("policy", at=now, title="Old words")
    later = now + timedelta(days=2)
    edition = make_published(
        bulletin, at=now + timedelta(hours=1), show_from=later, title="New words", era="now", as_of=now.date()
    )
    publishing.cancel_schedule(edition, by=make_user(), at=now + timedelta(hours=2), seen=edition.saves)
    assert titles(later) == {"Old words"}


def test_what_is_withdrawn_takes_all_that_belongs_to_it_along(now):
    page = make_live_document("page", at=now)
    guide = page.parent.parent
    assert len(titles(now)) == 3
    publishing.withdraw(guide, by=make_user(), at=now, reason="Wrong")
    assert titles(now + timedelta(seconds=1)) == set()


def test_a_page_of_a_guide_that_is_still_to_come_is_found_when_the_guide_is(now):
    guide = make_document(Document.Kind.GUIDE)
    later = now + timedelta(days=1)
    make_published(guide, at=now, show_from=later)
    stage = make_live_document("stage", at=now, parent=guide, title="The stage")
    assert titles(now + timedelta(hours=1)) == set()
    assert "The stage" in titles(later)
    assert SearchText.objects.filter(key=stage.name).count() == 1


def test_case_studies_and_tools_are_found_too(now):
    make_profile(make_case_study(slug="epic"), at=now, title="Epic CIC")
    make_tool("who-has-a-say", at=now, title="Who has a say")
    assert titles(now) == {"Epic CIC", "Who has a say"}


def test_making_all_anew_says_the_same(now):
    make_live_document("page", at=now)
    make_profile(at=now)
    said = SearchText.objects.order_by("key").values_list("key", "vector", "shown_from")
    before = list(said)
    index.renew_all()
    assert list(said.all()) == before


def test_what_many_publish_together_is_found_when_all_of_it_is_done(now):
    with publishing.told_afterwards(index.bring_up_to_date):
        page = make_live_document("page", at=now)
        assert not SearchText.objects.exists()
    assert SearchText.objects.filter(key=page.name).exists()
    with publishing.told_afterwards(index.bring_up_to_date):
        publishing.withdraw(page.parent.parent, by=make_user(), at=now, reason="Wrong")
    assert titles(now + timedelta(seconds=1)) == set()


def fail_half_way(now):
    with publishing.told_afterwards(index.bring_up_to_date):
        make_live_document("page", at=now)
        raise ZeroDivisionError


def test_what_fails_half_way_is_told_to_nobody(now):
    with pytest.raises(ZeroDivisionError):
        fail_half_way(now)
    assert not SearchText.objects.exists()
    assert make_live_document("policy", at=now).name in SearchText.objects.values_list("key", flat=True)


def test_a_body_is_found_no_more_whoever_its_editor_knows_it_as(now):
    entry = make_entry(at=now, title="Helping Hands")
    assert titles(now) == {"Helping Hands"}
    publishing.withdraw(Listing.objects.get(pk=entry.document_id), by=make_user(), at=now, reason="Wrong")
    assert not SearchText.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_withdrawn_while_its_guide_is_published_does_not_come_back(now):
    page = make_live_document("page", at=now - timedelta(days=1), title="Withdrawn")
    editor = make_user()

    def withdraw():
        try:
            publishing.withdraw(page, by=editor, at=now, reason="Wrong")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            make_published(page.parent.parent, at=now, title="New words")
            withdrawing = threads.submit(withdraw)
            wait_for_a_lock()
        withdrawing.result(10)

    assert not SearchText.objects.filter(key=page.name).exists()


def wait_for_a_lock():
    """Until somebody else waits for what this connection holds."""
    waiting = (
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database()"
    )
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with connection.cursor() as cursor:
            if cursor.execute(waiting).fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waits.")
