"""The pages of “Can our service spin out?”."""

import re
from html import unescape
from urllib.parse import urlencode

import brotli
import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from guides.views.eligibility import SLUG
from guides.views.tool_page import PAGES
from mutuals_portal import publishing
from tests.factories import make_look_out, make_source, make_tool, make_tool_draft, make_user
from tests.guides.eligibility.sample import answer, finding, question, shipped, tables

PAGE = "/tools/can-we-spin-out/"
ALL = f"{PAGE}all-questions/"
MOST_BYTES = 14.6 * 1024

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool(db):
    make_source("a-report")
    return make_tool(SLUG, body="A few words.", **tables())


def words(client, address=PAGE, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return unescape(re.sub(r"\s+", " ", response.text))


class TestAsking:
    def test_it_begins_with_the_first_question_under_the_introduction(self, client, tool):
        text = words(client)
        assert "A few words." in text
        assert "Which nation?" in text
        assert "At most 4 questions to go." in text
        assert "Your answers so far" not in text

    def test_an_answer_brings_the_next_question_and_stands_below(self, client, tool):
        text = words(client, nation="north")
        assert '<h1 class="govuk-fieldset__heading">Which job?</h1>' in text
        assert '<input type="hidden" name="nation" value="north">' in text
        assert 'href="?nation=north&change=nation"' in text
        assert "A few words." not in text

    def test_the_last_question_is_called_so(self, client, tool):
        assert "This is the last question." in words(client, nation="north", job="cook")

    def test_a_question_sent_without_an_answer_says_so(self, client, tool):
        text = words(client, nation="north", asked="job")
        assert "<title>Error: Which job?" in text
        assert '<a href="#answer-guard">Select an answer</a>' in text
        assert 'aria-describedby="answer-error"' in text

    def test_a_question_that_was_not_yet_shown_has_no_error(self, client, tool):
        assert "There is a problem" not in words(client, nation="north", asked="nation")

    def test_changing_shows_the_present_answer_and_carries_all_others(self, client, tool):
        text = words(client, nation="north", job="cook", mood="bad", change="job")
        assert re.search(r'value="cook" checked', text)
        assert '<input type="hidden" name="mood" value="bad">' in text
        assert '<input type="hidden" name="job"' not in text
        assert "There is a problem" not in text

    def test_the_first_question_can_be_changed_too(self, client, tool):
        text = words(client, nation="north", job="cook", change="nation")
        assert '<h1 class="govuk-fieldset__heading">Which nation?</h1>' in text

    def test_what_no_longer_applies_is_left_out_and_said(self, client, tool):
        text = words(client, nation="north", job="guard", mood="bad")
        assert "These answers no longer apply, so we left them out: Mood." in text
        assert "mood=bad" not in text


class TestOutcome:
    def test_it_tells_outcome_reason_and_source(self, client, tool):
        text = words(client, nation="south", job="guard")
        assert '<h1 class="govuk-heading-l">It is unlikely</h1>' in text
        assert "Guards" in text
        assert "Because." in text
        assert 'href="#source-1"' in text
        assert "Report a-report" in text

    def test_it_tells_what_leaves_what_stays_the_law_and_the_next_step(self, client, tool):
        more = {
            "leaves": "The kitchen.",
            "stays": "The keys.",
            "law": "The Keys Act.",
            "nations": ["wales"],
            "checked": "2026-11-22",
            "next_step": "Ask.",
        }
        draft = publishing.start(tool.document, by=make_user(), at=timezone.now())
        draft.tables = tables(findings=[finding("x", "unlikely", "job=guard", **more)])
        told = words_of_draft(client, draft, "nation=south&job=guard")
        for said in (
            "The kitchen.",
            "The keys.",
            "Law in Wales",
            "The Keys Act.",
            "Checked on 22 November 2026",
            "Ask.",
        ):
            assert said in told

    def test_its_links_change_keep_and_begin_again(self, client, tool):
        text = words(client, nation="south", job="guard", change="", x="y")
        assert 'href="?nation=south&job=guard&change=job"' in text
        assert 'href="/plan/keep/can-we-spin-out/?nation=south&job=guard"' in text
        assert '<a class="govuk-link" href="?">Start again</a>' in text

    def test_it_is_not_listed_by_search_engines_and_points_to_the_plain_page(self, client, tool):
        text = words(client, nation="south", job="guard")
        assert '<meta name="robots" content="noindex">' in text
        assert f'<link rel="canonical" href="{settings.PUBLIC_URL}{PAGE}">' in text
        assert "noindex" not in words(client)

    def test_it_says_who_can_help(self, client, tool):
        assert "Who can help" in words(client, nation="south", job="guard")


def words_of_draft(client, draft, query):
    """The page as an editor's preview makes it."""
    request = RequestFactory().get(f"/admin/guides/tool/1/1/preview/?{query}")
    request.resolver_match = None
    return unescape(PAGES[SLUG](request, draft).content.decode())


class TestAllQuestions:
    def test_it_draws_and_lists_them(self, client, tool):
        text = words(client, ALL)
        assert '<svg class="portal-graph"' in text
        assert "4 questions as boxes" in text
        assert 'Nurse: <a class="govuk-link" href="#question-3">question 3</a>' in text
        assert "Guard: the result" in text
        assert "Nation: North; Job: Nurse or Cook" in text

    def test_the_first_page_leads_there(self, client, tool):
        assert f'href="{ALL}"' in words(client)


class TestDrafts:
    def test_without_a_live_edition_there_is_no_page(self, client):
        make_tool_draft(SLUG, **tables())
        assert client.get(PAGE).status_code == 404
        assert client.get(ALL).status_code == 404

    def test_readers_get_the_live_edition_and_not_the_draft(self, client, tool):
        draft = publishing.start(tool.document, by=make_user(), at=timezone.now())
        rows = tables()
        rows["questions"][0]["text"] = "Zanzibar?"
        facts = {name: getattr(draft, name) for name in ("title", "summary", "review_by")}
        publishing.write(draft, by=make_user(), at=timezone.now(), seen=draft.saves, **facts, tables=rows)
        assert "Zanzibar" not in words(client) + words(client, ALL)

    @pytest.mark.parametrize(
        "written",
        [
            {},
            {"questions": [question("a")]},
            {"questions": [{}], "answers": [{}], "findings": [{}], "outcomes": [{}]},
            {"questions": [question("a")], "answers": [answer("a", "yes", "a")]},
            {"questions": [question("a")], "answers": [answer("a", "yes", "nowhere")]},
            tables(outcomes=[]),
        ],
    )
    @pytest.mark.parametrize("query", ["", "a=yes", "show=all-questions", "nation=north&job=guard"])
    def test_an_unfinished_draft_can_be_looked_at(self, client, written, query):
        draft = make_tool_draft(SLUG, **written)
        assert draft.title in words_of_draft(client, draft, query)

    def test_in_a_preview_every_link_stays_within_it(self, client, tool):
        text = words_of_draft(client, tool, "nation=north")
        assert 'action="?"' in text
        assert PAGE not in re.sub(r"<head>.*?</head>", "", text, flags=re.S)
        assert 'href="?show=all-questions"' in words_of_draft(client, tool, "")


HOSTILE = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "north",
            "cook",
            "x" * 10_000,
            "\0",
            "\u202e",
            "\ud800",
            "<script>alert(1)</script>",
            "' OR 1=1 --",
            "%00",
        ]
    ),
)
KEYS = st.one_of(
    st.sampled_from(["nation", "job", "mood", "change", "asked", "show", "<b>"]), st.text(max_size=5)
)


class TestBadInput:
    @rounds(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(KEYS, HOSTILE), max_size=8))
    def test_an_address_may_hold_anything(self, client, tool, pairs):
        query = urlencode(pairs, encoding="utf-8", errors="surrogatepass")
        for page in (PAGE, ALL):
            response = client.get(f"{page}?{query}")
            assert response.status_code == 200
            assert "<script>alert" not in response.text
            assert "xxxxxxxxxx" not in response.text

    @pytest.mark.parametrize(
        "query",
        [
            "%00=%00",
            "nation=%ff%fe",
            "nation[]=north",
            "&&&&=",
            "nation=north&nation=south",
            "=" * 5_000,
            "a&" * 400,
        ],
    )
    def test_a_broken_query_asks_the_first_question(self, client, tool, query):
        response = client.get(f"{PAGE}?{query}")
        assert response.status_code == 200
        assert "Which nation?" in response.text

    @pytest.mark.parametrize("page", [PAGE, ALL])
    def test_it_is_only_read(self, client, tool, page):
        assert client.post(page, {"nation": "north"}).status_code == 405
        assert client.head(page).status_code == 200
        assert not client.get(page, {"nation": "north"}).cookies


READY = (
    "nation=england&employer=council&service=home-care&powers=some-decisions&purpose=savings&control=staff"
    "&funding=not-sure&staff=not-asked&sponsor=not-yet&ring-fence=unclear&income=one&users=no-plan"
    "&leader=not-ready&pension=lgps&premises=owned&regulated=registered"
)


@pytest.fixture
def shipped_tool(db):
    keys = {key for row in [*shipped()["findings"], *shipped()["outcomes"]] for key in row["sources"]}
    for key in keys - {"advice", "unconfirmed"}:
        make_source(key)
    for slug in {slug for row in shipped()["findings"] for slug in row.get("look_outs", ())}:
        make_look_out(slug)
    return make_tool(SLUG, body="A few words. [^advice]", **shipped())


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}?nation=wales", f"{PAGE}?{READY}", ALL])
def test_five_queries_are_enough_however_much_there_is_to_tell(
    client, shipped_tool, django_assert_max_num_queries, page
):
    with django_assert_max_num_queries(5):
        assert client.get(page).status_code == 200


def test_five_queries_are_enough_for_little_too(client, tool, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        client.get(f"{PAGE}?nation=south&job=guard")


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}?nation=wales&employer=council", f"{PAGE}?{READY}", ALL])
def test_a_page_is_small(client, shipped_tool, page):
    response = client.get(page, headers={"accept-encoding": "br"})
    sheet = brotli.compress((settings.BASE_DIR / "static" / "build" / "can_we_spin_out.css").read_bytes())
    assert len(response.content) + len(sheet) <= MOST_BYTES
