"""Which PDF readers get: always of the present text, or none while it is being made."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from guides import pdf
from guides.library import shelf
from guides.models import GuidePdf, Source
from mutuals_portal import publishing
from tests.factories import (
    make_approved,
    make_draft,
    make_live_document,
    make_published,
    make_user,
    make_words,
)

NOW = timezone.now()
AGO = NOW - timedelta(days=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return make_live_document("guide", at=AGO, slug="leaving", body="Come with us.")


@pytest.fixture
def page(guide):
    return make_live_document("page", at=AGO, parent=make_live_document("stage", at=AGO, parent=guide))


def made(at=NOW):
    """Let the worker look, and tell what readers get then."""
    pdf.make_missing(at=at)
    return present(at)


def present(at=NOW):
    library = shelf(at=at)
    return pdf.present(library.guide("leaving"), library=library)


def content(kept):
    with kept.file.open() as file:
        return file.read()


def files():
    return default_storage.listdir("guides")[1] if default_storage.exists("guides") else []


def test_there_is_none_until_it_is_made(guide):
    assert present() is None

    kept = made()

    assert content(kept).startswith(b"%PDF")
    assert kept.size == len(content(kept))
    assert kept.pages >= 3


def test_what_is_there_is_not_made_again(guide):
    first = made()

    assert made().made_at == first.made_at


def test_nothing_changes_it_but_the_text(guide):
    first = made()

    assert present(at=NOW + timedelta(days=400)) == first


def test_a_new_edition_makes_it_stale_at_once_and_replaces_its_file(guide, page):
    first = made()
    make_published(page, at=NOW, body="New words.")

    assert present() is None
    assert made().file.name != first.file.name
    assert files() == [made().file.name.removeprefix("guides/")]


def test_a_scheduled_edition_makes_it_stale_when_its_moment_comes(guide, page):
    later = NOW + timedelta(hours=1)
    make_published(page, at=AGO + timedelta(days=1), show_from=later)
    made()

    assert present(at=NOW) is not None
    assert present(at=later) is None


def test_a_withdrawn_page_makes_it_stale(guide, page):
    made()
    publishing.withdraw(page, by=make_user(), at=NOW, reason="It was wrong.")

    assert present() is None


def test_drafts_leave_it_as_it_is(guide, page):
    first = made()
    make_draft(page, at=NOW, body="Not yet.")
    make_approved(guide, at=NOW, body="Not yet either.")

    assert present() == first


@pytest.mark.parametrize("change", ["added", "corrected", "deleted"])
def test_any_change_of_the_sources_makes_it_stale(guide, change):
    source = Source.objects.create(key="one", title="One", publisher="Us", kind="law")
    made()
    if change == "added":
        Source.objects.create(key="two", title="Two", publisher="Us", kind="law")
    elif change == "corrected":
        Source.objects.update(title="The one")
    else:
        source.delete()

    assert present() is None


def test_a_link_that_comes_to_lead_somewhere_makes_it_stale(guide):
    made()
    make_live_document("term", at=NOW, slug="mutual")

    assert present() is None


def test_a_lost_file_is_made_again(guide):
    first = made()
    default_storage.delete(first.file.name)

    assert default_storage.exists(made().file.name)


def test_a_withdrawn_guide_keeps_no_file(guide):
    made()
    publishing.withdraw(guide, by=make_user(), at=NOW, reason="It was wrong.")
    pdf.make_missing(at=NOW)

    assert not GuidePdf.objects.exists()
    assert files() == []


def test_a_guide_that_cannot_be_made_keeps_no_other_from_it_and_is_tried_again(guide):
    other = make_live_document("guide", at=AGO)
    loaded = {"at": AGO, "digest": "checked elsewhere"}
    publishing.publish_loaded(other, **loaded, **make_words(body="x" * 100_001))

    assert made() is not None
    assert not GuidePdf.objects.filter(guide=other).exists()

    publishing.publish_loaded(other, **loaded, **make_words(body="Short."))
    pdf.make_missing(at=NOW)

    assert GuidePdf.objects.filter(guide=other).exists()


def test_a_file_whose_row_cannot_be_kept_is_not_left_behind(guide):
    def refuse_rows(execute, sql, *rest):
        if sql.startswith('INSERT INTO "guides_guidepdf"'):
            raise OperationalError("the database is gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse_rows):
        pdf.make_missing(at=NOW)

    assert not GuidePdf.objects.exists()
    assert files() == []


def test_one_process_at_a_time_makes_it(guide):
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('guide-pdf'), %s::int)", [guide.pk])
        assert made() is None
    other.close()

    assert made() is not None


def test_its_digest_needs_one_query_and_so_does_finding_it(guide, page, django_assert_num_queries):
    made()
    library = shelf(at=NOW)
    assert library.names  # with the look-outs, which the page shows anyway

    with django_assert_num_queries(1):
        assert pdf.present(library.guide("leaving"), library=library)


def test_it_can_be_asked_for_twice_in_a_transaction_that_goes_on(guide):
    pdf.ask_for()
    pdf.ask_for()

    assert ProcrastinateJob.objects.filter(task_name=pdf.JOB, status="todo").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_what_was_asked_for(guide, monkeypatch):
    monkeypatch.setitem(app.periodic_defaults, "max_delay", -1)  # nothing else that happens to be due
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    pdf.ask_for()
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    assert present(at=timezone.now()) is not None


def test_no_text_that_is_not_public_gets_into_it(guide, page):
    make_draft(guide, at=NOW, body="Secretdraft")
    make_published(
        page, at=AGO + timedelta(days=1), show_from=NOW + timedelta(days=1), body="Secretscheduled"
    )
    gone = make_live_document("page", at=AGO, parent=page.parent, body="Secretwithdrawn")
    publishing.withdraw(gone, by=make_user(), at=NOW, reason="It was wrong.")

    text = "".join(each.extract_text() for each in PdfReader(BytesIO(content(made()))).pages)

    assert "Come with us." in text
    assert "Secret" not in text
