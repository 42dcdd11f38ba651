"""Every page of casework, in every state that an adviser meets, on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from signposting import casework, lifecycle
from signposting.models import Attachment, ContactChoice, Organisation, OutboxMail, Verb
from tests.factories import make_submission, make_user
from tests.journeys.people import Adviser

pytestmark = pytest.mark.journey

QUEUE = "/admin/signposting/enquiry/"
WIDTHS = pytest.mark.parametrize("width", [320, 1280])


@pytest.fixture
def body(portal):
    return Organisation.objects.get(slug="co-operatives-uk")


@pytest.fixture
def cases(body):
    """One enquiry that nobody has accepted, and one with a long story: overdue, with a file and a mail that failed."""
    long_ago = timezone.now() - timedelta(days=60)
    alice = body.advisers.get().user
    new, second, old = (
        lifecycle.submit(
            submission=make_submission(
                employer_name="A metropolitan borough council with a long name",
                contact_choice=ContactChoice.ANY_TIME,
                email="a.rather.long.address.of.somebody@example.org",
                contact_note="Ring after six",
            ),
            at=at,
        )
        for at in (timezone.now(), timezone.now(), long_ago)
    )
    old = lifecycle.accept(old, by=alice, at=long_ago)
    old = lifecycle.ask(old, text="Which scheme is it?", by=alice, at=long_ago)
    sender = old.participants.get()
    old = lifecycle.reply(old, text="The local one.\n\nAnd the other.", by=sender, at=long_ago)
    old = casework.note(old, text="They sound tired.", by=alice, at=long_ago)
    mail = OutboxMail.objects.filter(participant=sender).first()
    OutboxMail.objects.filter(pk=mail.pk).update(failed_at=timezone.now(), last_error="550")
    content = ContentFile(b"plan", name="x")
    Attachment.objects.create(
        enquiry=old, name="plan.txt", kind="txt", size=4, file=content, uploaded_at=long_ago
    )
    return {"new": new, "second": second, "old": old}


@WIDTHS
def test_an_adviser_looks_through_the_queue(adviser, cases, width):
    alice = adviser("co-operatives-uk", width=width)
    alice.go(QUEUE)
    alice.sees("Overdue by")
    alice.page.get_by_text("Filters", exact=True).click()
    alice.look()
    alice.page.get_by_label("Reference, words, employer or place").fill("scheme borough")
    alice.page.get_by_label("Nation").select_option("Wales")
    alice.press("Search")
    alice.sees("No enquiry matches")
    alice.go(f"{QUEUE}?nation=narnia")
    alice.sees("There is a problem")


@WIDTHS
def test_an_adviser_opens_every_page_of_a_case(adviser, cases, width):
    alice = adviser("co-operatives-uk", width=width)
    for name, verbs in {
        "new": (Verb.ACCEPT, Verb.DECLINE, Verb.NOTE),
        "old": (Verb.ASK, Verb.ANSWER, Verb.REFER, Verb.CLOSE, Verb.ISSUE_CODE),
    }.items():
        for page in ("change", "history", *(verb.value for verb in verbs)):
            alice.go(f"{QUEUE}{cases[name].pk}/{page}/")
            alice.does_not_see("There is no enquiry here")
    alice.go(f"{QUEUE}{cases['old'].pk}/change/")
    for words in ("could not deliver", "plan.txt", "They sound tired.", "It may be the same as"):
        alice.sees(words)
    alice.go(f"{QUEUE}987654321/change/")
    alice.sees("There is no enquiry here")


@WIDTHS
def test_of_two_advisers_at_once_the_second_is_told(adviser, body, cases, width):
    old = cases["old"]
    alice = adviser("co-operatives-uk", width=width)
    alice.go(f"{QUEUE}{old.pk}/answer/")
    lifecycle.ask(old, text="How many are you?", by=body.advisers.get().user, at=timezone.now())
    alice.write("What you write to the group", "Begin with a meeting.")
    alice.press("Send the answer")
    alice.sees("What happened meanwhile")
    alice.press("Send the answer")
    alice.sees("Your answer was sent to the group.")
    alice.sees("Begin with a meeting.")


@WIDTHS
def test_an_adviser_accepts_several_and_closes_one(adviser, cases, width):
    alice = adviser("co-operatives-uk", width=width)
    alice.go(f"{QUEUE}?view=unclaimed")
    for name in ("new", "second"):
        alice.page.get_by_label(f"Choose {cases[name].reference}").check()
    alice.press("Accept the chosen ones")
    alice.sees("Accept 2 enquiries")
    alice.press("Accept")
    alice.sees("You are their adviser now.")
    alice.go(f"{QUEUE}{cases['new'].pk}/close/")
    alice.press("Close the enquiry")
    alice.sees("Choose why you close it")


@WIDTHS
def test_an_adviser_gives_somebody_a_new_code(adviser, cases, width):
    alice = adviser("co-operatives-uk", width=width)
    alice.go(f"{QUEUE}{cases['old'].pk}/issue-code/")
    alice.choose("The person who sent the enquiry")
    alice.write("How did you check who is asking?", "She rang from the number we knew.")
    alice.press("Issue a new code")
    alice.sees("You see it only this once.")


@WIDTHS
def test_an_adviser_records_an_enquiry_that_came_by_phone(adviser, portal, width):
    alice = adviser("co-operatives-uk", width=width)
    alice.go(QUEUE)
    if width == 320:
        alice.page.get_by_role("button", name="Menu").click()
    alice.follow_link("Record an enquiry")
    alice.press("Record the enquiry")
    alice.sees("There is a problem")
    alice.choose(
        "Phone",
        "Staff who deliver the service",
        "Scotland",
        "NHS body or health and social care trust",
        "Adult social care and home care",
        "Early thinking",
        "Employees only",
        "Send me no e-mail. I will come back here to look",
        "Yes",
    )
    alice.write("What would you like to ask?", "How do we begin?")
    alice.press("Record the enquiry")
    alice.sees("Co-operative Development Scotland")
    alice.sees("you cannot open it")


@WIDTHS
def test_who_guesses_passwords_is_told_to_wait(adviser, group, portal, settings, width):
    settings.AXES_ENABLED = True
    guesser = group(width=width)
    guesser.go("/admin/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        guesser.write("Username", "co-operatives-uk-adviser")
        guesser.write("Password", "only guessing")
        guesser.press("Log in")
    guesser.sees("Wait before you log in again")


@WIDTHS
def test_an_administrator_looks_after_people_and_bodies(open_page, axe, portal, body, width):
    root = make_user(username="root", password="only for tests", is_superuser=True)
    manager = Adviser(open_page(width=width), axe=axe)
    manager.log_in("root", "only for tests")
    for address in (
        "/admin/",
        "/admin/password_change/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{root.pk}/change/",
        "/admin/signposting/organisation/",
        f"/admin/signposting/organisation/{body.pk}/change/",
        "/admin/signposting/adviser/",
        "/admin/signposting/adviser/add/",
        QUEUE,
    ):
        manager.go(address)
