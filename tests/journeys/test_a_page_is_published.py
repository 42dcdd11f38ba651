"""Edna writes a page, Ravi reads and approves it, everybody can read it; then it turns out to be wrong."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_live_document, make_user
from tests.journeys.people import Adviser, Person

pytestmark = pytest.mark.journey

PASSWORD = "only for tests"
LIST = "/admin/guides/document/"


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
def reader(open_page, axe):
    def make(*, javascript: bool, width: int) -> Person:
        return Person(open_page(javascript=javascript, width=width), axe=axe if javascript else None)

    return make


def opens(person: Person, address: str) -> int:
    """Which status somebody gets at an address."""
    status = person.page.goto(address).status
    person.look()
    return status


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 320), (False, 1280)], ids=["small screen", "no scripts"]
)
def test_a_page_is_written_approved_read_and_withdrawn(staff, reader, javascript, width):
    stage = make_live_document("stage", slug="appraisal")
    address = f"/guides/{stage.parent.slug}/appraisal/keep-the-roof-on/"
    edna = staff("editor", "edna", javascript=javascript, width=width)
    ravi = staff("reviewer", "ravi", javascript=javascript, width=width)
    rosa = reader(javascript=javascript, width=width)
    assert opens(rosa, address) == 404

    edna.go(LIST)
    edna.follow_button("Add a text")
    edna.choose("Page of a guide")
    edna.write("Address", "keep-the-roof-on")
    edna.page.get_by_label("Belongs to").select_option(label=f"{stage.parent.slug}/appraisal")
    edna.press("Add and start writing")
    edna.write("Title", "Keep the roof on")
    edna.write("Text", "Ask who pays for the roof.\n\nIt leaked in 2019.")
    edna.press("Save")
    edna.sees("Summary: enter one sentence")
    edna.sees("“2019” is a fact without a source")
    edna.follow_button("Edit the draft")
    edna.write("Summary", "Who pays when the building needs repair.")
    edna.write("Text", "Ask who pays for the roof.\n\nIt leaked in 2019 [^advice].")
    edna.choose("England", "Scotland", "Wales", "Northern Ireland")
    edna.write("Review by", "27/3/2099")
    edna.press("Save")
    edna.does_not_see("What keeps it from being published")
    edna.does("Send for review")
    edna.does_not_see("Approve")

    ravi.go(LIST)
    ravi.page.get_by_label("State").select_option(label="In review")
    ravi.press("Search")
    ravi.follow_link("Keep the roof on")
    ravi.follow_button("Preview the draft")
    ravi.sees("It leaked in 2019")
    ravi.page.go_back()
    ravi.does("Send back", text="Say which year the roof was mended.")
    assert opens(rosa, address) == 404

    edna.page.reload()
    edna.sees("Say which year the roof was mended.")
    edna.follow_button("Edit the draft")
    edna.write("Text", "Ask who pays for the roof.\n\nIt leaked in 2019 and was mended in 2021 [^advice].")
    edna.press("Save")
    edna.does("Send for review")

    ravi.page.reload()
    ravi.follow_button("Every save: who, when, compare and restore")
    ravi.page.get_by_label("From edition 1, save 4").check()
    ravi.press("Compare")
    expect(ravi.page.locator("ins").first).to_contain_text("2021")
    ravi.follow_link("Back to every save")
    ravi.follow_link("Back to this text")
    ravi.does("Approve")
    ravi.follow_button("Publish")
    ravi.choose("At once")
    ravi.press("Publish")
    ravi.sees("What readers see")

    assert opens(rosa, address) == 200
    rosa.sees("mended in 2021")

    ravi.go("/admin/guides/document/calendar/")
    ravi.sees("March 2099")
    ravi.follow_link("Keep the roof on")
    ravi.does("Withdraw", text="The roof was never mended.")
    sam = reader(javascript=javascript, width=width)  # Rosa's browser may keep what it has for five minutes
    assert opens(sam, address) == 410
    sam.sees("The roof was never mended.")
    sam.does_not_see("mended in 2021")
