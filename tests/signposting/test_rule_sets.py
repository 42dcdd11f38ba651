import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from signposting import routing, rule_sets
from signposting.models import Enquiry, Organisation, RoutingRule, RuleSet
from tests.factories import (
    MONDAY,
    make_adviser,
    make_enquiry,
    make_entry,
    make_organisation,
    make_rule_set,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_able_body("first")


@pytest.fixture
def other_body():
    return make_able_body("second")


def make_able_body(slug):
    body = make_organisation(slug=slug)
    make_adviser(body)
    return body


def make_draft(*rules):
    """A draft with these rules, next to a published version that sends everything to nobody."""
    if not RuleSet.objects.exists():
        make_rule_set()
    draft = rule_sets.start_draft(by=None, at=MONDAY)
    draft.rules.all().delete()
    for position, rule in enumerate(rules, start=1):
        RoutingRule.objects.create(rule_set=draft, position=position, reason="It fits.", **rule)
    draft.note = "For a test"
    draft.save()
    return draft


# What is in force


def test_the_published_version_with_the_highest_number_is_in_force(body):
    make_rule_set(version=1)
    latest = make_rule_set(version=3)
    make_rule_set(version=2)
    rule_sets.start_draft(by=None, at=MONDAY)
    assert rule_sets.current() == latest


def test_before_any_version_is_published_none_is_in_force():
    with pytest.raises(RuleSet.DoesNotExist):
        rule_sets.current()


def test_rules_are_read_in_order_and_in_one_query(body, other_body, django_assert_num_queries):
    rule_set = make_rule_set(
        {"body": body, "position": 20, "reason": "Second."},
        {"body": other_body, "position": 10, "nation": "wales", "stage": "appraisal", "reason": "First."},
    )
    with django_assert_num_queries(1):
        first, second = rule_sets.rules_of(rule_set)
    assert first == routing.Rule(
        pk=rule_set.rules.get(position=10).pk,
        position=10,
        body="second",
        reason="First.",
        nation="wales",
        stage="appraisal",
    )
    assert second.body == "first"


def test_only_bodies_that_can_act_are_able(body):
    without_adviser = make_organisation()
    make_able_body("without-address")
    Organisation.objects.filter(slug="without-address").update(contact_email="")
    make_entry(make_able_body("historic"), activity="historic")
    assert rule_sets.able_bodies() == {"first": body}
    assert without_adviser.slug not in rule_sets.able_bodies()


def test_the_facts_of_an_enquiry_replay_to_the_decision_it_was_sent_with(body, other_body):
    make_rule_set({"body": other_body, "nation": "wales"}, {"body": body})
    sent = make_enquiry(nation="wales", excluded_bodies=("second",))
    enquiry = Enquiry.objects.get(pk=sent.pk)
    facts = rule_sets.facts_of(enquiry)
    decision = routing.route(facts, rule_sets.rules_of(enquiry.rule_set), rule_sets.able_bodies())
    assert facts.excluded_bodies == {"second"}
    assert decision.body == enquiry.holder.slug == "first"
    assert decision.rule.pk == enquiry.events.get(number=1).rule_id


# Drafting


def test_a_draft_begins_as_a_copy_of_the_current_rules(body, other_body):
    current = make_rule_set({"body": body, "nation": "wales", "reason": "One."}, {"body": other_body})
    user = make_user()
    draft = rule_sets.start_draft(by=user, at=MONDAY)
    assert (draft.version, draft.created_by, draft.created_at) == (current.version + 1, user, MONDAY)
    assert not draft.is_published
    copied, original = rule_sets.rules_of(draft), rule_sets.rules_of(current)
    assert [without_pk(rule) for rule in copied] == [without_pk(rule) for rule in original]
    assert not {rule.pk for rule in copied} & {rule.pk for rule in original}


def without_pk(rule):
    return {name: value for name, value in vars(rule).items() if name != "pk"}


def test_the_first_draft_of_all_is_empty():
    draft = rule_sets.start_draft(by=None, at=MONDAY)
    assert (draft.version, rule_sets.rules_of(draft)) == (1, [])


def test_there_is_one_draft_at_a_time():
    draft = make_draft()
    with pytest.raises(rule_sets.DraftExists, match=f"Version {draft.version} is still a draft"):
        rule_sets.start_draft(by=None, at=MONDAY)


def test_the_database_too_holds_one_draft_at_a_time():
    make_draft()
    with pytest.raises(IntegrityError, match="signposting_one_draft_of_the_rules"):
        RuleSet.objects.create(version=999, created_at=MONDAY)


# Rehearsal


def test_a_rehearsal_says_who_would_move_and_who_would_reach_nobody(body, other_body):
    make_rule_set({"body": body, "reason": "Everything."})
    stays = make_enquiry(nation="england")
    moves = [make_enquiry(nation="wales") for _ in range(3)]
    lost = [make_enquiry(nation="scotland") for _ in range(2)]
    draft = make_draft({"body": other_body, "nation": "wales"}, {"body": body, "nation": "england"})

    rehearsal = rule_sets.rehearse(draft)

    assert len(rehearsal.replays) == 6
    assert {replay.enquiry for replay in rehearsal.moved} == {enquiry.pk for enquiry in moves}
    assert {replay.enquiry for replay in rehearsal.unreached} == {enquiry.pk for enquiry in lost}
    assert rehearsal.moves == [("first", "second", 3), ("first", None, 2)]
    assert rule_sets.Replay(stays.pk, "first", "first") in rehearsal.replays
    assert rehearsal.gaps == [
        f"{nation} · whoever asks · at any stage"
        for nation in ("Scotland", "Northern Ireland", "More than one nation, or the whole of the UK")
    ]


def test_an_enquiry_that_gains_a_body_has_moved_and_one_that_never_had_one_is_unreached(body):
    make_rule_set()
    gains, never = make_enquiry(nation="wales"), make_enquiry(nation="scotland")
    rehearsal = rule_sets.rehearse(make_draft({"body": body, "nation": "wales"}))
    assert rehearsal.moved == [rule_sets.Replay(gains.pk, None, "first")]
    assert rehearsal.unreached == [rule_sets.Replay(never.pk, None, None)]
    assert rehearsal.moves == [(None, "first", 1)]


def test_a_rehearsal_respects_what_a_group_excluded(body, other_body):
    make_rule_set({"body": body})
    make_enquiry(excluded_bodies=("second",))
    rehearsal = rule_sets.rehearse(make_draft({"body": other_body}, {"body": body}))
    assert rehearsal.moves == []


def test_a_rehearsal_replays_the_newest_enquiries_only(body, monkeypatch):
    monkeypatch.setattr(rule_sets, "REHEARSED_ENQUIRIES", 2)
    make_rule_set({"body": body})
    sent = [make_enquiry().pk for _ in range(3)]
    rehearsal = rule_sets.rehearse(make_draft({"body": body}))
    assert [replay.enquiry for replay in rehearsal.replays] == sent[:0:-1]


@pytest.mark.parametrize("number", [1, 12])
def test_a_rehearsal_takes_five_queries_whatever_the_number_of_enquiries(
    number, body, django_assert_num_queries
):
    make_rule_set({"body": body})
    for _ in range(number):
        make_enquiry()
    draft = make_draft({"body": body, "nation": "england"})
    with django_assert_num_queries(5):
        rule_sets.rehearse(draft)


# Publishing


def test_a_draft_that_reaches_somebody_everywhere_is_put_in_force(body):
    draft = make_draft({"body": body})
    user = make_user()
    published = rule_sets.publish(draft, by=user, at=MONDAY + timedelta(days=1))
    assert rule_sets.current() == published == draft
    published.refresh_from_db()
    assert (published.published_by, published.published_at) == (user, MONDAY + timedelta(days=1))


def test_a_draft_with_a_gap_is_refused_and_the_gap_is_named(body):
    draft = make_draft(
        *({"body": body, "nation": nation} for nation in ("england", "scotland", "wales", "uk-wide"))
    )
    with pytest.raises(rule_sets.NotReady, match="Northern Ireland · whoever asks · at any stage"):
        rule_sets.publish(draft, by=None, at=MONDAY)
    draft.refresh_from_db()
    assert not draft.is_published


def test_a_gap_behind_an_employer_type_is_a_gap(body):
    draft = make_draft({"body": body, "employer_type": "council"})
    with pytest.raises(rule_sets.NotReady, match="England · whoever asks"):
        rule_sets.publish(draft, by=None, at=MONDAY)


def test_a_draft_that_names_a_body_without_an_active_adviser_is_refused(body):
    draft = make_draft({"body": body})
    body.advisers.get().user.delete()
    with pytest.raises(rule_sets.NotReady, match="reach nobody"):
        rule_sets.publish(draft, by=None, at=MONDAY)


def test_a_version_is_published_once(body):
    draft = make_draft({"body": body})
    rule_sets.publish(draft, by=None, at=MONDAY)
    with pytest.raises(rule_sets.NoDraft, match="is published"):
        rule_sets.publish(draft, by=make_user(), at=MONDAY + timedelta(days=1))
    draft.refresh_from_db()
    assert draft.published_at == MONDAY


def test_a_draft_says_what_it_changes_before_it_is_published(body):
    make_rule_set({"body": body})
    draft = rule_sets.start_draft(by=None, at=MONDAY)
    with pytest.raises(rule_sets.NotReady, match="Say what changes"):
        rule_sets.publish(draft, by=None, at=MONDAY)


def test_a_draft_is_discarded_with_its_rules(body):
    current = make_rule_set({"body": body})
    rule_sets.discard(make_draft({"body": body}))
    assert RuleSet.objects.get() == current
    assert RoutingRule.objects.get().rule_set == current


def test_a_draft_that_was_discarded_meanwhile_is_not_published(body):
    draft = make_draft({"body": body})
    rule_sets.discard(RuleSet.objects.get(pk=draft.pk))
    with pytest.raises(rule_sets.NoDraft, match="was deleted"):
        rule_sets.publish(draft, by=None, at=MONDAY)


def test_a_published_version_is_not_discarded(body):
    published = make_rule_set({"body": body})
    with pytest.raises(rule_sets.NoDraft):
        rule_sets.discard(published)
    assert published.rules.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda published: published.rules.update(reason="Another."),
        lambda published: published.rules.all().delete(),
        lambda published: RuleSet.objects.filter(pk=published.pk).update(note="Another."),
        lambda published: RuleSet.objects.filter(pk=published.pk).update(published_at=None),
        lambda published: published.delete(),
        lambda published: RoutingRule.objects.create(
            rule_set=published, position=9, body=published.rules.get().body, reason="New."
        ),
        lambda published: make_draft({"body": published.rules.get().body}).rules.update(
            rule_set=published, position=9
        ),
    ],
    ids=[
        "edit a rule",
        "delete rules",
        "edit the note",
        "unpublish",
        "delete",
        "add a rule",
        "move a rule in",
    ],
)
def test_a_published_version_never_changes(change, body):
    published = make_rule_set({"body": body})
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        change(published)


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_is_written_while_its_version_is_published_comes_too_late(body):
    draft = make_draft({"body": body})
    outcome = []

    def write_a_rule():
        try:
            RoutingRule.objects.filter(rule_set=draft).update(nation="wales")
        except IntegrityError as refusal:
            outcome.append(str(refusal))
        finally:
            connection.close()

    writer = threading.Thread(target=write_a_rule)
    with transaction.atomic():
        rule_sets.publish(draft, by=None, at=MONDAY)
        writer.start()
        writer.join(timeout=0.5)
        assert writer.is_alive(), "it waits for the publication"
    writer.join(timeout=10)
    assert "never changes" in outcome[0]
    assert draft.rules.get().nation == ""
