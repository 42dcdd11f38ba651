"""What stands in a guide's PDF, read back from its bytes. No database: the guide is made of plain values."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides import library, whole_guide
from guides.models import Source
from guides.pdf import book
from guides.reading import NumberedSource
from tests.pdf_files import elements, read, squeezed, titles, words

DAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
NATIONS = ["england", "scotland", "wales", "northern-ireland"]

HOSTILE = [
    '#panic("gone")',
    '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd")',
    '#include "values.json"',
    "$x^2$",
    "@source-1",
    "<page-first>",
    "\\u{41}\\",
    "// not a comment",
    "/* nor this */",
    "~",
    "= Not a heading",
    "+ not a list",
    "*not strong",
    "_not em",
    "[#context",
    "]",
    "}",
    '"',
    "'",
    "--- ...",
    "عربي עברית",
    "\u202e",
    "漢字💩",
    "e\u0301\u0323",
    "\U000e0041",
    "\ufeff",
    "\u0378",
]
MARKDOWN = [
    "```\n",
    "## ",
    "#### ",
    "> ",
    "- ",
    "1. ",
    "| a | b |\n|---|---|\n| c |\n",
    "::: law uk checked 2026-01-01\n",
    "::: details x\n",
    "::: table\n",
    ":::\n",
    "**",
    "_",
    "`",
    "[a](page:first)",
    "[](page:second)",
    "[a](javascript:alert(1))",
    "[b](https://example.org/#x)",
    "[^advice]",
    "[^one]",
    "![x](picture:stages-overlap)",
    "![](picture:none)",
    "\n\n",
    "    ",
    "  \n",
    "---\n",
]


def make_guide(**kwargs):
    facts = {
        "pk": 1,
        "kind": "guide",
        "slug": "leaving",
        "title": "Leaving",
        "summary": "How to leave.",
        "nations": NATIONS,
        "look_outs": [],
        "also": [],
        "as_of": None,
        "era": "",
        "review_by": date(2027, 1, 2),
        "shown_from": DAY,
    }
    return library.Guide(**facts | kwargs)


def make_whole(*bodies, guide=None):
    """A guide whose own text is the first body, with a stage and its pages for the others."""
    guide = guide or make_guide()
    facts = {
        name: getattr(guide, name) for name in ("summary", "nations", "look_outs", "also", "as_of", "era")
    }
    facts |= {"review_by": guide.review_by, "shown_from": guide.shown_from}
    chapters = [whole_guide.Chapter(guide, 1, whole_guide.ABOUT, bodies[0])]
    if bodies[1:]:
        stage = library.Stage(pk=2, kind="stage", slug="first-stage", title="Begin", guide=guide, **facts)
        guide.stages.append(stage)
        chapters.append(whole_guide.Chapter(stage, 1, "Stage 1: Begin", bodies[1]))
        for number, body in enumerate(bodies[2:], start=1):
            page = library.Page(
                pk=2 + number,
                kind="page",
                slug=f"page-{number}",
                title=f"Page {number}",
                stage=stage,
                **facts,
            )
            stage.pages.append(page)
            chapters.append(whole_guide.Chapter(page, 2, page.title, body))
    one = Source(key="one", title="The law #1", publisher="The publisher", address="https://example.org/law")
    return whole_guide.WholeGuide(guide, tuple(chapters), (NumberedSource(1, "one", one),), DAY, 3)


def make_pdf(*bodies, **kwargs):
    contents = book.contents(make_whole(*bodies, **kwargs), library=library.Library([]))
    return book.make(contents)


def test_the_cover_says_what_it_is_and_how_old():
    cover = read(make_pdf("Words.")).pages[0].extract_text()

    assert "Leaving" in cover
    assert "How to leave." in cover
    assert "Edition of 22 November 2026, version 3" in cover
    assert re.search(r"Fingerprint of this text: [0-9a-f]{12}", cover)
    assert "/guides/leaving/" in cover


def test_it_is_a_tagged_document_in_british_english_with_a_title():
    root = read(make_pdf("Words.")).trailer["/Root"]

    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_its_metadata_name_the_guide_and_the_day_of_the_text():
    about = read(make_pdf("Words.")).metadata

    assert about.title == "Leaving"
    assert about.author == "Mutuals Information Service"
    assert about.creation_date.date() == date(2026, 11, 22)


def test_contents_and_footers_number_its_pages():
    made = make_pdf("Words.", "Stage.", "Page.")
    pages = [page.extract_text() for page in read(made).pages]

    assert made.pages == len(pages)
    assert re.search(r"Stage 1: Begin[ .]+4", pages[1])
    assert re.search(r"Page 1[ .]+4", pages[1])
    assert f"Page 2 of {made.pages}" in pages[1]
    assert "edition of 22 November 2026, version 3" in pages[1]


def test_bookmarks_follow_the_texts_and_their_headings():
    outline = read(make_pdf("Words.", "## Aims\n\nWords.", "## How\n\nWords.")).outline

    assert titles(outline) == ["About this guide", "Stage 1: Begin", ["Aims", "Page 1", ["How"]], "Sources"]


def test_the_same_text_gives_the_same_bytes():
    assert make_pdf("Words.").content == make_pdf("Words.").content
    assert make_pdf("Words.").content != make_pdf("Other words.").content


def test_a_law_box_keeps_its_label_its_day_and_its_doubt():
    text = words(make_pdf("::: law england wales uncertain checked 2026-11-21\nYou must [^one].\n:::"))

    assert "Law in England and Wales" in text
    assert "Checked on 21 November 2026. We could not confirm all of this. Take advice." in text
    assert "You must[1]." in text


@pytest.mark.parametrize(
    ("container", "label"),
    [("nation wales", "In Wales only"), ("warning", "Warning"), ("details More", "More")],
)
def test_a_callout_keeps_its_label(container, label):
    text = words(make_pdf(f"::: {container}\nWhat it holds.\n:::"))

    assert label in text
    assert "What it holds." in text


def test_a_table_has_a_caption_and_header_cells():
    made = make_pdf("::: table What it cost\n| Body | Cost |\n|---|--:|\n| Ours | 12 |\n:::")

    assert len(elements(read(made), "/TH")) == 2
    assert len(elements(read(made), "/Caption")) == 1
    assert "What it cost" in words(made)


def test_a_picture_has_its_words_for_those_who_cannot_see_it():
    [picture] = elements(read(make_pdf("![Four bars](picture:stages-overlap)")), "/Figure")

    assert picture["/Alt"] == "Four bars"


def test_our_advice_is_said_once_and_leaves_no_gap_before_a_full_stop():
    assert "Wait (our advice). Then go." in words(make_pdf("Wait [^advice]. Then go [^advice]."))


def test_sources_are_numbered_notes_with_their_addresses():
    reader = read(make_pdf("A fact [^one] and another [^one]. Advice [^advice]."))
    text = "\n".join(page.extract_text() for page in reader.pages)

    assert "A fact[1] and another[1]. Advice (our advice)." in text
    assert "[1] The law #1, The publisher https://example.org/law" in text


def test_names_lead_into_the_pdf_or_to_the_public_address():
    whole = make_whole("[here](page:page-1) [there](policy:ppn) [gone](page:gone)", "Stage.", "Page.")
    shelf = library.Library([])
    shelf.names = {"policy:ppn": library.markup.Target("/policy/ppn/", "PPN")}
    reader = read(book.make(book.contents(whole, library=shelf)))
    links = [each.get_object() for page in reader.pages for each in page.get("/Annots", [])]
    addresses = [link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})]

    assert any(address.endswith("/policy/ppn/") and address.startswith("http") for address in addresses)
    assert not any("page-1" in address or "gone" in address for address in addresses)
    assert any("/Dest" in link or link["/A"].get("/S") == "/GoTo" for link in links)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_typst_is_only_words(text):
    written = squeezed(words(make_pdf(f"Before {text} after")))

    if text.isascii():
        assert squeezed(f"Before {text} after") in written
    else:  # read back in the order of the page, which is not that of the words
        assert "Before" in written
        assert "after" in written


def test_a_title_is_only_words_too():
    made = make_pdf("Words.", guide=make_guide(title='#panic("gone") $x$ <a>', summary="@nobody \\"))

    assert read(made).metadata.title == '#panic("gone") $x$ <a>'


def test_a_control_character_in_a_title_keeps_no_pdf_from_being_made():
    assert "Leav\N{REPLACEMENT CHARACTER}ing" in words(
        make_pdf("Words.", guide=make_guide(title="Leav\x01ing"))
    )


def test_letters_that_no_font_has_are_marked_and_the_rest_stays():
    assert "Before \N{REPLACEMENT CHARACTER} after" in words(make_pdf("Before 💩 after"))


def test_letters_of_other_scripts_stay_where_a_font_has_them():
    assert "Ελλάς" in words(make_pdf("Before Ελλάς after"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(HOSTILE + MARKDOWN) | st.text(max_size=20), max_size=25).map(" ".join))
def test_whatever_an_editor_types_makes_a_pdf(text):
    assert make_pdf(f"{text}\n\nThe end.").pages >= 3


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " deep",
        "- " * 10_000 + "deep",
        "*" * 10_000 + "deep" + "*" * 10_000,
        "_a " * 10_000,
        "[" * 10_000,
        "x" * 90_000,
        "::: warning\n" + "Long. " * 9_000 + "\n:::",
        "| a |\n|---|\n" + "| b |\n" * 5_000,
    ],
    ids=["quotes", "lists", "stars", "emphasis", "brackets", "one word", "one box", "one table"],
)
def test_a_text_out_of_all_measure_makes_a_pdf(text):
    assert make_pdf(text).pages >= 3
