"""A group works out what to settle, keeps it, decides, comes back on another device, and deletes it all."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

KEEP = "/plan/keep/look-outs/?settled=pensions"
PLAN_PAGES = [
    "/plan/",
    "/plan/open/",
    "/plan/lost-code/",
    "/plan/decisions/add/",
    "/plan/code/",
    "/plan/delete/",
    "/plan/print/",
    "/plan/take-out/look-outs/",
    KEEP,
]


def write_down(reader):
    words = reader.page.locator("main").inner_text()
    reader.reference = re.search(r"MIS-\w{4}-\w{4}", words)[0]
    reader.code = re.search(r"\b\w{4}-\w{4}-\w{4}\b", words.replace(reader.reference, ""))[0]


def start(reader):
    """From the tool’s address to a plan with it inside."""
    reader.go(KEEP)
    reader.sees("Use your own phone or computer")
    reader.press("Start a plan with this in it")
    reader.sees("Write these two down now")
    write_down(reader)
    reader.press("I have written them down")


def decide(reader, words, issue):
    reader.press("Log a decision")
    reader.write("What did you decide?", words)
    reader.write("Why? (optional)", "We talked about it for a year.")
    reader.page.get_by_label("Does this settle an issue? (optional)").select_option(label=issue)
    reader.press("Keep this decision")
    reader.sees("Your decision is in the plan")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_a_group_keeps_a_plan_from_the_tool_to_its_end(group, javascript, width):
    alice = group(javascript=javascript, width=width)
    start(alice)
    alice.sees("Settled: Pensions")
    decide(alice, "We will be a society.", "Legal form")
    alice.sees("We will be a society.")

    bob = group(javascript=javascript, width=width)
    bob.go("/plan/open/")
    bob.write("Reference", alice.reference)
    bob.write("Code", alice.code)
    bob.press("Open the plan")
    bob.sees("We talked about it for a year.")
    bob.follow_link("Delete the plan")
    bob.press("Delete the plan now")
    bob.sees("The plan is deleted.")

    alice.go("/plan/")
    alice.does_not_see("We will be a society.")
    assert {cookie["name"] for cookie in alice.page.context.cookies()} <= {"plan", "csrftoken"}


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_a_plan_is_fit_for_all(group, width):
    reader = group(width=width)
    for page in (*PLAN_PAGES[:3], KEEP):
        reader.go(page)
    start(reader)
    decide(reader, "We will be a society.", "Legal form")
    for page in PLAN_PAGES:
        reader.go(page)
        expect(reader.page.get_by_role("heading", level=1)).to_be_visible()


def test_the_print_page_leaves_controls_off_the_paper(group):
    reader = group()
    start(reader)
    reader.go("/plan/print/")
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_text("Settled: Pensions")).to_be_visible()
    for name in ("Close the plan on this device", "Exit this page"):
        expect(reader.page.get_by_role("button", name=name)).to_be_hidden()


def test_a_manager_who_presses_back_after_the_plan_was_closed_finds_nothing(group):
    reader = group()
    start(reader)
    reader.press("Close the plan on this device")
    reader.sees("closed on this device")

    reader.page.go_back()

    reader.does_not_see("Settled: Pensions")
