"""Writing in a draft: everything is kept, whatever was wrong and whoever saved meanwhile."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from guides.models import Document, Edition, LookOut
from mutuals_portal import publishing
from tests.factories import make_document, make_draft, make_live_document, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(edna, client):
    client.force_login(edna)
    return make_draft(make_document(Document.Kind.GUIDE), by=edna)


def typed(edition, **answers):
    """The form as a browser sends it."""
    return {
        "seen": edition.saves,
        "title": edition.title,
        "summary": edition.summary,
        "body": edition.body,
        "nations": edition.nations,
        "review_by": "27/3/2099",
    } | answers


def test_what_was_typed_is_saved(client, draft, of, edna):
    answers = typed(
        draft, title=" New  title ", body="One\r\n\r\nTwo", change_note="Mended", change_is_public="on"
    )
    page = client.post(of("edit", draft), answers, follow=True)
    assert "Saved." in page.content.decode()
    after = Edition.objects.get(pk=draft.pk)
    assert (after.title, after.body, after.review_by) == ("New title", "One\n\nTwo", date(2099, 3, 27))
    assert (after.change_note, after.change_is_public, after.saved_by) == ("Mended", True, edna)


@pytest.mark.parametrize("sign", ["|", "ŵ", "👩"])
def test_the_longest_text_arrives_whatever_it_is_written_in(client, draft, of, sign):
    answers = urlencode(typed(draft, body=sign * 100_000), doseq=True)
    page = client.post(of("edit", draft), answers, content_type="application/x-www-form-urlencoded")
    assert page.status_code == 302
    assert Edition.objects.get(pk=draft.pk).body == sign * 100_000


def test_an_unfinished_draft_is_saved_and_its_problems_are_named(client, draft, of):
    answers = typed(
        draft,
        title="",
        summary="Not \u202eseen",
        body="In 2011 it cost £3.\n\n[x](page:nowhere)",
        review_by="",
        nations=[],
    )
    page = client.post(of("edit", draft), answers, follow=True).content.decode()
    assert "Saved." in page
    for problem in (
        "Title: enter a title.",
        "Summary: an invisible control character",
        "Review by: enter",
        "Nations:",
        "without a source",
        "page:nowhere",
    ):
        assert problem in page


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"title": "x" * 121}, "Title must be 120 characters or fewer"),
        ({"summary": "x" * 301}, "Summary must be 300 characters or fewer"),
        ({"body": "x" * 100_001}, "Text must be 100,000 characters or fewer"),
        ({"body": "one\x00two"}, "character that we cannot read"),
        ({"review_by": "31/2/2027"}, "Review by must be a real date"),
        ({"review_by": "1/1/0020"}, "Review by must be a real date"),
        ({"change_note": "x" * 301}, "What changed must be 300 characters or fewer"),
        ({"nations": ["atlantis"]}, "Select nations from the list"),
    ],
    ids=lambda wrong: " ".join(wrong) if isinstance(wrong, dict) else "",
)
def test_a_wrong_value_is_explained_and_everything_is_kept(client, draft, of, wrong, message):
    page = client.post(of("edit", draft), typed(draft, summary="Typed just now.") | wrong).content.decode()
    assert message in page
    assert "summary" in wrong or "Typed just now." in page
    assert Edition.objects.get(pk=draft.pk).saves == draft.saves


def test_saving_without_a_change_voids_no_decision(client, draft, of):
    review = publishing.send_for_review(draft, by=draft.saved_by, at=timezone.now(), seen=draft.saves)
    page = client.post(of("edit", review), typed(review, review_by="1/1/2099"), follow=True)
    assert "Saved." in page.content.decode()
    assert Edition.objects.get(pk=draft.pk).status == Edition.Status.IN_REVIEW


def test_changing_a_text_in_review_makes_it_a_draft_again(client, draft, of):
    review = publishing.send_for_review(draft, by=draft.saved_by, at=timezone.now(), seen=draft.saves)
    assert "has to be reviewed again" in client.get(of("edit", review)).content.decode()
    client.post(of("edit", review), typed(review, title="Other"))
    assert Edition.objects.get(pk=draft.pk).status == Edition.Status.DRAFT


class TestSomebodyElse:
    def test_both_texts_are_shown_and_nothing_is_lost(self, client, draft, of, root):
        publishing.write(draft, by=root, at=timezone.now(), seen=draft.saves, body="Plain words of root.")
        answers = typed(draft, body="Plain words of Edna.")
        page = client.post(of("edit", draft), answers).content.decode()
        assert "root saved this draft while you were writing" in page
        assert "Plain words of Edna." in page  # in the form
        assert "<del>" in page
        assert "root." in page
        assert Edition.objects.get(pk=draft.pk).body == "Plain words of root."

    def test_a_second_press_knows_and_replaces(self, client, draft, of, root):
        publishing.write(draft, by=root, at=timezone.now(), seen=draft.saves, body="Words of root.")
        page = client.post(of("edit", draft), typed(draft, body="Words of Edna."))
        seen = page.context["form"]["seen"].value()
        client.post(of("edit", draft), typed(draft, body="Words of Edna.", seen=seen))
        assert Edition.objects.get(pk=draft.pk).body == "Words of Edna."

    def test_a_double_click_is_one_save(self, client, draft, of):
        answers = typed(draft, title="Other")
        client.post(of("edit", draft), answers)
        page = client.post(of("edit", draft), answers, follow=True).content.decode()
        assert "Saved." in page
        assert Edition.objects.get(pk=draft.pk).saves == draft.saves + 1

    def test_the_text_is_shown_to_be_copied_when_the_draft_was_deleted(self, client, draft, of):
        publishing.discard(draft, at=timezone.now(), seen=draft.saves)
        page = client.post(of("edit", draft), typed(draft, body="An hour of work & more of it."))
        assert page.status_code == 404
        assert "An hour of work &amp; more of it." in page.content.decode()

    def test_the_text_is_kept_when_it_was_published_meanwhile(self, client, edna, of):
        client.force_login(edna)
        edition = make_published(make_document(Document.Kind.GUIDE))
        page = client.post(of("edit", edition), typed(edition, body="An hour of work.")).content.decode()
        assert "never changes again" in page
        assert "An hour of work." in page


class TestKinds:
    def test_only_a_bulletin_has_a_day_and_an_era(self, client, edna, of):
        client.force_login(edna)
        bulletin = make_draft(make_document(Document.Kind.BULLETIN))
        answers = typed(bulletin, as_of="1 May 2026", era="history")
        client.post(of("edit", bulletin), answers)
        after = Edition.objects.get(pk=bulletin.pk)
        assert (after.as_of, after.era) == (date(2026, 5, 1), "history")

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            (Document.Kind.GUIDE, set()),
            (Document.Kind.STAGE, {"look_outs"}),
            (Document.Kind.PAGE, {"look_outs"}),
            (Document.Kind.BULLETIN, {"look_outs", "as_of", "era"}),
            (Document.Kind.TERM, {"also"}),
            (Document.Kind.LOOK_OUT, {"stages", "sectors"}),
        ],
    )
    def test_each_kind_has_its_own_fields(self, client, edna, of, kind, fields):
        client.force_login(edna)
        draft = make_draft(make_document(kind))
        shown = set(client.get(of("edit", draft)).context["form"].fields)
        assert shown & {"look_outs", "as_of", "era", "also", "stages", "sectors"} == fields

    def test_spellings_of_a_term_stand_on_a_line_each(self, client, edna, of):
        client.force_login(edna)
        term = make_draft(make_document(Document.Kind.TERM))
        client.post(of("edit", term), typed(term, also="asset-locked\r\n\r\n  locked   assets "))
        assert Edition.objects.get(pk=term.pk).also == ["asset-locked", "locked assets"]
        page = client.post(of("edit", term), typed(term, seen=term.saves + 1, also="x" * 81)).content.decode()
        assert "Each spelling must be 80 characters or fewer" in page

    def test_look_outs_are_chosen_from_the_list(self, client, edna, of):
        LookOut.objects.create(slug="pensions", title="Pensions", summary="Schemes.", position=1)
        client.force_login(edna)
        draft = make_draft(make_document(Document.Kind.PAGE))
        client.post(of("edit", draft), typed(draft, look_outs=["pensions"]))
        assert Edition.objects.get(pk=draft.pk).look_outs == ["pensions"]


class TestStarting:
    def test_a_draft_begins_as_what_is_public(self, client, edna, address):
        document = make_live_document(Document.Kind.GUIDE, title="Public")
        client.force_login(edna)
        page = client.post(address("start", document.pk), follow=True)
        draft = document.editions.open().get()
        assert page.redirect_chain[-1][0] == address("edit", document.pk, draft.pk)
        assert 'value="Public"' in page.content.decode()

    def test_asking_for_it_by_its_address_starts_nothing(self, client, edna, address):
        document = make_live_document(Document.Kind.GUIDE)
        client.force_login(edna)
        assert client.get(address("start", document.pk)).status_code == 302
        assert not document.editions.open().exists()

    def test_a_second_draft_is_refused(self, client, draft, address):
        page = client.post(address("start", draft.document_id), follow=True).content.decode()
        assert "There is a draft already" in page

    def test_a_reviewer_writes_nothing(self, client, ravi, draft, address, of):
        client.force_login(ravi)
        assert client.get(of("edit", draft)).status_code == 403
        assert client.post(of("edit", draft), typed(draft, title="Mine")).status_code == 403
        assert client.post(address("start", draft.document_id)).status_code == 403

    def test_a_published_edition_is_not_edited(self, client, edna, of):
        client.force_login(edna)
        live = make_published(make_document(Document.Kind.GUIDE))
        assert "never changes again" in client.get(of("edit", live), follow=True).content.decode()


def test_the_help_page_explains_the_marks(client, ravi, address):
    client.force_login(ravi)
    assert "::: law england wales checked" in client.get(address("help")).content.decode()
