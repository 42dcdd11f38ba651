"""What no browser sends must not break the server all the same."""

import pytest
from pytest_django.asserts import assertContains

from mutuals_portal.request_charset import read_as_utf_8
from mutuals_portal.wsgi import application
from tests.signposting.views.journey import Browser, address

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def browser():
    """A client that talks to us through the same door as the web server."""
    browser = Browser()
    browser.handler = read_as_utf_8(browser.handler)
    browser.start()
    return browser


def post(browser, path, body, kind):
    return browser.generic("POST", path, body, content_type=kind)


def test_the_web_server_comes_through_this_door():
    assert application.__qualname__.startswith(read_as_utf_8.__name__)


@pytest.mark.parametrize(
    "charset", ["utf-16", "UTF-7", "base64", "rot13", "idna", "unheard-of", "latin-1", ""]
)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("query", ["", "?change&because=skipped"])
def test_another_character_set_breaks_nothing_and_is_told(browser, charset, kind, query):
    body = "enquirer_kind=staff".encode("utf-16")
    page = post(browser, address("who") + query, body, f"{kind}; charset={charset}")
    assertContains(page, "Select what describes you best")


def test_a_claim_in_a_request_that_only_reads_breaks_nothing(browser):
    page = browser.get(address("who"), {"because": "skipped"}, CONTENT_TYPE=f"{FORM}; charset=base64")
    assertContains(page, "Please answer this question first")


@pytest.mark.parametrize(
    "claim", ["", "; charset=utf-8", '; charset="UTF-8"', "; charset=utf-16", "; charset*=x'y'z"]
)
def test_utf_8_is_read_whatever_is_claimed(browser, claim):
    assert post(browser, address("who"), "enquirer_kind=staff", FORM + claim).status_code == 302


@pytest.mark.parametrize("claim", ["charset=utf-16; boundary=a-b", 'boundary="a-b"; charset=utf-16'])
def test_the_boundary_of_files_is_left(browser, claim):
    body = b'--a-b\r\nContent-Disposition: form-data; name="enquirer_kind"\r\n\r\nstaff\r\n--a-b--\r\n'
    assert post(browser, address("who"), body, f"multipart/form-data; {claim}").status_code == 302


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=", b""),
        ("multipart/form-data; boundary=\xe9", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="f"; filename="\x00',
        ),
        ("multipart/form-data; boundary=x", b"\x00" * 5000),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 1000),
        ("application/json", b"{"),
        ("", b"anything"),
        (";;;=", b"anything"),
        ("nonsense", b"\xff\xfe"),
    ],
)
@pytest.mark.parametrize("step", ["who", "files"])
def test_a_body_that_is_no_form_never_breaks_the_server(browser, kind, body, step):
    assert post(browser, address(step), body, kind).status_code in (200, 302, 400)


def test_the_other_forms_are_behind_the_same_door(browser):
    body, kind = "reference=x".encode("utf-16"), f"{FORM}; charset=utf-16"
    for path in ("/admin/login/", "/enquiries/follow/"):
        assert post(browser, path, body, kind).status_code == 200


def test_a_form_of_two_megabytes_gets_a_page_in_plain_words(browser):
    page = browser.answer("who", enquirer_kind="a" * 2**21)
    assertContains(page, "We could not read that request", status_code=400)
