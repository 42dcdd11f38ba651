"""What bodies want changed, in the admin: compared field by field, accepted or refused with a reason."""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from signposting import assuring, owner_links
from signposting.models import Entry, Proposal
from tests.factories import MONDAY, make_entry, make_entry_draft, make_user
from tests.signposting.owners import make_link, words_of

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signposting_proposal_changelist")


@pytest.fixture
def entry():
    return make_entry(at=MONDAY, title="Agency", summary="It helps some.")


@pytest.fixture
def proposal(entry):
    words = words_of(entry, title="Better Agency", summary="It helps all.")
    return assuring.propose(make_link(entry), seen=1, words=words, note="Ask Ann.", at=timezone.now())


def page_of(proposal):
    return reverse("admin:signposting_proposal_change", args=[proposal.pk])


def seen_on(text):
    return html.unescape(re.search(r'name="seen" value="([^"]*)"', text)[1])


def decision(client, proposal, **answers):
    shown = {"seen": seen_on(client.get(page_of(proposal)).text)}
    return shown | {name.replace("_", "-", 1): value for name, value in answers.items()}


def test_an_editor_compares_and_decides_field_by_field(client, eddie, proposal):
    client.force_login(eddie)
    assert "Wants changed: Name, Summary." in client.get(LIST).text
    text = client.get(page_of(proposal)).text
    assert "Ask Ann." in text
    assert re.search(r"<ins>.*?Better.*?</ins>", text)
    assert re.search(r"<del>.*?some\..*?</del>", text)
    answers = decision(
        client, proposal, choice_title="refuse", reason_title="A nickname.", choice_summary="accept"
    )
    for _ in range(2):
        response = client.post(page_of(proposal), answers, follow=True)
        assert response.status_code == 200
    draft = Entry.objects.open().get()
    assert (draft.title, draft.summary, draft.saved_by) == ("Agency", "It helps all.", eddie)
    assert "<strong>Refused:</strong> A nickname." in client.get(page_of(proposal)).text
    assert "Agency" in client.get(LIST, {"show": "decided"}).text
    assert "No body is waiting" in client.get(LIST).text


def test_a_refusal_needs_its_reason_and_every_field_its_decision(client, eddie, proposal):
    client.force_login(eddie)
    text = client.post(
        page_of(proposal), decision(client, proposal, choice_title="refuse", reason_title=" ")
    ).text
    assert "Say why, so that the body understands it" in text
    assert "Summary: choose to accept or to refuse it" in text
    assert Proposal.objects.open().exists()


def test_what_has_changed_since_is_shown_and_a_decision_on_it_is_asked_for_again(
    client, eddie, proposal, entry
):
    client.force_login(eddie)
    answers = decision(
        client, proposal, choice_title="refuse", reason_title="Kept words.", choice_summary="accept"
    )
    make_entry(entry.document, at=timezone.now(), title="Agency", summary="It helps a few.")
    text = client.post(page_of(proposal), answers).text
    assert "changed while you were looking" in text
    assert "This has changed since the body wrote." in text
    assert "Kept words." in text
    client.post(page_of(proposal), answers | {"seen": seen_on(text)})
    assert Entry.objects.open().get().summary == "It helps all."


def test_a_draft_that_is_there_is_named_and_written_in_only_if_ticked(client, eddie, proposal, entry):
    theirs = make_entry_draft(entry.document, at=timezone.now(), title="Half a thought")
    client.force_login(eddie)
    assert "There is a draft of this entry already." in client.get(page_of(proposal)).text
    answers = decision(client, proposal, choice_title="refuse", reason_title="No.", choice_summary="accept")
    assert "There is a draft already." in client.post(page_of(proposal), answers).text
    client.post(page_of(proposal), answers | {"into_draft": "on"})
    theirs.refresh_from_db()
    assert (theirs.title, theirs.summary) == ("Half a thought", "It helps all.")


def test_what_the_entry_says_by_now_is_not_compared(client, eddie, proposal, entry):
    make_entry(entry.document, at=timezone.now(), title="Better Agency", summary="It helps some.")
    client.force_login(eddie)
    assert "The entry says this by now." in client.get(page_of(proposal)).text


def test_what_was_taken_back_cannot_be_decided(client, eddie, proposal, entry):
    client.force_login(eddie)
    answers = decision(client, proposal, choice_title="accept", choice_summary="accept")
    link = owner_links.OwnerLink.objects.get()
    assuring.confirm(link, seen=1, at=timezone.now())
    assert "There is nothing to decide here." in client.get(page_of(proposal)).text
    assert "has taken this back" in client.post(page_of(proposal), answers).text
    assert not Entry.objects.open().exists()


def test_a_word_without_a_change_is_read_and_settled(client, eddie, entry):
    link = make_link(entry)
    said = assuring.propose(link, seen=1, words=words_of(entry), note="We move soon.", at=timezone.now())
    client.force_login(eddie)
    assert "I have read it" in client.get(page_of(said)).text
    client.post(page_of(said), decision(client, said))
    assert not Proposal.objects.open().exists()


def test_a_reviewer_reads_and_does_not_decide(client, proposal):
    client.force_login(make_user("reviewer"))
    text = client.get(page_of(proposal)).text
    assert "Better" in text
    assert "Decide" not in text
    assert client.post(page_of(proposal), {"seen": "x"}).status_code == 403


def test_an_adviser_has_no_business_here(client, alice, proposal):
    client.force_login(alice)
    for address in (LIST, page_of(proposal), f"/admin/signposting/listing/{proposal.document_id}/checking/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403


@pytest.mark.parametrize("answers", [{}, {"seen": "x" * 5_000}, {"seen": "\x00", "choice-title": "magic"}])
def test_hostile_answers_get_a_page(client, eddie, proposal, answers):
    client.force_login(eddie)
    assert client.post(page_of(proposal), answers).status_code == 200
    assert Proposal.objects.open().exists()
    assert client.get(LIST, {"page": "9" * 400, "show": "\x00"}).status_code == 200
    assert client.get(reverse("admin:signposting_proposal_change", args=[10**9])).status_code == 404


@pytest.mark.parametrize("number", [3, 20])
def test_the_queries_of_the_list_do_not_grow(client, eddie, number, django_assert_num_queries):
    for _ in range(number):
        entry = make_entry(at=MONDAY)
        words = words_of(entry, title="Other")
        assuring.propose(make_link(entry), seen=1, words=words, note="", at=timezone.now())
    client.force_login(eddie)
    client.get(LIST)
    with django_assert_num_queries(6):
        client.get(LIST)
