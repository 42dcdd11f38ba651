"""The door of a plan and its page."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from guides import planning
from guides.models import Plan
from mutuals_portal.private_access import throttle
from tests.factories import make_tool
from tests.guides.plans import CODE, WRONG, Device, address, make_look_outs, make_plan, settled

pytestmark = pytest.mark.django_db

PAGES = ("plan", "plan-open", "plan-lost-code", "plan-decide", "plan-code", "plan-delete", "plan-print")
HOSTILE = ("\0", "\u202e" * 50, "x" * 10_000, "<script>alert(1)</script>", "%", "'\"")


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def alice(plan):
    """She has the plan open on her device."""
    device = Device()
    device.open(plan)
    return device


def decide(plan, look_out, words="We decided."):
    planning.decide(
        plan,
        key=uuid.uuid4(),
        look_out=look_out,
        words=words,
        reason="Because.",
        decided_on="2026-03-02",
        at=timezone.now(),
    )


def keep(plan, *slugs):
    planning.keep(plan, tool="look-outs", kept=settled(*slugs), seen="", at=timezone.now())


def test_starting_shows_reference_and_code_once_and_opens_the_plan_here():
    device = Device()

    page = device.post(address("plan-start"), {"secret": device.hidden(address("plan"), "secret")})

    plan = Plan.objects.get()
    code = re.search(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", page.text)[1]
    assertContains(page, plan.reference)
    assertNotContains(device.look(), code)
    assertContains(device.look(), "Your plan")
    assert Device().open(plan, code).url == address("plan")


def test_a_double_click_on_start_shows_the_same_code():
    device = Device()
    secret = {"secret": device.hidden(address("plan"), "secret")}

    first, again = device.post(address("plan-start"), secret), device.post(address("plan-start"), secret)

    shown = [re.findall(r"<strong>([\w-]+)</strong>", page.text)[:2] for page in (first, again)]
    assert shown[0] == shown[1]
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("secret", ["", "of-their-own", *HOSTILE])
def test_nobody_starts_a_plan_with_a_secret_of_their_own(secret):
    response = Device().post(address("plan-start"), {"secret": secret})

    assertRedirects(response, f"{address('plan')}?notice=started")
    assert not Plan.objects.exists()


def test_device_advice_stands_before_the_button_that_starts():
    text = Device().look().text

    assert text.index("Use your own phone or computer") < text.index("Start a plan")


def test_the_cookie_is_strict_hidden_from_scripts_and_the_only_one(alice):
    alice.look()

    cookie = alice.cookies["plan"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Strict", "/plan/", "")
    assert set(alice.cookies) == {"plan", "csrftoken"}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_private_neutral_and_has_a_quick_exit(alice, name):
    page = alice.get(address(name))

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assertContains(page, 'name="robots" content="noindex, nofollow"')
    assertContains(page, "govuk-exit-this-page__button")
    title = page.text.split("</title>")[0]
    assert "utual" not in title
    assert 'rel="canonical"' not in page.text


@pytest.mark.parametrize("name", ["plan-decide", "plan-code", "plan-delete", "plan-print", "plan-pdf"])
def test_without_a_cookie_every_page_asks_for_the_code(name):
    response = Device().get(address(name), follow=True)

    assert response.redirect_chain == [(f"{address('plan')}?notice=asked", 302)]
    assertContains(response, "Enter the reference and code first")


def test_a_forged_cookie_opens_nothing(alice, plan):
    alice.cookies["plan"] = alice.cookies["plan"].value[:-2] + "AA"

    assertNotContains(alice.look(), plan.reference)


def test_a_wrong_code_and_an_unknown_reference_look_the_same(plan):
    wrong, unknown = Device().open(plan, WRONG), Device().open(Plan(reference="MIS-2222-2222"), WRONG)

    def seen(page):
        return re.sub(r'(csrfmiddlewaretoken|secret)" value="[^"]+"', "", page.text)

    assert wrong.status_code == unknown.status_code == 200
    assert seen(wrong) == seen(unknown).replace("MIS-2222-2222", plan.reference)
    assertContains(wrong, "They do not belong together")


def test_too_many_wrong_codes_shut_the_door_and_say_until_when(plan):
    device = Device()
    for _ in range(throttle.TRIES_PER_REFERENCE_AND_ADDRESS):
        device.open(plan, WRONG)

    page = device.open(plan)

    assertContains(page, "Try again after", status_code=429)


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_door_refuses_bad_input_with_a_message(typed):
    page = Device().post(address("plan-open"), {"reference": typed, "code": typed, "unsent": typed})

    assertContains(page, "There is a problem")
    assertNotContains(page, "<script>alert")


@pytest.mark.parametrize("typed", HOSTILE)
def test_an_address_of_somebodys_making_says_nothing(alice, typed):
    for device in (alice, Device()):
        for name in ("notice", "done"):
            page = device.get(address("plan"), {name: typed})
            assert page.status_code == 200
            assertNotContains(page, "alert(1)")


def test_closing_forgets_the_plan_on_this_device_and_takes_a_button(alice, plan):
    assert alice.get(address("plan-close")).status_code == 405

    page = alice.post(address("plan-close"), follow=True)

    assertContains(page, "closed on this device")
    assertNotContains(alice.look(), plan.reference)


def test_a_code_that_was_replaced_shuts_other_devices(alice, plan):
    bob = Device()
    bob.open(plan)

    alice.change(address("plan-code"), code=CODE, words="lantern gravel october")

    assertContains(alice.look(), plan.reference)
    assertNotContains(bob.look(), plan.reference)


def test_the_page_shows_what_is_settled_open_and_worth_settling_first(alice, plan):
    make_look_outs()
    keep(plan, "pensions")

    page = alice.look()

    first = page.text.index("Worth settling first")
    assert first < page.text.index("For Legal form: The form follows")
    assertContains(page, "Settled: pensions.")
    assertContains(page, 'href="/tools/look-outs/?settled=pensions"')


def test_a_decision_that_came_too_early_is_kept_with_a_warning(alice, plan):
    make_look_outs()
    decide(plan, "legal-form")

    page = alice.look()
    assertContains(page, "This may be early.")
    assertContains(page, "Agreement with your commissioner</a> is still open. The form follows")

    decide(plan, "commissioner-agreement")
    assertNotContains(alice.look(), "This may be early")


def test_a_decision_is_shown_with_its_date_reason_and_issue(alice, plan):
    make_look_outs()
    decide(plan, "pensions", words="We stay in the scheme.")

    page = alice.look()

    for words in ("We stay in the scheme.", "2 March 2026", "Because.", "/tools/look-outs/pensions/"):
        assertContains(page, words)


def test_words_of_the_group_are_escaped(alice, plan):
    decide(plan, "", words="<script>alert(1)</script>")

    for name in ("plan", "plan-print"):
        assertNotContains(alice.get(address(name)), "<script>alert")


@pytest.mark.parametrize("decisions", [1, 60])
def test_the_page_takes_five_queries_however_much_it_holds(
    alice, plan, decisions, django_assert_max_num_queries
):
    make_look_outs()
    make_tool("plan", readiness=READINESS, scale=SCALE)
    keep(plan, "pensions")
    for _ in range(decisions):
        decide(plan, "legal-form")
    alice.look()

    with django_assert_max_num_queries(5):
        page = alice.look()

    assert page.text.count("We decided.") >= decisions


READINESS = [{"key": "why", "text": "Do you know why?", "why": "It matters."}]
SCALE = [{"key": "yes", "text": "Yes"}, {"key": "no", "text": "No"}]


def test_without_a_live_text_of_the_tool_plans_still_open(alice, plan):
    assertContains(alice.look(), plan.reference)
    assertContains(Device().look(), "Start a plan")


def test_the_first_page_says_what_editors_wrote_and_no_draft():
    make_tool("plan", summary="Keep it in one place.", readiness=READINESS, scale=SCALE)

    assertContains(Device().look(), "Keep it in one place.")


def test_another_character_set_is_refused_without_a_server_error():
    kind = "application/x-www-form-urlencoded; charset=utf-16"

    assert Device().post(address("plan-open"), "reference=x", content_type=kind).status_code == 400


def test_a_form_from_elsewhere_is_refused(plan):
    strict = Device(enforce_csrf_checks=True)

    assert strict.open(plan).status_code == 403


def test_a_plan_that_a_colleague_deletes_closes_here(alice, plan):
    planning.delete(plan)

    assertContains(alice.get(address("plan-decide"), follow=True), "Enter the reference and code first")


def test_a_plan_whose_time_is_over_opens_no_more(alice, plan):
    Plan.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assertNotContains(alice.look(), plan.reference)
    assertContains(Device().open(plan), "They do not belong together")
