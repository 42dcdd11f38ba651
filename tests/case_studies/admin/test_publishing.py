"""The way of a profile to the public in the admin, its history, and who may go it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies.models import CaseStudy, Profile, ProfileSave
from mutuals_portal import publishing
from tests.factories import (
    MONDAY,
    make_case_study,
    make_document,
    make_figure,
    make_profile,
    make_published,
)

pytestmark = pytest.mark.django_db

PAGES = ("changelist", "calendar", "help")
OF_A_BODY = ("change", "history")


def test_an_editor_adds_a_body_and_begins_to_write(client, edna, address):
    client.force_login(edna)
    page = client.post(
        address("add"), {"slug": "Leaving", "owner": edna.pk, "is_announced": "on"}, follow=True
    )
    document = CaseStudy.objects.get()
    assert (document.slug, document.owner, document.is_announced) == ("leaving", edna, True)
    assert "Edit the draft" in page.text


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("", "Enter the last part of its address"),
        ("no good", "Address must be small letters"),
        ("compare", "This address leads to another page"),
        ("taken", "Another case study has this address"),
    ],
)
def test_an_address_that_cannot_be_is_explained(client, edna, address, slug, message):
    make_case_study(slug="taken")
    client.force_login(edna)
    assert message in client.post(address("add"), {"slug": slug}).text
    assert CaseStudy.objects.count() == 1


def test_it_takes_a_second_person_and_then_it_is_public(client, draft, ravi, edna, of):
    client.post(of("send-for-review", draft), {"seen": draft.saves})
    sent = Profile.objects.get(pk=draft.pk)
    assert client.post(of("approve", sent), {"seen": sent.saves}).status_code == 403
    client.force_login(ravi)
    client.post(of("approve", sent), {"seen": sent.saves})
    approved = Profile.objects.get(pk=draft.pk)
    assert client.get("/case-studies/leaving/").status_code == 404
    client.post(of("publish", approved), {"seen": approved.saves, "when": "at-once"})
    assert client.get("/case-studies/leaving/").status_code == 200


def test_the_preview_is_the_public_page_with_its_figures(client, draft, of, edna, source):
    words = {
        "what_it_does": "It has {staff}.",
        "written_claims": [make_figure("staff", source=source.key)],
    }
    publishing.write(draft, by=edna, at=MONDAY, seen=draft.saves, **words)
    page = client.get(of("preview", draft))
    assert "It has 40 people" in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get("/case-studies/leaving/").status_code == 404


@pytest.fixture
def changed(draft, edna, source):
    """A draft of which an older save had another figure."""
    for number in ("40", "70"):
        draft = publishing.write(
            draft,
            by=edna,
            at=MONDAY,
            seen=draft.saves,
            written_claims=[make_figure("staff", source=source.key, number=number)],
        )
    return draft


def save_of(draft, number):
    saves = ProfileSave.objects.filter(id=draft.pk, saves=number)
    return saves.order_by("pgh_id").first()


def test_two_saves_are_compared_row_by_row(client, changed, address):
    old, new = (save_of(changed, number) for number in (changed.saves - 1, changed.saves))
    page = client.get(address("compare", changed.document_id), {"old": old.pgh_id, "new": new.pgh_id}).text
    assert "Figures" in page
    assert "Number: " in page
    assert "70;" in page


def test_an_older_save_is_restored_with_its_rows(client, changed, address):
    old = save_of(changed, changed.saves - 1)
    page = address("restore", changed.document_id, old.pgh_id)
    assert client.get(page).status_code == 200
    client.post(page, {"seen": changed.saves})
    after = Profile.objects.get(pk=changed.pk)
    assert after.written_claims[0]["number"] == "40"
    assert (after.claims.get().number, after.staff) == (40, 40)


def test_what_was_published_keeps_its_rows_when_the_next_edition_changes_them(source, edna):
    live = make_profile(claims=[make_figure("staff", source=source.key)])
    draft = publishing.start(live.document, by=edna, at=MONDAY)
    assert draft.claims.count() == 1
    publishing.write(draft, by=edna, at=MONDAY, seen=draft.saves, written_claims=[])
    assert (live.claims.count(), draft.claims.count()) == (1, 0)


def test_the_calendar_has_all_kinds_of_text(client, edna, address):
    now = timezone.now()
    make_profile(title="A body to come", at=now, show_from=now + timedelta(days=3))
    make_profile(title="A body to check", at=now, review_by=timezone.localdate(now) + timedelta(days=9))
    make_published(make_document("term"), at=now, show_from=now + timedelta(days=5), title="A term to come")
    client.force_login(edna)
    for page in (address("calendar"), "/admin/guides/document/calendar/"):
        text = client.get(page).text
        assert all(words in text for words in ("A body to come", "A body to check", "A term to come"))


@pytest.mark.parametrize("page", [*PAGES, *OF_A_BODY, "settings", "edit", "preview"])
def test_an_adviser_has_no_business_here_and_a_stranger_is_asked_to_log_in(
    client, draft, address, of, ada, page
):
    where = {**dict.fromkeys(PAGES, ()), "edit": None, "preview": None}.get(page, (draft.document_id,))
    there = of(page, draft) if where is None else address(page, *where)
    assert client.get(there).status_code == 200
    client.force_login(ada)
    assert client.get(there).status_code == 403
    client.logout()
    assert client.get(there).status_code == 302


def test_a_reviewer_reads_and_decides_but_does_not_write(client, draft, address, of, ravi):
    client.force_login(ravi)
    assert client.get(of("preview", draft)).status_code == 200
    for there in (of("edit", draft), address("add"), address("settings", draft.document_id)):
        assert client.get(there).status_code == 403
    assert client.post(of("discard", draft), {"seen": draft.saves}).status_code == 403
    assert client.get("/admin/case_studies/question/").status_code == 200


def test_nobody_deletes_a_case_study(client, draft):
    assert client.get(f"/admin/case_studies/casestudy/{draft.document_id}/delete/").status_code == 404


@pytest.mark.parametrize("number", [20, 200])
def test_the_list_and_the_calendar_cost_the_same(client, edna, address, number, django_assert_num_queries):
    client.force_login(edna)
    client.get(address("changelist"))
    documents = [make_case_study() for _ in range(number)]
    Profile.objects.bulk_create(_live(document) for document in documents)
    with django_assert_num_queries(7):
        client.get(address("changelist"))
    with django_assert_num_queries(8):
        client.get(address("calendar"))


def _live(document):
    now = timezone.now()
    return Profile(
        document=document,
        number=1,
        status="published",
        loaded_digest="x",
        saved_at=now,
        shown_from=now,
        review_by=timezone.localdate(now) + timedelta(days=9),
        title="A body",
        sectors=["leisure"],
    )
