"""Pages are kept in memory for as long as the database says the same: whatever changes is there at the next request."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from guides import library, reading
from guides.library import KEPT, shelf
from guides.models import Document, Source
from mutuals_portal import markup, publishing
from tests.factories import make_live_document, make_look_out, make_published, make_user

AGO = timezone.now() - timedelta(days=30)
PAGE = "/guides/leaving/middle/costs/"
PRINT = "/guides/leaving/print/"


@pytest.fixture
def page(db):
    guide = make_live_document("guide", at=AGO, slug="leaving", title="Leaving")
    stage = make_live_document("stage", at=AGO, slug="middle", parent=guide)
    make_live_document("stage", at=AGO, slug="late", parent=guide, position=2)
    make_look_out("money", title="Money")
    Source.objects.create(key="law", title="An Act", publisher="Parliament", kind="law")
    make_live_document(at=AGO, slug="tax", parent=stage, title="Tax", body="What is due.")
    return make_live_document(
        at=AGO,
        slug="costs",
        parent=stage,
        title="Costs",
        body="See [tax](page:tax). The levy is due [^law].\n\n::: nation wales\nA levy.\n:::",
        look_outs=["money"],
    )


@pytest.fixture
def read(client, page):
    """What a path says, asked twice before the test begins."""

    def text(path):
        response = client.get(path)
        assert response.status_code == 200
        return response.text

    for path in (PAGE, f"{PAGE}?nation=wales", PRINT) * 2:
        text(path)
    return text


def test_a_new_edition(read, page):
    make_published(page, body="New words.")
    assert "New words." in read(PAGE)
    assert "New words." in read(PRINT)


def test_a_link_to_a_page_that_is_withdrawn(read, page):
    tax = page.parent.children.get(slug="tax")
    publishing.withdraw(tax, by=make_user(), at=timezone.now(), reason="Wrong.")
    assert "/tax/" not in read(PAGE)
    assert "What is due." not in read(PRINT)


def test_a_page_that_is_renamed_or_moved(read, page):
    tax = page.parent.children.get(slug="tax")
    make_published(tax, title="Taxes")
    assert "Taxes" in read(PAGE)
    tax.parent = page.parent.parent.children.get(slug="late")
    tax.save()
    assert 'href="/guides/leaving/late/tax/"' in read(PAGE)


def test_a_schedule_that_comes_due(read, page):
    due = timezone.now() + timedelta(seconds=1)
    make_published(page, show_from=due, body="Scheduled words.", title="Scheduled title")
    assert "Scheduled" not in read(PAGE) + read(PRINT)
    time.sleep(max(0.0, (due - timezone.now()).total_seconds()))
    assert "Scheduled words." in read(PAGE)
    assert "Scheduled title" in read(PRINT)


def test_a_source(read):
    Source.objects.update(title="Another Act")
    assert "Another Act" in read(PAGE)
    assert "Another Act" in read(PRINT)


def test_a_look_out(read):
    make_published(Document.objects.get(kind="look-out"), title="Finance")
    assert "Finance" in read(PAGE)


def test_a_term(read):
    term = make_live_document("term", at=AGO, slug="levy", title="levy", summary="A charge.")
    assert 'href="/glossary/#levy"' in read(PAGE)
    make_published(term, title="levy", summary="A kind of tax.")
    assert "A kind of tax." in read(PAGE)


def test_the_nation(read):
    assert "Applies in Wales" in read(f"{PAGE}?nation=wales")
    assert "Does not apply in Scotland" in read(f"{PAGE}?nation=scotland")
    assert "Does not apply in Scotland" in read(f"{PRINT}?nation=scotland")
    assert "portal-applies" not in read(PAGE)


def test_a_change_that_was_taken_back(read, page):
    before = read(PAGE)
    type(page).objects.filter(slug="tax").update(slug="taxes")
    assert read(PAGE) != before
    type(page).objects.filter(slug="taxes").update(slug="tax")
    assert read(PAGE) == before


def test_while_nothing_changes_a_text_is_written_once(page, monkeypatch):
    first = reading.words("Words.", library=shelf(at=timezone.now()))
    monkeypatch.setattr(markup, "html", lambda *_, **__: pytest.fail("written again"))
    assert reading.words("Words.", library=shelf(at=timezone.now())) is first


def test_no_more_libraries_are_kept_than_are_needed(page):
    for number in range(KEPT + 3):
        make_published(page, title=f"Title {number}")
        reading.words("Words.", library=shelf(at=timezone.now()))
    assert library._library.cache_info().currsize == KEPT
    assert reading._writer.cache_info().currsize == KEPT


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_time_get_the_same_page(page):
    def ask(_):
        try:
            return Client().get(PAGE).content
        finally:
            connection.close()

    library._library.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        (answer,) = set(pool.map(ask, range(12)))
    assert "The levy is due" in answer.decode()
