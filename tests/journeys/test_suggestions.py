"""Somebody searches, is offered what to search for, and takes it or not: with keys, a mouse, a finger, or no script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

BOXES = {"/": "Search this website", "/search/": "What are you looking for?"}
PENSIONS = "Pensions for council staff"


def box_of(reader, address="/"):
    return reader.page.get_by_label(BOXES[address])


def types(reader, text, address="/"):
    reader.go(address)
    box = box_of(reader, address)
    box.press_sequentially(text)
    expect(reader.page.get_by_role("listbox")).to_be_visible()
    return box


def chosen(reader):
    return reader.page.locator("[role=option][aria-selected=true]")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_reader_is_offered_words_in_every_box_and_on_every_screen(group, width):
    reader = group(width=width)
    for address in BOXES:
        box = types(reader, "council pens", address)
        expect(box).to_have_attribute("aria-expanded", "true")
        expect(reader.page.get_by_role("option").first).to_contain_text(PENSIONS)
        expect(reader.page.get_by_role("status")).to_have_text(
            re.compile(r"\d suggestions?\. Use the down arrow to choose\.")
        )
        colour = reader.page.get_by_role("option").last.evaluate("option => getComputedStyle(option).color")
        assert (
            colour == "rgb(11, 12, 12)"
        )  # in the header text is white, and axe does not look below what floats
        box.press("ArrowDown")
        reader.look()


def test_a_reader_with_a_keyboard_chooses_and_only_then_searches(group):
    reader = group()
    box = types(reader, "council pens")
    options = reader.page.get_by_role("option")
    box.press("ArrowUp")
    expect(chosen(reader)).to_have_text(options.last.inner_text().replace("\n", " "))
    box.press("ArrowDown")
    expect(chosen(reader)).to_have_count(0)  # the box again, between the last and the first
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    box.press("Enter")
    expect(box).to_have_value(PENSIONS)
    expect(box).to_be_focused()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(reader.page.get_by_role("status")).to_have_text(f"You chose {PENSIONS}. Press Enter to search.")
    assert reader.page.url.endswith("/")
    box.press("Enter")
    reader.page.wait_for_url("**/search/?q=Pensions+for+council+staff")
    expect(reader.page.get_by_role("heading", level=3).first).to_have_text(PENSIONS)


def test_home_and_end_lead_back_into_the_words_and_escape_only_closes_the_list(group):
    reader = group()
    box = types(reader, "pens")
    for key, cursor in (("Home", 0), ("End", 4)):
        box.press("ArrowDown")
        expect(chosen(reader)).to_have_count(1)
        box.press(key)
        expect(chosen(reader)).to_have_count(0)
        assert box.evaluate("box => box.selectionStart") == cursor
    box.press("Escape")
    expect(reader.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("pens")
    box.press("ArrowDown")
    expect(chosen(reader)).to_have_count(1)
    box.press("Tab")
    expect(reader.page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("pens")


def test_enter_without_a_choice_searches_for_what_was_typed(group):
    reader = group()
    types(reader, "pensions").press("Enter")
    reader.page.wait_for_url("**/search/?q=pensions")


def test_a_mouse_and_a_finger_choose_too(group, browser, portal):
    reader = group()
    box = types(reader, "council pens")
    reader.page.get_by_role("option", name=PENSIONS).click()
    expect(box).to_have_value(PENSIONS)
    expect(box).to_be_focused()
    context = browser.new_context(
        base_url=portal, has_touch=True, is_mobile=True, viewport={"width": 320, "height": 600}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label(BOXES["/"]).tap()
    page.keyboard.type("council pens")
    page.get_by_role("option", name=PENSIONS).tap()
    expect(page.get_by_label(BOXES["/"])).to_have_value(PENSIONS)
    context.close()


def test_only_the_last_words_typed_are_answered_and_a_server_that_fails_is_not_missed(group):
    reader = group()
    reader.go("/")
    asked = []
    reader.page.on("request", lambda request: "suggestions/?" in request.url and asked.append(request.url))
    box = box_of(reader)
    box.press_sequentially("pensions", delay=20)
    expect(reader.page.get_by_role("option").first).to_be_visible()
    assert len(asked) == 1
    assert asked[0].endswith("?q=pensions")
    reader.page.route("**/search/suggestions/**", lambda route: route.abort())
    box.press_sequentially(" for")
    expect(reader.page.get_by_role("listbox")).to_be_hidden()
    reader.complaints.clear()  # the browser notes the request that failed
    box.press("Enter")
    reader.page.wait_for_url("**/search/?q=pensions+for")


def test_without_a_script_the_box_is_a_plain_form(group):
    reader = group(javascript=False)
    reader.go("/")
    box = box_of(reader)
    assert box.get_attribute("role") is None
    box.fill("council pension")
    reader.press("Search")
    reader.sees(PENSIONS)


def test_pages_of_an_enquiry_have_no_box_and_fetch_nothing_for_it(group):
    reader = group()
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.go("/enquiries/new/")
    assert reader.page.locator("[role=search]").count() == 0
    assert not [address for address in asked if "suggestions" in address]
