"""The page about one text: what is public, what is being written, who may do what, and what was before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from guides import pdf
from guides.models import Document
from mutuals_portal import publishing
from tests.factories import make_document, make_draft, make_live_document, make_published, make_user

pytestmark = pytest.mark.django_db


def an_hour_ago():
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def guide():
    return make_live_document("guide", at=an_hour_ago(), title="The guide")


def buttons(page, name="draft_buttons"):
    return [button["text"] for button in page.context[name]]


def test_it_tells_what_is_public_and_where_the_draft_stands(client, edna, guide, address):
    make_draft(guide, by=edna, title="Next words", review_by=None)
    client.force_login(edna)
    page = client.get(address("change", guide.pk))
    words = page.content.decode()
    assert "See it on the website" in words
    assert guide.get_absolute_url() in words
    assert "written by Edna Writes" in words
    assert "Review by: enter the day" in words


def test_each_person_gets_the_buttons_for_what_they_may_do_now(client, edna, ravi, guide, address):
    draft = make_draft(guide, by=edna, at=timezone.now())

    def of(user):
        client.force_login(user)
        return buttons(client.get(address("change", guide.pk)))

    assert of(edna) == ["Send for review", "Delete this draft"]
    assert of(ravi) == []
    review = publishing.send_for_review(draft, by=edna, at=timezone.now(), seen=draft.saves)
    assert of(edna) == ["Delete this draft"]
    assert of(ravi) == ["Approve", "Send back"]
    approved = publishing.approve(review, by=ravi, at=timezone.now(), seen=review.saves)
    assert of(edna) == ["Publish", "Delete this draft"]
    assert of(ravi) == ["Publish", "Send back"]
    publishing.publish(
        approved,
        by=ravi,
        at=timezone.now(),
        seen=approved.saves,
        show_from=timezone.now() + timedelta(days=1),
    )
    page = client.get(address("change", guide.pk))
    assert buttons(page, "live_buttons") == ["Withdraw"]
    assert buttons(page, "scheduled_buttons") == ["Cancel the schedule"]
    assert not page.context["may_start"]


def test_who_worked_on_it_reads_that_somebody_else_approves(client, root, guide, address):
    draft = make_draft(guide, by=root, at=timezone.now())
    publishing.send_for_review(draft, by=root, at=timezone.now(), seen=draft.saves)
    client.force_login(root)
    page = client.get(address("change", guide.pk))
    assert "Approve" not in buttons(page)
    assert publishing.SECOND_PERSON in page.content.decode()


def test_it_tells_why_it_was_withdrawn_and_by_whom(client, edna, guide, address):
    publishing.withdraw(guide, by=edna, at=timezone.now(), reason="It was <wrong>.")
    client.force_login(edna)
    words = client.get(address("change", guide.pk)).content.decode()
    assert "It was &lt;wrong&gt;." in words
    assert "by Edna Writes" in words


def test_a_draft_is_compared_with_what_is_public(client, ravi, guide, address):
    make_published(guide, at=timezone.now(), title="Public now", body="Old words.")
    make_draft(guide, at=timezone.now(), title="Public now", body="New words.")
    client.force_login(ravi)
    page = client.get(client.get(address("change", guide.pk)).context["changes"])
    assert [field.label for field in page.context["fields"] if field.is_changed] == ["Text"]


def test_it_names_what_links_to_it(client, edna, guide, address):
    link = f"[x](guide:{guide.slug})"
    make_published(make_document("guide"), at=timezone.now(), title="Links here", body=link)
    make_draft(make_document("guide"), title="Will link here", body=link)
    make_draft(make_document("guide"), title="Another name", body=link.replace(")", "-two)"))
    old = make_document("guide")
    make_published(old, at=timezone.now(), title="Linked once", body=link)
    make_published(old, at=timezone.now(), title="Does not", body="No more.")
    client.force_login(edna)
    linking = client.get(address("change", guide.pk)).context["linking"]
    assert [edition.title for edition in linking] == ["Links here", "Will link here"]


def test_it_costs_the_same_with_a_long_history(client, edna, address):
    guide = make_document("guide")
    client.force_login(edna)
    costs = []
    for _ in (1, 2):
        for _ in range(5):
            make_published(guide, at=timezone.now())
        with CaptureQueriesContext(connection) as queries:
            client.get(address("change", guide.pk))
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("page", ["change", "settings", "history", "compare"])
def test_what_does_not_exist_is_not_found(client, root, address, page):
    client.force_login(root)
    assert client.get(address(page, 999_999)).status_code == 404


@pytest.mark.parametrize("page", ["change", "settings", "history", "compare"])
def test_others_are_refused_and_visitors_asked_to_log_in(client, guide, address, ada, page):
    assert client.get(address(page, guide.pk)).url.startswith(reverse("admin:login"))
    client.force_login(ada)
    assert client.get(address(page, guide.pk)).status_code == 403


class TestPlaceAndOwner:
    def test_a_page_moves_to_another_stage(self, client, edna, address):
        page, stage = make_live_document("page"), make_live_document("stage")
        client.force_login(edna)
        answers = {"parent": stage.pk, "position": "7", "owner": edna.pk}
        assert client.post(address("settings", page.pk), answers).status_code == 302
        assert ProcrastinateJob.objects.filter(task_name=pdf.JOB).exists()
        page.refresh_from_db()
        assert (page.parent, page.position, page.owner) == (stage, 7, edna)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"parent": ""}, "Select the stage that the page belongs to"),
            ({"position": "first"}, "Position must be a whole number"),
            ({"position": "99999"}, "less than or equal to 32767"),
        ],
    )
    def test_a_wrong_place_is_explained(self, client, edna, address, wrong, message):
        page = make_live_document("page")
        client.force_login(edna)
        answers = {"parent": page.parent_id, "position": "1", "owner": ""} | wrong
        assert message in client.post(address("settings", page.pk), answers).content.decode()

    def test_a_page_does_not_belong_to_a_guide(self, client, edna, address):
        page = make_live_document("page")
        client.force_login(edna)
        answers = {"parent": page.parent.parent_id, "position": "1", "owner": ""}
        words = client.post(address("settings", page.pk), answers).content.decode()
        assert "Select the stage that the page belongs to" in words

    def test_owners_are_those_who_can_do_something(self, client, edna, ravi, ada, guide, address):
        client.force_login(edna)
        labels = [
            str(label)
            for _, label in client.get(address("settings", guide.pk)).context["form"].fields["owner"].choices
        ]
        assert labels == ["Nobody", "Ravi Reads", "Edna Writes"]

    def test_a_reviewer_only_reads(self, client, ravi, guide, address):
        client.force_login(ravi)
        assert client.get(address("settings", guide.pk)).status_code == 403


class TestAdding:
    def test_a_text_is_added_with_its_first_draft(self, client, edna, address):
        client.force_login(edna)
        answers = {"kind": "guide", "slug": "New-Guide", "position": "1", "owner": edna.pk}
        page = client.post(address("add"), answers, follow=True)
        document = Document.objects.get()
        assert (document.kind, document.slug, document.owner) == ("guide", "new-guide", edna)
        draft = document.editions.get()
        assert page.redirect_chain[-1][0] == address("edit", document.pk, draft.pk)

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            ({"kind": ""}, "Select what it is"),
            ({"slug": ""}, "Enter the last part of its address"),
            ({"slug": "two words"}, "small letters, numbers and hyphens only"),
            ({"slug": "x" * 81}, "Address must be 80 characters or fewer"),
            ({"slug": "two_words"}, "small letters, numbers and hyphens only"),
            ({"slug": "nation"}, "Another page of the service has this address"),
            ({"kind": "policy", "slug": "feed"}, "Another page of the service has this address"),
            ({"slug": "Taken"}, "Another text of this kind has this address"),
            ({"kind": "page"}, "Select the stage that the page belongs to"),
            ({"kind": "stage"}, "Select the guide that the stage belongs to"),
            ({"position": ""}, "Enter a position"),
        ],
    )
    def test_what_is_wrong_is_explained_once_and_nothing_is_added(
        self, client, edna, address, wrong, message
    ):
        make_document("guide", slug="taken")
        client.force_login(edna)
        answers = {"kind": "guide", "slug": "new", "position": "1", "owner": ""} | wrong
        page = client.post(address("add"), answers)
        assert message in page.content.decode()
        assert sum(len(messages) for messages in page.context["form"].errors.values()) == 1
        assert Document.objects.count() == 1

    def test_two_guides_may_have_stages_of_one_name(self, client, edna, address):
        first = make_live_document("stage", slug="appraisal")
        other = make_live_document("guide")
        client.force_login(edna)
        answers = {"kind": "stage", "slug": "appraisal", "position": "1", "owner": ""}
        words = client.post(address("add"), answers | {"parent": first.parent_id}).content.decode()
        assert "Another text of this kind has this address" in words
        assert client.post(address("add"), answers | {"parent": other.pk}).status_code == 302

    def test_a_reviewer_adds_nothing(self, client, ravi, address):
        client.force_login(ravi)
        assert client.get(address("add")).status_code == 403


class TestPreview:
    @pytest.mark.parametrize("kind", ["guide", "stage", "page", "policy"])
    def test_it_is_what_readers_get_once_it_is_published(self, client, ravi, of, kind):
        document = make_live_document(kind, at=an_hour_ago(), title="Old", body="Old words.")
        draft = make_draft(
            document,
            title="New",
            body="New words.\n\n## A heading",
            change_note="Mended.",
            change_is_public=True,
        )
        client.force_login(ravi)
        preview = client.get(of("preview", draft))
        assert preview["X-Robots-Tag"] == "noindex, nofollow"
        sent = publishing.send_for_review(draft, by=draft.saved_by, at=timezone.now(), seen=draft.saves)
        approved = publishing.approve(sent, by=ravi, at=timezone.now(), seen=sent.saves)
        publishing.publish(approved, by=ravi, at=timezone.now(), seen=approved.saves)
        client.logout()
        public = client.get(document.get_absolute_url())
        assert "New words." in public.content.decode()
        assert main(preview) == main(public)

    def test_a_term_is_seen_in_the_glossary(self, client, ravi, of):
        term = make_live_document("term", title="Asset lock")
        draft = make_draft(term, title="Lock on assets", summary="A new meaning.")
        client.force_login(ravi)
        words = client.get(of("preview", draft)).content.decode()
        assert "A new meaning." in words
        assert "Asset lock" not in words

    def test_a_page_of_a_guide_that_is_not_public_yet_can_be_seen(self, client, ravi, of):
        guide = make_document("guide")
        make_draft(guide, title="Unborn guide")
        stage = make_document("stage", parent=guide)
        make_draft(stage, title="Unborn stage")
        draft = make_draft(make_document("page", parent=stage), title="Unborn page")
        client.force_login(ravi)
        words = client.get(of("preview", draft)).content.decode()
        assert "Unborn page" in words
        assert "Unborn stage" in words

    def test_it_is_for_those_who_may_read_drafts(self, client, ada, guide, of):
        draft = make_draft(guide)
        assert client.get(of("preview", draft)).url.startswith(reverse("admin:login"))
        client.force_login(ada)
        assert client.get(of("preview", draft)).status_code == 403

    def test_hostile_words_do_no_harm(self, client, ravi, guide, of):
        draft = make_draft(
            guide, title="<script>x</script>", body="<script>alert(1)</script> [x](javascript:alert(1))"
        )
        client.force_login(ravi)
        words = client.get(of("preview", draft)).content.decode()
        assert "<script>alert" not in words
        assert "<script>x" not in words
        assert "javascript:alert" not in words


def main(page):
    """What stands on the page, without the parts of the frame that name its address."""
    words = page.content.decode()
    return words[words.index("<main") : words.index("</main>")]


def test_a_reviewer_is_not_asked_to_start(client, ravi, guide, address):
    client.force_login(ravi)
    assert "Start a draft" not in client.get(address("change", guide.pk)).content.decode()


def test_names_are_shown_as_text(client, guide, address):
    mallory = make_user("editor", first_name="<b>Mallory</b>")
    make_draft(guide, by=mallory)
    client.force_login(mallory)
    assert "<b>Mallory" not in client.get(address("change", guide.pk)).content.decode()
