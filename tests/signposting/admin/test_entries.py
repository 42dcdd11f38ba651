"""The directory in the admin: Edna writes what readers are told of a body, Ravi approves it, nobody else gets in."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mutuals_portal import publishing
from signposting.admin.entry_form import EntryForm
from signposting.models import Entry, Listing, Organisation
from tests.factories import (
    make_duty_desk,
    make_entry,
    make_entry_draft,
    make_look_out,
    make_organisation,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signposting_listing_changelist")
ADVICE = {
    "title": "Advice",
    "what": "Somebody talks it through.",
    "askers": ["staff", "manager"],
    "look_outs": ["pensions"],
    "cost": "free",
    "how": "Use its form.",
    "source": "report",
}


def address(name, *args):
    return reverse(f"admin:signposting_listing_{name}", args=args)


def of(name, edition):
    return address(name, edition.document_id, edition.pk)


def typed(edition, *, offers=(), **answers):
    """The form as a browser sends it: the words as they stand, and these offers."""
    sent = {
        name: value
        for name, value in EntryForm(edition=edition).initial.items()
        if name != "written_offers" and value not in (None, "", False, [])
    }
    prefix = "written_offers"
    sent |= {"review_by": "27/3/2099", "former_names": ""}
    sent |= {f"{prefix}-TOTAL_FORMS": len(offers) + 3, f"{prefix}-INITIAL_FORMS": 0}
    for place, row in enumerate(offers):
        sent |= {f"{prefix}-{place}-{field}": value for field, value in row.items()}
    return sent | answers


@pytest.fixture
def edna(db):
    return make_user("editor", username="edna")


@pytest.fixture
def ravi(db):
    return make_user("reviewer", username="ravi")


@pytest.fixture
def draft(edna, client):
    make_source("report")
    make_look_out("pensions", title="Pensions")
    client.force_login(edna)
    return make_entry_draft(by=edna, title="Cwmpas")


def now(draft):
    return Entry.objects.get(pk=draft.pk)


def test_what_an_editor_types_is_kept_and_made_into_offers(client, draft):
    answers = typed(draft, offers=[ADVICE], former_names="Old name\r\n\r\n Older \n", nations=["wales"])
    assert "Saved." in client.post(of("edit", draft), answers, follow=True).text
    after = now(draft)
    assert (after.former_names, after.nations) == (["Old name", "Older"], ["wales"])
    offer = after.offers.get()
    assert (offer.askers, offer.nations, offer.look_outs) == (["staff", "manager"], ["wales"], ["pensions"])
    assert offer.is_at_any_stage
    page = client.get(of("edit", draft)).text
    assert "Old name\nOlder" in page
    assert re.search(r'summary-text">[^<]*Advice<', page)


def test_an_unfinished_offer_is_kept_named_and_shown_to_nobody(client, draft):
    page = client.post(of("edit", draft), typed(draft, offers=[ADVICE | {"source": ""}]), follow=True)
    assert "Offer “Advice”: name its source." in page.text
    assert now(draft).written_offers[0]["title"] == "Advice"
    assert not now(draft).offers.exists()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"website": "nonsense"}, "Website must be an address such as https://www.example.org/"),
        ({"ended": "lately"}, "When it ended must be a real year, month or day"),
        ({"former_names": "x" * 121}, "Enter 20 names or fewer, each of 120 characters or fewer"),
        ({"kind": "friend"}, "Kind of body must be one of the list"),
        ({"nations": ["atlantis"]}, "Nations: select from the list"),
        ({"written_offers-0-source": "nobody"}, "“nobody” is not the key of a source."),
    ],
)
def test_a_wrong_value_is_named_by_its_field_and_nothing_is_saved(client, draft, answers, words):
    before = now(draft).saves
    page = client.post(of("edit", draft), typed(draft, offers=[ADVICE], **answers))
    assert words in page.text
    assert now(draft).saves == before


def test_a_body_that_has_ended_offers_nothing(client, draft):
    page = client.post(of("edit", draft), typed(draft, offers=[ADVICE], activity="historic"), follow=True)
    assert "a body that has ended offers no help" in page.text


def test_it_takes_two_people_to_show_it(client, draft, ravi, edna):
    client.post(of("edit", draft), typed(draft, offers=[ADVICE]))
    client.post(of("send-for-review", draft), {"seen": now(draft).saves})
    assert now(draft).status == "in-review"
    client.post(of("approve", draft), {"seen": now(draft).saves})
    assert now(draft).status == "in-review"
    client.force_login(ravi)
    client.post(of("approve", draft), {"seen": now(draft).saves})
    client.post(of("publish", draft), {"seen": now(draft).saves, "when": "at-once"})
    assert now(draft).is_live(at=timezone.now() + timedelta(seconds=1))
    assert "Cwmpas" in client.get("/support/bodies/").text


def test_the_preview_is_what_will_be_public_and_shown_to_nobody_else(client, draft):
    page = client.get(of("preview", draft))
    assert "Cwmpas" in page.text
    assert "noindex" in page["X-Robots-Tag"]
    assert client.get(draft.document.get_absolute_url()).status_code == 404


def test_a_new_body_is_only_listed_and_gets_its_first_draft(client, edna):
    client.force_login(edna)
    answers = {"name": "New Body", "slug": "new-body", "entry_email": "checks@example.org"}
    page = client.post(address("add"), answers, follow=True)
    assert page.status_code == 200
    body = Organisation.objects.get(slug="new-body")
    assert (body.kind, body.entry_email, body.editions.count()) == ("helper", "checks@example.org", 1)


@pytest.mark.parametrize("slug", ["bodies", "feed", "data", "how-we-rank", "Not fit"])
def test_an_address_that_is_taken_or_not_fit_is_refused(client, edna, slug):
    client.force_login(edna)
    page = client.post(address("add"), {"name": "New Body", "slug": slug})
    assert page.status_code == 200
    assert not Organisation.objects.filter(name="New Body").exists()


def test_contact_and_owner_are_set_and_the_part_in_the_service_is_out_of_reach(client, edna):
    body = make_organisation(contact_email="notices@example.org")
    client.force_login(edna)
    answers = {
        "entry_email": "checks@example.org",
        "owner": edna.pk,
        "contact_email": "x@example.org",
        "kind": "helper",
    }
    client.post(address("settings", body.pk), answers)
    body.refresh_from_db()
    assert (body.entry_email, body.owner) == ("checks@example.org", edna)
    assert (body.contact_email, body.kind) == ("notices@example.org", "partner")


def test_the_desk_is_not_among_them(client, edna):
    desk = make_duty_desk()
    client.force_login(edna)
    assert desk.name not in client.get(LIST).text
    assert client.get(address("change", desk.pk)).status_code == 404


def test_the_list_the_pages_and_their_help_open_for_editors_and_reviewers_alone(client, edna, ravi):
    entry = make_entry(title="Cwmpas")
    pages = [
        LIST,
        address("change", entry.document_id),
        address("history", entry.document_id),
        address("help"),
    ]
    for user, status in (
        (edna, 200),
        (ravi, 200),
        (make_user("adviser"), 403),
        (make_user("duty-desk"), 403),
    ):
        client.force_login(user)
        assert {client.get(page).status_code for page in pages} == {status}, user


def test_two_saves_are_compared_field_by_field(client, draft):
    client.post(of("edit", draft), typed(draft, offers=[ADVICE], summary="Newer words."))
    saves = list(draft.history.order_by("pgh_id").values_list("pgh_id", flat=True))
    page = client.get(address("compare", draft.document_id), {"old": saves[0], "new": saves[-1]})
    assert "Newer words." in page.text
    assert "Somebody talks it through." in page.text


def test_a_listing_is_the_body_itself(draft):
    listing = Listing.objects.get(pk=draft.document_id)
    assert listing.editions.get() == draft
    assert not publishing.may_start(listing, at=timezone.now())
