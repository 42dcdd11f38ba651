"""Keeping what stands in a tool's address, with a plan open, none, or another one."""

import html
import re

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from guides.keeping import LONGEST_QUERY
from guides.models import Plan
from tests.factories import make_tool
from tests.guides.plans import CODE, WRONG, Device, address, make_look_outs, make_plan

pytestmark = pytest.mark.django_db

KEEP = "/plan/keep/look-outs/?settled=pensions"
DONE = "/plan/?done=kept"


@pytest.fixture(autouse=True)
def look_outs():
    make_look_outs()


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def alice(plan):
    device = Device()
    device.open(plan)
    return device


def kept(plan):
    plan.refresh_from_db()
    return plan.kept


def test_looking_says_in_words_what_will_be_kept_and_keeps_nothing(alice, plan):
    page = alice.get(KEEP)

    assertContains(page, "Settled: Pensions.")
    assert kept(plan) == {}


def test_a_button_keeps_it(alice, plan):
    assertRedirects(alice.change(KEEP), DONE)

    assert kept(plan)["look-outs"]["query"] == "settled=pensions"
    assertContains(alice.get(DONE), "Kept in your plan")


def test_a_double_click_keeps_it_once(alice, plan):
    held = {"key": alice.hidden(KEEP), "seen": ""}

    assert [alice.post(KEEP, held).url for _ in range(2)] == [DONE] * 2


def test_what_it_takes_the_place_of_is_shown_first(alice, plan):
    alice.change(KEEP)

    page = alice.get("/plan/keep/look-outs/?settled=legal-form")

    assertContains(page, "It takes the place of this")
    assertContains(page, "Settled: Pensions.")


def test_what_a_colleague_kept_meanwhile_is_shown_and_not_replaced(alice, plan):
    bob = Device()
    bob.open(plan)
    seen = {"key": bob.hidden(KEEP), "seen": ""}
    alice.change("/plan/keep/look-outs/?settled=legal-form")

    page = bob.post(KEEP, seen)

    assertContains(page, "A colleague has changed this part")
    assert kept(plan)["look-outs"]["look_outs"] == ["legal-form"]
    assertRedirects(bob.change(KEEP), DONE)
    assert kept(plan)["look-outs"]["look_outs"] == ["pensions"]


def test_without_a_plan_one_is_started_with_this_in_it():
    device = Device()
    page = device.get(KEEP)
    assert page.text.index("Use your own phone or computer") < page.text.index("Start a plan with this in it")
    secret = {"secret": device.hidden(KEEP, "secret")}

    first, again = device.post(KEEP, secret), Device().post(KEEP, secret)

    plan = Plan.objects.get()
    assertContains(first, plan.reference)
    assert re.findall(r"<strong>([\w-]+)</strong>", first.text) == re.findall(
        r"<strong>([\w-]+)</strong>", again.text
    )
    assert kept(plan)["look-outs"]["look_outs"] == ["pensions"]


def test_a_reload_of_the_page_that_showed_the_code_shows_it_again():
    device = Device()
    secret = {"secret": device.hidden(KEEP, "secret")}

    shown = [re.findall(r"<strong>([\w-]+)</strong>", device.post(KEEP, secret).text) for _ in range(2)]

    assert shown[0] == shown[1] != []
    assert Plan.objects.count() == 1


def test_with_a_plan_open_it_says_into_which_it_goes(alice, plan):
    """A device may be open at the plan of somebody else."""
    assertContains(alice.get(KEEP), f"plan {plan.reference}")


def test_without_a_plan_one_that_there_is_is_opened_and_the_question_comes_again(plan):
    device = Device()

    response = device.post(KEEP, {"reference": plan.reference, "code": CODE})

    assertRedirects(response, KEEP)
    assertRedirects(device.change(KEEP), DONE)


def test_a_wrong_code_loses_nothing(plan):
    page = Device().post(KEEP, {"reference": plan.reference, "code": WRONG})

    assertContains(page, "They do not belong together")
    assertContains(page, "Settled: Pensions.")


def test_a_page_that_was_left_open_keeps_nothing_in_another_plan(alice):
    stale = {"key": alice.hidden(KEEP), "seen": ""}
    other = make_plan()
    alice.open(other)

    page = alice.post(KEEP, stale)

    assertContains(page, "This page was opened for another plan")
    assert kept(other) == {}


def test_a_plan_closed_meanwhile_is_asked_for_again(alice):
    stale = {"key": alice.hidden(KEEP), "seen": ""}
    alice.post(address("plan-close"))

    page = alice.post(KEEP, stale)

    assertContains(page, "Settled: Pensions.")
    assertContains(page, "Or open a plan that you have")


@pytest.mark.parametrize("query", ["", "settled=", "settled=nothing-like-it", "x=y"])
def test_where_nothing_is_chosen_there_is_nothing_to_keep(alice, plan, query):
    for answer in (alice.get, alice.post):
        assertContains(answer(f"/plan/keep/look-outs/?{query}"), "There is nothing to keep yet")
    assert kept(plan) == {}


@pytest.mark.parametrize("tool", ["look-outs", "who-has-a-say"])
@pytest.mark.parametrize(
    "value", ["%00", "%E2%80%AE", "%FF%FE", "x" * 9000, "%3Cscript%3E", "%ED%A0%80", "&settled=" * 900]
)
def test_whatever_stands_in_an_address_is_no_error(alice, plan, tool, value):
    if tool != "look-outs":
        make_tool(tool)
    names = ("settled", "nation", "name1", "who1", "members1", "favourite", "form", "row")
    query = "&".join(f"{name}={value}" for name in names) + "&settled=pensions"

    response = alice.get(f"/plan/keep/{tool}/?{query}")
    sent = alice.post(f"/plan/keep/{tool}/?{query}", {"key": alice.hidden(KEEP), "seen": ""})

    assert response.status_code == 200
    assert sent.status_code in (200, 302)
    assertNotContains(response, "<script>")
    assert all(len(part["query"]) <= LONGEST_QUERY for part in kept(plan).values())


@pytest.mark.parametrize("tool", ["plan", "unknown", "x" * 300])
def test_what_is_no_such_tool_is_not_found(alice, tool):
    assert alice.get(f"/plan/keep/{tool}/").status_code == 404


def test_the_page_keeps_the_address_while_the_database_is_away(tmp_path, transactional_db):
    device = Device()
    secret = {"secret": device.hidden(KEEP, "secret")}
    there = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update({"HOST": str(tmp_path), "PORT": "1"})
    try:
        page = device.post(KEEP, secret)
    finally:
        connection.close()
        connection.settings_dict.update(there)

    assert page.status_code == 503
    assertContains(page, f'action="{html.escape(KEEP)}"', status_code=503)
    held = re.search(r'name="secret" value="([^"]+)"', page.text)[1]
    assertContains(device.post(KEEP, {"secret": html.unescape(held)}), Plan.objects.get().reference)
