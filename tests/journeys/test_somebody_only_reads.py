"""The pages that need no enquiry, as a reader meets them."""

import re

import pytest
from playwright.sync_api import expect

from guides.models import Report

pytestmark = pytest.mark.journey

# Their texts and addresses are tested in mutuals_portal/test_pages.py; here a browser lays them out.
GUIDE = "/guides/spinning-out/"
PENSIONS = f"{GUIDE}implementation/pensions-council/"
PAGES = [
    "/",
    "/about/",
    "/support/",
    "/support/?nation=wales&issue=legal-form&sort=name",
    "/support/?nation=scotland&kind=lender&cost=membership",
    "/support/bodies/",
    "/support/how-we-rank/",
    "/support/data/",
    "/tools/",
    "/tools/can-we-spin-out/?nation=england&employer=fire&fire-part=control",
    "/support/cwmpas/",
    "/support/public-service-mutuals/",
    "/accessibility/",
    "/privacy/",
    "/cookies/",
    "/guides/",
    GUIDE,
    f"{GUIDE}appraisal/",
    f"{GUIDE}appraisal/legal-form/",
    f"{PENSIONS}?nation=scotland",
    "/guides/for-trade-unions/",
    "/guides/for-trade-unions/print/",
    "/glossary/",
    "/policy/",
    "/policy/lgps-fair-deal/",
    "/tools/can-we-spin-out/",
    "/tools/can-we-spin-out/all-questions/",
    "/tools/legal-forms/",
    "/tools/legal-forms/compare/",
    "/tools/look-outs/",
    "/tools/look-outs/?settled=contract-and-income&stage=appraisal&sector=x",
    "/tools/look-outs/map/?settled=pensions",
    "/tools/look-outs/pensions/",
    "/case-studies/",
    "/case-studies/?nation=scotland&sort=size",
    "/case-studies/?region=wales&kind=joint-venture",
    "/case-studies/explore-york/",
    "/case-studies/mycsp/",
    "/case-studies/harwich-connexions/",
    "/case-studies/compare/?with=explore-york,suffolk-libraries,libraries-unlimited",
    "/case-studies/explore-york/question/?claim=started",
    "/search/",
    "/search/?q=what+is+tupe&nation=wales",
    "/search/?q=pensoins",
    f"/report/?page={PENSIONS}",
    "/support/cwmpas/report/",
]
MOST_TABS = 80
"""More steps than that to a link, and nobody with a keyboard alone would find it."""


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_somebody_reads_every_public_page_and_leaves_no_trace(group, width):
    reader = group(width=width)
    for page in PAGES:
        reader.go(page)
    assert {cookie["name"] for cookie in reader.page.context.cookies()} <= {"csrftoken"}  # of the form alone


SHIFTED = """() => new Promise((told) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => told(sum), 200);
})"""
"""How much of the screen has moved by itself, as browsers measure it: 0.1 is what people put up with."""


@pytest.mark.parametrize("page", ["/", "/tools/look-outs/", "/support/", "/search/?q=pensions"])
def test_nothing_moves_on_a_phone_when_the_menu_folds(group, page):
    reader = group(width=320)
    reader.page.goto(page)
    assert reader.page.get_by_role("button", name="Menu").is_visible()
    assert reader.page.evaluate(SHIFTED) == 0


def test_a_reader_finds_a_body_and_its_page_without_javascript(group):
    reader = group(javascript=False, width=320)
    reader.go("/")
    reader.follow_link("See who can help")
    reader.follow_link("see every body from A to Z")
    reader.follow_link("Co-operative Alternatives")
    reader.sees("It works in Northern Ireland.")


def test_a_reader_narrows_the_case_studies_and_compares_two_without_javascript(group):
    reader = group(javascript=False, width=320)
    reader.go("/")
    reader.page.get_by_role("navigation").get_by_role("link", name="Case studies").click()
    reader.page.get_by_label("Libraries, archives and museums").check()
    reader.page.get_by_role("button", name="Show", exact=True).click()
    reader.sees("case studies")
    for name in ("Explore York Libraries and Archives", "Suffolk Libraries"):
        reader.page.get_by_role("checkbox", name=name).check()
    reader.page.get_by_role("button", name="Compare those I have ticked").click()
    reader.look()
    expect(reader.page.get_by_role("heading", level=1)).to_have_text("Compare case studies")
    reader.sees("Suffolk County Council")


def tab_to(reader, name):
    """Go by keyboard alone to a link or a summary, which then shows that it has the focus."""
    for _ in range(MOST_TABS):
        reader.page.keyboard.press("Tab")
        focused = reader.page.locator(":focus")
        if focused.count() and " ".join(focused.inner_text().split()) == name:
            marked = focused.evaluate("e => getComputedStyle(e).boxShadow + getComputedStyle(e).outlineStyle")
            assert marked != "nonenone", name
            return
    pytest.fail(f"No way to “{name}” by keyboard on {reader.page.url}")


def enter(reader, name):
    tab_to(reader, name)
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.look()


def test_a_reader_finds_the_rule_on_pensions_in_scotland_by_keyboard(group):
    reader = group()
    reader.go("/")
    enter(reader, "Spinning out of the public sector")
    enter(reader, "Pensions for council staff")
    enter(reader, "Scotland")
    here = reader.page.get_by_role("navigation", name="Part of Spinning out of the public sector")
    expect(here.locator("[aria-current=page]")).to_have_text("Pensions for council staff")
    expect(reader.page.locator(".portal-law .portal-applies").first).to_have_text("Applies in Scotland")
    expect(reader.page.get_by_role("row", name=re.compile("^Scotland"))).to_contain_text("Ask your fund")
    enter(reader, "Next: Pensions for NHS staff and others")
    assert reader.page.url.endswith("?nation=scotland")
    assert not reader.page.context.cookies()
    tab_to(reader, "Remember or forget this choice")
    reader.page.keyboard.press("Enter")
    enter(reader, "Remember on this device")
    reader.go(f"{GUIDE}appraisal/procurement/")
    assert reader.page.url.endswith("?nation=scotland")


def test_an_old_phone_without_javascript_gets_from_home_to_the_answer(group):
    reader = group(javascript=False, width=320)
    reader.go("/")
    reader.follow_link("Read the guides")
    reader.follow_link("Spinning out of the public sector")
    reader.follow_link("Pensions for council staff")
    reader.follow_link("Scotland")
    reader.sees("Applies in Scotland")
    row = reader.page.get_by_role("row", name=re.compile("^Scotland"))
    assert row.bounding_box()["width"] <= 320  # a card of its own, and not cut off
    width = reader.page.evaluate("document.documentElement.scrollWidth")
    assert width == 320
    reader.follow_link("Next: Pensions for NHS staff and others")
    reader.sees("Pensions for NHS staff and others")


def test_what_is_folded_away_or_only_for_the_screen_is_right_on_paper(group):
    reader = group()
    reader.go(GUIDE)
    reader.press("Hide all")
    expect(reader.page.get_by_role("link", name="Pensions for council staff")).to_be_hidden()
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_role("link", name="Pensions for council staff")).to_be_visible()
    expect(reader.page.get_by_role("button", name="Show all")).to_be_hidden()
    reader.go("/guides/for-trade-unions/print/")
    expect(reader.page.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(reader.page.get_by_role("heading", name="Stage 3: Implementation")).to_be_visible()


def test_a_reader_reports_a_fault_and_is_told_what_happens_next(group):
    reader = group(javascript=False, width=320)
    reader.go(PENSIONS)
    reader.follow_link("Is something wrong with this page?")
    reader.press("Send")
    reader.sees("Tell us what is wrong")
    reader.write("What is wrong, and what should it say?", "The fund in Scotland has moved.")
    reader.press("Send")
    reader.sees("Thank you")
    reader.follow_link("Go back to the page")
    assert Report.objects.get().words == "The fund in Scotland has moved."
