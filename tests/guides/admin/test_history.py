"""Every save of a text: told, compared, and taken up again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.models import EditionSave
from mutuals_portal import publishing
from mutuals_portal.publishing_admin import history
from tests.factories import MONDAY, make_document, make_draft, make_published, make_user

pytestmark = pytest.mark.django_db

HOURS = [MONDAY + timedelta(hours=number) for number in range(24)]


@pytest.fixture
def guide():
    return make_document("guide")


def saves(document):
    return list(EditionSave.objects.filter(document=document).order_by("pgh_id"))


def told(client, document, address):
    deeds = client.get(address("history", document.pk)).context["deeds"]
    return [(deed.what, deed.by, deed.number) for deed in reversed(deeds)]


def test_every_deed_is_told_with_who_did_it(client, edna, ravi, guide, address):
    draft = make_draft(guide, by=edna, at=HOURS[0])
    sent = publishing.send_for_review(draft, by=edna, at=HOURS[1], seen=draft.saves)
    back = publishing.send_back(sent, by=ravi, at=HOURS[2], seen=sent.saves, note="Say who pays.")
    written = publishing.write(back, by=edna, at=HOURS[3], seen=back.saves, title="Who pays")
    sent = publishing.send_for_review(written, by=edna, at=HOURS[4], seen=written.saves)
    approved = publishing.approve(sent, by=ravi, at=HOURS[5], seen=sent.saves)
    shown = publishing.publish(approved, by=edna, at=HOURS[6], seen=approved.saves, show_from=HOURS[20])
    again = publishing.cancel_schedule(shown, by=ravi, at=HOURS[7], seen=shown.saves)
    publishing.publish(again, by=edna, at=HOURS[8], seen=again.saves)
    second = make_draft(guide, by=edna, at=HOURS[9])
    publishing.discard(second, at=HOURS[10], seen=second.saves)
    publishing.withdraw(guide, by=ravi, at=HOURS[11], reason="It was wrong.")
    client.force_login(ravi)
    edna, ravi = "Edna Writes", "Ravi Reads"
    assert told(client, guide, address) == [
        ("Started", edna, 1),
        ("Written", edna, 1),
        ("Sent for review", edna, 1),
        ("Sent back", ravi, 1),
        ("Written", edna, 1),
        ("Sent for review", edna, 1),
        ("Approved", ravi, 1),
        ("Scheduled", edna, 1),
        ("Schedule cancelled", ravi, 1),
        ("Published", edna, 1),
        ("Started", edna, 2),
        ("Written", edna, 2),
        ("Withdrawn", ravi, 1),
    ]
    page = client.get(address("history", guide.pk)).content.decode()
    assert "a draft that was deleted" in page
    assert "Say who pays." in page
    assert "It was wrong." in page


def test_writing_in_review_is_no_sending_back(client, edna, guide, address):
    draft = make_draft(guide, by=edna)
    sent = publishing.send_for_review(draft, by=edna, at=HOURS[1], seen=draft.saves)
    publishing.write(sent, by=edna, at=HOURS[2], seen=sent.saves, title="Other")
    client.force_login(edna)
    assert told(client, guide, address)[-1][0] == "Written"


def test_the_end_of_an_edition_is_no_deed_of_its_own(client, edna, guide, address):
    make_published(guide, at=HOURS[0])
    make_published(guide, at=HOURS[1])
    client.force_login(edna)
    assert [what for what, _, _ in told(client, guide, address)] == [
        *("Started", "Written", "Sent for review", "Approved", "Published") * 2
    ]


def test_what_came_with_the_service_was_written_by_nobody_here(client, edna, guide, address):
    words = {"title": "Loaded", "summary": "One sentence.", "body": "Words.", "nations": ["wales"]}
    publishing.publish_loaded(guide, at=MONDAY, digest="x", **words)
    client.force_login(edna)
    assert told(client, guide, address) == [("Came with the service", "", 1)]


def test_a_long_history_comes_in_pages(client, edna, guide, address, monkeypatch):
    monkeypatch.setattr(history, "PAGE_SIZE", 3)
    draft = make_draft(guide, by=edna)
    for number in range(3):
        draft = publishing.write(draft, by=edna, at=HOURS[number], seen=draft.saves, title=f"Save {number}")
    client.force_login(edna)
    first = client.get(address("history", guide.pk))
    assert [deed.save for deed in first.context["deeds"]] == [4, 3, 2]
    second = client.get(address("history", guide.pk) + first.context["next"])
    assert [(deed.what, deed.save) for deed in second.context["deeds"]] == [("Written", 1), ("Started", 0)]
    assert not second.context["next"]
    assert client.get(address("history", guide.pk), {"before": "9" * 30}).status_code == 200


def test_it_costs_the_same_however_long(client, edna, guide, address):
    client.force_login(edna)
    costs = []
    for _ in (1, 2):
        make_published(guide, at=HOURS[len(costs)])
        with CaptureQueriesContext(connection) as queries:
            client.get(address("history", guide.pk))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 8


class TestComparing:
    def test_what_was_taken_out_and_put_in_is_marked(self, client, ravi, guide, address):
        draft = make_draft(guide, body="One two three.\nThe same.")
        publishing.write(
            draft, by=draft.saved_by, at=MONDAY, seen=draft.saves, body="One four three.\nThe same."
        )
        _, old, new = saves(guide)
        client.force_login(ravi)
        for pair in ((old, new), (new, old)):  # the older one comes first, whichever way they were chosen
            words = client.get(address("compare", guide.pk), {"old": pair[0].pgh_id, "new": pair[1].pgh_id})
            text = " ".join(words.content.decode().split())
            assert "taken out: </span>two<" in text
            assert "put in: </span>four<" in text

    def test_lists_and_days_are_told_in_words(self, client, ravi, guide, address):
        draft = make_draft(guide)
        publishing.write(
            draft, by=draft.saved_by, at=MONDAY, seen=draft.saves, nations=["wales"], review_by=None
        )
        _, old, new = saves(guide)
        client.force_login(ravi)
        page = client.get(address("compare", guide.pk), {"old": old.pgh_id, "new": new.pgh_id})
        fields = {field.label: field for field in page.context["fields"]}
        assert fields["Where does it apply?"].is_changed
        assert "Northern Ireland" in page.content.decode()
        assert "1 January 2099" in page.content.decode()
        assert not fields["Title"].is_changed

    @pytest.mark.parametrize(
        "asked", [{}, {"old": "x", "new": "y"}, {"old": "9" * 30, "new": "1"}, {"old": "²"}]
    )
    def test_two_saves_must_be_chosen(self, client, ravi, guide, address, asked):
        make_draft(guide)
        client.force_login(ravi)
        page = client.get(address("compare", guide.pk), asked, follow=True)
        assert "Choose two saves to compare." in page.content.decode()

    def test_the_end_of_an_edition_is_no_save_to_compare(self, client, ravi, guide, address):
        make_published(guide, at=HOURS[0])
        make_published(guide, at=HOURS[1])
        end = next(save for save in saves(guide) if save.shown_until)
        client.force_login(ravi)
        asked = {"old": saves(guide)[0].pgh_id, "new": end.pgh_id}
        assert client.get(address("compare", guide.pk), asked).status_code == 302

    def test_a_save_of_another_text_is_not_shown(self, client, ravi, guide, address):
        make_draft(guide)
        make_draft(make_document("guide"), title="Of another")
        other = EditionSave.objects.filter(title="Of another").last()
        client.force_login(ravi)
        asked = {"old": saves(guide)[0].pgh_id, "new": other.pgh_id}
        assert client.get(address("compare", guide.pk), asked).status_code == 302


class TestRestoring:
    @pytest.fixture
    def past(self, guide):
        make_published(guide, at=HOURS[0], title="Old", body="Old words.")
        make_published(guide, at=HOURS[1], title="New", body="New words.")
        return next(save for save in saves(guide) if save.title == "Old")

    def test_an_older_text_becomes_a_new_draft(self, client, edna, guide, address, past):
        client.force_login(edna)
        assert client.get(address("restore", guide.pk, past.pgh_id)).status_code == 200
        client.post(address("restore", guide.pk, past.pgh_id), {"seen": 0})
        draft = guide.editions.open().get()
        assert (draft.title, draft.body, draft.number) == ("Old", "Old words.", 3)
        assert draft.authors.get() == edna
        assert guide.editions.live(at=HOURS[2]).get().title == "New"

    def test_it_replaces_what_the_present_draft_says(self, client, edna, guide, address, past):
        draft = make_draft(guide, at=HOURS[2], title="Newest")
        client.force_login(edna)
        page = client.get(address("restore", guide.pk, past.pgh_id)).content.decode()
        assert "It replaces what the present draft says" in page
        client.post(address("restore", guide.pk, past.pgh_id), {"seen": draft.saves})
        draft.refresh_from_db()
        assert (draft.title, draft.saved_by) == ("Old", edna)

    def test_it_replaces_nothing_unseen(self, client, edna, guide, address, past):
        draft = make_draft(guide, at=HOURS[2], title="Newest")
        client.force_login(edna)
        page = client.post(address("restore", guide.pk, past.pgh_id), {"seen": draft.saves - 1})
        assert "changed while you were looking" in page.content.decode()
        draft.refresh_from_db()
        assert draft.title == "Newest"

    def test_a_deleted_draft_can_be_taken_up_again(self, client, edna, guide, address):
        draft = make_draft(guide, title="Deleted")
        publishing.discard(draft, at=HOURS[1], seen=draft.saves)
        client.force_login(edna)
        client.post(address("restore", guide.pk, saves(guide)[-1].pgh_id), {"seen": 0})
        assert guide.editions.open().get().title == "Deleted"

    def test_it_waits_while_a_text_is_scheduled(self, client, edna, guide, address, past):
        make_published(guide, at=HOURS[2], show_from=MONDAY + timedelta(days=3650 * 5))
        client.force_login(edna)
        page = client.post(address("restore", guide.pk, past.pgh_id), {"seen": 0}).content.decode()
        assert "A text is scheduled. Cancel that first" in page

    def test_a_reviewer_restores_nothing(self, client, ravi, guide, address, past):
        client.force_login(ravi)
        assert client.get(address("restore", guide.pk, past.pgh_id)).status_code == 403
        assert client.post(address("restore", guide.pk, past.pgh_id), {"seen": 0}).status_code == 403
        assert "Restore" not in client.get(address("history", guide.pk)).content.decode().replace(
            "compare and restore", ""
        )

    def test_what_does_not_exist_is_not_found(self, client, edna, guide, address, past):
        client.force_login(edna)
        other = make_document("guide")
        assert client.get(address("restore", guide.pk, 999_999)).status_code == 404
        assert client.get(address("restore", guide.pk, 10**25)).status_code == 404
        assert client.get(address("restore", other.pk, past.pgh_id)).status_code == 404


def test_the_words_of_a_person_are_shown_as_text(client, ravi, guide, address):
    draft = make_draft(guide, by=make_user(), body="<b>bold</b>")
    publishing.write(draft, by=draft.saved_by, at=MONDAY, seen=draft.saves, body="<i>other</i>")
    _, old, new = saves(guide)
    client.force_login(ravi)
    words = client.get(address("compare", guide.pk), {"old": old.pgh_id, "new": new.pgh_id}).content.decode()
    assert "<b>bold" not in words
    assert "<i>other" not in words
