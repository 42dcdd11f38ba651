"""The pages that need no enquiry, as a reader meets them."""

import pytest

pytestmark = pytest.mark.journey

# Their texts and addresses are tested in mutuals_portal/test_pages.py; here a browser lays them out.
PAGES = ["/", "/about/", "/support/", "/support/cwmpas/", "/accessibility/", "/privacy/", "/cookies/"]


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_somebody_reads_every_public_page_and_leaves_no_trace(group, width):
    reader = group(width=width)
    for page in PAGES:
        reader.go(page)
    assert not reader.page.context.cookies()


def test_a_reader_finds_a_body_and_its_page_without_javascript(group):
    reader = group(javascript=False, width=320)
    reader.go("/")
    reader.follow_link("See who can help")
    reader.follow_link("Co-operative Alternatives")
    reader.sees("Helps in Northern Ireland.")
