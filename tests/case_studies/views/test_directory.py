"""The list of case studies, as a reader's browser gets it, whatever the address holds."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from case_studies import many
from tests.factories import MONDAY, make_case_study, make_profile, make_profile_draft

pytestmark = pytest.mark.django_db

LIST = "/case-studies/"


def heading(response):
    return re.search(r'<h2[^>]* id="found">(.*?)</h2>', response.text)[1]


def links(response):
    return [html.unescape(each) for each in re.findall(r'href="(/case-studies/\?[^"]*)"', response.text)]


@pytest.fixture
def bodies():
    make_profile(at=MONDAY, slug="pools", title="Pools", sectors=["leisure"], nation="wales", region="wales")
    make_profile(at=MONDAY, slug="clubs", title="Clubs", sectors=["youth"], place="Leeds")
    make_profile(at=MONDAY, slug="books", title="Books", sectors=["libraries", "leisure"])


def test_each_body_is_named_with_its_address_and_what_it_is(client, bodies):
    text = client.get(LIST).text
    assert '<a class="govuk-link" href="/case-studies/clubs/">Clubs</a>' in text
    assert "Leeds. How it came to be: Staff spin-out from a public body. How it stands: Not known." in text
    assert text.index("Books</a>") < text.index("Clubs</a>") < text.index("Pools</a>")


def test_options_show_what_they_would_find_and_empty_ones_are_left_out(client, bodies):
    text = client.get(LIST).text
    assert re.search(
        r'name="sector" value="leisure"><label[^>]*>Leisure, sport and culture \(2\)</label>', text
    )
    assert 'value="fire"' not in text


def test_filters_combine_and_are_counted_shown_and_removable(client, bodies):
    response = client.get(f"{LIST}?sector=leisure&nation=wales")
    assert heading(response) == "1 of 3 case studies fits"
    assert "<title>1 of 3 case studies – " in response.text
    assert "Pools</a>" in response.text
    assert "Books</a>" not in response.text
    assert links(response)[:2] == [f"{LIST}?sector=leisure", f"{LIST}?nation=wales"]
    assert re.search(r'value="leisure" checked', response.text)
    assert '<meta name="robots" content="noindex">' in response.text


def test_an_empty_result_says_which_filter_to_give_up_and_what_that_would_find(client, bodies):
    response = client.get(f"{LIST}?sector=youth&nation=wales&kind=pilot")
    assert heading(response) == "0 of 3 case studies fit"
    assert "To give up one filter would not help." in response.text
    response = client.get(f"{LIST}?sector=youth&sector=libraries&nation=wales")
    found = re.findall(
        r'<a class="govuk-link" href="([^"]*)">(\d whatever you choose under “[^”]*”)', response.text
    )
    assert [(html.unescape(address), words) for address, words in found] == [
        (f"{LIST}?sector=youth&sector=libraries", "2 whatever you choose under “Nation”"),
        (f"{LIST}?nation=wales", "1 whatever you choose under “What it does”"),
    ]


def test_sorting_is_kept_by_the_next_page(client):
    many.make(45, at=MONDAY)
    response = client.get(f"{LIST}?sort=start&page=2")
    assert links(response) == [f"{LIST}?sort=start", f"{LIST}?sort=start&page=3"]
    assert "<title>Case studies, page 2 – " in response.text
    assert response.text.count('<li class="portal-found__body">') == 20


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sector=magic", "we do not know “magic”, so we left that out."),
        ("&".join(f"sector=x{number}" for number in range(400)), "and 397 others, so we left that out."),
        ("page=-1", "“-1” is not the number of a page."),
        (f"page=1{'0' * 400}", "is not the number of a page."),
        ("page=999999", "There is no page 999,999. This is the last page."),
        ("sort=colour", "We cannot sort by “colour”."),
        ("sector=%00&page=%00&sort=%00", "“” is not the number of a page."),
        ("sector=%FF%FE&sector=<script>", "“&lt;script&gt;”"),
        ("&".join(["sector=leisure"] * 500), "2 of 3 case studies fit"),
        ("page=2&page=1&sort=size&sort=name", "3 case studies"),
        ("utm=1&nation[]=wales&nation=", "3 case studies"),
    ],
)
def test_whatever_an_address_holds_the_page_helps(
    client, bodies, query, words, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert words in response.text
    assert "Pools</a>" in response.text
    assert len(response.content) < 60_000


def test_more_values_than_any_form_has_are_refused_politely(client, bodies):
    response = client.get(f"{LIST}?{'&'.join(['sector=leisure'] * 5000)}")
    assert response.status_code == 400
    assert "We could not read that request" in response.text


def test_without_any_profile_the_list_says_so(client):
    response = client.get(LIST)
    assert heading(response) == "0 case studies"
    assert "There are no case studies yet." in response.text
    assert client.get(f"{LIST}?sector=leisure").status_code == 200


def test_names_of_what_comes_next_are_shown_and_nothing_else_of_it(client):
    soon = timezone.now() + timedelta(days=1)
    make_profile(
        make_case_study(is_announced=True, slug="soon"),
        at=MONDAY,
        show_from=soon,
        title="Soon Ltd",
        summary="Secret sentence.",
    )
    make_profile_draft(make_case_study(is_announced=True), at=MONDAY, title="Draft title")
    text = client.get(LIST).text
    assert "<li>Soon Ltd</li>" in text
    for words in ("Secret sentence", "Draft title", "/case-studies/soon/"):
        assert words not in text
