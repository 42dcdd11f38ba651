"""What one text is for a reader: words, sources, changes and answers, now and on a past day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guides import reading, reporting
from guides.library import shelf
from guides.models import Edition, Source
from mutuals_portal import publishing
from tests.factories import MONDAY, make_draft, make_live_document, make_published, make_user

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)


def read(document, *, at=LATER, now=LATER, nation=""):
    library = shelf(at=now)
    return reading.read(library.entries[document.name], library=library, at=at, now=now, nation=nation)


def test_it_takes_three_queries_with_the_shelf_however_long_the_history(django_assert_num_queries):
    source = Source.objects.create(key="law", title="An Act", publisher="Parliament", kind="law")
    page = make_live_document(body=f"Words [^{source.key}].")
    with django_assert_num_queries(3):  # the shelf, the text, its sources
        read(page)
    for number in range(1, 9):
        make_published(
            page,
            at=MONDAY + timedelta(hours=number),
            body=f"Words {number} [^law].",
            change_note="Again.",
            change_is_public=True,
        )
    for _ in range(3):
        report = reporting.receive(page, edition_number=1, words="Why?", at=MONDAY)
        reporting.answer(report, by=make_user(), at=MONDAY, text="So.", is_public=True)
    with django_assert_num_queries(3):
        found = read(page)
    assert (len(found.changes), len(found.answers)) == (8, 3)


def test_a_link_by_name_leads_to_where_the_page_is_now():
    stage = make_live_document("stage", slug="second")
    make_live_document(slug="pensions", parent=stage, title="Pensions")
    page = make_live_document(body="See [pensions](page:pensions).")
    address = f"/guides/{stage.parent.slug}/second/pensions/"
    assert f'href="{address}"' in read(page).html
    assert f'href="{address}?nation=wales"' in read(page, nation="wales").html


def test_a_link_to_something_withdrawn_since_is_only_its_words():
    gone = make_live_document(slug="gone")
    page = make_live_document(body="See [that page](page:gone).")
    publishing.withdraw(gone, by=make_user(), at=LATER, reason="Wrong.")
    assert "See that page." in read(page).html


def test_a_term_is_linked_to_the_glossary():
    make_live_document("term", slug="tupe", title="TUPE")
    assert 'href="/glossary/#tupe"' in read(make_live_document(body="This is TUPE.")).html


def test_sources_are_numbered_as_the_notes_are():
    for key in ("one", "two"):
        Source.objects.create(key=key, title=key.title(), publisher="Us", kind="law")
    page = make_live_document(body="First [^two]. Then [^one]. Again [^two].")
    Source.objects.get(key="one").delete()
    assert [(each.number, each.key, each.source and each.source.title) for each in read(page).sources] == [
        (1, "two", "Two"),
        (2, "one", None),
    ]


def test_changes_are_those_that_readers_may_see_newest_first():
    page = make_live_document(change_note="First.", change_is_public=True)
    for number, (note, is_public) in enumerate([("Rate", True), ("Typo", False), ("", True)], start=1):
        make_published(
            page, at=MONDAY + timedelta(hours=number), change_note=note, change_is_public=is_public
        )
    make_published(
        page, at=LATER, show_from=LATER + timedelta(days=1), change_note="Soon", change_is_public=True
    )
    assert [change.note for change in read(page).changes] == ["Rate", "First."]
    assert read(page).changes[0].on == MONDAY.date()


def test_the_change_that_a_withdrawn_edition_made_is_not_told():
    page = make_live_document(change_note="Secret", change_is_public=True)
    publishing.withdraw(page, by=make_user(), at=MONDAY + timedelta(hours=1), reason="Wrong.")
    make_published(page, at=LATER, change_note="Back.", change_is_public=True)
    assert [change.note for change in read(page).changes] == ["Back."]


def test_answers_are_shown_for_ninety_days_where_the_editor_said_so():
    page = make_live_document()
    for is_public in (True, False):
        report = reporting.receive(page, edition_number=1, words=f"Public {is_public}?", at=MONDAY)
        reporting.answer(report, by=make_user(), at=MONDAY, text="Yes.", is_public=is_public)
    assert read(page).answers == (reading.Answer(MONDAY.date(), "Public True?", "Yes."),)
    assert read(page, now=MONDAY + timedelta(days=90)).answers == ()


def test_a_text_is_past_review_from_the_day_after():
    page = make_live_document(review_by=date(2026, 6, 10))
    assert not read(page, now=datetime(2026, 6, 10, 22, 59, tzinfo=UTC)).is_past_review
    assert read(page, now=datetime(2026, 6, 10, 23, 1, tzinfo=UTC)).is_past_review  # summer time


def test_a_past_text_is_read_with_the_links_of_today():
    pensions = make_live_document(slug="pensions")
    page = make_live_document(body="Old words, see [pensions](page:pensions).")
    make_published(page, at=LATER, body="New words.")
    pensions.parent = make_live_document("stage", slug="moved-to")
    pensions.save()
    past = read(page, at=LATER - timedelta(seconds=1))
    assert "Old words" in past.html
    assert "/moved-to/pensions/" in past.html
    assert past.edition.number == 1
    assert "New words" in read(page).html


def test_a_draft_cannot_be_read_and_neither_can_what_was_withdrawn():
    page = make_live_document()
    make_draft(page, at=MONDAY, body="Draft words.")
    assert "Draft" not in read(page).html
    publishing.withdraw(page, by=make_user(), at=LATER, reason="Wrong.")
    with pytest.raises(Edition.DoesNotExist):
        reading.read(shelf(at=MONDAY).entries[page.name], library=shelf(at=MONDAY), at=MONDAY, now=LATER)


def test_the_day_ends_at_midnight_in_london():
    assert reading.end_of(date(2026, 6, 1)) == datetime(2026, 6, 1, 22, 59, 59, 999999, tzinfo=UTC)
    assert reading.end_of(date(2026, 12, 1)) == datetime(2026, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)


def test_a_page_is_withdrawn_with_its_stage_and_the_reason_is_told():
    page = make_live_document(slug="within")
    publishing.withdraw(page.parent, by=make_user(), at=LATER, reason="The stage was wrong.")
    found = reading.withdrawn(kind="page", slug="within", guide="", now=LATER)
    assert found.withdrawal_reason == "The stage was wrong."


def test_what_was_never_shown_is_not_withdrawn():
    page = make_live_document(slug="one", parent=make_live_document("stage", slug="same"))
    other = make_live_document("stage", slug="same")
    publishing.withdraw(other, by=make_user(), at=LATER, reason="Wrong.")
    assert reading.withdrawn(kind="page", slug="nothing", guide="", now=LATER) is None
    assert reading.withdrawn(kind="stage", slug="same", guide=page.parent.parent.slug, now=LATER) is None
    assert reading.withdrawn(kind="stage", slug="same", guide=other.parent.slug, now=LATER)
