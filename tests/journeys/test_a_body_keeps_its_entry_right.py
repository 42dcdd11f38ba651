"""A body is asked to check its entry: Olwen tells of changes, Edna decides, Ravi approves; Olwen confirms it all."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from signposting import email_delivery
from signposting.models import OutboxMail
from tests.factories import make_user
from tests.journeys.people import Adviser, Person

pytestmark = pytest.mark.journey

PASSWORD = "only for tests"
PAGE = "/support/cwmpas/"
HELPS = "It helps people in Wales to set up co-operatives and to keep them going."


@pytest.fixture
def staff(open_page, axe):
    """Make an editor or a reviewer, logged in to the admin."""

    def make(group: str, name: str, *, javascript: bool, width: int) -> Adviser:
        make_user(group, username=name, first_name=name.title(), password=PASSWORD)
        person = Adviser(open_page(javascript=javascript, width=width), axe=axe if javascript else None)
        person.log_in(name, PASSWORD)
        return person

    return make


@pytest.fixture
def outsider(open_page, axe):
    def make(*, javascript: bool, width: int) -> Person:
        return Person(open_page(javascript=javascript, width=width), axe=axe if javascript else None)

    return make


def open_entry(person: Adviser) -> None:
    person.go("/admin/signposting/listing/?q=cwmpas")
    person.follow_link(re.compile("^Cwmpas"))


def link_in_the_mail() -> str:
    """What the worker does, and what its reader presses."""
    email_delivery.deliver(str(OutboxMail.objects.get(kind="entry-link").pk), at=timezone.now())
    return re.search(r"\S+/support/entry/\S+", mail.outbox[-1].body)[0]


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 320), (False, 1280)], ids=["small screen", "no scripts"]
)
def test_a_body_is_asked_tells_of_changes_and_confirms(staff, outsider, javascript, width):
    edna = staff("editor", "edna", javascript=javascript, width=width)
    olwen = outsider(javascript=javascript, width=width)

    open_entry(edna)
    edna.follow_link("Change contact and owner")
    edna.write("E-mail of the person who checks the entry", "olwen@example.org")
    edna.press("Save")
    edna.follow_link("Who checks this entry")
    edna.press("Send them a link now")
    edna.sees("The link is on its way.")
    link = link_in_the_mail()

    olwen.go(link)
    olwen.sees("Cwmpas itself has not confirmed it.")
    olwen.page.get_by_role("main").get_by_text("Something has changed", exact=True).click()
    olwen.look()
    olwen.write("Name", "Cwmpas Cymru")
    olwen.write("Summary", HELPS)
    olwen.press("Add more kinds of help")
    expect(olwen.page.get_by_label("Name", exact=True)).to_have_value("Cwmpas Cymru")
    olwen.page.get_by_text("Add a kind of help", exact=True).first.click()
    olwen.page.get_by_label("What the help is").locator("visible=true").fill("A day of advice")
    olwen.page.get_by_label("Website", exact=True).fill("cwmpas dot coop")
    olwen.press("Send these changes")
    olwen.sees("Website must be an address such as")
    olwen.page.get_by_label("Website", exact=True).fill("https://cwmpas.coop/")
    olwen.press("Send these changes")
    olwen.sees("We have not decided on them yet.")

    edna.go("/admin/signposting/proposal/")
    edna.sees("Wants changed: Name, Summary, Offers.")
    edna.follow_link("Cwmpas")
    expect(edna.page.locator("ins").first).to_contain_text("Cymru")
    edna.press("Decide")
    edna.sees("Summary: choose to accept or to refuse it")
    for field, choice in (("Name", "Refuse"), ("Summary", "Accept"), ("Offers", "Refuse")):
        asked = edna.page.get_by_role("group", name=f"{field}: what do you decide?")
        asked.get_by_label(choice, exact=True).check()
        if choice == "Refuse":
            asked.get_by_label("Why not?").fill(f"{field}: we found no source for it.")
    edna.press("Decide")
    edna.sees("What you accepted is in the draft.")
    edna.does("Send for review")

    ravi = staff("reviewer", "ravi", javascript=javascript, width=width)
    open_entry(ravi)
    ravi.does("Approve")
    ravi.follow_button("Publish")
    ravi.choose("At once")
    ravi.press("Publish")

    olwen.go(link)
    olwen.sees("Name: not accepted. Name: we found no source for it.")
    olwen.sees("Summary: accepted")
    olwen.press("All of this is right")
    olwen.sees("Readers see that you confirmed this today.")

    rosa = outsider(javascript=javascript, width=width)
    rosa.go(PAGE)
    rosa.sees(HELPS)
    rosa.sees("Cwmpas itself confirmed this on")
    rosa.follow_link("Is something wrong with this entry?")
    rosa.write("What is wrong, and what should it say?", "They also help in England.")
    rosa.press("Send")
    rosa.sees("Thank you")

    edna.go("/admin/signposting/entryreport/")
    edna.follow_link("Cwmpas")
    edna.write("Your answer", "We asked them, and they do now and then.")
    edna.page.get_by_label(re.compile("^Show the reader")).check()
    edna.press("Answer")
    sam = outsider(javascript=javascript, width=width)  # Rosa's browser may keep what it has for five minutes
    sam.go(PAGE)
    sam.sees("We asked them, and they do now and then.")
