"""Who passes, who stops, who never counts: against counting by hand, and against every case counted one by one."""

import random
from itertools import combinations

import pytest

from guides.governance.power import power

CASES = 1_000


def every_subset(places):
    return [set(chosen) for size in range(len(places) + 1) for chosen in combinations(places, size)]


class CountedOneByOne:
    """The same answers from the definitions alone, set by set."""

    def __init__(self, weights, quota):
        self.weights, self.quota = weights, quota
        self.places = range(len(weights))
        self.subsets = every_subset(self.places)

    def passes(self, yes):
        return sum(self.weights[place] for place in yes) >= self.quota

    def stops(self, no):
        return not self.passes(set(self.places) - no)

    def smallest(self, is_enough):
        found = [s for s in self.subsets if is_enough(s) and not any(is_enough(s - {place}) for place in s)]
        return sorted(map(sorted, found), key=lambda places: (len(places), places))

    def changes_the_result(self, place):
        others = every_subset([other for other in self.places if other != place])
        return sum(self.passes(yes | {place}) != self.passes(yes) for yes in others)

    def two_can_pass(self):
        return any(self.passes(one) and self.passes(set(self.places) - one) for one in self.subsets)


def some_votes(chance):
    """Up to six classes: few votes, many, the same, or none."""
    largest = chance.choice([1, 3, 10, 5_000])
    weights = tuple(chance.randint(0, largest) for _ in range(chance.randint(1, 6)))
    return weights, chance.randint(1, sum(weights) + 2)


def test_a_thousand_cases_come_out_as_counted_one_by_one():
    chance = random.Random(20261122)
    for _ in range(CASES):
        weights, quota = some_votes(chance)
        found, counted = power(weights, quota), CountedOneByOne(weights, quota)
        case = f"{weights} with {quota} to pass"
        assert [list(each) for each in found.passing] == counted.smallest(counted.passes), case
        assert list(found.decisive) == [counted.changes_the_result(place) for place in counted.places], case
        assert found.ways == 2 ** (len(weights) - 1), case
        assert found.opposites == counted.two_can_pass(), case
        assert found.is_out_of_reach == (sum(weights) < quota), case
        alone = [place for place in counted.places if counted.passes({place})]
        assert list(found.pass_alone) == alone, case
        if not found.is_out_of_reach:
            assert [list(each) for each in found.blocking] == counted.smallest(counted.stops), case
            assert list(found.block_alone) == [p for p in counted.places if counted.stops({p})], case
            powerless = [p for p in counted.places if not counted.changes_the_result(p)]
            assert list(found.powerless) == powerless, case


def test_sixty_of_a_hundred_decide_alone():
    found = power((60, 30, 10), 51)
    assert found.pass_alone == found.block_alone == (0,)
    assert found.powerless == (1, 2)
    assert found.decisive == (4, 0, 0)


def test_two_of_a_hundred_decide_as_often_as_forty_nine():
    found = power((49, 49, 2), 51)
    assert found.passing == found.blocking == ((0, 1), (0, 2), (1, 2))
    assert found.decisive == (2, 2, 2)
    assert not found.pass_alone
    assert not found.powerless


def test_where_all_must_agree_each_can_stop_it_alone():
    found = power((3, 2, 1), 6)
    assert found.passing == ((0, 1, 2),)
    assert found.block_alone == (0, 1, 2)
    assert found.decisive == (1, 1, 1)


def test_one_class_alone_decides():
    found = power((7,), 4)
    assert (found.pass_alone, found.block_alone, found.decisive, found.ways) == ((0,), (0,), (1,), 1)


def test_what_nobody_can_reach_nobody_changes():
    found = power((2, 2), 5)
    assert found.is_out_of_reach
    assert found.passing == found.blocking == ()
    assert found.powerless == (0, 1)


def test_where_too_few_are_enough_two_can_pass_opposite_decisions():
    assert power((2, 2), 2).opposites
    assert not power((2, 2), 3).opposites


def test_one_vote_more_than_a_great_many_is_not_lost():
    """Past 2 to the power of 53 a float would have rounded it away."""
    great = 10**17
    assert power((great, great + 1), great + 1).pass_alone == (1,)


@pytest.mark.parametrize("quota", [1, 6, 12])
def test_twelve_classes_are_all_counted(quota):
    found = power((1,) * 12, quota)
    assert len(set(found.decisive)) == 1
    assert len(found.passing[0]) == quota
    assert len(found.blocking[0]) == 13 - quota
