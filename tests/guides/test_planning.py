"""What a group can do to its plan, and how long it is kept."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib import admin
from django.db import connection, transaction

from guides import jobs, planning
from guides.kept import Kept
from guides.models import Decision, FailedAccess, Plan
from mutuals_portal.private_access import codes, throttle
from tests.factories import MONDAY
from tests.guides.plans import CODE, WRONG, make_plan, settled

pytestmark = pytest.mark.django_db

HOME = "192.0.2.7"
LATER = MONDAY + timedelta(days=40)


@pytest.fixture
def plan():
    return make_plan(at=MONDAY)


def open_with(plan, code, *, address=HOME, at=MONDAY):
    return planning.open_with(reference=plan.reference, code=code, address=address, at=at)


def decide(plan, words="We will be a society.", **kwargs):
    said = {"key": uuid.uuid4(), "look_out": "", "reason": "", "decided_on": "2026-03", "at": MONDAY}
    planning.decide(plan, words=words, **said | kwargs)


def kept(plan):
    plan.refresh_from_db()
    return plan.kept


def test_a_plan_opens_with_the_reference_and_code_that_were_shown():
    plan, code = planning.start(secret=codes.new_secret(), at=MONDAY)

    assert codes.normalise_reference(plan.reference) == plan.reference
    assert open_with(plan, code.lower().replace("-", " ")) == plan


def test_only_a_digest_of_the_code_is_kept():
    _, code = planning.start(secret=codes.new_secret(), at=MONDAY)

    row = str(Plan.objects.values().get())
    assert code not in row
    assert code.replace("-", "") not in row


def test_a_form_that_is_sent_twice_starts_one_plan_and_shows_the_same_code():
    secret = codes.new_secret()

    first = planning.start(secret=secret, at=MONDAY)
    again = planning.start(secret=secret, at=MONDAY + planning.CODE_SHOWN_FOR)

    assert first == again
    assert Plan.objects.count() == 1


def test_after_half_an_hour_the_form_shows_the_code_no_more():
    secret = codes.new_secret()
    planning.start(secret=secret, at=MONDAY)

    with pytest.raises(planning.AlreadyStarted):
        planning.start(secret=secret, at=MONDAY + planning.CODE_SHOWN_FOR + timedelta(seconds=1))


def test_a_form_shows_no_code_that_has_been_replaced():
    secret = codes.new_secret()
    plan, code = planning.start(secret=secret, at=MONDAY)
    planning.replace_code(plan, code=code, new="lantern gravel october", address=HOME, at=MONDAY)

    with pytest.raises(planning.AlreadyStarted):
        planning.start(secret=secret, at=MONDAY)


def test_a_wrong_code_and_an_unknown_reference_are_refused_alike(plan):
    with pytest.raises(throttle.WrongCode):
        open_with(plan, WRONG)
    with pytest.raises(throttle.WrongCode):
        planning.open_with(reference="MIS-2222-2222", code=CODE, address=HOME, at=MONDAY)


def test_five_wrong_codes_shut_a_plan_for_a_quarter_of_an_hour(plan):
    for _ in range(5):
        with pytest.raises(throttle.WrongCode):
            open_with(plan, WRONG)

    with pytest.raises(throttle.TooManyTries):
        open_with(plan, CODE)
    assert open_with(plan, CODE, at=MONDAY + throttle.WINDOW) == plan


def test_guessing_the_old_code_where_it_is_replaced_counts_as_well(plan):
    for _ in range(5):
        with pytest.raises(throttle.WrongCode):
            planning.replace_code(plan, code=WRONG, new="lantern gravel october", address=HOME, at=MONDAY)

    with pytest.raises(throttle.TooManyTries):
        open_with(plan, CODE)


def test_a_code_is_replaced_for_whoever_knows_it_and_the_old_one_dies(plan):
    new = "lantern gravel october"

    planning.replace_code(plan, code=CODE, new=new, address=HOME, at=MONDAY)
    planning.replace_code(plan, code=CODE, new=new, address=HOME, at=MONDAY)  # a double click

    assert open_with(plan, new) == plan
    with pytest.raises(throttle.WrongCode):
        open_with(plan, CODE)


def test_what_is_kept_of_a_tool_takes_the_place_of_what_was_kept_before(plan):
    planning.keep(plan, tool="look-outs", kept=settled("pensions"), seen="", at=MONDAY)
    seen = kept(plan)["look-outs"]["at"]
    planning.keep(plan, tool="look-outs", kept=settled("tupe"), seen=seen, at=LATER)

    assert kept(plan)["look-outs"]["look_outs"] == ["tupe"]


def test_keeping_the_same_twice_is_keeping_it_once(plan):
    planning.keep(plan, tool="look-outs", kept=settled("pensions"), seen="", at=MONDAY)
    planning.keep(plan, tool="look-outs", kept=settled("pensions"), seen="", at=LATER)

    assert kept(plan)["look-outs"]["at"] == MONDAY.isoformat()


def test_nobody_replaces_or_drops_what_a_colleague_has_kept_unseen(plan):
    planning.keep(plan, tool="look-outs", kept=settled("pensions"), seen="", at=MONDAY)

    with pytest.raises(planning.ChangedMeanwhile):
        planning.keep(plan, tool="look-outs", kept=settled("tupe"), seen="", at=LATER)
    with pytest.raises(planning.ChangedMeanwhile):
        planning.drop(plan, tool="look-outs", seen=LATER.isoformat(), at=LATER)
    assert kept(plan)["look-outs"]["look_outs"] == ["pensions"]


def test_one_part_can_be_dropped_and_the_others_stay(plan):
    planning.keep(plan, tool="look-outs", kept=settled("pensions"), seen="", at=MONDAY)
    planning.keep(plan, tool="legal-forms", kept=Kept("a=b", ("A form.",)), seen="", at=MONDAY)

    planning.drop(plan, tool="look-outs", seen=MONDAY.isoformat(), at=LATER)
    planning.drop(plan, tool="look-outs", seen=MONDAY.isoformat(), at=LATER)

    assert list(kept(plan)) == ["legal-forms"]


def test_a_decision_that_is_sent_twice_is_logged_once(plan):
    key = uuid.uuid4()

    decide(plan, key=key)
    decide(plan, key=key)

    assert plan.decisions.get().words == "We will be a society."


def test_a_decision_can_be_undone(plan):
    decide(plan)

    planning.undo(plan, decision=plan.decisions.get().pk, at=MONDAY)

    assert not plan.decisions.exists()


def test_nobody_undoes_a_decision_of_another_plan(plan):
    decide(plan)

    planning.undo(make_plan(at=MONDAY), decision=plan.decisions.get().pk, at=MONDAY)

    assert plan.decisions.exists()


def test_a_plan_holds_only_so_many_decisions_but_the_last_may_be_sent_again(plan, monkeypatch):
    monkeypatch.setattr(planning.verbs, "DECISIONS_AT_MOST", 2)
    key = uuid.uuid4()
    decide(plan)
    decide(plan, key=key)

    decide(plan, key=key)
    with pytest.raises(planning.Full):
        decide(plan)


def test_a_deleted_plan_leaves_nothing(plan):
    decide(plan)

    planning.delete(plan)
    planning.delete(plan)

    assert not Plan.objects.exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "verb",
    [
        lambda plan: planning.keep(plan, tool="look-outs", kept=settled("tupe"), seen="", at=MONDAY),
        lambda plan: planning.drop(plan, tool="look-outs", seen="", at=MONDAY),
        lambda plan: decide(plan),
        lambda plan: planning.undo(plan, decision=1, at=MONDAY),
        lambda plan: planning.replace_code(plan, code=CODE, new="a b c", address=HOME, at=MONDAY),
    ],
)
def test_every_verb_says_when_the_plan_is_gone(plan, verb):
    planning.delete(Plan.objects.get())

    with pytest.raises(planning.Gone):
        verb(plan)


def test_a_plan_goes_twelve_months_after_its_last_change(plan):
    decide(plan, at=LATER)
    until = LATER + timedelta(days=365)

    assert open_with(plan, CODE, at=until - timedelta(seconds=1)) == plan
    assert planning.delete_expired(at=until - timedelta(seconds=1)) == 0
    with pytest.raises(throttle.WrongCode):
        open_with(plan, CODE, at=until)
    assert planning.delete_expired(at=until) == 1
    assert not Decision.objects.exists()


def test_looking_is_no_change(plan):
    open_with(plan, CODE, at=LATER)

    plan.refresh_from_db()
    assert plan.expires_at == MONDAY + timedelta(days=365)


def test_the_hourly_job_deletes_old_plans_and_wrong_codes():
    make_plan(at=MONDAY - timedelta(days=4000))
    FailedAccess.objects.create(subject="x", at=MONDAY - timedelta(days=4000))

    jobs.delete_old_plans(0)

    assert not Plan.objects.exists()
    assert not FailedAccess.objects.exists()


def test_no_page_of_the_admin_shows_a_plan():
    named = {model._meta.model_name for model in admin.site._registry}

    assert not named & {"plan", "decision", "invitation", "tally", "failedaccess"}


def side_by_side(*acts):
    """Do all at once, each on a connection of its own. Gives what each raised."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(5)
            act()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_colleagues_who_keep_different_tools_at_once_do_not_undo_each_other(plan):
    tools = ("look-outs", "legal-forms", "who-has-a-say", "can-we-spin-out")

    raised = side_by_side(
        *(
            lambda tool=tool: planning.keep(plan, tool=tool, kept=Kept("a=b", (tool,)), seen="", at=MONDAY)
            for tool in tools
        ),
        lambda: decide(plan),
        lambda: decide(plan),
    )

    assert raised == [None] * 6
    assert set(kept(plan)) == set(tools)
    assert plan.decisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_colleagues_who_keep_the_same_tool_at_once_one_is_asked_again(plan):
    raised = side_by_side(
        *(
            lambda slug=slug: planning.keep(plan, tool="look-outs", kept=settled(slug), seen="", at=MONDAY)
            for slug in ("tupe", "pensions", "unions")
        )
    )

    assert sorted(type(error).__name__ for error in raised) == ["ChangedMeanwhile"] * 2 + ["NoneType"]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_once_starts_one_plan_and_logs_one_decision(plan):
    secret, key = codes.new_secret(), uuid.uuid4()

    raised = side_by_side(
        *[lambda: planning.start(secret=secret, at=MONDAY)] * 3, *[lambda: decide(plan, key=key)] * 3
    )

    assert raised == [None] * 6
    assert Plan.objects.count() == 2
    assert plan.decisions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_changes_a_plan_while_it_is_deleted_is_told(plan):
    acts = [lambda: planning.delete(plan), *[lambda: decide(plan)] * 4]

    raised = side_by_side(*acts)

    assert raised[0] is None
    assert all(error is None or isinstance(error, planning.Gone) for error in raised)
    assert not Decision.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_plan_that_is_renewed_in_its_last_second_is_not_deleted(plan):
    end = plan.expires_at
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            decide(plan, at=end - timedelta(seconds=1))
            deleting = threads.submit(side_by_side, lambda: planning.delete_expired(at=end))
            wait_for_a_lock()
        assert deleting.result(10) == [None]

    assert plan.decisions.count() == 1


def wait_for_a_lock():
    """Until somebody else waits for what this connection holds."""
    waiting = (
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE NOT granted AND datname = current_database()"
    )
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with connection.cursor() as cursor:
            if cursor.execute(waiting).fetchone()[0]:
                return
        time.sleep(0.01)
    raise AssertionError("Nobody waits.")


@pytest.mark.django_db(transaction=True)
def test_a_burst_of_guesses_cannot_outrun_the_count(plan):
    def guess():
        open_with(plan, WRONG)

    raised = side_by_side(*[guess] * 12)

    checked = [error for error in raised if isinstance(error, throttle.WrongCode)]
    assert len(checked) <= throttle.TRIES_PER_REFERENCE_AND_ADDRESS
    assert len(checked) + sum(isinstance(error, throttle.TooManyTries) for error in raised) == 12
