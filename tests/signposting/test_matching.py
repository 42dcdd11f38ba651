"""The ranking of help, whole: what may be shown, what comes first, what decides where two fit alike, and why."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import matching
from signposting.matching import Candidate, Wanted
from signposting.offers import FOUR_NATIONS

ISSUES = ["pensions", "vat-and-tax", "legal-form", "governance"]


def some(values, *, least=1):
    return st.lists(st.sampled_from(list(values)), min_size=least, unique=True)


candidates = st.builds(
    Candidate,
    key=st.integers(1, 10**6),
    title=st.text("ab", max_size=2),
    body=st.sampled_from(["one", "two", "three", "four"]),
    body_name=st.text("xy", max_size=2),
    nations=some(FOUR_NATIONS),
    stages=some(Stage.values),
    look_outs=some(ISSUES),
    askers=some(EnquirerKind.values),
    is_commercial=st.booleans(),
    is_partner=st.booleans(),
    is_unverified=st.booleans(),
    is_historic=st.booleans(),
)
lists = st.lists(candidates, max_size=12, unique_by=lambda candidate: candidate.key)
wishes = st.builds(
    Wanted,
    nation=st.sampled_from(["", *Nation.values]),
    stage=st.sampled_from(["", *Stage.values]),
    look_outs=st.frozensets(st.sampled_from(ISSUES)),
    asker=st.sampled_from(["", *EnquirerKind.values]),
    excluded_bodies=st.frozensets(st.sampled_from(["one", "two", "elsewhere"])),
)


def offer(key=1, **facts):
    anybody = {"stages": Stage.values, "askers": EnquirerKind.values, "nations": FOUR_NATIONS}
    named = {"title": f"Help {key}", "body": f"body-{key}", "body_name": "Body", "look_outs": ["legal-form"]}
    return Candidate(key=key, **anybody | named | facts)


def keys(offers, **wanted):
    return [match.candidate.key for match in matching.rank(offers, Wanted(**wanted))]


@given(lists, wishes, st.randoms())
def test_the_order_in_which_offers_come_never_matters(offers, wanted, random):
    shuffled = random.sample(offers, len(offers))
    assert matching.rank(offers, wanted) == matching.rank(shuffled, wanted)


@given(lists, wishes)
def test_bodies_that_have_ended_or_were_ruled_out_never_come(offers, wanted):
    shown = [match.candidate for match in matching.rank(offers, wanted)]
    assert not [each for each in shown if each.is_historic or each.body in wanted.excluded_bodies]


@given(lists, wishes)
def test_only_what_is_for_ones_nation_stage_and_kind_comes_and_all_of_it(offers, wanted):
    shown = {match.candidate.key for match in matching.rank(offers, wanted)}
    for each in offers:
        meant = (
            (wanted.nation in ("", "uk-wide") or wanted.nation in each.nations)
            and (not wanted.stage or wanted.stage in each.stages)
            and (not wanted.asker or wanted.asker in each.askers)
        )
        left_out = each.is_historic or each.body in wanted.excluded_bodies
        assert (each.key in shown) == (meant and not left_out)


@given(lists, wishes)
def test_nothing_beats_fit(offers, wanted):
    ranked = matching.rank(offers, wanted)
    assert all(before.fit >= after.fit for before, after in pairwise(ranked))


@given(lists, wishes)
def test_a_commercial_offer_is_above_another_only_because_it_fits_better(offers, wanted):
    for before, after in pairwise(matching.rank(offers, wanted)):
        if before.candidate.is_commercial and not after.candidate.is_commercial:
            assert before.fit > after.fit


@given(candidates, wishes)
def test_who_sells_help_loses_every_tie_whatever_it_is_called(public, wanted):
    public = public._replace(is_commercial=False, is_historic=False, key=2)
    firm = public._replace(is_commercial=True, is_partner=True, is_unverified=False, body_name="", key=1)
    found = [match.candidate.key for match in matching.rank([firm, public], wanted)]
    assert found in ([2, 1], [])


@given(lists, wishes)
def test_whatever_is_wanted_each_has_its_reason(offers, wanted):
    for match in matching.rank(offers, wanted):
        reason = match.reason({"pensions": "Pensions"})
        assert reason.startswith("Works in ")
        assert reason.endswith(".")
        assert reason.count(".") == 1


@given(lists, wishes, st.integers(0, 5))
def test_a_short_list_names_each_body_once_and_first_whoever_helps_with_the_issues(offers, wanted, most):
    ranked = matching.rank(offers, wanted)
    short = matching.short_list(offers, wanted, most)
    bodies = [match.candidate.body for match in short]
    assert len(bodies) == len({*bodies}) == min(most, len({match.candidate.body for match in ranked}))
    on_issue = list(dict.fromkeys(match.candidate.body for match in ranked if match.fit.issues))
    assert bodies[: min(most // 2, len(on_issue))] == on_issue[: most // 2]


class TestFit:
    def test_ones_own_nation_alone_comes_before_several_of_which_none_is_nearer(self):
        offers = [
            offer(1, is_partner=True),
            offer(2, nations=["england", "wales"]),
            offer(3, nations=["wales"]),
            offer(4, nations=["scotland"]),
        ]
        assert keys(offers, nation="wales") == [3, 1, 2]

    def test_for_more_than_one_nation_what_works_everywhere_comes_first_and_nothing_is_left_out(self):
        offers = [offer(1, nations=["wales"]), offer(2)]
        assert keys(offers, nation="uk-wide") == [2, 1]

    def test_more_of_the_issues_come_before_fewer_and_those_before_none(self):
        offers = [
            offer(1),
            offer(2, look_outs=["pensions"]),
            offer(3, look_outs=["pensions", "governance"]),
        ]
        assert keys(offers, look_outs=frozenset({"pensions", "governance"})) == [3, 2, 1]

    def test_what_is_meant_for_ones_stage_comes_before_what_is_for_every_stage(self):
        assert keys([offer(1), offer(2, stages=["appraisal"])], stage="appraisal") == [2, 1]

    def test_what_is_meant_for_people_like_oneself_comes_before_what_is_for_anybody(self):
        assert keys([offer(1), offer(2, askers=["staff"])], asker="staff") == [2, 1]

    def test_a_nation_counts_more_than_issues_and_those_more_than_the_stage(self):
        offers = [
            offer(1, stages=["appraisal"]),
            offer(2, look_outs=["pensions"]),
            offer(3, nations=["wales"]),
        ]
        wanted = {"nation": "wales", "look_outs": frozenset({"pensions"}), "stage": "appraisal"}
        assert keys(offers, **wanted) == [3, 2, 1]


class TestTies:
    def test_commercial_then_unconfirmed_then_strangers_come_last(self):
        offers = [
            offer(1, is_commercial=True),
            offer(2, is_unverified=True),
            offer(3),
            offer(4, is_partner=True),
        ]
        assert keys(offers) == [4, 3, 2, 1]

    def test_then_names_decide_whatever_their_capitals(self):
        offers = [
            offer(1, body_name="beta"),
            offer(2, body_name="Alpha"),
            offer(3, body_name="alpha", title="A"),
        ]
        assert keys(offers) == [3, 2, 1]


def test_a_short_list_is_half_about_the_issues_and_half_about_what_comes_first():
    near = [offer(key, nations=["wales"], look_outs=["tupe"]) for key in (1, 2, 3)]
    far = [offer(key, look_outs=["pensions"]) for key in (5, 6, 7)]
    broad = offer(8, nations=["wales"], look_outs=["legal-form", "governance"])
    wanted = Wanted(nation="wales", look_outs=frozenset({"pensions"}))
    short = matching.short_list([*near, *far, broad], wanted, 4)
    assert [match.candidate.key for match in short] == [5, 6, 8, 1]


TITLES = {"pensions": "Pensions", "vat-and-tax": "VAT and other tax"}


@pytest.mark.parametrize(
    ("facts", "wanted", "reason"),
    [
        ({"nations": ["wales"]}, Wanted("wales"), "Works in Wales."),
        ({}, Wanted(), "Works in the whole of the UK."),
        ({"nations": ["england", "wales"]}, Wanted(), "Works in England and Wales."),
        (
            {"nations": ["wales"], "look_outs": ["pensions"]},
            Wanted("wales", look_outs=frozenset({"pensions"})),
            "Works in Wales and helps with pensions.",
        ),
        (
            {"look_outs": ["pensions", "vat-and-tax"]},
            Wanted(look_outs=frozenset({"vat-and-tax", "pensions"})),
            "Works in the whole of the UK and helps with pensions and VAT and other tax.",
        ),
        (
            {"stages": ["appraisal"], "askers": ["staff"], "look_outs": ["pensions"]},
            Wanted("", "appraisal", frozenset({"pensions"}), "staff"),
            "Works in the whole of the UK, helps with pensions and is meant for staff and for the stage “Appraisal”.",
        ),
        ({}, Wanted(stage="appraisal", asker="staff"), "Works in the whole of the UK."),
    ],
)
def test_the_reason_is_one_sentence_in_words(facts, wanted, reason):
    assert matching.rank([offer(**facts)], wanted)[0].reason(TITLES) == reason


def test_wanting_nothing_leaves_nothing_out():
    assert keys([offer(1, nations=["wales"]), offer(2, stages=["appraisal"])]) == [1, 2]
