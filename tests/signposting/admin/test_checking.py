"""Who checks an entry, in the admin: asked anew, checked by an editor, past its day; and readers' reports."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from signposting import assuring, reporting
from signposting.models import Assurance, EntryReport, OutboxMail, OwnerLink
from tests.factories import MONDAY, make_entry, make_entry_draft, make_user
from tests.signposting.owners import CHECKER, make_link

pytestmark = pytest.mark.django_db

REPORTS = reverse("admin:signposting_entryreport_changelist")


@pytest.fixture
def entry():
    return make_entry(at=MONDAY, title="Agency", slug="agency", review_by=MONDAY.date().replace(day=2))


def page_of(entry):
    return reverse("admin:signposting_listing_checking", args=[entry.document_id])


def test_an_editor_says_who_checks_and_sends_the_link(client, eddie, entry):
    client.force_login(eddie)
    listing = reverse("admin:signposting_listing_change", args=[entry.document_id])
    assert f'href="{page_of(entry)}"' in client.get(listing).text
    assert "Nobody there is asked" in client.get(page_of(entry)).text
    settings = reverse("admin:signposting_listing_settings", args=[entry.document_id])
    client.post(settings, {"entry_email": CHECKER, "owner": ""})
    for _ in range(2):
        response = client.post(page_of(entry), {"send": "yes"}, follow=True)
    assert "The link is on its way." in response.text
    link = OwnerLink.objects.get()
    assert (link.sent_to, link.made_by) == (CHECKER, eddie)
    assert "waits to be sent" in response.text


def test_a_mail_that_could_not_be_delivered_is_told(client, eddie, entry):
    make_link(entry)
    OutboxMail.objects.update(
        failed_at=timezone.now(), last_error="The mail server did not take the address."
    )
    client.force_login(eddie)
    text = client.get(page_of(entry)).text
    assert "could not be delivered.</strong> The mail server did not take the address." in text


def test_without_anybody_to_ask_nothing_is_sent(client, eddie, entry):
    client.force_login(eddie)
    assert "Nobody checks this entry yet." in client.post(page_of(entry), {"send": "yes"}, follow=True).text
    assert not OwnerLink.objects.exists()


def test_an_editor_has_checked_it_and_it_is_no_longer_past_review(client, eddie, entry):
    client.force_login(eddie)
    late = {"state": "past-review"}
    listing = reverse("admin:signposting_listing_changelist")
    calendar = reverse("admin:signposting_listing_calendar")
    assert "Agency" in client.get(listing, late).text
    assert "Agency" in client.get(calendar).text.split("casework-late")[0]
    for _ in range(2):
        client.post(page_of(entry), {"checked": "1"})
    assert Assurance.objects.get().given_by == eddie
    assert "Past review" not in client.get(listing).text.split("<table")[1]
    assert "Agency" not in client.get(listing, late).text.split("<main")[1]
    assert "We checked this with Agency" in client.get("/support/agency/").text
    document = client.get(reverse("admin:signposting_listing_change", args=[entry.document_id])).text
    assert str(timezone.localdate().year + 1) in re.search(r"Review by [^.]*", document)[0]


@pytest.mark.parametrize("checked", ["", "2", "x", "9" * 400, "\x00"])
def test_what_is_not_public_any_more_is_not_checked(client, eddie, entry, checked):
    client.force_login(eddie)
    assert (
        "What is public changed meanwhile."
        in client.post(page_of(entry), {"checked": checked}, follow=True).text
    )
    assert not Assurance.objects.exists()


def test_a_reviewer_sees_it_and_does_neither(client, entry):
    client.force_login(make_user("reviewer"))
    text = client.get(page_of(entry)).text
    assert "I have checked it with them" not in text
    client.post(page_of(entry), {"checked": "1"})
    assert not Assurance.objects.exists()


def test_a_draft_that_was_never_public_has_the_page_too(client, eddie):
    client.force_login(eddie)
    assert "It is not public" in client.get(page_of(make_entry_draft())).text


def test_the_address_of_whoever_checks_is_public_nowhere(client, entry):
    link = make_link(entry)
    assuring.confirm(link, seen=1, at=timezone.now())
    for address in ("agency/", "", "bodies/", "data.csv", "data/services", "feed/", "agency/report/"):
        assert CHECKER not in client.get(f"/support/{address}").text


def test_a_report_is_read_answered_and_taken_off_the_page(client, eddie, entry):
    report = reporting.receive(entry.document, edition_number=1, words="It moved.", at=timezone.now())
    client.force_login(eddie)
    assert "It moved." in client.get(REPORTS).text
    page = reverse("admin:signposting_entryreport_change", args=[report.pk])
    text = client.get(page).text
    assert "Agency" in text
    assert reverse("admin:signposting_listing_change", args=[entry.document_id]) in text
    client.post(page, {"text": "You are right.", "is_public": "on"})
    assert "You are right." in client.get("/support/agency/").text
    client.post(reverse("admin:signposting_entryreport_hide", args=[report.pk]))
    assert "You are right." not in client.get("/support/agency/").text
    assert not EntryReport.objects.open().exists()


def test_reports_are_no_business_of_advisers(client, alice, entry):
    client.force_login(alice)
    assert client.get(REPORTS).status_code == 403


@pytest.mark.parametrize("number", [3, 20])
def test_the_queries_of_the_reports_do_not_grow(client, eddie, number, django_assert_num_queries):
    for _ in range(number):
        body = make_entry(at=MONDAY).document
        reporting.receive(body, edition_number=1, words="Wrong.", at=timezone.now())
    client.force_login(eddie)
    client.get(REPORTS)
    with django_assert_num_queries(7):
        client.get(REPORTS)
