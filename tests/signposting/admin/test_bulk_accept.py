"""Accepting several enquiries at once."""

import pytest
from django.urls import reverse

from signposting import lifecycle
from signposting.models import EnquiryEvent, Verb
from tests.factories import MONDAY, make_enquiry, make_user

ADDRESS = "admin:signposting_enquiry_bulk-accept"


def accept(client, *enquiries):
    chosen = [f"{enquiry.pk}-{enquiry.version}" for enquiry in enquiries]
    return client.post(reverse(ADDRESS), {"enquiry": chosen}, follow=True)


def test_it_is_confirmed_first(client, alice, home):
    enquiry = make_enquiry(to=home)
    client.force_login(alice)
    page = client.get(reverse(ADDRESS), {"enquiry": enquiry.pk})
    assert f'value="{enquiry.pk}-1"' in page.text
    assert enquiry.reference in page.text


def test_each_is_accepted_by_its_own_event(client, alice, home):
    enquiries = [make_enquiry(to=home) for _ in range(3)]
    client.force_login(alice)
    page = accept(client, *enquiries)
    assert all(enquiry.reference in page.text for enquiry in enquiries)
    assert EnquiryEvent.objects.filter(verb=Verb.ACCEPT, by_user=alice).count() == 3


def test_every_refusal_is_named_and_the_others_are_done(client, alice, bob, home):
    mine, bobs = make_enquiry(to=home), make_enquiry(to=home)
    lifecycle.accept(bobs, by=bob, at=MONDAY)
    client.force_login(alice)
    page = accept(client, mine, bobs)
    assert f"Accepted: {mine.reference}." in page.text
    assert f"{bobs.reference} was not accepted." in page.text
    bobs.refresh_from_db()
    assert bobs.adviser == bob


def test_a_double_click_is_one_deed(client, alice, home):
    enquiry = make_enquiry(to=home)
    client.force_login(alice)
    accept(client, enquiry)
    assert f"Accepted: {enquiry.reference}." in accept(client, enquiry).text
    assert EnquiryEvent.objects.filter(verb=Verb.ACCEPT).count() == 1


@pytest.mark.parametrize("value", ["", "x", "1", "1-x", "1-2-3", "٣-1", "99999999999999999999-1", "\x00"])
def test_what_is_no_choice_is_left_out(client, alice, home, value):
    client.force_login(alice)
    assert client.post(reverse(ADDRESS), {"enquiry": value}, follow=True).status_code == 200
    assert "Choose at least one" in client.get(reverse(ADDRESS), {"enquiry": value}, follow=True).text


def test_it_takes_the_right_to_work_on_enquiries(client, home, root):
    enquiry = make_enquiry(to=home)
    client.force_login(root)
    assert "was not accepted" in accept(client, enquiry).text
    client.force_login(make_user())
    assert accept(client, enquiry).status_code == 403
    enquiry.refresh_from_db()
    assert enquiry.is_unclaimed
