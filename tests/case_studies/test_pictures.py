"""Pictures say no more than is known."""

from decimal import Decimal

import pytest

from case_studies import pictures
from case_studies.models import Milestone, OwnershipShare
from case_studies.pictures import Segment


def share(group, percent=None, basis="ownership"):
    return OwnershipShare(group=group, basis=basis, percent=None if percent is None else Decimal(percent))


def step(begins, ends="", stage="implementation"):
    return Milestone(stage=stage, title="A step", begins=begins, ends=ends)


class TestOwnership:
    def test_shares_are_grouped_by_what_is_shared_and_stand_in_one_order(self):
        mixes = pictures.ownership([share("users", 40, "board"), share("others", 30), share("staff", 70)])
        assert [(mix.basis, [each.group for each in mix.shares]) for mix in mixes] == [
            ("Shares or ownership", ["staff", "others"]),
            ("Seats on the board", ["users"]),
        ]

    def test_known_shares_make_a_bar_and_the_rest_of_it_is_known_of_nobody(self):
        assert pictures.segments([share("staff", 25), share("users", 60)]) == (
            Segment("staff", Decimal(0), Decimal(25)),
            Segment("users", Decimal(25), Decimal(60)),
            Segment("", Decimal(85), Decimal(15)),
        )

    @pytest.mark.parametrize(
        "shares",
        [
            [],
            [share("staff")],
            [share("staff", 50), share("users")],
            [share("staff", 60), share("users", 50)],
        ],
    )
    def test_where_a_share_is_not_known_or_they_cannot_be_right_there_is_no_bar(self, shares):
        assert [segment for segment in pictures.segments(shares) if segment.group] == []


class TestSize:
    def test_the_largest_bar_is_the_whole_width(self):
        bars = pictures.bars([("then", Decimal(50)), ("now", Decimal(200)), ("between", Decimal(3))])
        assert [(bar.of, bar.width) for bar in bars] == [
            ("then", Decimal(25)),
            ("now", Decimal(100)),
            ("between", Decimal("1.5")),
        ]

    @pytest.mark.parametrize(
        "figures", [[], [("then", Decimal(5))], [("then", Decimal(0)), ("now", Decimal(0))]]
    )
    def test_one_figure_or_none_is_no_picture(self, figures):
        assert pictures.bars(figures) == ()


class TestTheRoadOut:
    def test_stages_stand_in_their_order_with_the_time_they_took(self):
        road = pictures.road(
            [
                step("2011-02", "2011-06"),
                step("2009-10", stage="appraisal"),
                step("2011-09"),
                step("2010", "2010-03", stage="early-thinking"),
            ]
        )
        assert [(stage.stage, stage.months) for stage in road] == [
            ("Early thinking", None),
            ("Appraisal", None),
            ("Implementation", 7),
        ]

    def test_what_came_after_the_start_has_no_length(self):
        (stage,) = pictures.road([step("2012-01", stage="first-year"), step("2025-12", stage="first-year")])
        assert (stage.stage, stage.months) == ("First full year of trading, and later", None)

    @pytest.mark.parametrize(
        ("steps", "started", "months"),
        [
            ([step("2010-01"), step("2011-03")], "2012-07-01", 30),
            ([step("2010-01"), step("2011-03", "2011-05")], "", 16),
            ([step("2010"), step("2011-03")], "2012-07", None),
            ([step("2010-01")], "2012", None),
            ([step("2010-01")], "2010-01-15", None),
            ([step("2012-01", stage="first-year")], "2010-01", None),
            ([], "2012-07", None),
        ],
    )
    def test_the_way_out_ends_with_the_start(self, steps, started, months):
        assert pictures.months_out(steps, started=started) == months

    @pytest.mark.parametrize(
        ("months", "words"),
        [
            (1, "about 1 month"),
            (7, "about 7 months"),
            (12, "about 1 year"),
            (27, "about 2 years and 3 months"),
        ],
    )
    def test_months_in_words(self, months, words):
        assert pictures.in_words(months) == words
