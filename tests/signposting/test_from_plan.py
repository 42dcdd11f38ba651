"""What of a plan goes along with an enquiry, and what follows from it."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

from guides.kept import Kept
from guides.models import Decision, Plan
from guides.planning import Logged, Part, Reading
from guides.readiness import Answer, Question, Share, Spread
from signposting import from_plan
from tests.factories import MONDAY

PENSIONS = SimpleNamespace(slug="pensions", title="Pensions")
FORMS = "legal-forms"
SAY = "who-has-a-say"
SPREAD = Spread(
    Question("heard", "Are you heard?"), (Share(Answer("yes", "Yes"), 3, 4), Share(Answer("no", "No"), 1, 4))
)
HIDDEN = Spread(Question("skills", "Have we the skills?"))


@dataclass(frozen=True)
class Look:
    look_out: SimpleNamespace


def reading(*, first=(), decisions=(), **kept):
    """A plan with these parts: each tool's name with underscores, and what was kept of it."""
    plan = Plan(reference="MIS-2345-6789", code_digest="d" * 64)
    plan.kept = {tool.replace("_", "-"): vars(part) | {"at": "now"} for tool, part in kept.items()}
    parts = tuple(
        Part(tool, f"Tool {tool}", "", tuple(part["lines"]), MONDAY, "now", has_changed=False)
        for tool, part in plan.kept.items()
    )
    logged = tuple(Logged(decision, None, ()) for decision in decisions)
    return Reading(plan, parts, logged, (), (), tuple(Look(issue) for issue in first), ())


def all_of(read, spreads=()):
    return from_plan.offered(read, spreads)


def suggested(read, spreads=()):
    return from_plan.suggested(all_of(read, spreads), read)


def decision(**kwargs):
    facts = {"pk": 7, "words": "We go on", "reason": "All agreed.", "decided_on": "2026-03"}
    return Decision(**facts | kwargs)


def test_each_part_has_the_words_of_the_plan():
    read = reading(legal_forms=Kept("a=b", ("Favourite: Society",)), decisions=[])
    assert [part.text for part in all_of(read)] == ["Tool legal-forms\n- Favourite: Society"]


def test_tools_are_ticked_beforehand_and_words_of_the_groups_own_are_not():
    read = reading(legal_forms=Kept("a=b", ("Favourite: Society",)), decisions=[decision()])
    assert [(part.key, part.is_ticked) for part in all_of(read, [SPREAD])] == [
        ("legal-forms", True),
        ("decision-7", False),
        ("readiness", False),
    ]


@pytest.mark.parametrize(
    ("query", "is_ticked"),
    [("who1=employees&votes1=60&per1=class", True), ("name1=Borsetshire&votes1=3", False)],
)
def test_classes_with_names_of_the_groups_own_are_not_ticked_beforehand(query, is_ticked):
    assert all_of(reading(who_has_a_say=Kept(query, ("Borsetshire: 3 votes",))))[0].is_ticked is is_ticked


def test_of_a_decision_go_its_date_its_words_and_its_reason():
    assert all_of(reading(decisions=[decision()]))[0].text == "Decided, March 2026\n- We go on\n- All agreed."


def test_of_readiness_go_only_spreads_that_are_shown():
    text = all_of(reading(), [SPREAD, HIDDEN])[0].text
    assert text == "What colleagues say\n- Are you heard? Yes 3, No 1 (of 4)"
    assert all_of(reading(), [HIDDEN]) == []


def test_the_question_begins_with_the_parts_and_ends_with_room_for_the_question():
    read = reading(legal_forms=Kept("a=b", ("Favourite: Society",)))
    assert from_plan.question(all_of(read)) == (
        "From our plan\n\nTool legal-forms\n- Favourite: Society\n\nOur question:"
    )


def test_the_reference_and_the_code_never_go_along():
    read = reading(legal_forms=Kept("a=b", ("A line",), nation="wales"), decisions=[decision()])
    assert read.plan.reference not in str(suggested(read, [SPREAD]))
    assert read.plan.code_digest not in str(suggested(read, [SPREAD]))


def test_a_nation_that_the_parts_agree_on_is_suggested():
    one = Kept("a=b", ("A line",), nation="wales")
    assert suggested(reading(legal_forms=one, look_outs=one))["where"] == {"nation": "wales"}


@pytest.mark.parametrize("other", ["scotland", "moon"])
def test_a_nation_that_is_not_clear_is_left_open(other):
    one, two = (
        Kept("a=b", ("A line",), nation=nation) for nation in ("wales" if other != "moon" else "moon", other)
    )
    assert "where" not in suggested(reading(legal_forms=one, look_outs=two))


def test_what_is_worth_settling_first_becomes_the_topics():
    read = reading(first=[PENSIONS], look_outs=Kept("settled=culture", ("Settled: Culture.",)))
    assert suggested(read)["topics"] == {"topics": ["pensions"]}


def test_nothing_follows_from_a_part_that_stays_at_home():
    kept = Kept("who1=employees&votes1=60&per1=class", ("A line",), nation="wales")
    read = reading(first=[PENSIONS], look_outs=kept, who_has_a_say=kept)
    assert set(from_plan.suggested([], read)) == {"question"}


def classes(*groups):
    return "&".join(f"who{n}={group}&votes{n}=10&per{n}=class" for n, group in enumerate(groups, start=1))


@pytest.mark.parametrize(
    ("groups", "idea"),
    [
        (["employees"], "employees-only"),
        (["employees", "users"], "employees-and-users"),
        (["employees", "users", "community"], "employees-and-users"),
        (["users"], "users-or-community"),
        (["community", "users"], "users-or-community"),
        (["employees", "public-body"], "joint-with-public-body"),
        (["users", "public-body"], "joint-with-public-body"),
        (["public-body"], None),
        (["employees", "investors"], None),
        (["employees", "other"], None),
        (["employees", "independent"], None),
        ([], None),
    ],
)
def test_the_classes_with_a_vote_suggest_who_should_own_it_where_that_is_clear(groups, idea):
    found = suggested(reading(who_has_a_say=Kept(classes(*groups), ("A line",)))).get("ownership")
    assert found == (idea and {"ownership_idea": idea})


def test_a_class_without_a_vote_says_nothing_of_ownership():
    query = f"{classes('employees')}&who2=public-body&votes2=0&per2=class"
    assert suggested(reading(who_has_a_say=Kept(query, ("A line",))))["ownership"] == {
        "ownership_idea": "employees-only"
    }


def test_other_words_make_another_box():
    part = all_of(reading(legal_forms=Kept("a=b", ("Favourite: Society",))))[0]
    assert replace(part, text="Other words").value != part.value
