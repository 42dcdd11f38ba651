"""A manager comes to the desk while a group's page is open."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.journey

WEATHER = "https://www.bbc.co.uk/weather"
EXIT = ".govuk-exit-this-page__button"


@pytest.fixture
def reader(open_page):
    """Somebody who came to an enquiry's first page from the home page. Nothing leaves this machine."""

    def make(**options):
        page = open_page(**options)
        page.route(f"{WEATHER}**", lambda route: route.fulfill(content_type="text/html", body="Sunny"))
        page.goto(reverse("home"))
        return page

    return make


def press_three_times(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def take_the_second_tab_stop(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_no_way_out_of_an_enquiry_leaves_a_way_back(reader, portal):
    page = reader()
    for leave in (lambda page: page.click(EXIT), press_three_times, take_the_second_tab_stop):
        page.goto(reverse("signposting:enquiry-start"))
        leave(page)
        page.wait_for_url(WEATHER)
        page.go_back()
        assert page.url == portal + reverse("home")


def test_earlier_pages_lead_away_too_until_one_is_opened_anew(reader, portal):
    page = reader()
    page.goto(reverse("signposting:enquiry-start"))
    page.get_by_role("button", name="Start now").click()
    page.get_by_label("Staff who deliver the service").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"**{reverse('signposting:enquiry-step', args=['where'])}")

    page.click(EXIT)
    page.wait_for_url(WEATHER)
    for _ in ("who", "start"):
        page.go_back(wait_until="commit")
        page.wait_for_url(WEATHER)
    page.go_back()
    assert page.url == portal + reverse("home")

    page.goto(reverse("signposting:enquiry-step", args=["who"]))
    assert page.get_by_role("radio", checked=True).count() == 1


def test_the_exit_is_a_plain_link_without_javascript(reader):
    page = reader(javascript=False)
    page.goto(reverse("signposting:enquiry-start"))

    page.click(EXIT)

    page.wait_for_url(WEATHER)
