"""Dora of the duty desk keeps the rules. Ada advises for one body and has no business with them."""

import threading

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from signposting import rule_sets
from signposting.models import RoutingRule, RuleSet
from tests.factories import (
    MONDAY,
    make_adviser,
    make_duty_desk,
    make_enquiry,
    make_organisation,
    make_rule_set,
    make_user,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signposting_ruleset_changelist")
ADD = reverse("admin:signposting_ruleset_add")


def url(rule_set, page="change"):
    return reverse(f"admin:signposting_ruleset_{page}", args=[rule_set.pk])


@pytest.fixture
def body():
    body = make_organisation(slug="first", name="First Body")
    make_adviser(body)
    return body


@pytest.fixture
def other_body():
    body = make_organisation(slug="second", name="Second Body")
    make_adviser(body)
    return body


@pytest.fixture
def current(body):
    return make_rule_set({"body": body, "reason": "First Body answers all."}, version=1)


@pytest.fixture
def draft(current):
    draft = rule_sets.start_draft(by=None, at=MONDAY)
    draft.note = "Wales moves"
    draft.save()
    return draft


@pytest.fixture
def dora(client):
    dora = make_adviser(make_duty_desk(), group="duty-desk", username="dora", first_name="Dora")
    client.force_login(dora)
    return dora


@pytest.fixture
def administrator(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def form_of(draft, *changes, note="Wales moves", **extra):
    """The change form as a browser sends it: its rules, each changed by the dict at its place, and one more."""
    rules = list(draft.rules.all())
    sent = {
        "seen": rule_sets.fingerprint(draft),
        "note": note,
        "rules-INITIAL_FORMS": len(rules),
        "rules-TOTAL_FORMS": max(len(rules), len(changes)),
    }
    for number in range(sent["rules-TOTAL_FORMS"]):
        rule = rules[number] if number < len(rules) else None
        fields = {"rule_set": draft.pk, "id": rule.pk if rule else ""}
        if rule:
            fields |= {"position": rule.position, "body": rule.body_id, "reason": rule.reason}
        fields |= changes[number] if number < len(changes) else {}
        sent |= {f"rules-{number}-{name}": value for name, value in fields.items()}
    return sent | extra


# Who may come in


@pytest.mark.parametrize("page", ["change", "matrix", "rehearse", "publish", "delete"])
@pytest.mark.parametrize("group", ["adviser", "lead", "editor", "reviewer"])
def test_other_groups_are_refused(client, draft, body, group, page):
    client.force_login(make_adviser(body, group=group))
    assert client.get(url(draft, page)).status_code == 403
    assert client.post(url(draft, page)).status_code == 403
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize("address", [LIST, ADD])
def test_an_adviser_can_neither_list_nor_start_versions(client, body, current, address):
    client.force_login(make_adviser(body))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert RuleSet.objects.get() == current


@pytest.mark.parametrize("page", ["change", "matrix", "rehearse", "publish"])
def test_a_visitor_is_asked_to_log_in(client, draft, page):
    assert client.get(url(draft, page)).url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("page", ["change", "matrix", "rehearse", "publish", "delete"])
def test_an_administrator_may_open_every_page(client, administrator, draft, page):
    assert client.get(url(draft, page)).status_code == 200


def test_someone_who_may_only_look_is_offered_nothing_to_press(client, draft):
    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_ruleset", "view_routingrule"]))
    client.force_login(user)
    assert "Publish" not in client.get(url(draft)).text
    assert "Go on to publish it" not in client.get(url(draft, "rehearse")).text
    assert "Start a new version" not in client.get(LIST).text
    assert client.post(url(draft), form_of(draft, note="Changed")).status_code == 403
    assert client.get(url(draft, "publish")).status_code == 403


@pytest.mark.parametrize("page", ["matrix", "rehearse", "publish"])
@pytest.mark.parametrize("number", [0, 10**30])
def test_a_version_that_does_not_exist_is_not_found(client, dora, page, number):
    assert client.get(reverse(f"admin:signposting_ruleset_{page}", args=[number])).status_code == 404


# The list


def test_the_list_says_which_is_a_draft_and_who_published_the_others(client, dora, draft, current):
    rule_sets.publish(draft, by=dora, at=MONDAY)
    rule_sets.start_draft(by=dora, at=MONDAY)
    page = client.get(LIST).text
    assert "Rules, version 3" in page
    assert "Started by Dora" in page
    assert "Published by Dora, 1 June 2026" in page
    assert "Came with the service" in page


# Drafting


def test_a_draft_is_started_from_the_current_version(client, dora, current):
    assert "It begins as a copy of the current rules" in client.get(ADD).text
    answer = client.post(ADD)
    draft = RuleSet.objects.drafts().get()
    assert answer.url == url(draft)
    assert (draft.created_by, draft.rules.get().reason) == (dora, "First Body answers all.")
    assert "Draft started" in client.get(answer.url).text


def test_looking_at_the_page_starts_nothing(client, dora, current):
    client.get(ADD)
    assert not RuleSet.objects.drafts().exists()


def test_a_second_draft_is_refused_in_words(client, dora, draft):
    page = client.post(ADD)
    assert page.status_code == 200
    assert f"Version {draft.version} is still a draft. Publish or delete it first." in page.text
    assert page.text.count("<title>Error:") == 1
    assert RuleSet.objects.drafts().get() == draft


def test_a_draft_is_edited_as_a_whole(client, dora, draft, other_body):
    new = {"position": 5, "body": other_body.pk, "nation": "wales", "reason": "Second Body knows Wales."}
    answer = client.post(url(draft), form_of(draft, {"position": 10}, new, note="Wales has its own body"))
    assert answer.url == url(draft)
    draft.refresh_from_db()
    assert draft.note == "Wales has its own body"
    assert [(rule.body, rule.nation) for rule in rule_sets.rules_of(draft)] == [
        ("second", "wales"),
        ("first", ""),
    ]


def test_rules_change_places(client, dora, draft, other_body):
    RoutingRule.objects.create(rule_set=draft, position=2, body=other_body, reason="Never reached.")
    assert client.post(url(draft), form_of(draft, {"position": 2}, {"position": 1})).status_code == 302
    assert [rule.body for rule in rule_sets.rules_of(draft)] == ["second", "first"]


def test_two_rules_at_one_position_are_refused_and_the_answers_kept(client, dora, draft, other_body):
    new = {"position": 1, "body": other_body.pk, "reason": "A sentence to keep."}
    page = client.post(url(draft), form_of(draft, {}, new))
    assert page.status_code == 200
    assert "Rule 2: Another rule has position 1 too" in page.text
    assert 'href="#id_rules-1-position"' in page.text
    assert "A sentence to keep." in page.text
    assert draft.rules.count() == 1


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 301}, "reason"),
        ({"reason": "nul \x00"}, "reason"),
        ({"position": "-1"}, "position"),
        ({"position": "99999999"}, "position"),
        ({"nation": "atlantis"}, "nation"),
        ({"body": "0"}, "body"),
    ],
)
def test_a_bad_rule_gets_a_message_by_its_field(client, dora, draft, rule, field):
    page = client.post(url(draft), form_of(draft, rule))
    assert page.status_code == 200
    assert list(page.context["rules"].errors[0]) == [field]
    assert f'href="#id_rules-0-{field}"' in page.text
    assert page.text.count("<title>Error:") == 1


def test_only_partner_bodies_are_offered_for_a_rule(client, dora, draft):
    helper = make_organisation(name="A helper", kind="helper")
    page = client.get(url(draft)).text
    assert "First Body</option>" in page
    assert helper.name not in page
    assert "Duty desk</option>" not in page


def test_a_rule_is_taken_out_without_javascript(client, dora, draft):
    client.post(url(draft), form_of(draft, {"DELETE": "on"}))
    assert not draft.rules.exists()


def test_a_draft_can_be_deleted(client, dora, draft, current):
    assert "Its rules go with it" in client.get(url(draft, "delete")).text
    assert client.post(url(draft, "delete")).url == LIST
    assert RuleSet.objects.get() == current


def test_a_published_version_is_read_only(client, dora, current):
    page = client.get(url(current)).text
    assert "First Body answers all." in page
    assert "Rules: the first that fits decides" in page
    assert 'name="note"' not in page
    assert client.post(url(current), form_of(current, note="Changed")).status_code == 403
    assert client.get(url(current, "delete")).url == LIST
    assert client.post(url(current, "delete")).url == LIST
    assert RuleSet.objects.get().rules.count() == 1


def test_of_two_editors_the_second_is_told_and_nothing_is_overwritten(client, dora, draft):
    late = form_of(draft, {"reason": "The second sentence."})
    client.post(url(draft), form_of(draft, {"reason": "The first sentence."}))
    page = client.post(url(draft), late)
    assert "Somebody else changed this draft while you were looking at it" in page.text
    assert "The second sentence." in page.text
    assert draft.rules.get().reason == "The first sentence."
    client.post(url(draft), late | {"seen": page.context["seen"]})
    assert draft.rules.get().reason == "The second sentence."


def test_a_draft_that_was_deleted_while_it_was_edited_is_gone(client, dora, draft):
    answers = form_of(draft)
    client.post(url(draft, "delete"))
    assert client.post(url(draft), answers).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_is_published_while_it_is_edited_is_left_alone(client, dora, draft):
    answers = []

    def edit():
        answers.append(client.post(url(draft), form_of(draft, {"reason": "Too late."})).url)
        connection.close()

    editor = threading.Thread(target=edit)
    with transaction.atomic():
        rule_sets.publish(draft, by=None, at=MONDAY)
        editor.start()
        editor.join(timeout=1)
        assert editor.is_alive(), "it waits for the publication"
    editor.join(timeout=10)
    assert answers == [LIST]
    assert draft.rules.get().reason == "First Body answers all."


# The matrix


def test_the_matrix_says_who_answers_whom_with_the_reason_the_enquirer_reads(client, dora, body, other_body):
    rule_set = make_rule_set(
        {
            "body": other_body,
            "nation": "wales",
            "ownership_idea": "employees-only",
            "reason": "Second knows it.",
        },
        {"body": body, "reason": "First Body answers all."},
    )
    page = client.get(url(rule_set, "matrix"))
    tables = dict(page.context["tables"])
    assert list(tables) == [
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "More than one nation, or the whole of the UK",
    ]
    assert [row.kinds for row in tables["England"]] == [["whoever asks"]]
    (alone,) = tables["England"][0].answers
    assert (alone.body, alone.condition, alone.reason) == ("First Body", "", "First Body answers all.")
    first, second = tables["Wales"][0].answers
    assert (first.body, first.condition) == ("Second Body", "if ownership: Employees only")
    assert (second.body, second.condition, second.rule) == ("First Body", "otherwise", "Rule 2")
    assert "Second knows it." in page.text


def test_stages_with_different_answers_have_rows_of_their_own(client, dora, body, other_body):
    rule_set = make_rule_set({"body": other_body, "stage": "first-year"}, {"body": body})
    rows = dict(client.get(url(rule_set, "matrix")).context["tables"])["England"]
    assert [row.stages for row in rows] == [
        "Early thinking, Appraisal, Implementation",
        "First full year of trading",
    ]


def test_the_matrix_says_where_nobody_is_reached(client, dora, current, body):
    body.advisers.get().user.delete()
    page = client.get(url(current, "matrix")).text
    assert "Nobody: the duty desk" in page
    assert "cannot take any at the moment" in page
    assert "(Rule 1: First Body)" in page


# Rehearsing


def test_a_rehearsal_names_the_enquiries_of_dora_and_counts_the_others(
    client, dora, current, body, other_body
):
    held_by_first = make_enquiry(nation="wales")
    at_the_desk = make_enquiry(nation="wales", excluded_bodies=("first",))
    draft = rule_sets.start_draft(by=None, at=MONDAY)
    draft.rules.all().delete()
    RoutingRule.objects.create(rule_set=draft, position=1, body=other_body, nation="wales", reason="Wales.")

    page = client.get(url(draft, "rehearse"))

    assert "2 would move" in page.text
    assert "0 would reach nobody" in page.text
    assert page.context["moves"] == [
        ("Nobody: the duty desk", "Second Body", 1),
        ("First Body", "Second Body", 1),
    ]
    assert at_the_desk.reference in page.text
    assert held_by_first.reference not in page.text
    assert "1 more is with other bodies, so it is counted here but not named." in page.text
    assert "England · whoever asks · at any stage" in page.text


def test_a_rehearsal_without_past_enquiries_says_so(client, dora, draft):
    page = client.get(url(draft, "rehearse")).text
    assert "There are no past enquiries to rehearse on." in page
    assert "Every nation, stage and kind of enquirer reaches a body." in page


def test_a_published_version_cannot_be_rehearsed(client, dora, current):
    page = client.get(url(current, "rehearse"), follow=True)
    assert page.redirect_chain[-1][0] == LIST
    assert "Version 1 is published, so it cannot be rehearsed." in page.text


QUERIES = {"changelist": 7, "change": 10, "matrix": 10, "rehearse": 14, "publish": 8}


def test_no_page_takes_more_queries_with_more_enquiries(client, dora, draft):
    draft.rules.update(nation="wales")
    make_many_enquiries(20)
    with_20 = {page: count_queries(client, draft, page) for page in QUERIES}
    make_many_enquiries(180)
    with_200 = {page: count_queries(client, draft, page) for page in QUERIES}
    assert with_200 == with_20
    assert all(with_200[page] <= QUERIES[page] for page in QUERIES), with_200


def make_many_enquiries(number):
    """Half of them at the duty desk, where Dora sees them."""
    for n in range(number):
        make_enquiry(excluded_bodies=("first",) if n % 2 else ())


def count_queries(client, draft, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST if page == "changelist" else url(draft, page)).status_code == 200
    return len(queries)


# Publishing


def publish(client, draft, **kwargs):
    return client.post(url(draft, "publish"), {"seen": rule_sets.fingerprint(draft)}, **kwargs)


def test_what_dora_publishes_is_what_she_looked_at(client, dora, draft, current):
    seen = client.get(url(draft, "publish")).context["seen"]
    draft.rules.update(reason="Another sentence.")
    page = client.post(url(draft, "publish"), {"seen": seen})
    assert "Somebody else changed this draft while you were looking at it" in page.text
    assert rule_sets.current() == current
    assert client.post(url(draft, "publish"), {"seen": page.context["seen"]}).status_code == 302
    assert rule_sets.current() == draft


def test_dora_publishes_a_draft(client, dora, draft):
    assert "A published version never changes." in client.get(url(draft, "publish")).text
    answer = publish(client, draft)
    assert answer.url == url(draft)
    assert rule_sets.current() == draft
    draft.refresh_from_db()
    assert draft.published_by == dora
    assert f"Version {draft.version} is published. New enquiries go by it." in client.get(answer.url).text


def test_looking_at_the_page_publishes_nothing(client, dora, draft, current):
    client.get(url(draft, "publish"))
    assert rule_sets.current() == current


def test_a_draft_with_gaps_is_refused_and_the_gaps_are_listed(client, dora, draft, current):
    draft.rules.update(nation="wales")
    page = publish(client, draft)
    assert page.status_code == 200
    assert "cannot be published while some enquiries reach nobody" in page.text
    assert "<li>England · whoever asks · at any stage</li>" in page.text
    assert rule_sets.current() == current


def test_a_draft_without_a_note_is_refused(client, dora, current):
    draft = rule_sets.start_draft(by=dora, at=MONDAY)
    assert "Say what changes with version 2, and why" in publish(client, draft).text


def test_a_second_press_of_the_button_is_told_that_it_is_published(client, dora, draft):
    publish(client, draft)
    page = publish(client, draft, follow=True)
    assert f"Version {draft.version} is published, so it never changes again." in page.text
