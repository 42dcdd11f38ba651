import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import markup
from mutuals_portal.markup import cleaning
from mutuals_portal.markup.document import tree

NAMES = {
    "page:full-costs": markup.Target("/guides/spinning-out/appraisal/full-costs/", "Work out the full cost"),
    "stage:spinning-out/appraisal": markup.Target("/guides/spinning-out/appraisal/#top", "Appraisal"),
    "guide:for-commissioners": markup.Target("/guides/for-commissioners/", "For commissioners"),
    "policy:ppn-024": markup.Target("/policy/ppn-024/", "PPN 024"),
    "term:tupe": markup.Target("/glossary/#tupe", "TUPE"),
    "look-out:pensions": markup.Target("/tools/look-outs/pensions/", "Pensions"),
}
PICTURES = {"how-long-it-took": markup.Picture("/static/how-long.svg", 640, 320)}
LAW = "::: law england wales checked 2026-11-21\nYou must [^a].\n:::"
TABLE = "::: table Years [^a]\n| Body | Years |\n|---|--:|\n| One | 3 |\n:::"


def html(text, **options):
    return markup.html(text, **({"names": NAMES, "pictures": PICTURES} | options))


def sentences(text, **options):
    known = {"names": NAMES, "sources": {"a", "b"}, "pictures": PICTURES}
    return [str(problem) for problem in markup.problems(text, **(known | options))]


class Elements(HTMLParser):
    """The tags of a page and their attributes, as a browser would read them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def elements(html, tag):
    return [attributes for name, attributes in Elements(html).found if name == tag]


class TestConstructs:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "Some *soft* and **loud** `words`.",
                "<em>soft</em> and <strong>loud</strong> <code>words</code>",
            ),
            ("## Aims", '<h2 class="govuk-heading-m" id="aims">Aims</h2>'),
            ("### You’re & me", '<h3 class="govuk-heading-s" id="youre-me">You’re &amp; me</h3>'),
            ("# Title", '<h2 class="govuk-heading-m" id="title">Title</h2>'),
            ("- one\n- two", '<ul class="govuk-list govuk-list--bullet">\n<li>one</li>\n<li>two</li>\n</ul>'),
            ("3. one", '<ol class="govuk-list govuk-list--number" start="3">\n<li>one</li>'),
            ("> said", '<blockquote class="portal-quote">\n<p class="govuk-body">said</p>'),
            ("one  \ntwo", "one<br>"),
            ("one\n\n---\n\ntwo", '<hr class="govuk-section-break govuk-section-break--m'),
            ("```\n<b>\n```", '<pre class="portal-code"><code>&lt;b&gt;\n</code></pre>'),
            (
                "::: inset\nWords\n:::",
                '<div class="govuk-inset-text"><p class="govuk-body">Words</p>\n</div>',
            ),
            ("::: unheard-of\nWords\n:::", '<p class="govuk-body">Words</p>'),
        ],
    )
    def test_markdown_becomes_govuk_components(self, text, expected):
        assert expected in html(text)

    def test_a_warning_says_that_it_is_one(self):
        written = html("::: warning\nDo not sign.\n:::")
        assert '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>' in written
        assert '<span class="govuk-visually-hidden">Warning</span>' in written

    def test_details_have_their_words_as_summary(self):
        written = html("::: details What & why [x](page:full-costs)\nMore.\n:::")
        assert '<span class="govuk-details__summary-text">What &amp; why x</span></summary>' in written
        assert '<div class="govuk-details__text"><p class="govuk-body">More.</p>' in written

    def test_a_table_is_a_named_region_that_the_keyboard_can_scroll(self):
        written = html(TABLE)
        region = elements(written, "div")[0]
        assert (region["role"], region["tabindex"]) == ("region", "0")
        assert elements(written, "caption")[0]["id"] == region["aria-labelledby"]
        assert '<th scope="col" class="govuk-table__header">Body</th>' in written
        assert '<th scope="row" class="govuk-table__header">One</th>' in written
        assert (
            '<td data-label="Years:" class="govuk-table__cell govuk-table__cell--numeric">3</td>' in written
        )

    def test_a_cell_knows_the_name_of_its_column_for_screens_where_a_row_is_a_card(self):
        written = html("| Form | Lock? | “A” & B | |\n| --- | --- | --- | --- |\n| One | Yes | | Two |")
        cells = elements(written, "td")
        assert [cell.get("data-label") for cell in cells] == [None, "Lock?", None, None]

    def test_an_empty_cell_is_no_header_and_a_table_without_caption_has_a_name(self):
        written = html("| | b |\n|---|---|\n| | 1 |")
        assert len(elements(written, "th")) == 1
        assert elements(written, "div")[0]["aria-label"] == "Table"

    def test_a_picture_has_its_words_and_its_size(self):
        written = html("![How *long*](picture:how-long-it-took)")
        assert elements(written, "img") == [
            {"src": "/static/how-long.svg", "alt": "How long", "width": "640", "height": "320"}
        ]

    @pytest.mark.parametrize(
        "text", ["![Words](picture:none)", "![Words](https://a.example/x.png)", "Some ![Words](x) here"]
    )
    def test_a_picture_that_is_not_ours_is_only_its_words(self, text):
        assert not elements(html(text), "img")
        assert "Words" in html(text)

    def test_headings_have_ids_of_their_own(self):
        text = "## Aims\n\n## Aims\n\n## Aims 2\n\n## Source 3\n\n## ???\n\n## Navigation"
        anchors = [heading.anchor for heading in markup.compile(text).headings]
        assert anchors == ["aims", "aims-2", "aims-2-2", "section-source-3", "section", "section-navigation"]
        assert [attributes["id"] for attributes in elements(html(text, anchors="p1-"), "h2")] == [
            f"p1-{anchor}" for anchor in anchors
        ]


class TestLaw:
    def test_a_law_box_is_named_by_its_nations_and_dated(self):
        written = html(LAW)
        box = elements(written, "div")[0]
        assert (box["class"], box["role"], box["aria-labelledby"]) == ("portal-law", "note", "law-1")
        assert '<p class="portal-box__label" id="law-1">Law in England and Wales</p>' in written
        assert "Checked on 21 November 2026.</p>" in written

    @pytest.mark.parametrize(
        ("nations", "label"),
        [
            ("scotland", "Law in Scotland"),
            ("wales england northern-ireland", "Law in England, Wales and Northern Ireland"),
            ("uk", "Law in all of the UK"),
        ],
    )
    def test_its_label_is_in_plain_words(self, nations, label):
        assert f">{label}</p>" in html(f"::: law {nations} checked 2026-01-02\nX\n:::")

    def test_what_is_uncertain_says_so(self):
        written = html("::: law uk uncertain checked 2026-01-02\nX\n:::")
        assert "<strong>We could not confirm all of this. Take advice.</strong>" in written
        assert "confirm" not in html(LAW)

    def test_boxes_are_marked_for_the_readers_nation_and_none_is_hidden(self):
        text = f"{LAW}\n\n::: nation scotland\nOnly there.\n:::"
        written = html(text, nation="scotland")
        assert "You must" in written
        assert written.index("Does not apply in Scotland") < written.index("You must")
        assert written.index("Applies in Scotland") < written.index("Only there")
        assert [box["class"] for box in elements(written, "div")] == [
            "portal-law portal-box--elsewhere",
            "portal-nation portal-box--applies",
        ]
        assert "appl" not in html(text)
        assert "appl" not in html(text, nation="atlantis")

    def test_the_parsed_box_is_there_for_other_writers(self):
        opening = markup.tokens("::: law wales england uncertain checked 2026-11-21\nX\n:::")[0]
        assert opening.meta["nations"] == ("england", "wales")
        assert opening.meta["uncertain"]
        assert opening.meta["checked"].isoformat() == "2026-11-21"


class TestSources:
    def test_sources_are_numbered_in_the_order_of_the_page(self):
        text = "One [^b][^a]. Two [^b]."
        assert markup.compile(text).notes == (markup.Note("b", 1), markup.Note("a", 2))
        links = elements(html(text, anchors="p1-"), "a")
        assert [link["href"] for link in links] == ["#p1-source-1", "#p1-source-2", "#p1-source-1"]
        assert [link.get("id") for link in links] == ["p1-note-1", "p1-note-2", None]
        assert '<span class="govuk-visually-hidden">source </span>[2]</a>' in html(text)

    def test_notes_stand_close_to_their_word_and_to_each_other(self):
        written = html("A fact [^a][^b], another [^a] and advice [^b][^advice]. Bare[^unconfirmed].")
        assert written.count("<sup") == 3
        assert 'A fact<sup class="portal-note"><a' in written
        assert "[1]</a> <a" in written
        assert '[2]</a></sup> <span class="portal-note">(our advice)' in written
        assert 'Bare <span class="portal-note">' in written

    def test_a_text_says_in_full_once_what_it_means_by_not_confirmed(self):
        written = html("One [^unconfirmed].\n\nTwo [^unconfirmed].\n\nThree [^unconfirmed].")
        assert written.index("(not confirmed: take advice)") < written.index("(not confirmed)")
        assert (written.count("(not confirmed: take advice)"), written.count("(not confirmed)")) == (1, 2)

    def test_our_advice_and_what_is_unconfirmed_are_said_once_in_a_block(self):
        text = "- We suggest [^advice] this [^advice].\n- Ask [^advice] whether [^unconfirmed]."
        written = html(text)
        assert written.count("(our advice)") == 2
        assert "</span> this.</li>" in written  # no gap where the second mark stood
        assert written.count("(not confirmed: take advice)") == 1
        assert markup.compile(text).notes == ()


class TestLinks:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_leads_to_its_target(self, name):
        written = html(f"[words]({name})")
        assert elements(written, "a") == [{"class": "govuk-link", "href": NAMES[name].address}]
        assert markup.compile(f"[words]({name})").names == (name,)
        assert f'href="{name}"' in markup.compile(f"[words]({name})").html

    def test_links_into_guides_keep_the_nation(self):
        text = "[a](page:full-costs) [b](stage:spinning-out/appraisal) [c](policy:ppn-024)"
        assert [link["href"] for link in elements(html(text, suffix="?nation=wales"), "a")] == [
            "/guides/spinning-out/appraisal/full-costs/?nation=wales",
            "/guides/spinning-out/appraisal/?nation=wales#top",
            "/policy/ppn-024/",
        ]

    def test_a_link_without_words_has_the_title_of_its_target(self):
        assert ">Work out the full cost</a>" in html("[](page:full-costs)")

    @pytest.mark.parametrize(
        "address",
        [
            "page:gone",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "&#106;avascript:alert(1)",
            "java&#9;script:alert(1)",
            "&#1;javascript:alert(1)",
            "<java script:alert(1)>",
            "vbscript:x",
            "data:text/html,x",
            "data:image/png;base64,x",
            "file:///etc/passwd",
            "//evil.example",
            "/guides/",
            "guides/",
            "#aims",
            "https:evil",
            "https:///evil",
        ],
    )
    def test_any_other_address_makes_no_link(self, address):
        written = html(f"[words]({address})")
        assert not elements(written, "a")
        assert ">words</p>" in written

    def test_an_external_link_opens_no_door_back(self):
        written = html("[words](https://www.example.com/a?b=1&c=2)")
        assert elements(written, "a") == [
            {"class": "govuk-link", "href": "https://www.example.com/a?b=1&c=2", "rel": "noopener"}
        ]


def term(slug, *words):
    return markup.Term(slug, words, f"/glossary/#{slug}", f"What {slug} means.")


class TestTerms:
    TERMS = (term("pension", "pension"), term("pension-fund", "pension fund"), term("lock", "asset lock"))

    def linked(self, text, terms=TERMS):
        return [link["href"].partition("#")[2] for link in elements(html(text, terms=terms), "a")]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("A pension. A pension.", ["pension"]),
            ("A pension fund and a Pension.", ["pension-fund", "pension"]),
            ("A pension fund. A pension fund.", ["pension-fund"]),
            ("PENSIONS", ["pension"]),
            ("An asset\nlock", ["lock"]),
            ("Pension’s", ["pension"]),
            ("pensioner suspension pension-like", []),
            ("[my pension](page:full-costs)", [""]),
            ("## Pension", []),
            ("`pension`", []),
            ("| Pension |\n|---|\n| pension |", ["pension"]),
            ("::: details Pension\nX\n:::", []),
            ("::: table Pension\n| a |\n|---|\n| b |\n:::", []),
            ("::: law uk checked 2026-01-01\nA pension.\n:::", ["pension"]),
        ],
    )
    def test_a_term_is_linked_once_in_running_text(self, text, expected):
        assert self.linked(text) == expected

    def test_a_term_that_the_writer_linked_is_not_linked_again(self):
        assert self.linked("TUPE and [it](term:tupe).", [term("tupe", "TUPE")]) == ["tupe"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("the Pension Fund Act 2014", []),
            ("Ask the Kent Pension Fund about a pension fund.", ["pension-fund"]),
            ("An Act. Pension funds differ.", ["pension-fund"]),
            ("Pension fund. A pension", ["pension-fund", "pension"]),
            ("The PENSION Board", ["pension"]),
        ],
    )
    def test_a_term_inside_the_name_of_a_body_or_a_law_is_not_linked(self, text, expected):
        assert self.linked(text) == expected

    def test_words_of_a_term_are_no_pattern(self):
        assert self.linked("a+b", [term("x", "a+b", "(", "")]) == ["x"]

    def test_the_link_says_what_the_term_means(self):
        link = elements(html("A pension.", terms=self.TERMS), "a")[0]
        assert link["title"] == "What pension means."


class TestProblems:
    GOOD = (
        "Why it matters, in 2011 [^a].\n\n## Aims\n\n- See [costs](page:full-costs).\n- We suggest 12 [^advice].\n\n"
        f"### More\n\n{LAW}\n\n![How long](picture:how-long-it-took)\n\n{TABLE}\n\n"
        "::: details More about it\n[Apply](https://www.example.com/) or [write](mailto:a@example.com).\n:::"
    )

    def test_a_good_text_has_none(self):
        assert sentences(self.GOOD) == []

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("a\n\nb [x](page:old)", "Line 3: the link page:old leads to no page. Check the name"),
            ("a\nb\n[x](term:old)", "Line 3: the link term:old leads to no glossary term."),
            ("a  \n[x](page:Full_Costs)", "Line 2: the link page:Full_Costs leads to no page."),
            (
                "[x](javascript:alert(1))",
                "Line 1: the address “javascript:alert(1)” cannot be used. Link to our",
            ),
            ("[x](data:text/html,x)", "Line 1: the address “data:text/html,x” cannot be used."),
            ("[x](/guides/)", "Line 1: the address “/guides/” cannot be used."),
            ("[x]()", "Line 1: the address “” cannot be used."),
            ("[](https://a.example/)", "Line 1: the link has no words."),
            ("[x](page:full costs)", "Line 1: a link or picture is not complete."),
            ("a [^c]", "Line 1: there is no source [^c]. Check its key, or add the source first."),
            ("a [^c d]", "Line 1: a source is not written as [^key]"),
            ("In 2011 this began.", "Line 1: “2011” is a fact without a source. Put [^key] behind it"),
            ("a\nb £3", "Line 2: “£3” is a fact without a source."),
            ("Some 5 % left.", "Line 1: “5 %” is a fact without a source."),
            ("See section 3.", "Line 1: “section 3” is a fact without a source."),
            ("- one [^a]\n- 14 people", "Line 2: “14” is a fact without a source."),
            ("- one [^a]\n  - 14 people", "Line 2: “14” is a fact without a source."),
            (TABLE.replace(" [^a]", "").replace("3", "30"), "Line 4: “30” is a fact without a source."),
            (
                LAW.replace("england wales ", ""),
                "Line 1: ::: law names no nation. Write one or more after it",
            ),
            (LAW.replace("checked 2026-11-21", ""), "Line 1: ::: law does not say when it was checked."),
            (
                LAW.replace("2026-11-21", "2026-13-45"),
                "Line 1: “checked 2026-13-45” means nothing in ::: law.",
            ),
            (LAW.replace("[^a]", "[^advice]"), "Line 1: ::: law gives no source."),
            (LAW.replace("[^a]", "[^unconfirmed]"), "Line 1: ::: law holds something unconfirmed."),
            ("::: nation\nx\n:::", "Line 1: ::: nation names no nation."),
            ("::: inset big\nx\n:::", "Line 1: “big” means nothing in ::: inset. It takes no words."),
            ("::: box\nx\n:::", "Line 1: there is no ::: box. You can use law, nation, inset"),
            ("a\n\n::: inset\nx", "Line 3: ::: inset is not closed. Write a line ::: after its last line"),
            ("::: inset\nx\n::: inset\ny\n:::", "Line 1: ::: inset is not closed."),
            ("::: inset\nx\n:::\n:::", "Line 4: this ::: closes nothing."),
            ("- a\n\n  ::: inset\n  x", "Line 3: ::: must stand at the start of a line"),
            ("::: details\nx\n:::", "Line 1: ::: details has no summary line."),
            (
                "::: details [x](page:full-costs)\nx\n:::",
                "Line 1: a summary line holds no link and no source.",
            ),
            ("::: table\n| a |\n|---|\n| b |\n:::", "Line 1: ::: table has no caption."),
            ("::: table Words\nx\n:::", "Line 1: ::: table must hold one table and nothing else."),
            ("| a |\n|---|\n| b |", "Line 1: the table has no caption. Put a line ::: table"),
            (f"![](picture:how-long-it-took)\n\n{TABLE}", "Line 1: the picture has no words for people who"),
            (f"![x](picture:gone)\n\n{TABLE}", "Line 1: there is no picture:gone."),
            (
                f"![x](https://a.example/x.png)\n\n{TABLE}",
                "Line 1: the picture https://a.example/x.png is not",
            ),
            ("a\n\n![x](picture:how-long-it-took)", "Line 3: the picture has no table."),
            ("a ![x](picture:how-long-it-took)", "Line 1: the picture must stand alone in its paragraph"),
            ("# Title", "Line 1: # is the title of the page. Headings start with ##."),
            ("### Small", "Line 1: the heading skips a level. Start it with ##."),
            ("## A\n\n#### B", "Line 3: the heading skips a level. Start it with ###."),
            ("##", "Line 1: the heading has no words."),
            ("**Aims**", "Line 1: a paragraph all in bold looks like a heading."),
            ("a\nb <script>x", "Line 2: HTML is not used here: “<script>”."),
            ("<div>\nx\n</div>", "Line 1: HTML is not used here: “<div>”."),
            ("<!-- x -->", "Line 1: HTML is not used here: “<!-- x -->”."),
            ("a\nb\x00", "Line 2: an invisible control character stands here."),
            ("a\r\n\u202eb", "Line 2: an invisible control character stands here."),
            ("> " * 8 + "a", "Line 1: lists and quotes stand too deep in each other."),
            ("x" * 100_001, "Line 1: the text has 100,001 characters. It can have 100,000 at most. Split it"),
        ],
    )
    def test_each_rule_names_the_line_and_the_remedy(self, text, sentence):
        found = sentences(text)
        assert any(each.startswith(sentence) for each in found), found

    @pytest.mark.parametrize(
        "text",
        [
            "## Since 2011",
            "One of 3 or 4 people.",
            "We suggest 12 months [^advice].",
            TABLE.replace("3", "30"),
            "::: table Years\n| In 2011 |\n|---|\n| x |\n:::",
            "It may be 12 weeks [^unconfirmed].",
            "x < y and a <3",
        ],
    )
    def test_what_is_allowed_is_no_problem(self, text):
        assert sentences(text) == []

    def test_problems_come_in_the_order_of_lines_counted_from_where_the_text_begins(self):
        found = markup.problems("a 2011\n\n# b", names=(), sources=(), first_line=8)
        assert [problem.line for problem in found] == [8, 10]
        assert str(found[0]).startswith("Line 8: ")


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '<img src=x onerror=alert(1)> <svg/onload=alert(1)> <a href="x" onclick=y>',
    "link in picture": "[![x](javascript:a)](javascript:b)",
    "title": '[x](https://a.example/ "\\" onclick=\\"a")',
    "quote in address": 'x [y](https://a.example/"onclick="a) [z](<https://a.example/"><script>>)',
    "reference": "[x]\n\n[x]: javascript:alert(1)",
    "autolink": "<javascript:alert(1)>",
    "fence": '```"><script>\nx\n```',
    "caption": '::: table "><script>x</script>\n| <b> |\n|---|\n| <i onclick=x> |\n:::',
    "key": '[^a"onclick="x] [^"><script>]',
    "container": '::: "><script> onclick="x"\nx\n:::',
    "entities": "&lt;script&gt; &#60;script&#62; &#x3c;script&#x3e;",
    "surrogates": "a\ud800b\udfffc",
    "NUL": "a\x00<scr\x00ipt>",
    "override": "\u202egnp.exe\u2066",
    "start": "999999999. a",
}


MARKS = (
    *("\n", "\n\n", " ", "    ", "\t", "\r", ":::", "::: law uk", "|", "|---|", "> ", "- ", "#", "```"),
    *("[", "](", ")", "![", "*", "**", "`", "[^a]", "<", ">", '"', "&", "&#106;", "\\", "pension"),
    *("page:full-costs", "javascript:", "https://a.example", "onerror=x"),
)


class TestHostileInput:
    def harmless(self, text):
        written = html(text, terms=TestTerms.TERMS, nation="scotland", suffix="?nation=scotland")
        for tag, attributes in Elements(written).found:
            assert tag in cleaning.TAGS
            classes = set((attributes.pop("class", None) or "").split())
            assert classes <= cleaning.CLASSES.get(tag, set())
            assert set(attributes) <= cleaning.ATTRIBUTES.get(tag, set()) | set(cleaning.VALUES.get(tag, {}))
            if "href" in attributes:
                assert attributes["href"].startswith(("/", "#", "https://", "http://", "mailto:", "tel:"))
                assert not attributes["href"].startswith("//")
        assert not {"\x00", "\u202e", "\u2066"} & set(written)

    @pytest.mark.parametrize("name", HOSTILE)
    def test_it_comes_out_harmless(self, name):
        self.harmless(HOSTILE[name])

    @given(st.text(max_size=200))
    def test_any_text_comes_out_harmless(self, text):
        self.harmless(text)
        sentences(text)

    @given(st.lists(st.sampled_from([*HOSTILE.values(), *MARKS]), max_size=40))
    def test_any_mixture_of_marks_comes_out_harmless(self, pieces):
        self.harmless("".join(pieces))
        sentences("".join(pieces))

    def test_the_last_word_stands_even_if_the_writer_fails(self):
        bad = '<script>x</script><p class="evil govuk-body" onclick="x">a</p><div role="alert">b</div>'
        bad += '<a href="java\tscript:x" target="_blank" rel="opener">c</a><img src="data:x"><style>d</style>'
        assert cleaning.clean(bad) == '<p class="govuk-body">a</p><div>b</div><a>c</a><img>'

    def test_five_megabytes_are_refused_at_once(self):
        started = time.process_time()
        with pytest.raises(markup.TooLong, match="5,000,000 characters"):
            html("x" * 5_000_000)
        assert len(sentences("x" * 5_000_000)) == 1
        assert time.process_time() - started < 0.5

    @pytest.mark.parametrize(
        "text",
        [
            "> " * 10_000 + "a",
            "- " * 10_000 + "a",
            ">- " * 10_000 + "a",
            "\n".join("  " * depth + "- a" for depth in range(200)),
            "[" * 10_000 + "]" * 10_000,
            "![" * 10_000,
            "[a](" * 10_000,
            "*a **b " * 10_000,
            "*" * 10_000 + "a" + "*" * 10_000,
            "::: law\n" * 10_000,
            "::: inset\nx\n" * 5_000,
            "a\n:::\n" * 10_000,
            "[^a]" * 10_000,
            "## a\n" * 10_000,
            "<a " * 10_000,
            "`" + "``a" * 10_000,
            "- 14\n" * 10_000,
            "|a" * 100 + "|\n" + "|-" * 100 + "|\n" + "|1\n" * 500,
            "asset " * 10_000,
        ],
        ids=range(19),
    )
    def test_ten_thousand_of_anything_are_read_in_seconds(self, text):
        started = time.process_time()
        html(text, terms=TestTerms.TERMS)
        sentences(text)
        assert time.process_time() - started < 8

    @pytest.mark.parametrize(
        "text",
        [
            "a|b\n-|-\n" + "c\n" * 48_000,  # a row of the table for every line
            "- a\n" * 25_000,
            "## \n" * 25_000,
            "[^a]" * 24_000,
        ],
        ids=["cells", "items", "headings", "notes"],
    )
    def test_a_text_of_too_many_parts_is_never_published(self, text):
        (sentence,) = sentences(text)
        assert "parts" in sentence
        assert "It can have 5,000 at most. Split it into pages." in sentence

    def test_of_very_many_problems_the_first_hundred_are_named(self):
        assert len(sentences("\x01\n" * 40_000)) == 100

    def test_blocks_never_nest_deeper_than_a_writer_can_follow(self):
        assert depth(tree(markup.tokens("> " * 10_000 + "a"))) < 30


def depth(nodes):
    return 1 + max((depth(node.inside) for node in nodes), default=0)
