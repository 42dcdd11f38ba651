"""Colleagues follow one enquiry together: they come and go, change their minds, are wrong, and are late."""

import pytest
from django.utils import timezone

from signposting import lifecycle
from signposting.models import Organisation, Reason
from tests.factories import make_accepted_enquiry
from tests.signposting.views.following import CODE, WRONG

pytestmark = pytest.mark.journey

WIDTHS = [pytest.param(True, 320, id="on a phone"), pytest.param(False, 1280, id="without scripts")]


@pytest.fixture
def enquiry(portal):
    body = Organisation.objects.get(slug="co-operatives-uk")
    return make_accepted_enquiry(to=body, at=timezone.now(), code=CODE, sender_name="Alice")


@pytest.fixture
def open_at_the_door(group, enquiry):
    """Somebody of the group, who has given the reference and a code."""

    def make(code=CODE, **kwargs):
        person = group(**kwargs)
        person.reference, person.code = enquiry.reference, code
        person.open_enquiry()
        return person

    return make


@pytest.mark.parametrize(("javascript", "width"), WIDTHS)
def test_a_colleague_is_added_writes_and_is_removed(open_at_the_door, javascript, width):
    alice = open_at_the_door(javascript=javascript, width=width)
    alice.follow_link("Add a colleague")
    alice.press("Add this colleague")
    alice.sees("Enter a name to show")
    alice.write("Name to show", "Bob")
    alice.press("Add this colleague")
    code = alice.page.locator("dd strong").last.inner_text()

    bob = open_at_the_door(code, javascript=javascript, width=width)
    bob.does_not_see("Withdraw your enquiry")
    bob.reply("There are forty of us.")
    bob.sees("Your message has been sent")

    alice.follow_link("Go back to your enquiry")
    alice.sees("There are forty of us.")
    alice.follow_link("Remove Bob")
    alice.press("Remove this colleague")
    alice.sees("Bob can no longer follow this enquiry.")
    bob.go("/enquiries/follow/enquiry/")
    bob.sees("Enter your reference and code first")


@pytest.mark.parametrize(("javascript", "width"), WIDTHS)
def test_somebody_changes_every_choice_and_withdraws(open_at_the_door, enquiry, javascript, width):
    alice = open_at_the_door(javascript=javascript, width=width)

    alice.follow_link("Change how we may reach you")
    alice.choose("E-mail me at any time")
    alice.press("Save")
    alice.sees("Enter a private e-mail address")
    alice.write("Private e-mail address", "alice@example.com")
    alice.press("Save")
    alice.sees("Your contact choice has been saved")

    alice.follow_link("Change whether other bodies may see it")
    alice.choose("No, only the body that has it now")
    alice.press("Save")
    alice.sees("Your choice on sharing has been saved")

    alice.follow_link("Use your own words instead of your code")
    alice.write("Your own words", "too few")
    alice.press("Use these words from now on")
    alice.sees("at least 3 different words")
    alice.write("Your own words", "lantern gravel october")
    alice.press("Use these words from now on")
    alice.sees("your old code no longer works")

    lifecycle.close(
        enquiry, reason_code=Reason.HELPED, text="Good luck.", by=enquiry.adviser, at=timezone.now()
    )
    alice.go("/enquiries/follow/enquiry/")
    alice.write("What more do you need?", "One more thing.")
    alice.press("Open it again")
    alice.sees("Your enquiry is open again")

    alice.follow_link("Withdraw your enquiry")
    alice.press("Withdraw")
    alice.sees("Nobody works on it any more")
    alice.press("Stop following on this device")
    alice.sees("This device no longer follows your enquiry")


@pytest.mark.parametrize(("javascript", "width"), WIDTHS)
def test_somebody_comes_back_too_late_and_loses_no_word(open_at_the_door, javascript, width):
    alice = open_at_the_door(javascript=javascript, width=width)
    text = "It took us long.\n\nBut <here> it is."
    alice.write("Write a message", text)
    alice.page.context.clear_cookies(name="following")

    alice.press("Send")
    alice.sees("What you wrote has not been sent")
    alice.write("Reference", alice.reference)
    alice.write("Code", alice.code)
    alice.press("Continue")

    assert alice.page.get_by_label("Write a message").input_value() == text
    alice.press("Send")
    alice.sees("But <here> it is.")


@pytest.mark.parametrize(("javascript", "width"), WIDTHS)
def test_somebody_who_guesses_is_stopped(open_at_the_door, javascript, width):
    guesser = open_at_the_door(WRONG, javascript=javascript, width=width)
    guesser.sees("They do not belong together")
    guesser.follow_link("I have lost my code")
    guesser.sees("We never send a code by e-mail")

    for _ in range(5):
        guesser.open_enquiry()

    guesser.sees("Try again after")
