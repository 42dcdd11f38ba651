"""The bodies and the people who act for them, in the admin."""

import pytest
from django.urls import reverse

from signposting.models import Adviser
from tests.factories import make_enquiry, make_entry, make_organisation, make_user


@pytest.fixture
def manager(db):
    return make_user("administrator", username="manager")


def change(organisation):
    return reverse("admin:signposting_organisation_change", args=[organisation.pk])


def filled_in(organisation, **changes):
    return {
        "name": organisation.name,
        "short_name": "",
        "slug": organisation.slug,
        "kind": organisation.kind,
        "home_nation": organisation.home_nation,
        "accepts_enquiries": "on",
        "contact_email": organisation.contact_email,
        "entry_email": "",
    } | changes


def test_an_administrator_sets_where_notices_go(client, manager, home):
    client.force_login(manager)
    client.post(change(home), filled_in(home, contact_email="new@example.org"))
    home.refresh_from_db()
    assert home.contact_email == "new@example.org"


def test_an_editor_mends_names_and_nothing_that_moves_enquiries(client, eddie, home):
    client.force_login(eddie)
    client.post(change(home), filled_in(home, name="Helps", contact_email="eddie@example.org", kind="helper"))
    home.refresh_from_db()
    assert home.name == "Helps"
    assert (home.contact_email, home.kind) == ("home-body@example.org", "partner")


def test_a_body_is_found_by_its_new_short_name_at_once(client, eddie, home):
    make_entry(home)
    client.force_login(eddie)
    client.post(change(home), filled_in(home, short_name="Zebras"))
    assert f'href="{home.get_absolute_url()}"' in client.get("/search/", {"q": "zebras"}).text


def test_an_adviser_has_no_business_there(client, alice, home):
    client.force_login(alice)
    assert client.get(change(home)).status_code == 403
    assert client.get(reverse("admin:signposting_adviser_changelist")).status_code == 403


def test_nobody_deletes_a_body(client, root, home):
    client.force_login(root)
    assert client.get(reverse("admin:signposting_organisation_delete", args=[home.pk])).status_code == 403


def test_an_administrator_makes_somebody_an_adviser(client, root, home):
    user = make_user("adviser")
    helper = make_organisation(kind="helper")
    client.force_login(root)
    add = reverse("admin:signposting_adviser_add")
    assert "valid choice" in client.post(add, {"user": user.pk, "organisation": helper.pk}).text
    client.post(add, {"user": user.pk, "organisation": home.pk})
    assert Adviser.objects.get(user=user).organisation == home


def test_the_list_tells_nobody_which_enquiries_a_body_holds(client, eddie, home):
    enquiry = make_enquiry(to=home)
    client.force_login(eddie)
    bodies = reverse("admin:signposting_organisation_changelist")
    for words in (
        {"held_enquiries": enquiry.pk},
        {"held_enquiries__id__gt": 0},
        {"contact_email__contains": "a"},
    ):
        assert client.get(bodies, words).status_code == 400
    assert client.get(bodies, {"kind__exact": "partner", "accepts_enquiries__exact": 1}).status_code == 200
