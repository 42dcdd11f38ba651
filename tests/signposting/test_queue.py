"""Which enquiries stand in which view, in which order, page by page, and what a search finds."""

from datetime import date, timedelta

import pytest

from signposting import lifecycle, queue
from signposting.models import Enquiry
from signposting.queue import View
from signposting.working_days import local_date
from tests.factories import MONDAY, make_adviser, make_enquiry, make_organisation

TODAY = local_date(MONDAY)


@pytest.fixture
def home(db):
    return make_organisation()


@pytest.fixture
def alice(home):
    return make_adviser(home)


@pytest.fixture
def one_of_each(home, alice):
    """One enquiry for every way to stand, by its name."""
    bob = make_adviser(home)
    bobs = lifecycle.accept(make_enquiry(to=home, at=MONDAY), by=bob, at=MONDAY)
    late = make_enquiry(to=home, at=MONDAY - timedelta(days=14))
    mine = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    asked = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    asked = lifecycle.ask(asked, text="How many?", by=alice, at=MONDAY)
    closed = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    closed = lifecycle.close(closed, reason_code="helped", text="", by=alice, at=MONDAY)
    return {"bobs": bobs, "late": late, "mine": mine, "asked": asked, "closed": closed}


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (View.OPEN, ["late", "bobs", "mine", "asked"]),
        (View.MINE, ["mine", "asked"]),
        (View.UNCLAIMED, ["late"]),
        (View.OVERDUE, ["late"]),
        (View.WAITING, ["asked"]),
        (View.ENDED, ["closed"]),
        (View.EVERYTHING, ["closed", "asked", "mine", "late", "bobs"]),
    ],
)
def test_a_view_has_its_enquiries_in_order_and_counts_them(one_of_each, alice, view, names):
    chosen = queue.select(Enquiry.objects.all(), view, user=alice, on=TODAY)
    assert queue.page(chosen, view).enquiries == [one_of_each[name] for name in names]
    assert queue.counts(Enquiry.objects.all(), [view], user=alice, on=TODAY) == {view: len(names)}


@pytest.fixture
def long_queue(home, alice):
    """Sixty open enquiries: with dates, several to a day, and twenty without one."""
    for number in range(60):
        enquiry = make_enquiry(to=home, at=MONDAY - timedelta(days=number // 4))
        if number % 3 == 0:
            enquiry = lifecycle.accept(enquiry, by=alice, at=MONDAY)
            lifecycle.ask(enquiry, text="How many?", by=alice, at=MONDAY)


@pytest.mark.parametrize("view", [View.OPEN, View.EVERYTHING])
def test_pages_follow_each_other_without_gap_or_overlap(long_queue, alice, view):
    chosen = queue.select(Enquiry.objects.all(), view, user=alice, on=TODAY)
    pages = [queue.page(chosen, view)]
    while pages[-1].next:
        pages.append(queue.page(chosen, view, after=pages[-1].next))
    assert [len(page.enquiries) for page in pages] == [25, 25, 10]
    order = ["-id"] if view is View.EVERYTHING else ["respond_by", "id"]
    assert [each for page in pages for each in page.enquiries] == list(chosen.order_by(*order))

    back = [pages[-1]]
    while back[-1].previous:
        back.append(queue.page(chosen, view, before=back[-1].previous))
    assert [page.enquiries for page in reversed(back)] == [page.enquiries for page in pages]
    assert (pages[0].previous, pages[-1].next) == ("", "")


@pytest.mark.parametrize("place", ["x", "2026-13-40_1", "_", "1_1", "_9999999999999999999", "2026-01-01_1\n"])
def test_a_place_that_nobody_gave_is_the_beginning(long_queue, place):
    first = queue.page(Enquiry.objects.open(), View.OPEN)
    assert queue.page(Enquiry.objects.open(), View.OPEN, after=place) == first
    assert queue.page(Enquiry.objects.open(), View.OPEN, before=place) == first


def test_counting_stops_at_its_limit(home, alice, monkeypatch):
    monkeypatch.setattr(queue, "COUNT_CAP", 3)
    for _ in range(4):
        make_enquiry(to=home)
    counts = queue.counts(Enquiry.objects.all(), View, user=alice, on=TODAY)
    assert (counts[View.OPEN], counts[View.MINE]) == (3, 0)
    assert queue.capped(counts[View.OPEN]) == "over 1,000"
    assert queue.capped(counts[View.MINE]) == "0"


def test_all_views_are_counted_in_one_query(one_of_each, alice, django_assert_num_queries):
    with django_assert_num_queries(1):
        queue.counts(Enquiry.objects.all(), View, user=alice, on=TODAY)


@pytest.mark.parametrize(
    "text", ["MIS-ABCD-EFGH", "mis abcd efgh", "abcdefgh", "MIS-ABCD", "abcd", "ABCD-EF"]
)
def test_a_reference_or_its_beginning_is_found(home, text):
    found = make_enquiry(to=home, reference="MIS-ABCD-EFGH")
    make_enquiry(to=home, reference="MIS-ABDD-EFGH")
    assert list(queue.search(Enquiry.objects.all(), text)) == [found]


@pytest.mark.parametrize(
    "text", ["pension", "pensions scheme", "highland", "inverness", '"pension scheme"', "teachers"]
)
def test_words_of_question_employer_and_place_are_found(home, text):
    found = make_enquiry(
        to=home,
        question="Does our pension scheme move? Teachers ask.",
        employer_name="NHS Highland",
        place="Inverness",
    )
    make_enquiry(to=home)
    assert list(queue.search(Enquiry.objects.all(), text)) == [found]


@pytest.mark.parametrize("text", ["'", "\\", "&|!", "-", "the", "%", "mis-", "MIS-ABC%", "((", "🦆"])
def test_what_is_no_word_finds_nothing_and_breaks_nothing(home, text):
    make_enquiry(to=home)
    assert list(queue.search(Enquiry.objects.all(), text)) == []


@pytest.mark.parametrize(
    ("respond_by", "words"),
    [
        (date(2026, 6, 4), "3 working days left"),
        (date(2026, 6, 2), "1 working day left"),
        (date(2026, 6, 1), "Due today"),
        (date(2026, 5, 29), "Overdue by 1 working day"),
        (date(2026, 5, 28), "Overdue by 2 working days"),
    ],
)
def test_the_time_left_is_said_in_words(home, respond_by, words):
    enquiry = make_enquiry(to=home)
    enquiry.respond_by = respond_by
    assert queue.time_left(enquiry, on=date(2026, 6, 1)) == words


def test_a_weekend_after_the_last_day_is_overdue_by_no_working_day(home):
    enquiry = make_enquiry(to=home)
    enquiry.respond_by = date(2026, 5, 29)
    assert queue.time_left(enquiry, on=date(2026, 5, 30)) == "Overdue since the last working day"


def test_without_a_date_the_standing_is_said(home, alice):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    enquiry = lifecycle.ask(enquiry, text="How many?", by=alice, at=MONDAY)
    assert queue.time_left(enquiry, on=TODAY) == "Waiting for the group to answer a question"
