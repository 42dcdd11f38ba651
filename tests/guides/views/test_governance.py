"""Who has a say: the page that works it out from its own address."""

import re
from html import unescape

import pytest
from django.utils import timezone

from guides.models import Source
from mutuals_portal import publishing
from tests.factories import make_profile, make_tool, make_tool_draft, make_user

pytestmark = pytest.mark.django_db

PAGE = "/tools/who-has-a-say/"
SIXTY = f"{PAGE}?who1=employees&members1=60&who2=users&members2=30&who3=public-body&votes3=10&per3=class"
MOST_QUERIES = 5


def words_of(response):
    text = re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2])
    return " ".join(unescape(text).split())


def example(key="board", **row):
    Source.objects.get_or_create(key="york", title="York", publisher="GOV.UK", address="https://example.org/")
    return {
        "key": key,
        "title": f"The {key}",
        "count": "seats",
        "threshold": "more-than-half",
        "source": "york",
    } | row


def seats(key="board", **groups):
    return [{"example": key, "group": group, "votes": votes} for group, votes in groups.items()]


@pytest.fixture
def tool(db):
    return make_tool("who-has-a-say", title="Who has a say")


def test_without_numbers_it_asks_for_them(client, tool):
    text = words_of(client.get(PAGE))
    assert "Enter your numbers" in text
    assert "What comes out" not in text
    assert "Look at these again" not in text


def test_it_tells_who_decides_in_words_a_table_and_a_picture(client, tool):
    response = client.get(SIXTY)
    text = words_of(response)
    assert "Employees can pass any decision alone." in text
    assert "The votes of users and the public body never change the result." in text
    assert "More than half: 51 of 100 votes" in text
    assert "Each class votes as one block" in text
    assert '<svg class="portal-say"' in response.text
    assert "Employees: 60 votes" in response.text
    row = re.search(
        r'<tr class="govuk-table__row"><th scope="row" [^>]*>Employees</th>.*?</tr>', response.text
    )[0]
    assert [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td.*?</td>", row)] == [
        "60",
        "60",
        "60%",
        "Can pass and stop any decision",
        "4 of 4 times (100%)",
    ]


def test_what_was_entered_stands_in_the_form_again(client, tool):
    text = client.get(
        f"{PAGE}?count=seats&pass=own&rule=at-least&percent=60&who1=users&name1=Parents&votes1=3"
    ).text
    for field in (
        'id="count-seats" name="count" value="seats" checked',
        'id="pass-own" name="pass" value="own" checked',
        '<option value="at-least" selected>',
        'id="percent" name="percent" inputmode="decimal" autocomplete="off" value="60"',
        'id="name1" name="name1" autocomplete="off" value="Parents"',
        'id="votes1" name="votes1" inputmode="decimal" autocomplete="off" value="3"',
    ):
        assert field in text


def test_a_press_of_the_button_leads_to_the_plain_address(client, tool):
    sent = "count=votes&pass=more-than-half&rule=more-than&percent=&nation="
    response = client.get(
        f"{PAGE}?{sent}&who1=users&members1=5&votes1=&per1=member&who2=&name2=&per2=member&show=1"
    )
    assert response.status_code == 302
    assert response["Location"] == "?who1=users&members1=5#result"
    assert client.get(f"{PAGE}?members1=x&show=1")["Location"] == "?members1=x#problems"


def test_one_more_class_keeps_everything_and_leads_to_its_empty_line(client, tool):
    response = client.get(f"{PAGE}?who1=users&members1=5&who2=employees&members2=x&add=1")
    assert response["Location"] == "?who1=users&members1=5&who2=employees&members2=x&rows=4#class-3"
    text = client.get(response["Location"].replace("?", f"{PAGE}?")).text
    assert text.count("<legend") == 2 + 4
    assert 'value="x" aria-invalid="true" aria-describedby="problem-members2"' in text
    assert 'id="problem-members2"><a class="govuk-link" href="#members2">' in text


def test_there_are_twelve_classes_at_most(client, tool):
    text = client.get(f"{PAGE}?rows=12").text
    assert "Add another class" not in text
    assert "Twelve classes are the most." in text


def test_wrong_numbers_are_named_and_nothing_is_worked_out(client, tool):
    text = words_of(client.get(f"{PAGE}?who1=employees&members1=-3"))
    assert "Employees: members must be 0 or more. You entered “-3”." in text
    assert "What comes out" not in text


def test_published_arrangements_stand_beside_the_readers_own(client):
    make_tool(
        "who-has-a-say",
        examples=[example(is_assumed=True, words="It runs libraries [^advice].")],
        classes=seats(independent="3", community="2", employees="1"),
    )
    assert "It runs libraries" in words_of(client.get(PAGE))
    response = client.get(SIXTY)
    text = words_of(response)
    assert "Published arrangements beside yours" in text
    assert "Independent members: 3 seats Community: 2 seats Employees: 1 seat" in text
    assert "More than half: 4 of 6 seats (our assumption)" in text
    assert "It runs libraries" not in text
    assert f'href="{PAGE}#board">About these numbers' in response.text
    assert 'href="?count=seats&amp;who1=independent&amp;votes1=3&amp;who2=community' in response.text
    assert '<li id="source-1"><a class="govuk-link" href="https://example.org/"' in response.text


def test_a_case_study_is_linked_only_while_readers_can_open_it(client):
    profile = make_profile(slug="york", title="Explore York")
    make_tool("who-has-a-say", examples=[example(case_study="york")], classes=seats(employees="1"))
    link = '<a class="govuk-link" href="/case-studies/york/">Read about Explore York</a>'
    assert link in client.get(PAGE).text
    publishing.withdraw(profile.document, by=make_user(), at=timezone.now(), reason="It was wrong.")
    assert "Explore York" not in client.get(PAGE).text


def test_a_warning_that_holds_is_said_in_the_editors_words(client):
    make_tool(
        "who-has-a-say",
        warnings=[
            {"key": "producer-capture", "title": "Captured", "words": "Ask users [^advice]."},
            {
                "key": "investor-blocks",
                "title": "An investor stops it",
                "words": "Mind the articles [^advice].",
            },
        ],
    )
    text = words_of(client.get(SIXTY))
    assert "Captured Here: employees. Ask users" in text
    assert "An investor stops it" not in text


def test_law_is_marked_for_the_nation_of_the_reader(client):
    law = "::: law england checked 2026-11-21\nIt is so [^york].\n:::"
    words = {"examples": [example()], "classes": seats(employees="1")}
    make_tool("who-has-a-say", warnings=[{"key": "employees-control", "title": "Law", "words": law}], **words)
    assert "Applies in England" in words_of(client.get(f"{SIXTY}&nation=england"))
    assert "Applies in England" not in words_of(client.get(f"{SIXTY}&nation=wales"))


def test_the_page_is_the_same_for_everybody_and_only_its_plain_address_is_listed(client, tool):
    plain, asked = client.get(PAGE), client.get(SIXTY)
    assert not asked.cookies
    assert "public" in asked["Cache-Control"]
    assert "noindex" not in plain.text
    assert '<meta name="robots" content="noindex">' in asked.text
    assert re.search(rf'<link rel="canonical" href="https?://[^/"]+{PAGE}">', asked.text)


def test_it_can_be_kept_in_a_plan(client, tool):
    query = SIXTY.partition("?")[2].replace("&", "&amp;")
    assert f'href="/plan/keep/who-has-a-say/?{query}"' in client.get(SIXTY).text


@pytest.mark.parametrize("number", [1, 20])
def test_it_takes_the_same_few_queries_whatever_it_shows(number, client, django_assert_max_num_queries):
    keys = [f"board-{n}" for n in range(number)]
    make_profile(slug="york")
    make_tool(
        "who-has-a-say",
        examples=[example(key, case_study="york") for key in keys],
        classes=[row for key in keys for row in seats(key, employees="2", users="3")],
    )
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(f"{SIXTY}&nation=scotland")


def test_what_is_not_published_is_not_there(client):
    make_tool_draft("who-has-a-say", title="Zanzibar")
    assert client.get(PAGE).status_code == 404
    assert "Zanzibar" not in client.get("/tools/").text


def test_a_draft_beside_what_is_live_stays_hidden(client, tool):
    words = {"examples": [example(title="Zanzibar")], "classes": seats(employees="1")}
    make_tool_draft("who-has-a-say", title="Zanzibar", **words)
    assert "Zanzibar" not in client.get(SIXTY).text


def test_what_is_typed_is_shown_as_text_and_never_as_html(client, tool):
    text = client.get(f"{PAGE}?name1=<script>alert(1)</script>&members1=<b>&nation=<i>").text
    assert "<script>alert" not in text
    assert "<b>" not in text
    assert "<i>" not in text


HOSTILE = [
    "who1=" + "a" * 10_000,
    "members1=" + "9" * 10_000,
    "name1=" + "%F0%9F%98%80" * 2_000,
    "%00=%00&who1=%00&members1=%00",
    "who1=%E2%80%AEsresu&name1=%E2%80%AE",
    "members1=%FF%FE1%00&who1=users",
    "members1=%ED%A0%80",
    "rows=" + "9" * 5_000,
    "rows=-1&rows=0&rows=13",
    "&".join(f"who{n}=users&members{n}={n}" for n in range(500)),
    "&".join("who1=users" for _ in range(900)),
    "pass=own&percent=1e999",
    "pass=own&percent=%E2%88%9E",
    "percent=0.0001&rule=at-least&who1=users&members1=1",
    "count=seats&count=votes&pass=&pass=x",
    "members1[]=5&who1[]=users",
    "members1=0&votes1=0&who1=users&members2=0&votes2=5&per2=class",
    "who1=users&members1=999999999&votes1=999999999.9999",
    "add=1&show=1&" + "&".join(f"name{n}=%0D%0ALocation:x" for n in range(1, 13)),
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_address_breaks_it(query, client, tool):
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        assert (
            client.get(response["Location"].partition("#")[0].replace("?", f"{PAGE}?", 1)).status_code == 200
        )


def test_posting_is_refused(client, tool):
    assert client.post(PAGE).status_code == 405
