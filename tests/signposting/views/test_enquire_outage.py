"""The database goes away in the middle of the journey: nothing that was typed is lost."""

import html
import os
import re
import socket

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from procrastinate.exceptions import ConnectorException
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mutuals_portal.database_outage import is_outage
from signposting.models import Enquiry
from tests.signposting.views.journey import Browser, a_body_that_answers, a_file, address

pytestmark = pytest.mark.django_db(transaction=True)

START = reverse("signposting:enquiry-start")
CHECK = reverse("signposting:enquiry-check")


@pytest.fixture
def database_away(tmp_path):
    """A real outage: connections are closed, and where the server was nobody listens. Called to begin and end."""
    there = dict(connection.settings_dict)

    def away(is_away=True):
        connection.close()
        nowhere = {"HOST": str(tmp_path), "PORT": "1"}
        connection.settings_dict.update(nowhere if is_away else there)

    yield away
    away(False)


@pytest.fixture
def browser():
    a_body_that_answers()
    browser = Browser()
    browser.answer_all()
    return browser


def hidden_fields(page):
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return [(name, html.unescape(value)) for name, value in fields if name != "csrfmiddlewaretoken"]


def test_an_answer_is_kept_on_a_503_page_and_can_be_sent_from_there(browser, database_away):
    written = "What we have in mind: “shares” & <votes>\nand more"
    database_away()
    page = browser.post(f"{address('question')}?change", {"question": written})
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    assert "no-store" in page["Cache-Control"]
    assertContains(page, f'action="{address("question")}?change"', status_code=503)
    database_away(False)
    assertRedirects(browser.post(f"{address('question')}?change", dict(hidden_fields(page))), CHECK)
    assert browser.draft.answers["question"]["question"] == written


def test_every_value_of_a_field_is_carried(browser, database_away):
    database_away()
    page = browser.post(address("exclusions"), {"excluded_bodies": ["one", "two"], "then": "save"})
    assert hidden_fields(page) == [
        ("excluded_bodies", "one"),
        ("excluded_bodies", "two"),
        ("then", "save"),
    ]


def test_files_must_be_chosen_again_and_the_page_says_so(browser, database_away):
    database_away()
    page = browser.post(address("files"), {"files": a_file(), "then": "stay"})
    assertContains(page, "You will need to choose them again", status_code=503)


def test_sending_can_be_tried_again_and_sends_once(browser, database_away):
    database_away()
    page = browser.send()
    assertContains(page, "it will not count twice", status_code=503)
    database_away(False)
    browser.send()
    browser.send()
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("page", [START, address("where"), CHECK, "/enquiries/sent/", "/enquiries/new/save/"])
def test_a_page_that_is_only_looked_at_says_that_answers_are_safe(browser, database_away, page):
    database_away()
    response = browser.get(page)
    assertContains(response, "The answers you have already given are safe", status_code=503)
    assertNotContains(response, "<form", status_code=503)


def test_starting_and_coming_back_answer_503_too(browser, database_away):
    database_away()
    assert Browser().post(START).status_code == 503
    typed = {"reference": "MIS-7K4P-Q2XR", "code": "AAAA-BBBB-CCCC"}
    page = Browser().post(reverse("signposting:enquiry-resume"), typed)
    assert page.status_code == 503
    assert dict(hidden_fields(page)) == typed


def test_a_connection_that_breaks_within_a_request_is_an_outage_too(browser):
    connection.ensure_connection()
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
    page = browser.answer("where", place="Nairn")
    assert page.status_code == 503
    assert ("place", "Nairn") in hidden_fields(page)
    connection.close()


def test_the_cause_of_an_error_tells_whether_it_is_an_outage():
    wrapped = ConnectorException()
    wrapped.__cause__ = OperationalError("gone")
    assert is_outage(wrapped)
    assert not is_outage(ValueError("gone"))
