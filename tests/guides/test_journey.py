"""How look-outs join: what is open, what waits, what is worth settling first, and joins that cannot be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guides import journey
from guides.journey import BLOCKS, EASES, KINDS, SETTLE_BEFORE, Join, Journey
from guides.tables import Known

ISSUES = tuple("abcdefgh")
KNOWN = Known(
    sources={"act"},
    look_outs=set(ISSUES) | {"hidden"},
    names={f"look-out:{issue}" for issue in ISSUES},
    case_studies={"alpha"},
)


def row(before, after, kind=BLOCKS, **more):
    return {"before": before, "after": after, "kind": kind, "why": "Because.", "source": "act"} | more


def road(*joins):
    return journey.of({"joins": [row(*join) for join in joins]}, ISSUES)


def said(*rows):
    return list(journey.problems({"joins": list(rows)}, KNOWN))


class TestWhatIsOpen:
    def test_an_issue_is_open_when_all_that_block_it_are_settled(self):
        both = road(("a", "c"), ("b", "c"))
        assert "c" not in both.open(())
        assert "c" not in both.open({"a"})
        assert "c" in both.open({"a", "b"})
        assert [join.before for join in both.waiting({"a"})["c"]] == ["b"]

    @pytest.mark.parametrize("kind", [SETTLE_BEFORE, EASES])
    def test_advice_closes_nothing(self, kind):
        assert road(("a", "b", kind)).open(()) == ISSUES

    def test_what_is_settled_is_neither_open_nor_waiting(self):
        settled = {"b"}
        assert "b" not in road(("a", "b")).open(settled)
        assert road(("a", "b")).waiting(settled) == {}

    def test_a_join_with_an_issue_that_nobody_can_open_is_left_out(self):
        found = journey.of({"joins": [row("hidden", "a"), row("a", "hidden"), row("a", "b")]}, ISSUES)
        assert [(join.before, join.after) for join in found.joins] == [("a", "b")]

    def test_what_was_settled_before_that_which_it_rests_on_is_told(self):
        found = road(("a", "b"), ("c", "b", SETTLE_BEFORE), ("d", "b", EASES))
        assert [join.before for join in found.early({"b"})] == ["a", "c"]
        assert [join.before for join in found.early({"a", "b"})] == ["c"]
        assert found.early({"a", "b", "c"}) == ()


class TestWhatIsWorthSettlingFirst:
    def first(self, found, *settled):
        return [advice.issue for advice in found.first(settled)]

    def test_that_which_most_wait_for_directly_or_further_on(self):
        found = road(("a", "b"), ("c", "d"), ("d", "e"))
        assert self.first(found) == ["c", "a"]
        assert self.first(found, "c") == ["a", "d"]

    def test_then_that_which_most_are_best_settled_after_then_that_which_eases_most(self):
        found = road(("a", "h", EASES), ("b", "g", EASES), ("b", "h", EASES), ("c", "f", SETTLE_BEFORE))
        assert self.first(found) == ["c", "b", "a"]

    def test_not_what_is_itself_best_settled_after_something_that_is_open(self):
        found = road(("b", "c"), ("a", "b", SETTLE_BEFORE))
        assert self.first(found) == ["a"]
        assert self.first(found, "a") == ["b"]

    def test_not_what_helps_with_nothing_that_is_left(self):
        found = road(("a", "b"))
        assert self.first(found, "a") == []
        assert self.first(found, "b") == []

    def test_it_says_what_each_would_help_with(self):
        (advice,) = road(("a", "b"), ("a", "c", SETTLE_BEFORE), ("a", "d", EASES), ("a", "e")).first({"e"})
        assert [(join.after, join.kind) for join in advice.joins] == [
            ("b", BLOCKS),
            ("c", SETTLE_BEFORE),
            ("d", EASES),
        ]


@st.composite
def journeys(draw):
    """Any joins that can be published: each leads from an issue to a later one."""
    pairs = [(one, other) for at, one in enumerate(ISSUES) for other in ISSUES[at + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True))
    return Journey(
        ISSUES, tuple(Join(*pair, draw(st.sampled_from(list(KINDS))), "Because.") for pair in chosen)
    )


SETTLED = st.sets(st.sampled_from(ISSUES))


@given(journeys(), SETTLED, st.sampled_from(ISSUES))
def test_to_settle_one_more_opens_others_and_never_closes_any(found, settled, one):
    before, after = found.open(settled), found.open(settled | {one})
    assert set(before) - {one} <= set(after)
    unblocked = {
        join.after
        for join in found.after(one)
        if join.kind == BLOCKS
        and join.after not in settled
        and all(other.before in settled | {one} for other in found.before(join.after) if other.kind == BLOCKS)
    }
    assert unblocked - {one} <= set(after)


@given(journeys(), SETTLED)
def test_each_issue_is_settled_or_open_or_waits(found, settled):
    groups = [*settled, *found.open(settled), *found.waiting(settled)]
    assert sorted(groups) == list(ISSUES)
    assert {advice.issue for advice in found.first(settled)} <= set(found.open(settled))


@given(journeys(), SETTLED)
def test_there_is_always_something_open_and_something_worth_settling_while_anything_helps(found, settled):
    left = set(ISSUES) - settled
    assert not left or found.open(settled)
    joins_left = [join for join in found.joins if {join.before, join.after} <= left]
    assert bool(found.first(settled)) == bool(joins_left)


class TestWhatCannotBePublished:
    def test_joins_that_are_right_can(self):
        assert said(row("a", "b"), row("b", "c", EASES, source="", case_study="alpha")) == []

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"before": ""}, "Join “b”: select the look-out that comes first."),
            ({"after": ""}, "Join “a”: select the look-out that it helps with."),
            ({"kind": ""}, "Join “a / b”: select how they join."),
            ({"why": ""}, "Join “a / b”: say why, in one sentence."),
            ({"kind": "hinders"}, "Join “a / b”: “hinders” is not a way to join."),
            ({"source": ""}, "Join “a / b”: name a source, or a case study that shows it."),
            ({"source": "nowhere"}, "Join “a / b”: “nowhere” is not the key of a source."),
            ({"case_study": "beta"}, "Join “a / b”: “beta” is not a case study that readers can open."),
            ({"after": "hidden"}, "Join “a / hidden”: “hidden” is not a look-out that readers can open."),
            ({"before": "luck"}, "Join “luck / b”: “luck” is not a look-out that readers can open."),
        ],
    )
    def test_what_is_missing_or_unknown_is_named(self, wrong, sentence):
        assert said(row("a", "b") | wrong) == [sentence]

    def test_the_same_two_are_joined_once(self):
        assert said(row("a", "b"), row("a", "b", EASES)) == ["Join “a / b”: it is there twice."]

    def test_a_circle_is_named_whole_whatever_its_kinds(self):
        circle = [row("b", "c"), row("c", "d", EASES), row("d", "b", SETTLE_BEFORE)]
        assert said(row("a", "b"), *circle) == [
            "Joins: they run in a circle, b → c → d → b. Take one of them out."
        ]

    def test_an_issue_cannot_be_joined_with_itself(self):
        assert said(row("a", "a")) == ["Joins: they run in a circle, a → a. Take one of them out."]

    @given(journeys(), st.sampled_from(ISSUES), st.sampled_from(ISSUES))
    def test_only_joins_that_lead_back_make_a_circle(self, found, before, after):
        rows = [row(join.before, join.after, join.kind) for join in found.joins]
        assert not any("circle" in sentence for sentence in said(*rows))
        leads_back = before == after or before in Journey(found.issues, found.joins)._beyond(after, (), KINDS)
        assert any("circle" in sentence for sentence in said(*rows, row(before, after))) == leads_back


class TestWhatAPlanKeeps:
    TITLES = {"a": "Agreement", "b": "Contract", "c": "Culture"}
    TABLES = {"joins": [row("a", "b"), row("b", "c", SETTLE_BEFORE)]}

    def kept(self, **query):
        return journey.kept(self.TABLES, query, titles=self.TITLES)

    def test_what_is_settled_and_what_came_of_it_in_words(self):
        kept = self.kept(settled=["c", "a", "nothing"], nation=["wales"])
        assert kept.query == "settled=a&settled=c&nation=wales"
        assert kept.look_outs == ("a", "c")
        assert kept.nation == "wales"
        assert kept.lines == ("Settled: Agreement; Culture.", "Open now: Contract.")
        assert self.kept(settled=["c"]).lines == (
            "Settled: Culture.",
            "Open now: Agreement.",
            "Waiting: Contract, for Agreement.",
            "Worth settling first: Agreement.",
        )

    def test_without_a_tick_there_is_nothing_to_keep(self):
        assert self.kept(nation=["wales"], settled=["x"]).lines == ()
