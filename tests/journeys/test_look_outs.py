"""A group finds out what is open to it, in its own order, and looks at the map."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_a_group_ticks_what_it_has_settled_on_an_old_phone_without_javascript(group):
    reader = group(javascript=False, width=320)
    reader.go("/tools/look-outs/")
    reader.sees("16 are open now, 4 wait for others.")
    item = reader.page.get_by_role("listitem").filter(
        has=reader.page.get_by_role("link", name="Procurement", exact=True)
    )
    expect(item.last).to_contain_text("Waits for “Agreement with your commissioner”.")
    reader.page.get_by_label("Settled: Agreement with your commissioner").check()
    reader.press("Show what is open now")
    reader.sees("You have settled 1.")
    assert (
        reader.page.url.endswith("settled=commissioner-agreement")
        or "settled=commissioner-agreement" in reader.page.url
    )
    reader.page.get_by_role("link", name="Procurement", exact=True).last.click()
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Procurement")
    reader.follow_link("Tick this as settled and see what is open")
    reader.sees("You have settled 2.")
    expect(reader.page.get_by_label("Settled: Procurement")).to_be_checked()
    assert reader.page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_map_is_read_by_keyboard_and_says_the_same_in_words(group):
    reader = group(width=1280)
    reader.go("/tools/look-outs/map/?settled=commissioner-agreement")
    drawing = reader.page.get_by_role("group", name="Map of the issues, each a link")
    expect(drawing.get_by_role("link")).to_have_count(20)
    drawing.get_by_role("link", name="Legal form").focus()
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Legal form")


def test_every_word_of_the_map_stands_inside_its_box(group):
    reader = group(width=1280)
    reader.go("/tools/look-outs/map/")
    outside = reader.page.evaluate(
        """[...document.querySelectorAll(".portal-journey a")].filter(box => {
            const [outer, inner] = ["rect", "text"].map(name => box.querySelector(name).getBoundingClientRect());
            return inner.left < outer.left || inner.right > outer.right || inner.bottom > outer.bottom;
        }).map(box => box.textContent)"""
    )
    assert outside == []
