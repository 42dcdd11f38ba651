"""The pages that are the same for every reader, the files for crawlers, and the health checks."""

import html
import re
from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree

import brotli
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.html import strip_tags

from case_studies.models import CaseStudy
from guides.library import Term, shelf
from guides.views import nation
from mutuals_portal.private_access import throttle
from mutuals_portal.settings import BASE_DIR
from signposting import draft_cookie
from signposting.models import Entry
from signposting.views.follow import device
from tests.factories import make_entry_draft, make_live_document, make_organisation

STATEMENTS = ["/accessibility/", "/privacy/", "/cookies/"]
PAGES = [
    "/",
    "/about/",
    "/support/",
    "/support/bodies/",
    "/support/how-we-rank/",
    "/support/data/",
    "/guides/",
    "/policy/",
    "/glossary/",
    "/tools/",
    "/case-studies/",
    "/case-studies/compare/",
    *STATEMENTS,
]
TEXTS = [
    "/guides/spinning-out/",
    "/guides/spinning-out/appraisal/",
    "/guides/spinning-out/implementation/tupe/",
    "/policy/ppn-024/",
    "/tools/can-we-spin-out/",
    "/tools/can-we-spin-out/all-questions/",
    "/tools/look-outs/",
    "/tools/look-outs/map/",
    "/tools/look-outs/pensions/",
    "/tools/legal-forms/",
    "/tools/legal-forms/compare/",
    "/tools/who-has-a-say/",
    "/case-studies/salford-community-leisure/",
]
FILES = ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt"]
ONE_ROUND_TRIP = 14_600  # bytes that a server may send before it has heard from the browser (RFC 6928)
MOST_OF_A_PAGE = 15_500  # for the few pages with more sources than fill a screen
MOST_ANSWERS = 12  # so many addresses of one page with a query are followed


@pytest.fixture
def content(db):
    call_command("load_content", verbosity=0)


def test_a_page_has_one_heading_a_title_a_description_and_its_address(client, content, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    for path in [*PAGES, *TEXTS]:
        text = client.get(path).text
        assert len(re.findall(r"<h1[^>]*>.+</h1>", text)) == 1
        assert re.search(r"<title>[^–<]{4,} – Mutuals Information Service</title>", text), path
        assert re.search(r'<meta name="description"[^>]*content="[^"]{40,160}"', text), path
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


@pytest.mark.parametrize(("path", "queries"), [("/", 1), ("/about/", 2), ("/sitemap.xml", 3)])
def test_other_pages_ask_little_of_the_database(client, content, django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_a_page_works_before_any_content_is_loaded(client, path):
    assert client.get(path).status_code == 200


def test_no_link_within_the_public_pages_is_broken(client, content):
    texts, anchors, waiting = {}, set(), ["/", "/guides/spinning-out/implementation/tupe/?nation=wales"]
    answered = Counter()
    while waiting:
        path = waiting.pop()
        page, _, query = path.partition("?")
        # Answers stand in addresses, and each leads to more of them: there is no end to those.
        if path in texts or (query and answered[page] == MOST_ANSWERS):
            continue
        answered[page] += bool(query)
        response = client.get(path)
        assert response.status_code == 200 or (response.status_code == 503 and path.endswith(".pdf")), path
        is_text = response["Content-Type"].startswith("text/html")
        texts[path] = response.text if is_text else ""
        for link in re.findall(r'<a[^>]* href="([^"]+)"', texts[path]):
            page, _, anchor = html.unescape(urljoin(path, link)).partition("#")
            if (
                page.startswith("/")
                and not page.startswith(("/enquiries/", "/report/", "/plan/"))
                and not page.endswith("/report/")
                and "/question/" not in page
            ):
                waiting.append(page)
                anchors |= {(page, anchor)} if anchor else set()
    assert texts.keys() >= {*PAGES, *TEXTS, "/support/cwmpas/"}
    missing = [
        (page, anchor) for page, anchor in anchors if page in texts and f'id="{anchor}"' not in texts[page]
    ]
    assert not missing


def test_home_leads_to_guides_issues_and_the_first_question(client, content):
    text = client.get("/").text
    for path in ("/guides/spinning-out/", "/tools/look-outs/pensions/", "/enquiries/new/"):
        assert f'href="{path}"' in text


def test_the_first_view_of_a_text_fits_into_one_round_trip_or_very_nearly(client, content):
    styles = len(brotli.compress((BASE_DIR / "static/build/guides.css").read_bytes()))
    weights = {}
    for entry in shelf(at=timezone.now()):
        if not isinstance(entry, Term):
            sent = client.get(f"{entry.address}?nation=wales", headers={"Accept-Encoding": "br, gzip"})
            weights[entry.address] = len(sent.content) + styles
    heavy = {path: weight for path, weight in weights.items() if weight > ONE_ROUND_TRIP}
    assert len(heavy) < len(weights) / 8, heavy
    assert max(weights.values()) <= MOST_OF_A_PAGE, heavy


def test_the_first_view_of_a_case_study_fits_into_one_round_trip_or_very_nearly(client, content):
    styles = len(brotli.compress((BASE_DIR / "static/build/case_studies.css").read_bytes()))
    addresses = [each.get_absolute_url() for each in CaseStudy.objects.live(at=timezone.now())]
    weights = {
        address: len(client.get(address, headers={"Accept-Encoding": "gzip"}).content) + styles
        for address in ["/case-studies/", *addresses]
    }
    heavy = {path: weight for path, weight in weights.items() if weight > ONE_ROUND_TRIP}
    assert len(heavy) < len(weights) / 4, heavy
    assert max(weights.values()) <= MOST_OF_A_PAGE, heavy


def test_the_first_view_of_the_directory_fits_into_one_round_trip(client, content):
    styles = len(brotli.compress((BASE_DIR / "static/build/case_studies.css").read_bytes()))
    entries = [each.document.get_absolute_url() for each in Entry.objects.live(at=timezone.now())]
    lists = ["/support/", "/support/?nation=wales&nation=england&issue=legal-form", "/support/bodies/"]
    weights = {
        address: len(client.get(address, headers={"Accept-Encoding": "br, gzip"}).content) + styles
        for address in (*lists, *entries)
    }
    assert max(weights.values()) <= ONE_ROUND_TRIP, weights


def test_about_gives_the_rules_in_force_in_their_order(client, content):
    text = strip_tags(client.get("/about/").text)
    assert text.index("The service is in Scotland") < text.index("A commissioner of services is asking")


def test_the_privacy_notice_says_how_long_wrong_codes_are_kept(client):
    hours = throttle.WRONG_CODES_KEPT_FOR // timedelta(hours=1)
    assert f"about {hours} hours" in client.get("/privacy/").text


def test_the_cookie_page_names_the_cookies_that_are_set(client, settings):
    text = client.get("/cookies/").text
    for name in (
        nation.COOKIE,
        draft_cookie.IN_HAND.name,
        draft_cookie.ARRIVING.name,
        device.COOKIE.name,
        settings.CSRF_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME,
    ):
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
    make_entry_draft(make_organisation(slug="gone"))
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    found = {
        place.text.removeprefix("https://mutuals.example")
        for place in tree.iter()
        if place.tag.endswith("}loc")
    }
    assert found >= {*PAGES, *TEXTS, "/support/cwmpas/", "/support/public-service-mutuals/"}
    assert not [path for path in found if "#" in path]
    assert not [
        path for path in found if re.search("^/(admin|enquiries|health|plan|search)/|gone|duty-desk", path)
    ]


def test_the_sitemap_says_when_a_text_last_changed(client, db):
    make_live_document("policy", slug="act")
    assert re.search(
        r"/policy/act/</loc><lastmod>2026-06-01T10:00:00\+01:00</lastmod>", client.get("/sitemap.xml").text
    )


def test_crawlers_are_kept_out_of_enquiries_plans_and_the_admin(client, settings):
    settings.PUBLIC_URL = "https://mutuals.example"
    assert client.get("/robots.txt").text.split("\n") == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /enquiries/",
        "Disallow: /plan/",
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
