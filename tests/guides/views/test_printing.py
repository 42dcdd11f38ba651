"""The whole guide on one page, and its PDF, as a reader's browser gets them."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from guides import pdf
from guides.models import GuidePdf, Source
from mutuals_portal import publishing
from tests.factories import make_draft, make_live_document, make_published, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()
AGO = NOW - timedelta(days=30)
PRINT, PDF = "/guides/leaving/print/", "/guides/leaving.pdf"


@pytest.fixture
def guide():
    return make_live_document("guide", at=AGO, slug="leaving", title="Leaving", body="Come with us.")


@pytest.fixture
def stage(guide):
    return make_live_document("stage", at=AGO, slug="appraisal", parent=guide, title="Appraisal")


@pytest.fixture
def page(stage):
    return make_live_document(
        "page", at=AGO, slug="money", parent=stage, title="Money", body="## How much\n\nA lot."
    )


def ids(text):
    return re.findall(r' id="([^"]+)"', text)


def body(response):
    return b"".join(response.streaming_content)


# -- The print page


def test_it_holds_every_text_with_headings_in_their_order(client, page):
    text = client.get(PRINT).text

    headings = re.findall(r"<(h\d)[^>]*>(.*?)</h\d>", text[text.index("<main") :])
    assert headings[:6] == [
        ("h1", "Leaving"),
        ("h2", "Contents"),
        ("h2", "About this guide"),
        ("h2", "Stage 1: Appraisal"),
        ("h3", "Money"),
        ("h4", "How much"),
    ]


def test_its_contents_lead_to_each_text(client, page):
    text = client.get(PRINT).text

    for anchor in ("guide-leaving", "stage-appraisal", "page-money"):
        assert f'href="#{anchor}"' in text
        assert anchor in ids(text)


def test_no_two_places_on_it_have_one_name(client, stage, page):
    law = "::: law uk checked 2026-01-01\nYou must [^one].\n:::\n\n## Aims\n\nAs it says [^one]."
    Source.objects.create(key="one", title="An Act", publisher="Parliament", kind="law")
    make_published(page, at=AGO + timedelta(days=1), body=law)
    make_published(stage, at=AGO + timedelta(days=1), body=law)

    found = ids(client.get(PRINT).text)

    assert len(found) == len(set(found))


def test_links_by_name_stay_on_it_where_they_can(client, guide, page):
    make_live_document("policy", at=AGO, slug="ppn")
    make_published(guide, at=AGO + timedelta(days=1), body="[a](page:money) [b](policy:ppn)")

    text = client.get(PRINT).text

    assert 'href="#page-money">a</a>' in text
    assert 'href="/policy/ppn/">b</a>' in text


def test_sources_are_one_list_with_one_number_each(client, guide, page):
    for key in ("one", "two"):
        Source.objects.create(key=key, title=f"Act {key}", publisher="Parliament", kind="law")
    make_published(guide, at=AGO + timedelta(days=1), body="As it says [^one].")
    make_published(page, at=AGO + timedelta(days=1), body="As they say [^two][^one].")

    text = client.get(PRINT).text

    assert re.findall(r'href="#source-(\d)"', text) == ["1", "2", "1"]
    assert [each for each in ids(text) if each.startswith("source-")] == ["source-1", "source-2"]


def test_it_says_of_which_day_and_which_version_it_is(client, page):
    changed = NOW - timedelta(days=3)
    make_published(page, at=changed)

    local = timezone.localdate(changed)
    assert f"{local.day} {local:%B %Y}</time>, version 2" in client.get(PRINT).text


def test_it_marks_what_applies_in_a_nation(client, guide):
    make_published(guide, at=AGO + timedelta(days=1), body="::: nation wales\nOnly here.\n:::")

    assert "Does not apply in Scotland" in client.get(f"{PRINT}?nation=scotland").text


def test_it_takes_four_queries_however_many_pages_there_are(client, guide, stage, django_assert_num_queries):
    Source.objects.create(key="one", title="An Act", publisher="Parliament", kind="law")
    for _ in range(12):
        make_live_document("page", at=AGO, parent=stage, body="As it says [^one].")

    with django_assert_num_queries(4):
        client.get(PRINT)


def test_an_unknown_guide_has_none_and_a_withdrawn_one_says_why(client, guide):
    assert client.get("/guides/nothing/print/").status_code == 404
    assert client.get("/guides/nothing.pdf").status_code == 404

    pdf.make_missing(at=NOW)
    publishing.withdraw(guide, by=make_user(), at=NOW, reason="It was wrong.")

    for address in (PRINT, PDF):
        response = client.get(address)
        assert response.status_code == 410
        assert "It was wrong." in response.text


def test_nothing_that_is_not_public_stands_on_it(client, guide, page):
    make_draft(guide, at=NOW, body="Secretdraft")
    make_published(
        page, at=AGO + timedelta(days=1), show_from=NOW + timedelta(days=1), body="Secretscheduled"
    )
    gone = make_live_document("page", at=AGO, parent=page.parent, body="Secretwithdrawn", title="Secrettitle")
    publishing.withdraw(gone, by=make_user(), at=NOW, reason="It was wrong.")

    assert "Secret" not in client.get(PRINT).text


# -- The PDF


@pytest.fixture
def made(guide):
    pdf.make_missing(at=NOW)
    return GuidePdf.objects.get()


def test_a_pdf_opens_in_the_browser_under_a_name_of_its_own(client, made):
    response = client.get(PDF)

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="leaving.pdf"'
    assert response.headers["Content-Length"] == str(made.size)
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in response.headers
    assert len(body(response)) == made.size


def test_asking_for_its_head_gives_the_same_headers_and_no_body(client, made):
    whole, head = client.get(PDF), client.head(PDF)
    body(whole)

    assert head.content == b""
    assert head.headers == whole.headers


def test_a_pdf_that_a_browser_has_is_not_sent_again(client, made):
    first = client.get(PDF)
    body(first)

    for header, value in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        response = client.get(PDF, headers={header: first.headers[value]})
        assert response.status_code == 304, header
        assert response.headers["ETag"] == first.headers["ETag"]


def test_a_refusal_is_no_answer_to_keep(client, made):
    response = client.get(PDF, headers={"If-Match": '"another"'})
    assert response.status_code == 412
    assert response.headers["Cache-Control"] == "no-store"


def test_its_size_stands_where_it_is_offered(client, made):
    assert re.fullmatch(r"PDF, \d+ KB, 3 pages", made.size_in_words)
    for address in (PRINT, "/guides/leaving/"):
        assert f"({made.size_in_words})" in client.get(address).text


@pytest.mark.parametrize(
    ("size", "pages", "words"),
    [
        (311_600, 48, "PDF, 312 KB, 48 pages"),
        (1_749_000, 1, "PDF, 1.7 MB, 1 page"),
        (999_700, 2, "PDF, 1.0 MB, 2 pages"),
    ],
)
def test_its_size_is_told_in_words(size, pages, words):
    assert GuidePdf(size=size, pages=pages).size_in_words == words


def test_no_pdf_older_than_the_text_is_offered_or_sent(client, guide, made):
    make_published(guide, at=NOW, body="Other words.")

    for address in (PRINT, "/guides/leaving/"):
        text = client.get(address).text
        assert "We are making the PDF of the newest text" in text
        assert PDF not in text
    response = client.get(PDF)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert f'href="{PRINT}"' in response.text


def test_a_pdf_whose_file_is_lost_is_being_made(client, made):
    default_storage.delete(made.file.name)

    assert client.get(PDF).status_code == 503


@pytest.mark.parametrize("address", [PRINT, PDF])
def test_nobody_can_post_to_it(client, guide, address):
    assert client.post(address).status_code == 405
