"""People who look for something in their own words."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


def test_somebody_asks_in_their_own_words_and_opens_the_answer_without_javascript(group):
    reader = group(javascript=False, width=320)
    reader.go("/guides/")
    reader.page.get_by_label("Search this website").fill("what happens to our council pensions")
    reader.page.get_by_role("button", name="Search").click()
    reader.look()
    expect(reader.page.get_by_label("What are you looking for?")).to_have_value(
        "what happens to our council pensions"
    )
    reader.follow_link("Pensions for council staff")
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text("Pensions for council staff")


def addresses(reader) -> set[str]:
    links = reader.page.get_by_role("heading", level=3).get_by_role("link")
    return {link.get_attribute("href") for link in links.all()}


def test_somebody_narrows_what_was_found_and_goes_on_to_the_next_page(group):
    reader = group()
    reader.go("/search/?q=staff")
    reader.page.get_by_label(re.compile(r"^Guide page \(\d+\)")).check()
    reader.press("Filter")
    expect(reader.page.get_by_role("list", name="What you chose")).to_contain_text("Guide page")
    first = addresses(reader)
    reader.follow_link("Next page")
    assert addresses(reader)
    assert not addresses(reader) & first
    expect(reader.page.get_by_label("What are you looking for?")).to_have_value("staff")


def test_somebody_who_misspells_is_helped(group):
    reader = group(width=320)
    reader.go("/")
    reader.page.get_by_label("Search this website").fill("libary pensoins")
    reader.page.keyboard.press("Enter")
    reader.follow_link("library pensions")
    assert reader.page.get_by_role("heading", level=3).count()


def test_somebody_who_finds_nothing_is_led_to_the_enquiry(group):
    reader = group(javascript=False, width=320)
    reader.go("/search/?q=xylophone")
    reader.sees("Nothing says “xylophone”")
    reader.follow_link("Ask us")
    reader.look()
    assert reader.page.url.endswith("/enquiries/new/")
    expect(reader.page.get_by_role("searchbox")).to_have_count(0)
