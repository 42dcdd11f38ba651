import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage
from signposting.coverage import gaps_in_words, matrix
from signposting.routing import CANNOT_ACT, NO_RULE, Facts, Rule, route

from .test_routing import BODIES, CABINET_OFFICE, CDS, COUK, DEFAULT_RULES, EOA, LP, make_rule

EVERY_CELL = list(itertools.product(Nation, Stage, EnquirerKind))


def cell_of(cells, nation, stage, kind):
    return next(c for c in cells if (c.nation, c.stage, c.enquirer_kind) == (nation, stage, kind))


def bodies_in(cell):
    return [outcome.decision.body for outcome in cell.outcomes]


def test_there_is_one_cell_for_every_nation_stage_and_kind():
    cells = matrix(DEFAULT_RULES, BODIES)
    assert [(cell.nation, cell.stage, cell.enquirer_kind) for cell in cells] == EVERY_CELL


def test_the_default_rules_leave_no_gap():
    cells = matrix(DEFAULT_RULES, BODIES)
    assert not any(cell.is_gap for cell in cells)
    assert gaps_in_words(cells) == []


def test_a_cell_lists_its_bodies_in_the_order_of_the_rules_with_what_they_still_ask():
    cell = cell_of(matrix(DEFAULT_RULES, BODIES), "england", "appraisal", "staff")
    assert [(outcome.decision.body, outcome.conditions) for outcome in cell.outcomes] == [
        (CABINET_OFFICE, ("employer: Government department or agency",)),
        (EOA, ("ownership: Employees only",)),
        (COUK, ()),
    ]


def test_a_rule_that_an_earlier_one_covers_is_not_listed():
    cells = matrix(DEFAULT_RULES, BODIES)
    assert bodies_in(cell_of(cells, "scotland", "first-year", "commissioner")) == [CDS]
    assert bodies_in(cell_of(cells, "wales", "first-year", "commissioner")) == [CABINET_OFFICE, LP]


def test_rules_that_name_every_value_of_a_fact_need_no_rule_for_the_rest():
    rules = [make_rule(n, "a", ownership_idea=idea) for n, idea in enumerate(OwnershipIdea.values)]
    assert not any(cell.is_gap for cell in matrix(rules, {"a"}))


def test_no_rule_for_an_employer_is_a_gap_in_every_cell():
    rules = [make_rule(n, "a", employer_type=employer) for n, employer in enumerate(EmployerType.values[1:])]
    cells = matrix(rules, {"a"})
    assert all(cell.is_gap for cell in cells)
    assert cells[0].outcomes[-1].decision.reason == NO_RULE


def test_a_body_that_cannot_act_is_a_gap():
    cells = matrix(DEFAULT_RULES, BODIES - {LP})
    assert {cell.enquirer_kind for cell in cells if cell.is_gap} == {"commissioner", "council-officer"}
    gap = cell_of(cells, "england", "appraisal", "commissioner")
    assert [(o.decision.reason, o.reaches_nobody) for o in gap.outcomes][-1] == (CANNOT_ACT, True)


def test_gaps_are_said_in_as_few_lines_as_possible():
    assert gaps_in_words(matrix([], BODIES)) == [
        f"{nation.label} · whoever asks · at any stage" for nation in Nation
    ]


def test_gaps_name_the_kind_and_the_stages():
    rules = [
        *(make_rule(n, "a", enquirer_kind=kind) for n, kind in enumerate(EnquirerKind.values[2:], start=1)),
        *(make_rule(n, "a", nation=nation) for n, nation in enumerate(Nation.values[1:], start=20)),
        make_rule(40, "a", enquirer_kind="manager", stage="appraisal"),
        make_rule(41, "a", enquirer_kind="manager", stage="first-year"),
    ]
    assert gaps_in_words(matrix(rules, {"a"})) == [
        "England · Staff who deliver the service · at any stage",
        "England · A manager of the service · Early thinking, Implementation",
    ]


named = {
    "nation": Nation,
    "enquirer_kind": EnquirerKind,
    "stage": Stage,
    "employer_type": EmployerType,
    "sector": Sector,
    "ownership_idea": OwnershipIdea,
}
some_rules = st.lists(
    st.builds(
        Rule,
        position=st.integers(1, 99),
        body=st.sampled_from(["a", "b", "c"]),
        reason=st.just("Because."),
        **{fact: st.sampled_from(["", "", *words.values[:2]]) for fact, words in named.items()},
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(rules=some_rules, able=st.frozensets(st.sampled_from(["a", "b", "c"])))
def test_a_cell_says_exactly_what_routing_would_do(rules, able):
    for cell in matrix(rules, able)[::17]:
        decisions = {
            route(
                Facts(
                    nation=cell.nation,
                    stage=cell.stage,
                    enquirer_kind=cell.enquirer_kind,
                    employer_type=employer_type,
                    sector=sector,
                    ownership_idea=ownership_idea,
                ),
                rules,
                able,
            )
            for employer_type, sector, ownership_idea in itertools.product(
                EmployerType, Sector, OwnershipIdea
            )
        }
        assert decisions == {outcome.decision for outcome in cell.outcomes}
        assert cell.is_gap == any(decision.body is None for decision in decisions)
