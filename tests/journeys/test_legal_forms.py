"""A group finds out which legal forms fit, tries another answer, marks a favourite and compares."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

PAGE = "/tools/legal-forms/"
ANSWERS = "nation=england&control=together&profit=none&lock=yes&reserved=yes"


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_somebody_reads_every_page_on_legal_forms(group, width):
    reader = group(width=width)
    for address in (
        "",
        f"?{ANSWERS}&favourite=cio",
        "?nation=scotland&reserved=yes&control=nobody",
        "compare/",
        f"compare/?form=cio&form=llp&feature=owners&feature=law&feature=tax&{ANSWERS}",
        "compare/?feature=owners&feature=law&feature=tax&feature=money&feature=examples&feature=lock&feature=profit"
        "&feature=charity&feature=registrar&feature=fewest&feature=directors&feature=reserved&feature=nations",
    ):
        reader.go(f"{PAGE}{address}")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_a_group_ranks_marks_and_compares(group, javascript, width):
    reader = group(javascript=javascript, width=width)
    reader.go(PAGE)
    reader.choose("England", "Staff together with users, families or the community")
    reader.page.locator("#profit-none").check()
    reader.press("Show what fits")
    reader.sees("Community benefit society fits your answers best.")
    assert reader.page.url.endswith(f"{PAGE}?nation=england&control=together&profit=none#fits")
    reader.follow_link("Control: Staff alone, through a trust that holds for all of them")
    reader.sees("CIC by guarantee and Company by guarantee")
    reader.page.go_back()
    reader.follow_link(re.compile("Mark as our favourite.*: CIO"))
    expect(reader.page.locator("section", has_text="Your favourite")).to_contain_text("CIO")
    reader.page.locator("summary", has_text="Asset lock").click()
    reader.page.locator("#lock-no").check()
    reader.press("Show what fits")
    assert reader.page.url.endswith("?favourite=cio&nation=england&control=together&profit=none&lock=no#fits")
    reader.follow_link("compare what fits side by side")
    reader.choose("LLP")
    reader.page.locator("#feature-law").check()
    reader.press("Compare")
    reader.sees("Limited Liability Partnerships Act 2000")
    reader.follow_link("Back to your answers")
    reader.sees("You answered 4 of 13 questions.")
    assert not reader.page.context.cookies()


def test_at_320_pixels_each_form_is_a_card_of_its_own(group):
    reader = group(width=320)
    reader.go(f"{PAGE}compare/")
    card = reader.page.get_by_role("row", name="CIO").first
    assert card.bounding_box()["width"] <= 320
    expect(card).to_contain_text("Voting members, or the trustees only")


def test_the_names_of_a_wide_table_stay_in_sight(group):
    reader = group(width=768)
    features = "&".join(
        f"feature={each}" for each in ("owners", "law", "tax", "money", "lock", "profit", "examples")
    )
    reader.go(f"{PAGE}compare/?{features}")
    name = reader.page.locator("tbody th").first
    before = name.bounding_box()["x"]
    reader.page.locator(".portal-table").evaluate("region => region.scrollLeft = 200")
    assert abs(name.bounding_box()["x"] - before) < 1
