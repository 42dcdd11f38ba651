"""What a group changes about its plan: decisions, parts, the code, and its end."""

import re

import pytest
from django.db import connection
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from guides import planning
from guides.models import Plan
from tests.guides.plans import CODE, WRONG, Device, address, make_look_outs, make_plan, settled
from tests.pdf_files import squeezed, words

pytestmark = pytest.mark.django_db

DECIDE = "/plan/decisions/add/"
GOOD = {
    "words": "We will be a society.",
    "reason": "One member, one vote.\n\nAnd we like it.",
    "decided_on": "3 March 2026",
    "look_out": "legal-form",
}


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def alice(plan):
    make_look_outs()
    device = Device()
    device.open(plan)
    return device


def test_a_decision_is_logged_with_its_date_and_reason(alice, plan):
    assertRedirects(alice.change(DECIDE, **GOOD), "/plan/?done=decided")

    decision = plan.decisions.get()
    assert decision.decided_on == "2026-03-03"
    assert (decision.words, decision.reason, decision.look_out) == (
        GOOD["words"],
        GOOD["reason"],
        "legal-form",
    )


def test_a_double_click_logs_it_once(alice, plan):
    key = alice.hidden(DECIDE)

    for _ in range(2):
        assertRedirects(alice.post(DECIDE, GOOD | {"key": key}), "/plan/?done=decided")

    assert plan.decisions.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("words", "", "Enter what you decided"),
        ("words", "x" * 301, "must be 300 characters or fewer"),
        ("words", "x\0y", "character that we cannot read"),
        ("reason", "x" * 2001, "must be 2,000 characters or fewer"),
        ("decided_on", "", "Enter when you decided"),
        ("decided_on", "soon", "Enter a date such as"),
        ("decided_on", "31 February 2026", "Enter a date such as"),
        ("decided_on", "2999", "today or in the past"),
        ("decided_on", "½ March 2026", "Enter a date such as"),
        ("decided_on", "9" * 500, "Enter a date such as"),
        ("look_out", "no-such-issue", "Select an issue from the list"),
    ],
)
def test_bad_input_gets_a_message_by_its_field_and_keeps_the_rest(alice, plan, field, typed, message):
    page = alice.change(DECIDE, **GOOD | {field: typed})

    assertContains(page, message)
    assertContains(page, f'href="#id_{field}"')
    assertContains(page, "<title>Error: ")
    if field != "words":
        assertContains(page, GOOD["words"])
    assert not plan.decisions.exists()


def test_words_that_came_after_the_plan_was_closed_come_back_once_it_is_opened(alice, plan):
    late = Device()

    asked = late.post(DECIDE, GOOD | {"key": "old"})
    assertContains(asked, "What you wrote has not been kept yet", status_code=403)
    unsent = asked.context["form"]["unsent"].value()
    mistyped = late.open(plan, WRONG, unsent=unsent)
    assert mistyped.context["form"]["unsent"].value() == unsent
    page = late.open(plan, unsent=unsent)

    for name, value in GOOD.items():
        assert page.context["form"][name].value() == value
    held = re.search(r'name="key" value="([^"]+)"', page.text)[1]
    assertRedirects(late.post(DECIDE, GOOD | {"key": held}), "/plan/?done=decided")


@pytest.mark.parametrize("name", ["plan-code", "plan-delete", "readiness"])
def test_only_a_decision_is_carried_over_and_never_words_that_stand_for_a_code(alice, plan, name):
    words = "lantern gravel october"

    asked = Device().post(address(name), {"key": "old", "code": CODE, "words": words})

    assert asked.status_code == 403
    assertNotContains(asked, words, status_code=403)
    assertNotContains(asked, "What you wrote has not been kept yet", status_code=403)


def test_a_decision_of_a_plan_that_was_deleted_is_shown_to_be_copied(alice, plan, monkeypatch):
    key = alice.hidden(DECIDE)

    def meanwhile(opened, **_):
        planning.delete(opened)
        raise planning.Gone

    monkeypatch.setattr(planning, "decide", meanwhile)
    page = alice.post(DECIDE, GOOD | {"key": key})

    assertContains(page, "One member, one vote.", status_code=410)
    assert page.cookies["plan"].value == ""


def test_a_decision_can_be_taken_out(alice, plan):
    alice.change(DECIDE, **GOOD)
    out = address("plan-undo", plan.decisions.get().pk)

    assertContains(alice.get(out), GOOD["words"])
    key = alice.hidden(out)
    for _ in range(2):
        assertRedirects(alice.post(out, {"key": key}), "/plan/?done=undone")

    assert not plan.decisions.exists()


def test_nobody_sees_or_takes_out_a_decision_of_another_plan(alice, plan):
    alice.change(DECIDE, **GOOD)
    mallory = Device()
    mallory.open(make_plan())
    out = address("plan-undo", plan.decisions.get().pk)

    assertRedirects(mallory.get(out), "/plan/")
    mallory.post(out, {"key": mallory.hidden(address("plan-delete"))})

    assert plan.decisions.exists()


def test_one_part_can_be_taken_out(alice, plan):
    alice.change("/plan/keep/look-outs/?settled=pensions")

    assertContains(alice.get(address("plan-drop", "look-outs")), "Settled: Pensions.")
    assertRedirects(alice.change(address("plan-drop", "look-outs")), "/plan/?done=dropped")

    plan.refresh_from_db()
    assert plan.kept == {}


def test_a_part_that_a_colleague_has_kept_since_is_not_taken_out_unseen(alice, plan):
    alice.change("/plan/keep/look-outs/?settled=pensions")
    out = address("plan-drop", "look-outs")
    stale = {"key": alice.hidden(out), "seen": alice.hidden(out, "seen")}
    bob = Device()
    bob.open(plan)
    bob.change("/plan/keep/look-outs/?settled=legal-form")

    page = alice.post(out, stale)

    assertContains(page, "A colleague has changed this part")
    assertContains(page, "Settled: Legal form.")
    plan.refresh_from_db()
    assert plan.kept


@pytest.mark.parametrize("tool", ["plan", "nothing"])
def test_what_is_no_tool_cannot_be_taken_out(alice, tool):
    assert alice.get(address("plan-drop", tool)).status_code == 404


def test_own_words_take_the_place_of_the_code(alice, plan):
    page = alice.change(address("plan-code"), code=CODE, words="lantern gravel october")

    assertRedirects(page, "/plan/?done=words")
    assert Device().open(plan, "Lantern Gravel October").url == "/plan/"
    assertContains(Device().open(plan), "They do not belong together")


def test_without_own_words_we_make_a_new_code_which_a_double_click_shows_again(alice, plan):
    given = {"key": alice.hidden(address("plan-code")), "code": CODE, "words": ""}

    shown = [
        re.search(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", alice.post(address("plan-code"), given).text)[1]
        for _ in range(2)
    ]

    assert shown[0] == shown[1] != CODE
    assert Device().open(plan, shown[0]).url == "/plan/"


@pytest.mark.parametrize("words", ["", "lantern gravel october"])
def test_a_second_click_that_left_with_the_cookie_from_before_gets_the_same_answer(alice, plan, words):
    """The browser drops the answer to the first click, with the only sight of the new code."""
    given = {"key": alice.hidden(address("plan-code")), "code": CODE, "words": words}
    before = alice.cookies["plan"].value
    first = alice.post(address("plan-code"), given)
    alice.cookies["plan"] = before

    second = alice.post(address("plan-code"), given)

    shown = re.compile(r"<strong>(\w{4}-\w{4}-\w{4})</strong>")
    assert second.status_code == first.status_code
    assert shown.findall(second.text) == shown.findall(first.text)
    assert alice.look().context["plan"] == plan


@pytest.mark.parametrize("code", [CODE, WRONG])
def test_a_device_that_a_new_code_has_shut_out_changes_nothing(alice, plan, code):
    mallory = Device()
    mallory.open(plan)
    held = mallory.hidden(address("plan-code"))
    alice.change(address("plan-code"), code=CODE, words="lantern gravel october")

    page = mallory.post(address("plan-code"), {"key": held, "code": code, "words": ""})

    assert page.status_code == 403
    assert Device().open(plan, "lantern gravel october").url == "/plan/"
    assert "plan" not in mallory.look().context


@pytest.mark.parametrize(
    ("code", "words", "message"),
    [
        ("", "lantern gravel october", "Enter the code that opens this plan now"),
        (WRONG, "lantern gravel october", "This is not the code that opens this plan now"),
        (WRONG, "", "This is not the code that opens this plan now"),
        (CODE, "password", "Use at least 3 different words"),
        ("x\0", "lantern gravel october", "character that we cannot read"),
    ],
)
def test_the_code_is_not_changed_without_the_old_one_or_for_weak_words(alice, plan, code, words, message):
    page = alice.change(address("plan-code"), code=code, words=words)

    assertContains(page, message)
    assert Device().open(plan).url == "/plan/"


def test_guessing_the_old_code_is_throttled(alice):
    for _ in range(5):
        alice.change(address("plan-code"), code=WRONG, words="")

    assertContains(
        alice.change(address("plan-code"), code=CODE, words=""), "Try again after", status_code=429
    )


def test_why_nobody_can_give_a_new_code_is_said():
    assertContains(Device().get(address("plan-lost-code")), "We cannot give you a new code, and this is why")


def test_deleting_deletes_at_once_and_closes_the_plan_here(alice, plan):
    alice.change(DECIDE, **GOOD)

    page = alice.change(address("plan-delete"))

    assertRedirects(page, "/plan/?notice=deleted")
    assert not Plan.objects.exists()
    assertContains(alice.get("/plan/?notice=deleted"), "The plan is deleted")


def test_a_page_that_was_left_open_deletes_no_other_plan(alice):
    key = alice.hidden(address("plan-delete"))
    other = make_plan()
    alice.open(other)

    page = alice.post(address("plan-delete"), {"key": key})

    assertContains(page, "This page was opened for another plan")
    assert Plan.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("name", ["plan-delete", "plan-code", "plan-decide"])
@pytest.mark.parametrize("key", ["", "x", "\0", "a:b"])
def test_a_key_that_we_did_not_sign_does_nothing(alice, plan, name, key):
    page = alice.post(address(name), GOOD | {"key": key, "code": CODE})

    assert page.status_code == 200
    assert Plan.objects.get().code_digest == plan.code_digest
    assert not plan.decisions.exists()


def test_nothing_is_lost_when_the_database_goes_away(transactional_db, tmp_path):
    make_look_outs()
    plan = make_plan()
    alice = Device()
    alice.open(plan)
    key = alice.hidden(DECIDE)
    there = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update({"HOST": str(tmp_path), "PORT": "1"})
    try:
        page = alice.post(DECIDE, GOOD | {"key": key})
    finally:
        connection.close()
        connection.settings_dict.update(there)

    assertContains(page, "This page still holds what you wrote", status_code=503)
    assert "One member, one vote." in page.text
    assert "plan" not in page.cookies
    assertRedirects(alice.post(DECIDE, GOOD | {"key": key}), "/plan/?done=decided")


def test_the_print_page_has_no_reference_and_no_controls(alice, plan):
    alice.change("/plan/keep/look-outs/?settled=pensions")
    alice.change(DECIDE, **GOOD)

    page = alice.get(address("plan-print"))

    for said in ("Settled: Pensions.", GOOD["words"], "This may be early"):
        assertContains(page, said)
    assertNotContains(page, plan.reference)
    assertNotContains(page, "Take it out")


def test_the_pdf_holds_the_plan_and_names_neither_reference_nor_code(alice, plan):
    alice.change("/plan/keep/look-outs/?settled=pensions")
    alice.change(DECIDE, **GOOD | {"words": '#read("x") and 漢字 \u202e'})

    answer = alice.get(address("plan-pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert "no-store" in answer["Cache-Control"]
    text = words(answer)
    for said in ("Settled: Pensions.", "One member, one vote.", "3 March 2026", "#read"):
        assert squeezed(said) in squeezed(text)
    assert plan.reference not in text
    assert plan.reference.encode() not in answer.content


def test_an_empty_plan_can_be_printed_and_downloaded(alice):
    assert alice.get(address("plan-print")).status_code == 200
    assert alice.get(address("plan-pdf")).content.startswith(b"%PDF")


def test_no_mail_is_ever_owed(alice, plan, mailoutbox):
    alice.change(DECIDE, **GOOD)
    planning.keep(plan, tool="look-outs", kept=settled("tupe"), seen="", at=plan.changed_at)
    alice.change(address("plan-delete"))

    assert mailoutbox == []
