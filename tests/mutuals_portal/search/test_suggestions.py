"""What the search offers as somebody types: of live texts only, few, in two queries, whatever is typed."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.search.models import Synonym
from tests.factories import (
    make_approved,
    make_document,
    make_draft,
    make_live_document,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db

MOST, MOST_QUERIES = 8, 2


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(client):
    """What is offered for what somebody typed."""

    def ask(typed: str) -> list[str]:
        answer = client.get("/search/suggestions/", {"q": typed})
        assert answer.status_code == 200
        return [each["words"] for each in answer.json()["suggestions"]]

    return ask


def test_titles_come_first_then_terms_then_synonyms_then_words(client, now):
    make_live_document("term", at=now, title="Zebra lock")
    make_live_document("page", at=now, title="Zebras", body="Zebras, zebrafish and the zebra crossing.")
    Synonym.objects.create(slug="zebra", words=["zebra horse", "zebras"])
    answer = client.get("/search/suggestions/", {"q": "zeb"}).json()
    assert answer["suggestions"] == [
        {"words": "Zebras", "kind": "Guide page"},
        {"words": "Zebra lock", "kind": "Glossary term"},
        {"words": "zebra horse", "kind": ""},
        {"words": "zebra", "kind": ""},
        {"words": "zebrafish", "kind": ""},
    ]


def test_a_title_that_begins_so_comes_before_one_that_has_the_word_further_on(offered, now):
    make_live_document("page", at=now, title="All about zebras")
    make_live_document("page", at=now, title="Zebras and all that lives beside them")
    assert offered("zebr")[0] == "Zebras and all that lives beside them"


@pytest.mark.parametrize("typed", ["governan", "GOVERN", "góvern", "the governance"])
def test_a_word_is_offered_however_much_of_it_is_typed_and_none_that_only_sounds_alike(offered, now, typed):
    make_live_document("page", at=now, title="Governance of mutuals")
    make_live_document("page", at=now, title="Governed by none")
    assert "Governance of mutuals" in offered(typed)
    assert ("Governed by none" in offered(typed)) is (len(typed) < 8)


def test_more_words_than_one_are_completed_as_texts_say_them(offered, now):
    make_live_document("page", at=now, title="One", body="A council pension is a promise to staff who stay.")
    assert offered("council pen") == ["council pension"]
    assert offered("promise pen") == []


def test_what_somebody_typed_already_is_not_offered(offered, now):
    make_live_document("page", at=now, title="Zebra", body="Zebra.")
    assert offered("zebra") == []


def test_nothing_is_offered_of_what_readers_cannot_open(offered, now):
    month, week, later = now - timedelta(days=30), now - timedelta(days=7), now + timedelta(days=1)
    words = {"title": "Zebras", "body": "Zebracorns."}
    Synonym.objects.create(slug="zebra", words=["zebra horse", "zebras"])
    make_draft(make_document("page"), at=week, **words)
    make_approved(make_document("page"), at=week, **words)
    make_published(make_document("term"), at=week, show_from=later, **words)
    gone = make_live_document("look-out", at=month, **words)
    publishing.withdraw(gone, by=make_user(), at=week, reason="Wrong")
    assert offered("zeb") == []


def test_a_synonym_is_offered_only_where_another_way_to_say_it_finds_something(offered, now):
    Synonym.objects.create(slug="tupe", words=["TUPE", "transfer of undertakings"])
    assert offered("tup") == []
    make_live_document("page", at=now, title="One", body="The transfer of undertakings takes a day.")
    assert offered("tup") == ["TUPE"]
    Synonym.objects.update(is_used=False)
    assert offered("tup") == []


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "z",
        " ",
        "%",
        "_%\\",
        "&|!():*'<->",
        '"zebra',
        "-zebra",
        "zebra\0\u202e",
        "\ud800",
        "z" * 50_000,
        "zebra " * 10_000,
        "(a+)+$",
        "';--",
        "ﷺ" * 40,
    ],
)
def test_hostile_beginnings_are_answered_in_two_queries_and_with_no_more_than_eight(
    client, now, typed, django_assert_max_num_queries
):
    make_live_document("page", at=now, title="Zebras")
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/search/suggestions/?q=" + quote(typed, errors="surrogatepass"))
    assert answer.status_code == 200
    assert len(answer.json()["suggestions"]) <= MOST


def test_there_are_eight_at_most_in_as_many_queries_with_many_texts_as_with_few(
    client, now, django_assert_num_queries
):
    for number in range(12):
        make_live_document("page", at=now, title=f"Zebra {number}", body="Zebracorn zebrafish zebrule.")
        make_live_document("term", at=now, title=f"Zebra term {number}")
    with django_assert_num_queries(MOST_QUERIES):
        answer = client.get("/search/suggestions/", {"q": "ze"})
    kinds = [each["kind"] for each in answer.json()["suggestions"]]
    assert kinds == ["Guide page"] * 4 + ["Glossary term"] * 4


def test_the_answer_may_be_kept_by_caches_and_says_nothing_to_search_engines(client):
    answer = client.get("/search/suggestions/", {"q": "zebra"})
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert client.post("/search/suggestions/").status_code == 405
