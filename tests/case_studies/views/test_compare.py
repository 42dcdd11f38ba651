"""Bodies side by side: two to four, differences in words, and no address that breaks it."""

import re

import pytest

from case_studies import many
from tests.case_studies.pages import marked_words
from tests.factories import (
    MONDAY,
    make_evidence,
    make_figure,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_source,
)

pytestmark = pytest.mark.django_db

PAGE = "/case-studies/compare/"


@pytest.fixture
def bodies():
    source, pensions = make_source().key, make_look_out("pensions", title="Pensions")
    rows = [make_evidence(pensions, source=source)]
    make_profile(
        at=MONDAY,
        slug="alpha",
        title="Alpha",
        parent_body="A council",
        claims=[
            make_figure("then", number="40", as_of="2011", source=source),
            make_figure("now", number="90", as_of="2015", source=source),
        ],
        shares=[{"group": "staff", "basis": "board", "percent": "50", "as_of": "2011", "source": source}],
        evidence=rows,
    )
    make_profile(at=MONDAY, slug="beta", title="Beta", region="london", evidence=rows)
    for name in ("gamma", "delta", "epsilon"):
        make_profile(at=MONDAY, slug=name, title=name.title())


def names(response):
    return re.findall(
        r'<th scope="col"[^>]*><a class="govuk-link" href="/case-studies/[a-z0-9-]+/">([^<]+)</a>',
        response.text,
    )


@pytest.mark.parametrize(
    "query", ["?with=beta,alpha", "?with=beta&with=alpha", "?with=beta,alpha,beta,,&with=beta"]
)
def test_bodies_stand_in_the_order_in_which_they_were_asked_for(client, bodies, query):
    assert names(client.get(f"{PAGE}{query}")) == ["Beta", "Alpha"]


def test_each_row_says_what_differs_in_words_and_what_is_not_known(client, bodies):
    response = client.get(f"{PAGE}?with=alpha,beta")
    text = marked_words(response.text)
    for row in (
        "How it came to be|Staff spin-out from a public body|Staff spin-out from a public body|The same",
        "Where|Salford (North West)|Salford (London)|Different",
        "Came out of|A council|Not known|Known of one only",
        "Who owns it|Staff (seats on the board: 50%) (2011)|Not known|Known of one only",
        "Staff|90 people (2015)|Not known|Known of one only",
        "What got in the way|Pensions|Pensions|The same",
        "What helped|Not known|Not known|Not known of any",
    ):
        assert row in text
    assert 'href="/case-studies/alpha/#figure-now">90 people</a>' in response.text
    assert "<strong>Different</strong>" in response.text


def test_every_link_to_a_source_finds_its_place(client, bodies):
    response = client.get(f"{PAGE}?with=alpha,beta")
    links = re.findall(r'href="(/case-studies/[a-z]+/)#([a-z-]+)"', response.text)
    assert len(links) >= 4
    for page, anchor in links:
        assert f'id="{anchor}"' in client.get(page).text


def test_of_more_than_four_the_first_four_are_shown_and_that_is_said(client, bodies):
    response = client.get(f"{PAGE}?with=epsilon,delta,gamma,beta,alpha")
    assert names(response) == ["Epsilon", "Delta", "Gamma", "Beta"]
    assert "These are the first four of those you chose." in response.text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("with=alpha", "Choose at least two case studies"),
        ("with=alpha,nothing", "Choose at least two case studies"),
        ("with=%00,%FF&with=" + "x" * 900, "Choose at least two case studies"),
        ("with=" + ",".join(f"x{number}" for number in range(500)), "Choose at least two case studies"),
        ("with=alpha,beta,nothing", "We left out what we have no case study of."),
    ],
)
def test_whatever_an_address_holds_the_page_helps(
    client, bodies, query, words, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert words in response.text


def test_the_form_offers_every_body_and_keeps_those_that_were_chosen(client, bodies):
    text = client.get(f"{PAGE}?with=delta").text
    offered = re.findall(r'name="with" value="([a-z]+)"( checked)?', text)
    assert offered == [("delta", " checked"), ("alpha", ""), ("beta", ""), ("epsilon", ""), ("gamma", "")]


def test_what_is_not_public_is_neither_offered_nor_compared(client, bodies):
    draft = make_profile_draft(at=MONDAY, title="Draft title")
    text = client.get(f"{PAGE}?with=alpha,{draft.document.slug}").text
    assert "Draft title" not in text
    assert "Choose at least two" in text


@pytest.mark.parametrize("number", [50, 1000])
def test_it_takes_six_queries_and_offers_a_hundred_however_many_there_are(
    client, number, django_assert_num_queries
):
    many.make(number, at=MONDAY)
    with django_assert_num_queries(6):
        text = client.get(f"{PAGE}?with=demo-body-1,demo-body-2,demo-body-3,demo-body-4").text
    assert text.count('name="with"') == min(number, 100)
