"""What every page has around its content: title, landmarks, navigation, and what search engines are told."""

import pytest
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.urls import resolve

PAGE = "{% extends 'base.html' %}{% block title %}A page{% endblock %}{% block content %}Words{% endblock %}"
PRIVATE = "{% extends 'enquiry_base.html' %}{% block content %}Words{% endblock %}"


def page(path="/about/", source=PAGE, **context):
    request = RequestFactory().get(path, {"q": "secret"})
    request.resolver_match = resolve(path)
    return Template(source).render(Context({"request": request, **context}))


class FormWithErrors:
    errors = {"name": ["Enter a name"]}


def test_the_title_names_page_and_service():
    assert "<title>A page – Mutuals Information Service</title>" in page()


def test_the_title_says_when_there_is_an_error():
    assert "<title>Error: A page – " in page(form=FormWithErrors())


def test_a_public_page_names_its_one_address_without_the_query(settings):
    settings.PUBLIC_URL = "https://mutuals.example"

    assert '<link rel="canonical" href="https://mutuals.example/about/">' in page()
    assert "secret" not in page()


@pytest.mark.parametrize(
    ("path", "link", "mark"),
    [
        ("/", "/", "page"),
        ("/guides/", "/guides/", "page"),
        ("/guides/spinning-out/appraisal/", "/guides/", "true"),
        ("/policy/some-act/", "/guides/", "true"),
        ("/support/", "/support/", "page"),
        ("/support/some-body/", "/support/", "true"),
        ("/enquiries/new/", "/enquiries/new/", "page"),
        ("/enquiries/new/check/", "/enquiries/new/", "true"),
        ("/enquiries/sent/", "/enquiries/new/", "true"),
        ("/enquiries/follow/", "/enquiries/follow/", "page"),
        ("/enquiries/follow/enquiry/", "/enquiries/follow/", "true"),
    ],
)
def test_the_navigation_marks_where_the_reader_is(path, link, mark):
    html = page(path)

    assert f'href="{link}" aria-current="{mark}"' in html
    assert html.count("aria-current") == 1


def test_the_navigation_marks_nothing_on_a_page_outside_it():
    assert "aria-current" not in page("/about/")


def test_a_page_of_an_enquiry_can_be_left_at_once():
    html = page("/enquiries/new/", PRIVATE)

    assert html.count('href="https://www.bbc.co.uk/weather"') == 2  # the button and the skip link
    assert html.count('rel="nofollow noreferrer"') == 2


def test_a_page_of_an_enquiry_says_nothing_to_search_engines_and_little_in_the_history():
    html = page("/enquiries/new/", PRIVATE)
    title = html[html.index("<title>") : html.index("</title>")]

    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "canonical" not in html
    assert "og:" not in html
    assert "utual" not in title


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_neither_request_nor_context(name):
    html = get_template(f"{name}.html").render()

    assert '<main class="govuk-main-wrapper" id="main-content">' in html
    assert html.count("<h1") == 1


def test_a_missing_page_says_what_to_do(client, db):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "check that you copied all of it" in response.content.decode()


@pytest.mark.parametrize("kind", ["", "success"])
def test_a_banner_names_itself(kind):
    html = render_to_string("components/notification_banner.html", {"kind": kind, "text": "Saved"})

    assert ("Success" in html) is (kind == "success")
    assert ('role="alert"' in html) is (kind == "success")


def test_nothing_is_inline_that_the_content_security_policy_forbids():
    for html in (page(), page("/enquiries/new/", PRIVATE), get_template("500.html").render()):
        assert "<style" not in html
        assert " style=" not in html
        assert "<script>" not in html
        assert " onclick=" not in html
