"""What is kept of colleagues' answers, and what cannot be found in it."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import DateField, DateTimeField
from django.test.utils import CaptureQueriesContext

from guides import asking_colleagues
from guides.asking_colleagues import LINKS_AT_MOST, AlreadyUsed, NoSuchInvitation, TooManyLinks
from guides.models import Invitation, Plan, Tally
from tests.factories import MONDAY, make_plan

SECRET = "of the form"


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def links(plan):
    return asking_colleagues.invite(plan, number=8, secret=SECRET, at=MONDAY)


def say(links, word="yes", question="heard"):
    for link in links:
        asking_colleagues.answer(link, answers={question: word}, at=MONDAY)


def test_each_link_counts_once(links, plan):
    say(links[:4])
    with pytest.raises(AlreadyUsed):
        asking_colleagues.answer(links[0], answers={"heard": "no"}, at=MONDAY)
    assert asking_colleagues.asked(plan).shown == {"heard": {"yes": 4}}


def test_a_used_link_takes_as_much_work_as_an_unused_one(links):
    """Or the clock would tell who has answered."""
    work = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries, suppress(AlreadyUsed):
            say(links[:1])
        work.append([query["sql"].split()[0] for query in queries])

    assert work[0] == work[1]
    assert "UPDATE" in work[1]


def test_nothing_is_shown_of_three_answers(links, plan):
    say(links[:3])
    assert asking_colleagues.asked(plan).shown == {}


def test_the_number_of_used_links_moves_in_fours(links, plan):
    seen = []
    for link in links:
        say([link])
        seen.append(asking_colleagues.asked(plan).used)
    assert seen == [0, 0, 0, 4, 4, 4, 4, 8]


def test_nobody_reads_in_the_database_what_waits(links, plan):
    say(links[:3], "partly")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(t)::text, waiting FROM guides_tally t")
        words, waiting = cursor.fetchone()
    assert "partly" not in words
    assert b"partly" not in bytes(waiting)
    assert "heard" not in words


def test_what_waits_is_as_long_whatever_it_is(links, plan):
    lengths = {len(bytes(Tally.objects.get().waiting))}
    for link in links[:3]:
        asking_colleagues.answer(link, answers={f"question-{n}": "do-not-know" for n in range(15)}, at=MONDAY)
        lengths.add(len(bytes(Tally.objects.get().waiting)))
    assert len(lengths) == 1


def test_no_row_is_one_persons_and_no_row_has_a_time(links):
    say(links[:5])
    assert Tally.objects.count() == 1
    for model in (Invitation, Tally):
        assert not [
            field for field in model._meta.get_fields() if isinstance(field, DateField | DateTimeField)
        ]


def test_using_a_link_leaves_no_time_on_the_plan(links, plan):
    before = Plan.objects.values().get()
    say(links[:5])
    assert Plan.objects.values().get() == before


def test_the_database_does_not_know_in_which_order_links_were_used(links):
    """The transaction that wrote a row last is the same for used and unused ones."""
    say([links[5], links[2]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text), count(*) FROM guides_invitation")
        assert cursor.fetchone() == (1, 8)


def test_no_link_can_be_found_in_the_database(links):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(i)::text FROM guides_invitation i")
        kept = "".join(row[0] for row in cursor.fetchall())
    assert not [link for link in links if link in kept or link.replace("-", "") in kept]


def test_the_same_form_sent_twice_makes_no_more_links(links, plan):
    assert asking_colleagues.invite(plan, number=8, secret=SECRET, at=MONDAY) == links
    assert asking_colleagues.asked(plan).links == 8


def test_another_form_makes_other_links(links, plan):
    more = asking_colleagues.invite(plan, number=4, secret="of another form", at=MONDAY)
    assert not set(more) & set(links)
    assert asking_colleagues.asked(plan).links == 12


def test_the_same_secret_opens_nothing_of_another_plan(links):
    assert not set(asking_colleagues.invite(make_plan(), number=8, secret=SECRET, at=MONDAY)) & set(links)


def test_a_plan_has_no_more_links_than_it_may(links, plan):
    with pytest.raises(TooManyLinks) as refused:
        asking_colleagues.invite(plan, number=LINKS_AT_MOST, secret="too many", at=MONDAY)
    assert refused.value.left == LINKS_AT_MOST - 8
    assert asking_colleagues.asked(plan).links == 8


def test_a_link_may_be_typed_in_any_case_and_without_hyphens(links, plan):
    say([link.lower().replace("-", "") for link in links[:4]])
    assert asking_colleagues.asked(plan).shown == {"heard": {"yes": 4}}


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "\0", "x" * 10_000, "٣٣٣"])
def test_a_link_that_was_never_made_does_nothing(links, code):
    with pytest.raises(NoSuchInvitation):
        asking_colleagues.answer(code, answers={"heard": "yes"}, at=MONDAY)


def test_a_link_dies_with_its_plan(links, plan):
    say(links[:5])
    plan.delete()
    assert not Tally.objects.exists()
    assert not Invitation.objects.exists()
    with pytest.raises(NoSuchInvitation):
        say(links[5:])


def test_a_link_dies_when_its_plan_expires(links, plan):
    with pytest.raises(NoSuchInvitation):
        asking_colleagues.answer(links[0], answers={"heard": "yes"}, at=plan.expires_at)


def test_a_plan_that_asked_nobody_shows_nothing(plan):
    assert asking_colleagues.asked(plan) == asking_colleagues.Asked()


def test_a_question_that_is_asked_no_more_keeps_its_numbers(links, plan):
    say(links[:4], question="of-last-year")
    say(links[4:], question="heard")
    assert asking_colleagues.asked(plan).shown == {"of-last-year": {"yes": 4}, "heard": {"yes": 4}}


def test_staff_have_no_page_of_links_or_numbers():
    models = {Plan, Invitation, Tally}
    assert not models & set(admin.site._registry)
    assert not [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) in models]


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_are_both_counted_and_one_link_sent_twice_is_not():
    plan = make_plan()
    links = asking_colleagues.invite(plan, number=8, secret=SECRET, at=MONDAY)

    def answer(link):
        try:
            asking_colleagues.answer(link, answers={"heard": "yes"}, at=MONDAY)
        except AlreadyUsed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as colleagues:
        counted = list(colleagues.map(answer, [*links, *links]))
    assert sum(counted) == 8
    assert asking_colleagues.asked(plan).shown == {"heard": {"yes": 8}}
