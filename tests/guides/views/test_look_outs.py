"""What a group has settled, what is open and what is worth settling first: the list and the map of the look-outs."""

from datetime import timedelta
from itertools import pairwise, product

import pytest
from django.utils import timezone

from case_studies import many
from guides.models import Document
from mutuals_portal import publishing
from tests.factories import (
    make_draft,
    make_live_document,
    make_look_out,
    make_profile,
    make_source,
    make_tool,
    make_user,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
LIST, MAP = "/tools/look-outs/", "/tools/look-outs/map/"
UNKNOWN = ["nothing", "x" * 10_000, "\x00", "\u202eabc", "<script>", "’; DROP TABLE"]


def join(before, after, kind="blocks", **row):
    return {
        "before": before,
        "after": after,
        "kind": kind,
        "why": f"Why {before} first.",
        "source": "act",
    } | row


@pytest.fixture
def issues():
    """Agreement opens procurement, and that opens the contract, before which pensions are best settled."""
    make_source("act", title="An Act")
    for place, (slug, stage) in enumerate(
        [
            ("agreement", "early-thinking"),
            ("procurement", "appraisal"),
            ("pensions", "appraisal"),
            ("contract", "implementation"),
        ],
        start=1,
    ):
        make_look_out(slug, title=slug.title(), position=place, words={"stages": [stage]})
    make_look_out("culture", title="Culture", position=9)


@pytest.fixture
def tool(issues):
    return make_tool(
        "look-outs",
        title="What to look out for",
        joins=[
            join("agreement", "procurement"),
            join("procurement", "contract"),
            join("pensions", "contract", "settle-before"),
        ],
    )


def part(text, begins, ends):
    return text[text.index(begins) : text.index(ends)]


def item_of(text, slug):
    """What the list says of one issue."""
    listed = text[text.index('id="all"') :]
    return part(listed[listed.index(f'href="{LIST}{slug}/') :], "", "</li>")


def test_every_issue_stands_once_under_the_stage_where_it_first_comes_up(client, tool):
    text = client.get(LIST).text
    order = ["Early thinking", "Agreement</a>", "Appraisal", "Procurement</a>", "Pensions</a>"]
    order += ["Implementation", "Contract</a>", "At any stage", "Culture</a>"]
    listed = text[text.index('id="all"') :]
    listed = listed[listed.index("</details>") :]
    places = [listed.index(words) for words in order]
    assert places == sorted(places)
    assert text.count('type="checkbox"') == 5


def test_before_anything_is_settled_it_says_what_is_open_what_waits_and_where_to_begin(client, tool):
    text = client.get(LIST).text
    assert "3 are open now, 2 wait for others. These help most with what is left:" in text
    assert "Open now" in item_of(text, "agreement")
    assert "Waits for “Agreement”." in item_of(text, "procurement")
    first = part(text, 'id="first"', "How we put them in order")
    assert first.index("Agreement</a>") < first.index("Pensions</a>")
    assert "Opens" in first
    assert "Why agreement first." in first
    assert '<a class="govuk-link" href="#source-1">' in first
    assert '<li id="source-1">An Act' in text


def test_what_is_settled_opens_what_waited_for_it_and_stays_ticked(client, tool):
    text = client.get(f"{LIST}?settled=agreement").text
    assert "You have settled 1. 3 are open now, 1 waits for others." in text
    assert "checked" in item_of(text, "agreement")
    assert "Open now" in item_of(text, "procurement")
    assert 'href="/plan/keep/look-outs/?settled=agreement"' in text
    assert f'href="{MAP}?settled=agreement"' in text
    assert f'href="{LIST}procurement/?settled=agreement"' in text


def test_what_is_settled_before_that_which_it_rests_on_is_worth_a_second_look(client, tool):
    text = client.get(f"{LIST}?settled=contract").text
    early = part(text, "Worth a second look", "How we put them in order")
    assert "Contract</a></strong><br>Waits for “Procurement”<br>Best settled after “Pensions”</li>" in early
    assert "Worth a second look" not in client.get(f"{LIST}?settled=agreement").text


def test_filters_leave_out_what_does_not_fit_and_keep_what_is_ticked(client, tool):
    make_look_out(
        "tupe", title="Tupe", words={"nations": ["wales"], "sectors": ["libraries"], "stages": ["appraisal"]}
    )
    text = client.get(f"{LIST}?stage=appraisal&settled=agreement").text
    assert "Agreement</a>" not in text[text.index('id="all"') :]
    assert '<input type="hidden" name="settled" value="agreement">' in text
    assert "Culture</a>" in text  # comes up at any stage
    for query, is_there in (
        ("nation=wales", True),
        ("nation=scotland", False),
        ("sector=libraries", True),
        ("sector=leisure", False),
        ("stage=appraisal", True),
        ("stage=first-year", False),
    ):
        assert ("Tupe</a>" in client.get(f"{LIST}?{query}").text) is is_there, query


@pytest.mark.parametrize("page", [LIST, MAP, f"{LIST}pensions/"])
def test_what_makes_no_sense_is_left_out_with_a_word(client, tool, page):
    for name, value in product(["settled", "nation", "sector", "stage"], UNKNOWN):
        response = client.get(page, {name: [value, value], "sort": "x", "page": "-1"})
        assert response.status_code == 200
        assert "<script>" not in response.text
        if page != f"{LIST}pensions/":
            assert "so we left that out." in response.text
            assert '<meta name="robots" content="noindex">' in response.text


def test_an_address_in_another_encoding_is_read_as_it_is(client, tool):
    response = client.get(
        LIST, QUERY_STRING="settled=%ff%fe&nation=%00", headers={"content-type": "x; charset=utf-16"}
    )
    assert response.status_code in (200, 400)


def test_one_address_is_for_search_engines(client, tool):
    assert "noindex" not in client.get(LIST).text
    text = client.get(f"{LIST}?settled=pensions").text
    assert '<meta name="robots" content="noindex">' in text


def test_the_map_draws_each_issue_as_a_link_and_says_the_same_in_words(client, tool):
    text = client.get(f"{MAP}?settled=agreement").text
    drawn = part(text, '<svg class="portal-journey"', "</svg>\n</div>")
    for slug in ("agreement", "procurement", "pensions", "contract", "culture"):
        assert f'href="{LIST}{slug}/?settled=agreement"' in drawn
    assert drawn.count("<path") == 3 + 1  # and the head of an arrow
    words = text[text.index('id="words"') :]
    assert "<li>Waits for “Procurement”</li>" in words
    assert "<li>Best settled after “Pensions”</li>" in words
    assert drawn.count("Settled</tspan>") == 1
    assert drawn.count("Waits</tspan>") == 1


def test_a_case_study_that_shows_a_join_is_linked_while_it_is_live(client, issues):
    profile = make_profile(slug="alpha", title="Alpha")
    make_tool("look-outs", joins=[join("agreement", "procurement", source="", case_study="alpha")])
    linked = '<a class="govuk-link" href="/case-studies/alpha/">Alpha</a>'
    pages = (LIST, f"{LIST}agreement/", f"{LIST}procurement/")
    assert all(linked in client.get(page).text for page in pages)
    publishing.withdraw(profile.document, by=make_user(), at=timezone.now(), reason="Wrong.")
    assert not any("Alpha" in client.get(page).text for page in pages)


def test_an_issue_that_is_withdrawn_is_on_no_list_or_map_and_its_joins_go_with_it(client, tool):
    text = Document.objects.get(kind="look-out", slug="agreement")
    publishing.withdraw(text, by=make_user(), at=timezone.now(), reason="Wrong.")
    for page in (LIST, MAP, f"{LIST}procurement/"):
        assert "Agreement" not in client.get(page).text
    assert "Open now" in item_of(client.get(LIST).text, "procurement")
    assert "we do not know “agreement”" in client.get(f"{LIST}?settled=agreement").text


def test_without_any_live_issue_it_says_so(client):
    make_tool("look-outs")
    make_look_out(is_live=False)
    make_draft(Document.objects.create(kind="look-out", slug="pensions"), title="Draft title")
    for page in (LIST, MAP):
        text = client.get(page).text
        assert "Nothing is listed here yet." in text
        assert "Draft title" not in text


@pytest.mark.parametrize("number", [3, 20])
def test_the_list_the_map_and_an_issue_take_five_queries_at_most(
    client, number, django_assert_max_num_queries
):
    make_source("act")
    slugs = [f"issue-{place}" for place in range(number)]
    for slug in slugs:
        make_look_out(slug)
    many.make(number, at=AGO)
    profile = make_profile(slug="alpha")
    joins = [join(one, other, case_study=profile.document.slug) for one, other in pairwise(slugs)]
    make_tool("look-outs", joins=joins)
    for _ in range(number):
        make_live_document(look_outs=slugs, at=AGO)
    for page in (LIST, MAP, f"{LIST}issue-1/", f"{LIST}issue-1/?nation=wales"):
        for query in ("", "&settled=issue-0&settled=issue-2"):
            with django_assert_max_num_queries(5):
                client.get(f"{page}{'' if '?' in page else '?'}{query}")
