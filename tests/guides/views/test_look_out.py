"""The page of an issue: its text, how it joins others, who met it, what helps, and the tick."""

from datetime import timedelta

import pytest
from django.utils import timezone

from guides.models import Document
from mutuals_portal import publishing
from tests.factories import (
    make_draft,
    make_evidence,
    make_live_document,
    make_look_out,
    make_profile,
    make_published,
    make_source,
    make_tool,
    make_user,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)
YESTERDAY = timezone.now() - timedelta(days=1)
PAGE = "/tools/look-outs/pensions/"
LAW = "What it is.\n\n::: law wales checked 2026-11-01\nThe law says so [^act].\n:::"


@pytest.fixture
def pensions():
    make_source("act", title="The Act")
    return make_look_out("pensions", title="Pension", words={"title": "Pensions", "body": LAW})


def text_of(issue):
    return Document.objects.get(kind="look-out", slug=issue.slug)


def test_it_goes_by_the_title_and_words_of_its_text(client, pensions):
    text = client.get(PAGE).text
    assert "<title>Pensions – " in text
    assert "What it is." in text
    assert '<li id="source-1">The Act' in text


def test_it_marks_the_law_of_a_nation(client, pensions):
    assert "Applies in Wales" in client.get(f"{PAGE}?nation=wales").text
    assert "Does not apply in England" in client.get(f"{PAGE}?nation=england").text


def test_it_says_what_comes_before_and_after_it_and_why(client, pensions):
    for slug in ("finance", "contract"):
        make_look_out(slug, title=slug.title())
    make_source("guide", title="A guide")
    joins = [
        {
            "before": "pensions",
            "after": "finance",
            "kind": "settle-before",
            "why": "It costs.",
            "source": "guide",
        },
        {"before": "contract", "after": "pensions", "kind": "eases", "why": "It pays.", "source": "act"},
    ]
    make_tool("look-outs", joins=joins)
    text = client.get(f"{PAGE}?settled=finance").text
    finance, contract = (
        f'<a class="govuk-link" href="/tools/look-outs/{slug}/?settled=finance">{slug.title()}</a>'
        for slug in ("finance", "contract")
    )
    assert (
        text.index("Before it") < text.index(f"Made easier by {contract}: It pays.") < text.index("After it")
    )
    assert f"Best settled before {finance}: It costs." in text
    assert '<li id="source-2">A guide' in text
    assert '<li id="source-3">' not in text


def test_it_leads_back_to_the_list_with_this_ticked(client, pensions):
    make_look_out("finance", title="Finance")
    ticked = client.get(f"{PAGE}?settled=finance").text
    assert 'href="/tools/look-outs/?settled=pensions&amp;settled=finance">Tick this as settled' in ticked
    assert 'href="/tools/look-outs/">Take the tick off' in client.get(f"{PAGE}?settled=pensions").text


def test_it_names_the_bodies_that_met_it_with_sources_in_one_list(client, pensions):
    make_source("report", title="The report")
    make_profile(
        at=AGO,
        slug="alpha",
        title="Alpha",
        evidence=[make_evidence(pensions, how="It cost.", source="report")],
    )
    text = client.get(PAGE).text
    assert '<a class="govuk-link" href="/case-studies/alpha/">Alpha</a>: got in the way' in text
    assert "Met by 1 of 1 body: hindered 1." in text
    assert '<li id="source-2">The report' in text
    assert text.count('id="sources"') == 1


def test_it_leads_to_the_pages_and_bulletins_that_help_with_it(client, pensions):
    page = make_live_document(title="Council pensions", look_outs=["pensions"])
    make_draft(page, title="Draft title", look_outs=["pensions"])
    make_live_document("policy", slug="fair-deal", title="The Fair Deal", look_outs=["pensions"])
    make_live_document(title="Something else")
    text = client.get(PAGE).text
    assert f'href="{page.get_absolute_url()}">Council pensions</a>' in text
    assert 'href="/policy/fair-deal/">The Fair Deal</a>' in text
    assert "Something else" not in text
    assert "Draft title" not in text


def test_a_past_day_shows_the_text_of_that_day_and_nothing_of_today(client, pensions):
    make_profile(slug="alpha", title="Alpha", evidence=[make_evidence(pensions)])
    make_published(text_of(pensions), at=YESTERDAY, title="Pensions now", body="New words.")
    text = client.get(f"{PAGE}?as_of={timezone.localdate(AGO)}").text
    assert "What it is." in text
    assert "Alpha" not in text
    assert "New words." in client.get(PAGE).text
    assert client.get(f"{PAGE}?as_of=yesterday").status_code == 400
    assert client.get(f"{PAGE}?as_of=1999-01-01").status_code == 404


def test_one_that_is_withdrawn_is_gone_with_the_reason(client, pensions):
    publishing.withdraw(text_of(pensions), by=make_user(), at=timezone.now(), reason="It was wrong.")
    response = client.get(PAGE)
    assert response.status_code == 410
    assert "It was wrong." in response.text
    assert "What it is." not in response.text


@pytest.mark.parametrize("path", ["/tools/look-outs/nothing/", "/tools/look-outs/tupe/"])
def test_one_without_a_live_text_is_not_found(client, path):
    make_look_out("tupe", is_live=False)
    assert client.get(path).status_code == 404


def test_readers_can_report_what_is_wrong_with_it(client, pensions):
    assert f'href="/report/?page={PAGE}"' in client.get(PAGE).text
    assert "Pensions" in client.get(f"/report/?page={PAGE}").text


def test_guides_and_profiles_link_an_issue_only_while_it_is_live(client, pensions):
    page = make_live_document(look_outs=["pensions"], body="See [pensions](look-out:pensions).", at=AGO)
    make_profile(at=AGO, slug="alpha", title="Alpha", evidence=[make_evidence(pensions)])
    link = f'href="{PAGE}"'
    paths = (page.get_absolute_url(), "/case-studies/alpha/", "/")
    assert all(link in client.get(path).text for path in paths)
    publishing.withdraw(text_of(pensions), by=make_user(), at=timezone.now(), reason="Wrong.")
    assert not any(link in client.get(path).text for path in paths)


def test_the_page_is_the_same_for_everybody(client, pensions):
    response = client.get(PAGE)
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=300"
    for forbidden in ("<style", " style=", "<script>", " onclick="):
        assert forbidden not in response.text
