"""The colleague's page, and what the group sees of the answers."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import asking_colleagues, planning
from guides.models import Invitation, Tally
from tests.factories import make_look_out, make_plan, make_source, make_tool, make_user

SCALE = [{"key": "yes", "text": "Yes"}, {"key": "no", "text": "Not at all"}]


@pytest.fixture
def questions(db):
    make_look_out("culture", title="Culture")
    make_source("seed-3")
    asked = [
        {"key": "heard", "text": "Are you heard?", "why": "People matter.", "source": "seed-3"},
        {"key": "skills", "text": "Have we the skills?", "why": "Work needs them.", "look_out": "culture"},
    ]
    return make_tool("plan", readiness=asked, scale=SCALE)


@pytest.fixture
def plan(questions):
    return make_plan(at=timezone.now())


@pytest.fixture
def group(plan):
    """A device on which the plan is open."""
    device = Client()
    device.cookies[planning.COOKIE.name] = planning.COOKIE.token_for(plan, at=timezone.now())
    return device


@pytest.fixture
def links(plan):
    codes = asking_colleagues.invite(plan, number=10, secret="of the form", at=timezone.now())
    return [reverse("guides:readiness-answer", args=[code]) for code in codes]


def answer(link, device=None, **answers):
    return (device or Client()).post(link, answers)


def seen(device):
    return device.get(reverse("guides:readiness")).content.decode()


def counts(device, question="heard"):
    """The numbers in the table of one question; None when there is no table."""
    part = seen(device).partition(f'id="{question}"')[2].partition("<h2")[0]
    return [int(number) for number in re.findall(r"(\d+) of \d+", part)] or None


def test_a_colleague_reads_who_sees_what_and_what_cannot_be_hidden_before_answering(links):
    page = Client().get(links[0]).content.decode()
    assert page.index("What we cannot hide") < page.index("Are you heard?")
    assert "everybody who sees the numbers knows what each of them said" in page
    assert "could use some of them themselves" in page


def test_looking_at_a_link_changes_nothing_and_sets_no_cookie(links):
    before = list(Invitation.objects.values()), list(Tally.objects.values("shown"))
    for method in (Client().get, Client().head):
        response = method(links[0])
        assert response.status_code == 200
        assert not response.cookies
    assert (list(Invitation.objects.values()), list(Tally.objects.values("shown"))) == before


def test_sending_answers_leaves_no_cookie(links):
    colleague = Client()
    response = answer(links[0], colleague, heard="yes")
    assert response.url == reverse("guides:readiness-answered")
    colleague.get(response.url)
    assert not colleague.cookies


def test_while_the_database_is_away_answers_stay_on_the_page_and_no_cookie_comes(links, monkeypatch):
    def away(*_, **__):
        raise OperationalError

    monkeypatch.setattr(asking_colleagues, "answer", away)
    device = Client(enforce_csrf_checks=True)

    page = answer(links[0], device, heard="yes")

    assert page.status_code == 503
    assert '<input type="hidden" name="heard" value="yes">' in page.text
    assert not page.cookies


def test_a_link_works_without_a_token_because_it_is_one(links):
    assert Client(enforce_csrf_checks=True).post(links[0], {"heard": "yes"}).status_code == 302


def test_no_page_of_a_colleague_is_kept_or_found(links):
    for address in (links[0], reverse("guides:readiness-answered"), "/plan/readiness/nothing/"):
        response = Client().get(address)
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]


def test_three_answers_show_nothing_and_the_fourth_shows_all(links, group):
    for link in links[:3]:
        answer(link, heard="yes")
        assert counts(group) is None
    answer(links[3], heard="no")
    assert counts(group) == [3, 1]


def test_later_answers_are_seen_in_fours(links, group):
    looks = []
    for link in links:
        answer(link, heard="yes")
        looks.append(counts(group))
    assert looks == [None, None, None, [4, 0], [4, 0], [4, 0], [4, 0], [8, 0], [8, 0], [8, 0]]


def test_the_whole_page_is_the_same_until_four_more_have_answered(links, group):
    def look():
        return re.sub(
            r'name="key" value="[^"]*"|value="[^"]*" name="key"|csrfmiddlewaretoken[^>]*', "", seen(group)
        )

    for link in links[:4]:
        answer(link, heard="yes", skills="no")
    after_four = look()
    for link in links[4:7]:
        answer(link, heard="no", skills="yes")
        assert look() == after_four
    answer(links[7], heard="no", skills="yes")
    assert look() != after_four


def test_a_question_left_out_or_not_to_be_said_counts_for_nothing(links, group):
    for link in links[:4]:
        answer(link, heard="yes", skills="-")
    assert counts(group, "heard") == [4, 0]
    assert counts(group, "skills") is None


def test_a_link_counts_once(links, group):
    for link in [*links[:3], *links[:3]]:
        answer(link, heard="yes")
    assert counts(group) is None
    answer(links[3], heard="yes")
    answer(links[0], heard="no")
    assert counts(group) == [4, 0]


def test_whoever_holds_a_link_cannot_find_out_whether_it_was_used(links):
    def tried():
        look, send = Client().get(links[0]), answer(links[0], heard="yes")
        return look.status_code, look.content, send.status_code, send.url

    unused = tried()
    assert tried() == unused


def test_the_page_after_sending_says_that_each_link_counts_once():
    page = Client().get(reverse("guides:readiness-answered")).content.decode()
    assert "If this one had been used before, by you or by somebody else, nothing has changed." in page


def test_an_empty_form_is_not_sent_and_the_link_still_works(links, group):
    for nothing in ({}, {"heard": "-", "skills": "-"}):
        assert "Answer at least one question" in answer(links[0], **nothing).content.decode()
    assert not Invitation.objects.filter(is_used=True).exists()


@pytest.mark.parametrize("word", ["maybe", "x" * 10_000, "\0", "\u202eyes", "<script>"])
def test_an_answer_that_is_not_offered_is_refused_with_a_message(links, word):
    response = answer(links[0], heard=word)
    assert response.status_code == 200
    page = response.content.decode()
    assert "Select one of the answers: Are you heard?" in page
    assert "<script>" not in page.partition("<main")[2]
    assert not Invitation.objects.filter(is_used=True).exists()


def test_an_answer_to_a_question_that_is_not_asked_is_left_out(links, plan):
    for link in links[:4]:
        answer(link, heard="yes", hacked="yes")
    assert asking_colleagues.asked(plan).shown == {"heard": {"yes": 4}}


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "x" * 5_000, "%00", "%E2%80%AE", "%FF", "٣"])
def test_a_link_that_does_not_exist_says_what_may_be_wrong(questions, code):
    response = Client().get(f"/plan/readiness/{code}/")
    assert response.status_code == 404
    assert "This link does not work" in response.content.decode()


def test_a_link_says_that_its_plan_is_gone(links, plan):
    planning.delete(plan)
    assert answer(links[0], heard="yes").status_code == 404


def test_without_the_code_nobody_sees_the_spread(links):
    for device in (Client(), staff()):
        response = device.get(reverse("guides:readiness"))
        assert response.status_code == 302
        assert "Are you heard?" not in response.content.decode()


def staff():
    device = Client()
    device.force_login(make_user(is_superuser=True))
    return device


def test_the_group_makes_links_that_are_shown_once(group, plan):
    page = group.get(reverse("guides:readiness"))
    wanted = {"number": "6", "key": page.context["form"]["key"].value()}
    shown = re.findall(
        r"http[^\s<]+/plan/readiness/[^\s<]+",
        group.post(reverse("guides:readiness"), wanted).content.decode(),
    )
    assert len(shown) == len(set(shown)) == 6
    assert Client().get(urlsplit(shown[0]).path).status_code == 200
    assert not [link for link in shown if link in seen(group)]


def test_the_same_form_sent_twice_shows_the_same_links(group, plan):
    page = group.get(reverse("guides:readiness"))
    wanted = {"number": "4", "key": page.context["form"]["key"].value()}
    first, second = (group.post(reverse("guides:readiness"), wanted) for _ in range(2))
    assert first.context["links"] == second.context["links"]
    assert plan.invitations.count() == 4


@pytest.mark.parametrize("number", ["", "3", "51", "-4", "four", "4.5", "9" * 400, "\0", "٤٤"])
def test_a_number_of_links_that_cannot_be_is_refused(group, plan, number):
    page = group.get(reverse("guides:readiness"))
    wanted = {"number": number, "key": page.context["form"]["key"].value()}
    response = group.post(reverse("guides:readiness"), wanted)
    if "links" not in response.context:
        assert "Enter a whole number from 4 to 50" in response.content.decode()
        assert plan.invitations.count() == 0


def test_a_plan_that_has_all_its_links_gets_no_more(group, plan):
    asking_colleagues.invite(
        plan, number=asking_colleagues.LINKS_AT_MOST - 5, secret="many", at=timezone.now()
    )
    page = group.get(reverse("guides:readiness"))
    wanted = {"number": "6", "key": page.context["form"]["key"].value()}
    assert "You can make 5 more" in group.post(reverse("guides:readiness"), wanted).content.decode()


def test_the_page_of_the_group_takes_five_queries_with_few_and_with_many(
    group, links, django_assert_num_queries
):
    with django_assert_num_queries(5):
        seen(group)
    for link in links:
        answer(link, heard="yes", skills="no")
    with django_assert_num_queries(5):
        seen(group)


def test_the_page_of_a_colleague_takes_two_queries(links, django_assert_num_queries):
    with django_assert_num_queries(2):
        Client().get(links[0])


def test_nothing_of_an_answer_is_logged(links, capfd):
    for link in links[:4]:
        answer(link, heard="no")
    lines = "".join(capfd.readouterr())
    assert "Not at all" not in lines
    assert not [link for link in links if link.split("/")[3] in lines]


def test_each_question_says_why_it_matters_and_where_that_comes_from(group, links):
    page = seen(group)
    assert 'href="#source-1"' in page
    assert "Work needs them. This is our own advice." in page
    assert "Culture" in page
