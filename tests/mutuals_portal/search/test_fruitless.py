"""Searches that find nothing are counted by day and words, and nothing that may be somebody's own is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal.search import fruitless
from mutuals_portal.search.models import FruitlessSearch
from tests.factories import make_live_document

pytestmark = pytest.mark.django_db

MOST_QUERIES = 4


@pytest.fixture
def now():
    return timezone.now()


def kept() -> dict[str, int]:
    return dict(FruitlessSearch.objects.values_list("words", "number"))


def test_a_search_without_result_is_counted_however_it_is_written(client, now):
    for q in ("zebra crossings", "ZEBRA  crossings!", "Zébra-crossings"):
        client.get("/search/", {"q": q})
    assert kept() == {"zebra crossings": 3}
    row = FruitlessSearch.objects.get()
    assert row.day == timezone.localdate()
    assert {field.name for field in FruitlessSearch._meta.fields} == {"id", "day", "words", "number"}


def test_what_finds_something_or_was_only_narrowed_too_far_is_not_counted(client, now):
    make_live_document("page", at=now, title="Zebras", nations=["wales"])
    client.get("/search/", {"q": "zebras"})
    client.get("/search/", {"q": "zebras", "nation": "scotland"})
    client.get("/search/", {"q": "unicorns", "nation": "scotland"})
    client.get("/search/", {"q": "the"})
    client.head("/search/", {"q": "unicorns"})
    assert kept() == {}


@pytest.mark.parametrize(
    "q",
    [
        "jo@example.org",
        "mail jo @ example",
        "01632 960 001",
        "call +44 (0)1632/960001",
        "QQ 12 34 56 C",
        "MIS-ABCD-EFGH",
        "mis abcd efgh",
        "mis_abcd_efgh",
        "01632_960_001",
        "my code is ABCD-EFGH-JKMN",
        "abcd efg2 jkmn",
        "abcdefg2jkmn",
        "care abcd efgh jkm2",
        "ABC2-EFGH",
        "https://example.org/support/entry/Zk3vQ-9xKbn_fT2yWcLr8mHsPd4jGa6uEq1oRi7tXwY/",
        "zebra " * 17,
        "zebra\u2028" * 17,
        "٠١٢٣٤٥٦",
    ],
)
def test_what_may_be_personal_or_is_very_long_is_not_kept(client, q):
    assert client.get("/search/", {"q": q}).status_code == 200
    assert kept() == {}


@pytest.mark.parametrize(
    "q", ["section 12345", "act 2023", "misled zebras", "arrangements", "care fees 2023", "zebra " * 16]
)
def test_what_only_resembles_it_is_kept(client, q):
    client.get("/search/", {"q": q})
    assert list(kept().values()) == [1]


def test_each_day_is_counted_by_itself_and_the_sum_is_told_most_frequent_first(now):
    for words, days_ago in [("rare", 0), ("often", 0), ("often", 1), ("often", 1), ("old", 40)]:
        fruitless.count(words, at=now - timedelta(days=days_ago))
    assert FruitlessSearch.objects.count() == 4
    since = timezone.localdate(now) - timedelta(days=30)
    told = fruitless.most_frequent(since=since, most=10)
    assert [(each.words, each.number) for each in told] == [("often", 3), ("rare", 1)]
    assert fruitless.most_frequent(since=since, most=1) == told[:1]


def test_a_machine_that_makes_up_words_cannot_fill_the_table(now, monkeypatch):
    monkeypatch.setattr(fruitless, "MOST_A_DAY", 2)
    for words in ("one", "two", "three", "two"):
        fruitless.count(words, at=now)
    assert kept() == {"one": 1, "two": 2}


def test_words_go_after_thirteen_months(now):
    fruitless.count("old", at=now - timedelta(days=397))
    fruitless.count("young", at=now - timedelta(days=396))
    assert fruitless.forget(at=now) == 1
    assert kept() == {"young": 1}


def test_a_search_that_finds_nothing_takes_no_more_queries_than_one_may(
    client, django_assert_max_num_queries, now
):
    make_live_document("page", at=now, title="Zebras")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/search/", {"q": "unicornx unicorny"})
    assert kept()
