"""Edna writes a profile with a figure, Ravi approves it, Rosa questions the figure, and the answer stands with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import make_user
from tests.journeys.people import Adviser, Person

pytestmark = pytest.mark.journey

PASSWORD = "only for tests"
LIST = "/admin/case_studies/casestudy/"
ADDRESS = "/case-studies/roof-and-hearth/"


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


def fill_row(person: Person, table: str, noun: str, **answers: str) -> None:
    """Open the first empty row of a table and fill it."""
    section = person.page.locator(f"#rows-{table}")
    row = (
        section.locator("details").filter(has=person.page.get_by_text(re.compile(f"^Add an? {noun}$"))).first
    )
    if row.get_attribute("open") is None:
        row.locator("summary").click()
    for name, answer in answers.items():
        field = row.locator(f"[name$='-{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=answer)
        else:
            field.fill(answer)
    person.look()


def choose(person: Person, label: str, option: str) -> None:
    person.page.get_by_label(label, exact=True).select_option(label=option)


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 320), (False, 1280)], ids=["small screen", "no scripts"]
)
def test_a_case_study_is_written_approved_questioned_and_answered(staff, reader, javascript, width):
    edna = staff("editor", "edna", javascript=javascript, width=width)
    ravi = staff("reviewer", "ravi", javascript=javascript, width=width)
    rosa = reader(javascript=javascript, width=width)

    edna.go(LIST)
    edna.follow_button("Add a text")
    edna.write("Address", "roof-and-hearth")
    edna.press("Add and start writing")
    edna.write("Name", "Roof and Hearth")
    edna.write("Summary", "A body that keeps warm what was cold.")
    choose(edna, "How it came to be", "Staff spin-out from a public body")
    choose(edna, "Nation", "England")
    choose(edna, "Region", "North West")
    edna.write("Place", "Salford")
    edna.choose("Housing")
    choose(edna, "Legal form", "Co-operative society")
    choose(edna, "How it stood when last evidenced", "Not known")
    fill_row(
        edna,
        "written_claims",
        "figure",
        label="Staff",
        key="staff",
        measure="Staff",
        number="1,500",
        unit="people",
        as_of="July 2013",
        assured_by="the body itself",
        review_by="27/3/2099",
    )
    edna.press("Save and add more figures")
    edna.sees("Saved.")
    fill_row(
        edna,
        "written_evidence",
        "issue",
        look_out="Pensions",
        stage="Implementation",
        effect="Got in the way",
        how="The price was not known in time.",
        source="gma",
    )
    edna.page.locator("[name=what_it_does]").fill("It keeps roofs over heads with {staff}.")
    edna.write("Review by", "27/3/2099")
    edna.press("Save")
    edna.sees("Figure “Staff”: name its source.")
    edna.follow_button("Edit the draft")
    edna.page.get_by_text("Figure 1: Staff: 1500 people (staff)").first.click()
    edna.page.locator("[name=written_claims-0-source]").fill("no such source")
    edna.press("Save")
    edna.sees("Figure 1: “no such source” is not the key of a source.")
    edna.page.locator("[name=written_claims-0-source]").fill("gma")
    edna.press("Save")
    edna.does_not_see("What keeps it from being published")
    edna.does("Send for review")

    ravi.go(LIST)
    ravi.follow_link("Roof and Hearth")
    ravi.follow_button("Preview the draft")
    ravi.sees("It keeps roofs over heads with 1,500 people")
    ravi.page.go_back()
    ravi.does("Approve", "Approve")
    ravi.follow_button("Publish")
    ravi.choose("At once")
    ravi.press("Publish")

    rosa.go(ADDRESS)
    rosa.sees("It keeps roofs over heads with 1,500 people")
    rosa.follow_link("Question this figure: Staff")
    rosa.sees("Staff: 1,500 people")
    rosa.write("What do you want to know about this figure?", "Does that count those on leave?")
    rosa.press("Send")
    rosa.sees("Thank you")
    rosa.go(ADDRESS)
    rosa.does_not_see("Does that count those on leave?")

    edna.go("/admin/case_studies/question/")
    edna.follow_link("Roof and Hearth: Staff")
    edna.write("Your answer", "It does. The report says so.")
    edna.press("Answer")
    edna.sees("Nobody is waiting for an answer.")

    rosa.page.reload()
    rosa.sees("Does that count those on leave?")
    rosa.sees("It does. The report says so.")
    expect(rosa.page.get_by_role("main")).not_to_contain_text("edna")
