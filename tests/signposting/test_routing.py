"""The decision itself, without a database: the default rules in every cell, then rules of any shape."""

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import signposting
from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage
from signposting.routing import (
    ALL_EXCLUDED,
    CANNOT_ACT,
    FACTS_A_RULE_NAMES,
    NO_RULE,
    Decision,
    Facts,
    Rule,
    route,
)

CDS = "co-operative-development-scotland"
COUK = "co-operatives-uk"
EOA = "employee-ownership-association"
LP = "local-partnerships"
CABINET_OFFICE = "cabinet-office"
BODIES = frozenset({CDS, COUK, EOA, LP, CABINET_OFFICE})

VOCABULARY = {
    "nation": Nation.values,
    "enquirer_kind": EnquirerKind.values,
    "employer_type": EmployerType.values,
    "sector": Sector.values,
    "stage": Stage.values,
    "ownership_idea": OwnershipIdea.values,
}


def default_rules():
    entries = yaml.safe_load((Path(signposting.__file__).parent / "content" / "rules.yaml").read_text())
    return [Rule(position=position, **entry) for position, entry in enumerate(entries, start=1)]


DEFAULT_RULES = default_rules()


def make_facts(**kwargs):
    facts = {
        "nation": "england",
        "enquirer_kind": "staff",
        "employer_type": "council",
        "sector": "leisure",
        "stage": "appraisal",
        "ownership_idea": "employees-and-users",
    }
    return Facts(**facts | kwargs)


def make_rule(position=1, body="a", **kwargs):
    return Rule(position=position, body=body, reason=f"{body} answers.", **kwargs)


def expected_bodies(facts):
    """Design section 6 once more, as the bodies in the order of preference."""
    if facts.nation == "scotland":
        yield CDS
    if facts.nation == "uk-wide" or facts.employer_type == "central-government":
        yield CABINET_OFFICE
    if facts.enquirer_kind in ("commissioner", "council-officer"):
        yield LP
    if facts.ownership_idea == "employees-only":
        yield EOA
    yield COUK


def test_every_cell_of_the_default_rules_reaches_exactly_one_body_that_can_act():
    cells = itertools.product(*VOCABULARY.values())
    for cell in cells:
        facts = Facts(**dict(zip(VOCABULARY, cell, strict=True)))
        decision = route(facts, DEFAULT_RULES, BODIES)
        assert decision.body == next(expected_bodies(facts)), facts
        assert decision.body in BODIES
        assert decision.reason == decision.rule.reason


@pytest.mark.parametrize(
    ("facts", "body"),
    [
        ({"nation": "scotland", "employer_type": "nhs", "sector": "adult-social-care"}, CDS),
        ({"nation": "scotland", "employer_type": "central-government"}, CDS),
        ({"nation": "scotland", "enquirer_kind": "commissioner"}, CDS),
        ({"nation": "scotland", "ownership_idea": "employees-only"}, CDS),
        ({"sector": "leisure", "ownership_idea": "employees-and-users"}, COUK),
        ({"sector": "childrens-services", "ownership_idea": "employees-only"}, EOA),
        ({"nation": "wales", "ownership_idea": "employees-only"}, EOA),
        ({"enquirer_kind": "commissioner"}, LP),
        ({"enquirer_kind": "council-officer", "ownership_idea": "employees-only"}, LP),
        ({"employer_type": "central-government", "sector": "employment"}, CABINET_OFFICE),
        ({"employer_type": "central-government", "enquirer_kind": "commissioner"}, CABINET_OFFICE),
        ({"nation": "uk-wide", "enquirer_kind": "council-officer"}, CABINET_OFFICE),
        ({"nation": "northern-ireland", "enquirer_kind": "citizen"}, COUK),
        ({"nation": "wales", "enquirer_kind": "union-rep", "stage": "first-year"}, COUK),
    ],
)
def test_the_default_rules_by_example(facts, body):
    assert route(make_facts(**facts), DEFAULT_RULES, BODIES).body == body


def every_subset(bodies):
    return [frozenset(some) for n in range(len(bodies) + 1) for some in itertools.combinations(bodies, n)]


@pytest.mark.parametrize(
    "excluded", every_subset(sorted(BODIES)), ids=lambda some: "+".join(sorted(some)) or "none"
)
def test_excluded_bodies_are_passed_over_and_the_next_match_decides(excluded):
    cells = itertools.product(Nation, EnquirerKind, EmployerType, OwnershipIdea)
    for nation, kind, employer, idea in cells:
        facts = make_facts(
            nation=nation,
            enquirer_kind=kind,
            employer_type=employer,
            ownership_idea=idea,
            excluded_bodies=excluded,
        )
        decision = route(facts, DEFAULT_RULES, BODIES)
        expected = next((body for body in expected_bodies(facts) if body not in excluded), None)
        assert decision.body == expected
        if expected is None:
            assert (decision.rule, decision.reason) == (None, ALL_EXCLUDED)


def test_the_first_match_decides():
    first, second = make_rule(1, "a", nation="england"), make_rule(2, "b", nation="england")
    assert route(make_facts(), [first, second], {"a", "b"}) == Decision("a", first, "a answers.")


def test_every_named_fact_must_match():
    rule = make_rule(nation="england", stage="first-year")
    assert route(make_facts(stage="appraisal"), [rule], {"a"}).body is None
    assert route(make_facts(stage="first-year"), [rule], {"a"}).body == "a"


@pytest.mark.parametrize("fact", FACTS_A_RULE_NAMES)
def test_each_fact_can_be_named_by_a_rule(fact):
    value, other = VOCABULARY[fact][:2]
    rule = make_rule(**{fact: value})
    assert route(make_facts(**{fact: value}), [rule], {"a"}).body == "a"
    assert route(make_facts(**{fact: other}), [rule], {"a"}).body is None


def test_a_body_that_cannot_act_leaves_it_to_the_duty_desk_and_not_to_the_next_rule():
    rule = make_rule(1, "a", nation="england")
    decision = route(make_facts(), [rule, make_rule(2, "b")], {"b"})
    assert decision == Decision(None, rule, CANNOT_ACT)


def test_an_excluded_body_that_cannot_act_is_passed_over_all_the_same():
    rules = [make_rule(1, "a"), make_rule(2, "b")]
    decision = route(make_facts(excluded_bodies=frozenset({"a"})), rules, {"b"})
    assert decision.body == "b"


def test_what_no_rule_covers_goes_to_the_duty_desk():
    assert route(make_facts(), [make_rule(nation="wales")], {"a"}) == Decision(None, None, NO_RULE)
    assert route(make_facts(), [], {"a"}) == Decision(None, None, NO_RULE)


def test_every_reason_is_one_sentence_that_fits_its_column():
    for reason in [rule.reason for rule in DEFAULT_RULES] + [NO_RULE, ALL_EXCLUDED, CANNOT_ACT]:
        assert reason.endswith(".")
        assert ". " not in reason
        assert len(reason) <= 300


bodies = st.sampled_from(["a", "b", "c", "d"])
some_bodies = st.frozensets(bodies)
facts_of_any_kind = st.builds(
    Facts,
    **{name: st.sampled_from(values) for name, values in VOCABULARY.items()},
    excluded_bodies=some_bodies,
)
# Two values of each fact are enough for rules to overlap, and few enough for them to match.
rules_of_any_kind = st.lists(
    st.builds(
        Rule,
        position=st.integers(1, 99),
        body=bodies,
        reason=st.just("Because."),
        **{name: st.sampled_from(["", "", *values[:2]]) for name, values in VOCABULARY.items()},
    ),
    max_size=8,
)


@given(facts=facts_of_any_kind, rules=rules_of_any_kind, able=some_bodies)
def test_never_a_body_that_is_excluded_or_cannot_act(facts, rules, able):
    decision = route(facts, rules, able)
    assert decision.body is None or decision.body in able - facts.excluded_bodies
    assert decision.reason


@given(facts=facts_of_any_kind, rules=rules_of_any_kind, able=some_bodies)
def test_the_same_question_has_the_same_answer(facts, rules, able):
    assert route(facts, rules, able) == route(facts, tuple(rules), dict.fromkeys(able))


@given(facts=facts_of_any_kind, rules=rules_of_any_kind, more=rules_of_any_kind, able=some_bodies)
def test_rules_after_the_one_that_decides_change_nothing(facts, rules, more, able):
    decision = route(facts, rules, able)
    if decision.rule:
        decided_at = next(i for i, rule in enumerate(rules) if rule is decision.rule)
        assert route(facts, rules[: decided_at + 1] + more, able) == decision


@given(facts=facts_of_any_kind, rules=rules_of_any_kind, able=some_bodies)
def test_the_rule_that_decides_is_the_first_that_matches_a_body_not_excluded(facts, rules, able):
    matching = [r for r in rules if r.matches(facts) and r.body not in facts.excluded_bodies]
    assert route(facts, rules, able).rule is (matching[0] if matching else None)
