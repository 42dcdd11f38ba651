"""What a group changes about its enquiry: colleagues, contact, consent, its own words, and taking it back."""

import re

import pytest
from django.utils import timezone

from signposting import lifecycle, participation
from signposting.models import ContactChoice, Participant, Reason, Status, Verb
from tests.signposting.views.following import CODE, Device, address

pytestmark = pytest.mark.django_db

SENDERS_PAGES = ["follow-withdraw", "follow-add-colleague", "follow-consent"]
WORDS = "lantern gravel october"


def code_on(page):
    return re.search(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", page.text)[1]


def test_a_colleague_gets_a_code_that_is_shown_once(alice, enquiry):
    added = alice.change("follow-add-colleague", name="Dilys")

    assert "Dilys" in added.text
    code = code_on(added)
    assert Device().open(enquiry.reference, code).url == address("follow-enquiry")
    assert code not in alice.look().text
    assert code not in alice.get(address("follow-add-colleague")).text


def test_a_double_click_adds_one_colleague_and_shows_the_same_code(alice, enquiry):
    key = alice.key("follow-add-colleague")

    first = alice.change("follow-add-colleague", key=key, name="Dilys")
    second = alice.change("follow-add-colleague", key=key, name="Dilys")

    assert code_on(first) == code_on(second)
    assert enquiry.participants.filter(name="Dilys").count() == 1


def test_a_form_that_added_somebody_since_removed_adds_nobody(alice, enquiry, sender):
    key = alice.key("follow-add-colleague")
    alice.change("follow-add-colleague", key=key, name="Dilys")
    dilys = enquiry.participants.get(name="Dilys")
    participation.remove_participant(enquiry, participant=dilys, by=sender, at=timezone.now())

    response = alice.change("follow-add-colleague", key=key, name="Dilys")

    assert "This form has been used" in response.text
    assert not enquiry.participants.current().filter(name="Dilys").exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [("", "Enter a name"), ("a" * 61, "60 characters or fewer"), ("Di\x00lys", "cannot read after “Di”")],
)
def test_a_name_that_cannot_be_shown_is_refused(alice, enquiry, name, message):
    response = alice.change("follow-add-colleague", name=name)

    assert message in response.text
    assert response.context["form"]["name"].value() == name
    assert enquiry.participants.count() == 1


def test_a_full_group_is_told_so_and_keeps_what_was_typed(alice, enquiry):
    for number in range(participation.MAX_PARTICIPANTS - 1):
        Participant.objects.create(
            enquiry=enquiry,
            code_digest=f"{number:064}",
            code_issued_at=timezone.now(),
            added_at=timezone.now(),
        )

    response = alice.change("follow-add-colleague", name="Dilys")

    assert "12 people already follow this enquiry" in response.text
    assert 'value="Dilys"' in response.text


def test_removing_a_colleague_asks_first_and_shuts_them_out(alice, bob, bob_and_code, enquiry):
    person = bob_and_code[0]
    question = alice.get(address("follow-remove-colleague", pk=person.pk))
    assert "Remove Bob" in question.text
    assert bob.look().status_code == 200

    response = alice.change("follow-remove-colleague", where={"pk": person.pk})

    assert response.url.endswith("?done=removed")
    assert bob.look().status_code == 302
    assert bob.open(enquiry.reference, bob_and_code[1]).status_code == 200


def test_a_second_click_on_remove_says_the_same(alice, bob_and_code):
    where = {"pk": bob_and_code[0].pk}
    key = alice.key("follow-remove-colleague", **where)

    first = alice.change("follow-remove-colleague", key=key, where=where)
    second = alice.change("follow-remove-colleague", key=key, where=where)

    assert first.url == second.url


def test_the_sender_cannot_be_removed(alice, sender):
    assert alice.get(address("follow-remove-colleague", pk=sender.pk)).status_code == 404


def test_nobody_of_another_enquiry_can_be_removed(mallory, bob_and_code):
    where = {"pk": bob_and_code[0].pk}

    assert mallory.get(address("follow-remove-colleague", **where)).status_code == 404
    assert mallory.post(address("follow-remove-colleague", **where)).status_code == 404


@pytest.mark.parametrize("name", SENDERS_PAGES)
def test_a_colleague_finds_no_way_to_what_only_the_sender_may_do(bob, enquiry, name):
    before = enquiry.events.count()

    assert address(name) not in bob.look().text
    assert bob.get(address(name)).url == address("follow-enquiry")
    assert bob.post(address(name), {"name": "Eve", "may_share": "no"}).url == address("follow-enquiry")
    assert enquiry.events.count() == before


def test_withdrawing_says_what_happens_and_then_happens(alice, enquiry):
    question = alice.get(address("follow-withdraw"))
    assert "Helpers together is told, and stops working on it" in question.text
    enquiry.refresh_from_db()
    assert enquiry.status == Status.IN_HAND

    response = alice.change("follow-withdraw", text="We found another way.")

    assert response.url.endswith("?done=withdrawn")
    page = alice.look().text
    assert "We found another way." in page
    assert "The enquiry was withdrawn" in page
    assert address("follow-withdraw") not in page
    assert address("follow-reply") not in page


def test_a_second_click_on_withdraw_leads_to_the_same_page(alice):
    key = alice.key("follow-withdraw")
    alice.change("follow-withdraw", key=key, text="")

    response = alice.change("follow-withdraw", key=key, text="")

    assert response.url.startswith(address("follow-enquiry"))


def test_withdraw_left_open_does_not_withdraw_another_enquiry(alice, enquiry, other_enquiry):
    key = alice.key("follow-withdraw")
    alice.open(other_enquiry.reference, "AAAA-BBBB-CCCC")

    response = alice.change("follow-withdraw", key=key, text="")

    assert "This page was opened for another enquiry" in response.text
    other_enquiry.refresh_from_db()
    assert other_enquiry.is_open


def test_a_reason_for_withdrawing_what_was_just_closed_is_kept(alice, enquiry, carol):
    key = alice.key("follow-withdraw")
    lifecycle.close(enquiry, reason_code=Reason.HELPED, text="", by=carol, at=timezone.now())

    response = alice.change("follow-withdraw", key=key, text="We found another way.")

    assert "That cannot be done now" in response.text
    assert response.context["form"]["text"].value() == "We found another way."


def test_the_contact_page_warns_first_and_shows_the_present_choice(alice):
    page = alice.get(address("follow-contact")).text

    assert page.index("Your employer may be able to read a work mailbox") < page.index('name="email"')
    assert re.search(r'value="no-email"[^>]* checked', page)


def test_each_of_the_group_changes_their_own_contact(bob, bob_and_code, sender):
    response = bob.change(
        "follow-contact",
        contact_choice="out-of-hours",
        email="bob@example.com",
        contact_note="Not on Tuesdays",
    )

    assert response.url.endswith("?done=contact")
    person = bob_and_code[0]
    person.refresh_from_db()
    sender.refresh_from_db()
    assert (person.contact_choice, person.email) == (ContactChoice.OUT_OF_HOURS, "bob@example.com")
    assert person.contact_note == "Not on Tuesdays"
    assert sender.contact_choice == ContactChoice.NO_EMAIL


def test_no_email_forgets_the_address(alice, sender):
    alice.change("follow-contact", contact_choice="any-time", email="alice@example.com", contact_note="")

    alice.change("follow-contact", contact_choice="no-email", email="not an address", contact_note="")

    sender.refresh_from_db()
    assert (sender.contact_choice, sender.email) == (ContactChoice.NO_EMAIL, "")


def test_a_work_address_is_taken_only_from_somebody_who_knows(alice, sender):
    given = {"contact_choice": "any-time", "email": "alice@salford.gov.uk", "contact_note": ""}
    box = 'name="work_address_is_safe"'
    assert box not in alice.get(address("follow-contact")).text

    refused = alice.change("follow-contact", **given).text
    assert "This looks like a work address" in refused
    assert box in refused

    assert alice.change("follow-contact", work_address_is_safe="on", **given).url.endswith("?done=contact")
    sender.refresh_from_db()
    assert sender.email == "alice@salford.gov.uk"
    assert box in alice.get(address("follow-contact")).text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Select how we may tell you"),
        ({"contact_choice": "pigeon"}, "Select how we may tell you"),
        ({"contact_choice": "any-time"}, "Enter a private e-mail address"),
        ({"contact_choice": "any-time", "email": "alice"}, "Enter an e-mail address like"),
        ({"contact_choice": "any-time", "email": "a\x00@b.com"}, "Enter an e-mail address like"),
        ({"contact_choice": "any-time", "email": f"{'a' * 260}@example.com"}, "254 characters or fewer"),
        ({"contact_choice": "no-email", "contact_note": "a" * 501}, "500 characters or fewer"),
        ({"contact_choice": "no-email", "contact_note": "\x01"}, "cannot read at the start"),
    ],
)
def test_a_contact_choice_that_does_not_hold_together_gets_a_reason(alice, answers, message):
    response = alice.change("follow-contact", **answers)

    assert response.status_code == 200
    assert message in response.text


def test_the_sender_changes_who_may_see_it(alice, enquiry):
    assert re.search(r'value="yes"[^>]* checked', alice.get(address("follow-consent")).text)

    response = alice.change("follow-consent", may_share="no")

    assert response.url.endswith("?done=consent")
    enquiry.refresh_from_db()
    assert not enquiry.may_share
    assert "You changed who may see it" in alice.look().text


def test_consent_needs_an_answer(alice):
    assert "Select yes or no" in alice.change("follow-consent").text


def test_words_of_ones_own_replace_the_code_and_this_device_goes_on(alice, enquiry):
    elsewhere = Device()
    elsewhere.open(enquiry.reference)

    response = alice.change("follow-own-words", words=WORDS)

    assert response.url.endswith("?done=words")
    assert alice.look().status_code == 200
    assert elsewhere.look().status_code == 302
    assert elsewhere.open(enquiry.reference, CODE).status_code == 200
    assert elsewhere.open(enquiry.reference, "Lantern GRAVEL october").status_code == 302


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "Enter your own words"),
        ("secret", "At least"),
        ("aa aa aa aa aa aa aa", "different words"),
        ("a" * 121, "120 characters or fewer"),
        ("lantern gravel\x00 october", "cannot read after “gravel”"),
    ],
)
def test_weak_words_are_refused_and_the_code_lives(alice, enquiry, words, message):
    response = alice.change("follow-own-words", words=words)

    assert message in response.text
    assert Device().open(enquiry.reference, CODE).status_code == 302


def test_words_that_a_colleague_has_already_are_refused_without_saying_so(alice, bob):
    bob.change("follow-own-words", words=WORDS)

    response = alice.change("follow-own-words", words=WORDS)

    assert "Choose other words" in response.text


@pytest.mark.parametrize(
    "name", [*SENDERS_PAGES, "follow-contact", "follow-own-words", "follow-lost-code", "follow"]
)
def test_every_page_is_private_neutral_and_has_a_quick_exit(alice, name):
    response = alice.get(address(name))

    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "govuk-exit-this-page" in response.text
    assert "utual" not in response.text.split("</title>")[0]


@pytest.mark.parametrize("name", [*SENDERS_PAGES, "follow-contact", "follow-own-words", "follow-enquiry"])
def test_looking_at_a_page_changes_nothing(alice, enquiry, name):
    before = list(enquiry.events.values_list("verb", flat=True))

    alice.get(address(name))
    alice.head(address(name))

    assert list(enquiry.events.values_list("verb", flat=True)) == before
    assert Verb.WITHDRAW not in before
