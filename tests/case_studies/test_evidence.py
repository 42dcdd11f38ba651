"""Which bodies met an issue: counted from live profiles alone, at no cost to a guide's page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies import evidence, many
from case_studies.evidence import Tally
from mutuals_portal import publishing
from tests.factories import (
    make_evidence,
    make_figure,
    make_live_document,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_source,
    make_tool,
    make_user,
)

pytestmark = pytest.mark.django_db

AGO = timezone.now() - timedelta(days=30)


@pytest.fixture
def pensions():
    return make_look_out("pensions", title="Pensions")


@pytest.fixture
def bodies(pensions):
    """One that pensions hindered twice, one that they hindered and helped, one that never met them."""
    twice = [make_evidence(pensions), make_evidence(pensions, stage="appraisal")]
    both = [make_evidence(pensions), make_evidence(pensions, effect="helped", how="Advice came early.")]
    return [
        make_profile(at=AGO, slug="alpha", title="Alpha", evidence=twice),
        make_profile(at=AGO, slug="beta", title="Beta", evidence=both),
        make_profile(at=AGO, slug="gamma", title="Gamma"),
    ]


def test_a_body_counts_once_for_an_issue_and_once_for_each_effect(bodies):
    assert evidence.tallies(at=timezone.now()) == {"pensions": Tally(met=2, of=3, hindered=2, helped=1)}


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(7, 22, 4, 3), "met by 7 of 22 bodies: hindered 4, helped 3"),
        (Tally(1, 1, 0, 1), "met by 1 of 1 body: helped 1"),
        (Tally(2, 9, 2, 0), "met by 2 of 9 bodies: hindered 2"),
    ],
)
def test_a_tally_is_said_in_words(tally, words):
    assert str(tally) == words


def test_drafts_and_what_is_scheduled_replaced_or_withdrawn_do_not_count(bodies, pensions):
    rows = [make_evidence(pensions)]
    make_profile_draft(at=AGO, evidence=rows)
    make_profile(show_from=timezone.now() + timedelta(days=1), at=AGO, evidence=rows)
    make_profile(bodies[0].document, at=AGO + timedelta(days=1), title="Alpha", evidence=[])
    publishing.withdraw(bodies[1].document, by=make_user(), at=timezone.now(), reason="Wrong.")
    assert evidence.tallies(at=timezone.now()) == {}


def test_a_guides_page_says_how_many_bodies_met_its_issues(client, bodies):
    page = make_live_document(look_outs=["pensions"], at=AGO)
    text = client.get(page.get_absolute_url()).text
    assert "<br>met by 2 of 3 bodies: hindered 2, helped 1</li>" in text


def test_the_look_outs_say_how_many_met_each(client, bodies):
    make_look_out("nobody", title="Nobody met this")
    make_tool("look-outs")
    text = client.get("/tools/look-outs/").text
    assert text.count("Met by 2 of 3 bodies: hindered 2, helped 1.") == 1
    assert text.count("Met by") == 1


def test_a_look_out_names_the_bodies_how_they_met_it_and_the_sources(client, pensions):
    report, other = make_source("report", title="The report"), make_source("other", title="The other")
    make_profile(
        at=AGO,
        slug="alpha",
        title="Alpha",
        claims=[make_figure("gap", label="Gap", number="71501", unit="pounds", source=report.key)],
        evidence=[make_evidence(pensions, how="A gap of {gap} had to be filled.", source=other.key)],
    )
    text = client.get("/tools/look-outs/pensions/").text
    assert '<a class="govuk-link" href="/case-studies/alpha/">Alpha</a>: got in the way' in text
    assert "A gap of £71,501<sup" in text
    assert '<li id="source-1">The report' in text
    assert '<li id="source-2">The other' in text


def test_only_the_first_bodies_are_named_where_many_met_an_issue(
    client, pensions, django_assert_max_num_queries
):
    many.make(100, at=AGO)
    with django_assert_max_num_queries(6):
        text = client.get("/tools/look-outs/pensions/").text
    assert text.count('href="/case-studies/demo-body-') == evidence.MOST_NAMED
    assert "Met by 100 of 100 bodies" in text
    assert "These are the first of them by name." in text
