"""The pages on legal forms: what an address asks for, what it may hold, and what they cost."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import brotli
import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from guides.legal_forms import ranking, rules, telling
from guides.models import Source
from guides.tools_loading import CONTENT
from mutuals_portal import publishing
from tests.factories import make_tool, make_tool_draft, make_user

pytestmark = pytest.mark.django_db

TABLES = {
    name: rows
    for name, rows in yaml.safe_load((CONTENT / "legal-forms.yaml").read_text()).items()
    if name in rules.TABLES
}
RULES = rules.read(TABLES)
PAGE, COMPARE = "/tools/legal-forms/", "/tools/legal-forms/compare/"
MOST_QUERIES = 5
ANSWERS = "nation=england&control=together&profit=none&lock=yes&reserved=yes"
ALL_ANSWERS = "&".join(f"{each.key}={each.options[0].key}" for each in RULES.criteria)


@pytest.fixture
def sources(db):
    keys = {row["source"] for table in ("forms", "facts", "leanings") for row in TABLES[table]}
    for key in sorted(keys - {"unconfirmed", "advice", "unknown"}):
        Source.objects.create(key=key, title=f"About {key}", publisher="Somebody", kind="guidance")


@pytest.fixture
def tool(sources):
    return make_tool("legal-forms", title="Which legal form fits?", **TABLES)


def links(page, text):
    return re.findall(rf'href="([^"]+)">{text}', page.text.replace("&amp;", "&"))


def test_every_question_is_asked_and_none_has_to_be_answered(client, tool):
    page = client.get(PAGE)
    assert page.status_code == 200
    for criterion in RULES.criteria:
        assert escape(criterion.text) in page.text
        assert escape(criterion.skip) in page.text
        for option in criterion.options:
            assert f'name="{criterion.key}" value="{option.key}"' in page.text
    assert "checked" not in page.text
    assert "required" not in page.text
    assert "noindex" not in page.text
    assert not page.cookies


def test_an_answer_ranks_the_forms_with_the_reasons_for_and_against(client, tool):
    page = client.get(f"{PAGE}?{ANSWERS}")
    assert "Community benefit society fits your answers best." in page.text
    for words in ("Fits your answers", "Also look at", "Probably not", "Ask a lawyer about"):
        assert f">{words}</h2>" in page.text
    assert "You answered 5 of 13 questions." in page.text
    assert "SCIOs are for Scotland" in page.text
    assert "noindex" in page.text
    assert "you should" not in page.text.lower()
    assert 'value="together" checked' in page.text


def test_ties_are_shown_as_ties(client, tool):
    page = client.get(f"{PAGE}?votes=equal")
    assert (
        "2 forms fit your answers equally: Co-operative society and Community benefit society." in page.text
    )
    assert page.text.count("Place 1, shared") == 2


def test_what_a_change_says_is_true_when_its_link_is_followed(client, tool):
    page = client.get(f"{PAGE}?{ANSWERS}")
    told = ranking.changes(RULES, dict(pair.split("=") for pair in ANSWERS.split("&")))
    assert told
    for change in told:
        (address,) = links(page, escape(f"{change.criterion.name}: {change.option.text}"))
        assert escape(telling.effect(change)) in page.text
        after = client.get(PAGE + address.partition("#")[0]).text
        fits = re.search(r">Fits your answers</h2>(.*?)(<h2|$)", after, re.DOTALL)
        names = re.findall(r'<h3 class="govuk-heading-m">([^<]+)', fits[1]) if fits else []
        assert names == [form.name for form in change.first]


def test_law_of_other_nations_is_said_not_to_count(client, tool):
    page = client.get(f"{PAGE}?nation=scotland&reserved=yes")
    assert "“Reserved contract” changes nothing in the nation that you chose" in page.text
    assert "it is about England, Wales and Northern Ireland" in page.text


def test_a_favourite_is_marked_kept_and_taken_back(client, tool):
    page = client.get(f"{PAGE}?{ANSWERS}")
    (address,) = links(page, 'Mark as our favourite<span class="govuk-visually-hidden">: CIO<')
    page = client.get(PAGE + address.partition("#")[0])
    assert page.text.count("Your favourite<") == 1
    assert escape(f"/plan/keep/legal-forms/?{ANSWERS}&favourite=cio") in page.text
    assert '<input type="hidden" name="favourite" value="cio">' in page.text
    (address,) = links(page, "No longer our favourite")
    assert parse_qs(urlsplit(address).query) == parse_qs(ANSWERS)
    assert "Your favourite: <strong>CIO</strong>" in client.get(f"{PAGE}?favourite=cio").text


def test_the_usual_features_of_all_forms_stand_side_by_side(client, tool):
    page = client.get(COMPARE)
    for form in RULES.forms:
        assert f'<th scope="row" class="govuk-table__header">{form.name}</th>' in page.text
    heads = re.findall(r'<th scope="col" class="govuk-table__header">([^<]+)', page.text)
    assert heads == ["Form", *(feature.name for feature in RULES.features if feature.is_usual)]
    assert "(not confirmed: take advice)" in page.text
    assert "noindex" not in page.text


def test_a_reader_chooses_rows_and_columns_and_keeps_the_answers(client, tool):
    page = client.get(f"{COMPARE}?form=cio&form=llp&feature=law&feature=tax&feature=owners&{ANSWERS}")
    heads = re.findall(r'<th scope="col" class="govuk-table__header">([^<]+)', page.text)
    assert heads == ["What", "CIO", "LLP"]
    rows = re.findall(r'<th scope="row" class="govuk-table__header">([^<]+)', page.text)
    assert rows == ["Owners and votes", "Law", "Tax"]
    assert f'href="{PAGE}?{ANSWERS.replace("&", "&amp;")}"' in page.text
    assert '<input type="hidden" name="control" value="together">' in page.text


@pytest.mark.parametrize("form", [form.key for form in RULES.forms])
def test_every_fact_of_a_form_is_on_the_page_with_its_source(client, tool, form):
    query = "&".join(f"feature={feature.key}" for feature in RULES.features)
    page = client.get(f"{COMPARE}?form={form}&{query}").text
    for row in TABLES["facts"]:
        if form in row["forms"]:
            assert escape(row["words"]) in page
            assert row["source"] in ("unconfirmed", "advice", "unknown") or f"About {row['source']}" in page
    numbers = {int(number) for number in re.findall(r'href="#source-(\d+)"', page)}
    assert numbers == {int(number) for number in re.findall(r'<li id="source-(\d+)"', page)}


HOSTILE = [
    "?control=nobody&nation=france&favourite=x",
    "?control=staff&control=board&nation=wales&nation=england",
    "?control=" + "x" * 10_000,
    "?control=%00&favourite=%00&form=%00&feature=%00",
    "?control=%E2%80%AEstaff&form=%E2%80%AE",
    "?control=%FF%FE&lock=%ED%A0%80",
    "?control=<script>alert(1)</script>&form=<script>&favourite=\"'><b>",
    "?control[]=staff&form[]=cio&=&&&",
    "?" + "&".join(f"form=x{number}" for number in range(500)),
    "?sort=x&page=x&form=cio&feature=law",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", [PAGE, COMPARE])
def test_whatever_an_address_holds_a_page_answers_and_says_what_it_left_out(client, tool, path, query):
    page = client.get(path + query)
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "\x00" not in page.text
    assert "\u202e" not in page.text
    assert "x" * 100 not in page.text
    assert not page.cookies
    if "nobody" in query or "500" in query:
        assert "so we left that out" in page.text


def test_several_answers_to_one_question_are_one_and_it_is_said(client, tool):
    page = client.get(f"{PAGE}?control=board&control=staff")
    assert "Control: only one can be chosen, so we took “Staff alone, as members”." in page.text


@pytest.mark.parametrize(
    "address",
    [PAGE, f"{PAGE}?{ANSWERS}", f"{PAGE}?{ALL_ANSWERS}&favourite=llp", COMPARE, f"{COMPARE}?form=cio"],
)
def test_a_page_costs_few_queries(client, tool, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?{ANSWERS}", COMPARE])
def test_many_rows_cost_as_many_queries_as_few(client, sources, address):
    first = TABLES["features"][:1]
    few = {"features": first, "facts": [row for row in TABLES["facts"] if row["feature"] == first[0]["key"]]}
    costs = []
    for tables in (TABLES | few, TABLES):
        make_tool("legal-forms", at=timezone.now(), **tables)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= MOST_QUERIES


# The style sheet has a budget of its own, in templates/test_styles.py. These leave room for it in one round trip.
@pytest.mark.parametrize(
    ("address", "most"),
    [(PAGE, 5_000), (COMPARE, 5_000), (f"{PAGE}?{ANSWERS}", 6_500), (f"{PAGE}?{ALL_ANSWERS}", 8_000)],
)
def test_a_page_is_small(client, tool, address, most):
    assert len(brotli.compress(client.get(address).content, quality=5)) <= most


def test_a_draft_is_not_public_and_what_was_withdrawn_is_gone(client, tool):
    for path in (PAGE, COMPARE):
        assert client.get(path).status_code == 200
    draft = make_tool_draft("legal-forms", title="Zanzibar", body="Zanzibar.", **TABLES)
    assert draft.document == tool.document
    for path in (PAGE, f"{PAGE}?{ANSWERS}", COMPARE):
        assert "Zanzibar" not in client.get(path).text
    publishing.withdraw(tool.document, by=make_user(), at=timezone.now(), reason="It was wrong.")
    for path in (PAGE, COMPARE):
        page = client.get(path)
        assert page.status_code == 410
        assert "It was wrong." in page.text


def test_without_a_tool_there_is_no_page(client):
    make_tool_draft("legal-forms", **TABLES)
    assert client.get(PAGE).status_code == client.get(COMPARE).status_code == 404


def test_what_is_published_for_tomorrow_is_not_shown_today(client, sources):
    now = timezone.now()
    make_tool("legal-forms", at=now, show_from=now + timedelta(days=1), **TABLES)
    assert client.get(PAGE).status_code == client.get(COMPARE).status_code == 404


def test_a_fact_whose_source_is_gone_says_so(client, tool):
    Source.objects.filter(key="hmrc").delete()
    assert "We no longer list this source." in client.get(COMPARE).text
