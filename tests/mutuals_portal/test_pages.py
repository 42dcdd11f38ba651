"""The pages that are the same for every reader, the files for crawlers, and the health checks."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.html import strip_tags

from signposting import draft_cookie, retention
from signposting.views.follow import device
from tests.factories import make_organisation

STATEMENTS = ["/accessibility/", "/privacy/", "/cookies/"]
PAGES = ["/", "/about/", "/support/", *STATEMENTS]
FILES = ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]


@pytest.fixture
def content(db):
    call_command("load_content", verbosity=0)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_a_title_a_description_and_its_address(client, content, settings, path):
    settings.PUBLIC_URL = "https://mutuals.example"
    text = client.get(path).text
    heading = re.findall(r"<h1[^>]*>([^<]+)</h1>", text)
    assert len(heading) == 1
    assert re.search(r"<title>[^–<]{4,} – Mutuals Information Service</title>", text)
    assert re.search(r'<meta name="description"[^>]*content="[^"]{40,160}"', text)
    assert f'<link rel="canonical" href="https://mutuals.example{path}">' in text


@pytest.mark.parametrize("path", [*PAGES, *FILES, "/support/co-operatives-uk/"])
def test_what_everybody_reads_sets_no_cookie_and_may_be_cached(client, content, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_an_unchanged_page_is_not_sent_again(client, content, path):
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_a_page_answers_head_and_refuses_post(client, content, path):
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_statement_asks_nothing_of_the_database(client, path):
    assert client.get(path).status_code == 200  # without the db mark, any query would fail the test


@pytest.mark.parametrize(("path", "queries"), [("/", 2), ("/about/", 2), ("/sitemap.xml", 3)])
def test_other_pages_ask_little_of_the_database(client, content, django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_a_page_works_before_any_content_is_loaded(client, path):
    assert client.get(path).status_code == 200


def test_no_link_within_the_public_pages_is_broken(client, content):
    seen, waiting = set(), ["/"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, path
        for link in re.findall(r'<a[^>]* href="([^"]+)"', response.text):
            page, _, anchor = link.partition("#")
            if anchor and page in ("", path):
                assert f'id="{anchor}"' in response.text, f"{path} links to #{anchor}"
            if page.startswith("/") and not page.startswith("/enquiries/") and page not in seen:
                waiting.append(page)
    assert seen >= {*PAGES, "/support/cwmpas/"}


def test_home_names_what_groups_ask_about_and_links_to_the_first_question(client, content):
    text = client.get("/").text
    assert "<li>Pensions</li>" in text
    assert 'href="/enquiries/new/"' in text


def test_about_gives_the_rules_in_force_in_their_order(client, content):
    text = strip_tags(client.get("/about/").text)
    assert text.index("The service is in Scotland") < text.index("A commissioner of services is asking")


def test_the_privacy_notice_says_how_long_wrong_codes_are_kept(client):
    hours = retention.WRONG_CODES_KEPT_FOR // timedelta(hours=1)
    assert f"about {hours} hours" in client.get("/privacy/").text


def test_the_cookie_page_names_the_cookies_that_are_set(client, settings):
    text = client.get("/cookies/").text
    for name in (draft_cookie.NAME, device.COOKIE, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME):
        assert f">{name}</dt>" in text
    assert settings.CSRF_COOKIE_AGE is None
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/", "/accessibility/", "/privacy/"])
def test_a_public_address_is_shown_where_there_is_one(client, settings, path):
    assert "mailto:" not in client.get(path).text
    settings.CONTACT_EMAIL = "help@mutuals.example"
    assert 'href="mailto:help@mutuals.example' in client.get(path).text


def test_the_sitemap_names_public_pages_alone(client, content, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    make_organisation(slug="gone", status="historic")
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    found = {
        place.text.removeprefix("https://mutuals.example")
        for place in tree.iter()
        if place.tag.endswith("}loc")
    }
    assert found >= {*PAGES, "/support/cwmpas/"}
    assert not [path for path in found if re.search("admin|enquiries|health|gone|duty-desk", path)]


def test_crawlers_are_kept_out_of_enquiries_and_the_admin(client, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    assert client.get("/robots.txt").text.split("\n") == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /enquiries/",
        "",
        "Sitemap: https://mutuals.example/sitemap.xml",
        "",
    ]


def test_security_txt_says_whom_to_tell_and_does_not_expire_soon(client, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    settings.SECURITY_CONTACT = "security@mutuals.example"
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").text.splitlines())
    assert fields["Contact"] == "mailto:security@mutuals.example"
    assert fields["Canonical"] == "https://mutuals.example/.well-known/security.txt"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)


def test_security_txt_without_an_address_points_to_the_contact_page(client, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    settings.SECURITY_CONTACT = ""
    assert "Contact: https://mutuals.example/about/#contact\n" in client.get("/.well-known/security.txt").text


def test_live_asks_nothing_of_the_database(client):
    response = client.get("/health/live")
    assert response.json() == {"status": "ok"}
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_answers(client):
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_not_ready_when_the_database_is_away(client, monkeypatch, tmp_path):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", str(tmp_path))
    response = client.get("/health/ready")
    assert (response.status_code, response.json()) == (503, {"status": "database unavailable"})
