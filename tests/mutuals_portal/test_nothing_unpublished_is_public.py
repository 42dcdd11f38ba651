"""What nobody has published, or somebody has withdrawn, is on no page, feed, list, map, print or PDF.

Every text of every kind that readers may not have says one word, and that word is looked for wherever a reader,
a crawler or a guess at an address can come.
"""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from guides import pdf, reporting
from guides.models import Document
from mutuals_portal import publishing
from mutuals_portal.search.found import Kind
from mutuals_portal.search.models import SearchText
from tests.factories import (
    make_approved,
    make_case_study,
    make_document,
    make_draft,
    make_entry,
    make_entry_draft,
    make_live_document,
    make_organisation,
    make_profile,
    make_profile_draft,
    make_published,
    make_tool,
    make_tool_draft,
    make_user,
    make_words,
)

SECRET = "Zanzibar"
NOW = timezone.now()
LAST_MONTH, LAST_WEEK, YESTERDAY = (NOW - timedelta(days=days) for days in (30, 7, 1))
TOMORROW = NOW + timedelta(days=1)
KINDS = list(Document.Kind)


def secret_words(kind) -> dict:
    words = {
        "title": f"{SECRET} title",
        "summary": f"{SECRET} summary.",
        "body": f"{SECRET} body.",
        "look_outs": [],
        "also": [f"{SECRET} wording"],
        "change_note": f"{SECRET} note.",
        "change_is_public": True,
    }
    if kind == Document.Kind.BULLETIN:
        words |= {"as_of": timezone.localdate(), "era": "now"}
    return words


@pytest.fixture
def library(db):
    """One live document of each kind, and around them everything that must stay hidden. Yields the hidden addresses."""
    guide = make_live_document("guide", at=LAST_MONTH, slug="leaving")
    stage = make_live_document("stage", at=LAST_MONTH, slug="appraisal", parent=guide)
    parents = {Document.Kind.STAGE: guide, Document.Kind.PAGE: stage}
    spare = iter(("early-thinking", "implementation", "first-year", "once", "twice", "thrice", "more"))

    def new(kind) -> Document:
        more = {"parent": parents[kind]} if kind in parents else {}
        if kind == Document.Kind.STAGE:
            more["slug"] = next(spare)
        return make_document(kind, **more)

    hidden, named = [], []
    for kind in KINDS:
        words = secret_words(kind)
        drafted, approved, scheduled, withdrawn, with_draft, replaced = (new(kind) for _ in range(6))
        make_draft(drafted, at=LAST_WEEK, **words)
        make_approved(approved, at=LAST_WEEK, **words)
        make_published(scheduled, at=LAST_WEEK, show_from=TOMORROW, **words)
        make_published(withdrawn, at=LAST_WEEK, **words)
        publishing.withdraw(withdrawn, by=make_user(), at=YESTERDAY, reason="It was wrong.")
        plain = {"as_of": timezone.localdate(), "era": "now"} if kind == Document.Kind.BULLETIN else {}
        make_published(with_draft, at=LAST_MONTH, **plain)
        make_draft(with_draft, at=YESTERDAY, **words)
        # A text that was withdrawn, and another that has taken its place since.
        make_published(replaced, at=LAST_WEEK, **words)
        publishing.withdraw(
            replaced, by=make_user(), at=YESTERDAY - timedelta(days=2), reason="It was wrong."
        )
        make_published(replaced, at=YESTERDAY, also=[], **plain)  # or it would take over the other's wording
        named.append(withdrawn)
        hidden += [drafted, approved, scheduled, withdrawn, replaced]
    tool = make_tool("look-outs", at=LAST_MONTH).document
    make_tool_draft(
        "look-outs", at=YESTERDAY, **{name: f"{SECRET}." for name in ("title", "summary", "body")}
    )
    # When this was written, the texts that it names could still be read.
    then = LAST_WEEK + timedelta(hours=1)
    names = " ".join(f"[a link]({document.name})" for document in named)
    page = make_live_document("page", at=then, slug="linking", parent=stage, body=f"See {names}.")
    report = reporting.receive(page, edition_number=1, words=f"{SECRET} report", at=YESTERDAY)
    reporting.answer(report, by=make_user(), at=YESTERDAY, text=f"{SECRET} answer", is_public=False)
    reporting.receive(page, edition_number=1, words=f"{SECRET} open report", at=YESTERDAY)
    pdf.make_missing(at=NOW)
    return [document.get_absolute_url().partition("#")[0] for document in (*hidden, tool)]


def everything_linked(client, start: set[str]) -> dict[str, str]:
    """The words of every page, feed and file that can be reached, by address."""
    found: dict[str, str] = {}
    waiting = set(start)
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        body = response.getvalue()
        if response.headers.get("Content-Type") == "application/pdf":
            reader = PdfReader(io.BytesIO(body))
            found[address] = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
            continue
        found[address] = text = body.decode()
        links = re.findall(r'(?:href|src)="([^"#]+)', text)
        links += re.findall(r"<loc>([^<]+)</loc>", text)
        for link in links:
            path = re.sub(r"^https?://127\.0\.0\.1:\d+", "", link.replace("&amp;", "&"))
            followed = path.startswith("/") and not path.startswith(
                ("/static/", "/enquiries/", "/admin/", "//")
            )
            if followed and path not in found:
                waiting.add(path)
    return found


def test_no_hidden_text_is_reached_by_any_link_or_known_address(client, library):
    days = {
        moment.strftime("%Y-%m-%d") for moment in (LAST_WEEK, LAST_WEEK + timedelta(days=1), YESTERDAY, NOW)
    }
    guesses = set(library) | {f"{address}?as_of={day}" for address in library for day in days}
    guesses |= {f"{address}?nation=wales" for address in library}
    guesses |= {f"/report/?page={address}" for address in library}
    guesses |= {f"/search/?q={words}" for words in ("title", "wording", "summary body", "wrong", '"a+link"')}
    found = everything_linked(client, {"/", "/sitemap.xml", *guesses})
    assert {address for address, text in found.items() if SECRET.lower() in text.lower()} == set()
    for address in (
        "/guides/leaving/print/",
        "/guides/leaving.pdf",
        "/guides/leaving/feed/",
        "/policy/feed/",
        "/glossary/",
        "/tools/look-outs/",
        "/tools/look-outs/map/",
        "/guides/leaving/appraisal/linking/",
    ):
        assert address in found, f"{address} was not reached"
    assert any("It was wrong." in text for text in found.values())


def test_the_word_is_found_once_it_is_published(client, library):
    """The guard itself: were a hidden text public, the walk would see it, in the PDF too."""
    stage = Document.objects.get(kind="stage", slug="appraisal")
    page = make_document("page", parent=stage, slug="let-out")
    make_published(page, at=YESTERDAY, **secret_words("page"))
    make_published(make_document("look-out"), at=YESTERDAY, **secret_words("look-out"))
    pdf.make_missing(at=timezone.now())
    found = everything_linked(client, {"/sitemap.xml"})
    for address in (
        "/guides/leaving/appraisal/let-out/",
        "/guides/leaving/appraisal/",
        "/guides/leaving/print/",
        "/guides/leaving.pdf",
        "/guides/leaving/feed/",
        "/tools/look-outs/",
        "/tools/look-outs/map/",
    ):
        assert SECRET in found[address], address


def make_hidden_bodies_tools_and_cases() -> None:
    """Of each other kind of text one that is drafted, one still to come, one withdrawn, and a body that has ended."""
    words = {"title": f"{SECRET} title", "summary": f"{SECRET} summary."}
    for make, make_a_draft, named in (
        (make_profile, make_profile_draft, lambda slug: make_case_study(slug=slug)),
        (make_entry, make_entry_draft, lambda slug: make_organisation(slug=slug)),
    ):
        make_a_draft(named("drafted"), at=LAST_WEEK, **words)
        make(named("scheduled"), at=LAST_WEEK, show_from=TOMORROW, **words)
        withdrawn = make(named("withdrawn"), at=LAST_WEEK, **words).document
        publishing.withdraw(withdrawn, by=make_user(), at=YESTERDAY, reason="It was wrong.")
        replaced = make(named("replaced"), at=LAST_MONTH, **words).document
        make(replaced, at=LAST_WEEK)
    make_entry(make_organisation(slug="ended"), at=LAST_WEEK, activity="historic", **words)
    tool = make_tool("who-has-a-say", at=LAST_WEEK, **words).document
    publishing.withdraw(tool, by=make_user(), at=YESTERDAY, reason="It was wrong.")
    make_tool("who-has-a-say", at=YESTERDAY, show_from=TOMORROW, **words)
    guide = make_live_document("guide", at=LAST_MONTH)
    stage = make_live_document("stage", at=LAST_MONTH, parent=guide)
    make_live_document("page", at=LAST_MONTH, parent=stage, **words)
    publishing.withdraw(guide, by=make_user(), at=YESTERDAY, reason="It was wrong.")


def test_the_search_finds_suggests_and_answers_with_nothing_hidden(client, library):
    make_hidden_bodies_tools_and_cases()
    kept = SearchText.objects.filter(title__startswith=SECRET)
    assert set(kept.values_list("kind", flat=True)) == set(Kind.values)  # those still to come
    assert not kept.filter(shown_from__lte=NOW).exists()
    for words in (
        SECRET,
        f"{SECRET} title",
        f'"{SECRET} title"',
        f"{SECRET} wording",
        "zanzibra",
        "zanzibars",
    ):
        text = client.get("/search/", {"q": words}).text
        assert "<mark>zanzibar" not in text.lower(), words
        assert "Did you mean" not in text, words
        assert "portal-answer" not in text, words
    assert f"Nothing says “{SECRET}”" in client.get("/search/", {"q": SECRET}).text
    for words in ("za", "zanzi", SECRET, f"{SECRET} ti", f"{SECRET} wor", "title zanz"):
        offered = client.get("/search/suggestions/", {"q": words})
        assert SECRET.lower() not in offered.text.lower(), words


def test_the_search_finds_the_word_once_it_is_published(client, library):
    make_published(make_document("term"), at=YESTERDAY, **secret_words(Document.Kind.TERM))
    for words in (SECRET, f'"{SECRET} body"'):
        assert f"<mark>{SECRET}" in client.get("/search/", {"q": words}).text
    assert "Did you mean" in client.get("/search/", {"q": "zanzibra"}).text
    assert "portal-answer" in client.get("/search/", {"q": f"{SECRET} wording"}).text
    assert f"{SECRET} title" in client.get("/search/suggestions/", {"q": "zanzi"}).text


@pytest.mark.parametrize("kind", KINDS)
def test_publishing_words_and_nothing_else_makes_them_public(kind, db):
    """Each hidden text of this test could be published: it is hidden by its state alone, not by a fault in it."""
    document = make_document(kind)
    draft = make_draft(document, at=LAST_WEEK, **(make_words() | secret_words(kind)))
    assert draft.problems(at=LAST_WEEK) == []
