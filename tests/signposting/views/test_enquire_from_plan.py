"""One click starts an enquiry with the plan's summary, and nothing that was begun before is lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import asking_colleagues, planning
from guides.kept import Kept
from guides.models import Plan
from signposting.models import Enquiry, EnquiryDraft
from signposting.views.enquire.from_plan import PartsForm
from tests.factories import make_look_out, make_plan, make_tool
from tests.signposting.views.journey import GOOD, a_body_that_answers, address

pytestmark = pytest.mark.django_db

CHOOSE = "/plan/enquiry/"
ARRIVE = "/enquiries/new/from-plan/"


@pytest.fixture
def plan():
    at = timezone.now()
    plan = make_plan(at=at, secret="of the form")
    planning.keep(
        plan, tool="legal-forms", kept=Kept("a=b", ("Favourite: Society",), nation="wales"), seen="", at=at
    )
    planning.decide(
        plan,
        key="8c3c2d1e-0000-4000-8000-000000000001",
        look_out="",
        words="Leave Borsetshire Council",
        reason="It closes us.",
        decided_on="2026-03",
        at=at,
    )
    return Plan.objects.get()


@pytest.fixture
def group(plan):
    """A device on which the plan is open. It follows redirects as a browser does."""
    device = Client()
    device.cookies[planning.COOKIE.name] = planning.COOKIE.token_for(plan, at=timezone.now())
    return device


def form_of(device):
    return device.get(CHOOSE).context["form"]


def go(device, *, ticked=None, follow=True):
    form = form_of(device)
    parts = (
        form["parts"].value()
        if ticked is None
        else [part.value for part in form.offered if part.key in ticked]
    )
    return device.post(CHOOSE, {"key": form["key"].value(), "parts": parts}, follow=follow)


def everything(device):
    return [part.key for part in form_of(device).offered]


def test_each_part_is_shown_in_full_and_only_what_names_nobody_is_ticked(group):
    page = group.get(CHOOSE).content.decode()
    assert "Favourite: Society" in page
    assert "Leave Borsetshire Council<br>- It closes us." in page
    assert page.count(" checked") == 1


def test_looking_at_the_page_starts_nothing(group):
    group.get(CHOOSE)
    group.head(CHOOSE)
    assert not EnquiryDraft.objects.exists()


def test_one_click_opens_the_first_question_with_the_parts_in_the_draft(group):
    response = go(group)
    assert response.redirect_chain[-1][0] == f"{address('who')}?because=plan"
    assert "begins with what you chose from your plan" in response.content.decode()
    draft = EnquiryDraft.objects.get()
    assert draft.answers == {}
    assert "Favourite: Society" in draft.suggested["question"]["question"]
    assert "Borsetshire" not in str(draft.suggested)


def test_what_follows_is_shown_on_its_page_and_counts_only_when_it_is_sent_from_there(group):
    go(group)
    group.post(address("who"), GOOD["who"])
    page = group.get(address("where"))
    assert page.context["form"]["nation"].value() == "wales"
    assert "where" not in EnquiryDraft.objects.get().answers
    group.post(address("where"), {"nation": "england", "place": ""})
    assert group.get(address("where")).context["form"]["nation"].value() == "england"


def test_a_draft_that_is_left_and_opened_again_stops_at_the_first_page_that_is_not_confirmed(group):
    go(group)
    group.post(address("who"), GOOD["who"])
    response = group.post(reverse("signposting:enquiry-start"))
    assert response.url == address("where")


def test_the_question_begins_with_the_plan_and_can_be_changed(group):
    go(group, ticked=everything(group))
    for step in ("who", "where", "employer", "sector", "staff", "stage", "topics", "ownership"):
        group.post(address(step), GOOD[step])
    words = group.get(address("question")).context["form"]["question"].value()
    assert words.startswith("From our plan\n\n")
    assert "Leave Borsetshire Council" in words
    group.post(address("question"), {"question": "Nothing of it."})
    assert EnquiryDraft.objects.get().answers["question"] == {"question": "Nothing of it."}


def test_what_is_sent_has_neither_reference_nor_code_of_the_plan(group, plan):
    a_body_that_answers()
    go(group, ticked=everything(group))
    words = EnquiryDraft.objects.get().suggested["question"]["question"]
    for step, answer in GOOD.items():
        group.post(address(step), answer | ({"question": words} if step == "question" else {}))
    group.post(reverse("signposting:enquiry-check"))
    sent = str(Enquiry.objects.values().get())
    assert "Leave Borsetshire Council" in sent
    assert plan.reference not in sent
    _, code = planning.start(secret="of the form", at=plan.created_at)
    assert code not in sent


def test_a_part_that_a_colleague_changed_meanwhile_is_not_sent_unseen(group, plan):
    form = form_of(group)
    old = {"key": form["key"].value(), "parts": form["parts"].value()}
    planning.keep(
        plan,
        tool="legal-forms",
        kept=Kept("a=c", ("Favourite: Company",)),
        seen=plan.kept["legal-forms"]["at"],
        at=timezone.now(),
    )
    response = group.post(CHOOSE, old)
    assert "Your plan has changed since this page was opened" in response.content.decode()
    assert not EnquiryDraft.objects.exists()


def test_a_page_of_another_plan_says_so_alone_and_leaves_the_ticks(group):
    values = [part.value for part in form_of(group).offered]

    page = group.post(CHOOSE, {"key": "of another plan", "parts": values})

    assert page.context["form"].errors == {"key": [PartsForm.ANOTHER]}
    assert [each["is_ticked"] for each in page.context["parts"]] == [True] * len(values)


@pytest.mark.parametrize("parts", [[], ["moon"], ["x" * 10_000], ["\0"], ["<script>"]])
def test_parts_that_are_not_there_are_refused_with_a_message(group, parts):
    response = group.post(CHOOSE, {"key": form_of(group)["key"].value(), "parts": parts})
    assert response.status_code == 200
    assert "Error:" in response.content.decode()
    assert "<script>" not in response.content.decode().partition("<main")[2]
    assert not EnquiryDraft.objects.exists()


def test_more_than_there_is_room_for_is_refused_with_the_numbers(group, plan):
    planning.decide(
        plan,
        key="8c3c2d1e-0000-4000-8000-000000000002",
        look_out="",
        words="Long",
        reason="word " * 399,
        decided_on="2026",
        at=timezone.now(),
    )
    planning.decide(
        plan,
        key="8c3c2d1e-0000-4000-8000-000000000003",
        look_out="",
        words="Long too",
        reason="word " * 399,
        decided_on="2026",
        at=timezone.now(),
    )
    response = go(group, ticked=everything(group))
    assert "There is room for 4,000 characters" in response.content.decode()
    assert response.context["parts"][-1]["is_ticked"]
    assert not EnquiryDraft.objects.exists()


def test_a_plan_with_nothing_in_it_says_so():
    device = Client()
    device.cookies[planning.COOKIE.name] = planning.COOKIE.token_for(
        make_plan(at=timezone.now()), at=timezone.now()
    )
    assert "There is nothing in your plan yet" in device.get(CHOOSE).content.decode()


def test_without_the_code_nobody_chooses_parts(plan):
    assert Client().get(CHOOSE).status_code == 302
    assert Client().post(CHOOSE, {"parts": "legal-forms"}).status_code == 403
    assert not EnquiryDraft.objects.exists()


class TestAnotherEnquiryInHand:
    @pytest.fixture
    def earlier(self, group):
        group.post(reverse("signposting:enquiry-start"))
        group.post(address("who"), GOOD["who"])
        return EnquiryDraft.objects.get()

    def test_it_is_not_overwritten_without_asking(self, group, earlier):
        response = go(group)
        assert "You have begun another enquiry" in response.content.decode()
        assert "1 answer so far" in response.content.decode()
        assert group.get(address("where")).status_code == 200
        assert EnquiryDraft.objects.filter(pk=earlier.pk).exists()

    def test_looking_at_the_question_again_decides_nothing(self, group, earlier):
        go(group)
        group.get(ARRIVE)
        group.head(ARRIVE)
        assert EnquiryDraft.objects.count() == 2

    def test_the_group_goes_on_with_the_earlier_one(self, group, earlier):
        go(group)
        response = group.post(ARRIVE)
        assert response.url == f"{address('where')}?because=resumed"
        assert EnquiryDraft.objects.get() == earlier

    def test_the_group_begins_with_the_plan_instead(self, group, earlier):
        go(group)
        response = group.post(ARRIVE, {"replace": "yes"})
        assert response.url == f"{address('who')}?because=plan"
        assert EnquiryDraft.objects.get().suggested
        assert not EnquiryDraft.objects.filter(pk=earlier.pk).exists()


def test_arriving_with_nothing_leads_to_the_start():
    assert Client().get(ARRIVE).url == f"{reverse('signposting:enquiry-start')}?because=begin"


def test_arriving_again_after_going_on_leads_to_the_start_and_loses_nothing(group):
    go(group)
    assert group.get(ARRIVE).status_code == 302
    assert EnquiryDraft.objects.exists()
    assert group.get(address("who")).status_code == 200


def test_only_spreads_that_are_shown_can_go_along(group, plan):
    asked = [{"key": "heard", "text": "Are you heard?", "why": "So."}]
    make_tool("plan", readiness=asked, scale=[{"key": "yes", "text": "Yes"}, {"key": "no", "text": "No"}])
    links = asking_colleagues.invite(plan, number=4, secret="links", at=timezone.now())
    for link in links[:3]:
        asking_colleagues.answer(link, answers={"heard": "yes"}, at=timezone.now())
    assert "readiness" not in everything(group)
    asking_colleagues.answer(links[3], answers={"heard": "no"}, at=timezone.now())
    page = group.get(CHOOSE).content.decode()
    assert "Are you heard? Yes 3, No 1 (of 4)" in page
    go(group)
    assert "heard" not in str(EnquiryDraft.objects.get().suggested)


def test_the_page_costs_the_same_with_few_parts_and_with_many(group, plan, django_assert_max_num_queries):
    make_look_out("pensions")
    for number in range(20):
        planning.decide(
            plan,
            key=f"8c3c2d1e-0000-4000-8000-{number:012}",
            look_out="pensions",
            words=f"Decision {number}",
            reason="",
            decided_on="2026",
            at=timezone.now(),
        )
    with django_assert_max_num_queries(5):
        group.get(CHOOSE)
