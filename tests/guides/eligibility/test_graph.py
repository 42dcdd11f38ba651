"""Which question leads to which, over graphs of every shape."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from guides.eligibility import graph

NODES = st.integers(0, 7).map(str)
GRAPHS = st.dictionaries(NODES, st.lists(NODES, max_size=4, unique=True), max_size=8)
SOUND = st.integers(1, 9).flatmap(
    lambda size: st.fixed_dictionaries(
        {
            str(node): st.lists(st.sampled_from([str(n) for n in range(node + 1, size + 1)]), max_size=3)
            for node in range(size)
        }
    )
)
"""Lines lead to larger numbers only, so there is no circle. The largest is no question: it is left out."""


def in_a_circle_by_brute_force(edges):
    """Whether some way that visits no question twice leads back to where it began."""

    def leads_back(start, here, been):
        return any(
            each == start or (each in edges and each not in been and leads_back(start, each, been | {each}))
            for each in edges[here]
        )

    return any(leads_back(start, start, {start}) for start in edges)


@given(GRAPHS)
def test_a_circle_is_found_if_and_only_if_there_is_one(edges):
    found = graph.circle(edges)
    assert bool(found) == in_a_circle_by_brute_force(edges)
    if found:
        assert found[0] == found[-1]
        assert all(goal in edges[start] for start, goal in itertools.pairwise(found))


@given(SOUND)
def test_every_question_comes_before_those_it_leads_to(edges):
    place = {key: number for number, key in enumerate(graph.in_order(edges))}
    assert place.keys() == edges.keys()
    assert all(place[key] < place[each] for key in edges for each in edges[key] if each in edges)


@given(GRAPHS)
def test_each_question_has_one_place_even_where_no_order_is_right(edges):
    assert sorted(graph.in_order(edges)) == sorted(edges)


@given(GRAPHS, NODES)
def test_what_is_reachable_is_what_a_way_leads_to(edges, start):
    assert graph.reachable(edges, start) == {key for key in edges if graph.way(edges, start, key)}


@given(SOUND)
def test_the_longest_path_is_as_long_as_the_longest_of_all_paths(edges):
    def by_hand(key):
        return 1 + max((by_hand(each) for each in edges[key] if each in edges), default=0)

    for start in edges:
        assert graph.longest(edges, start) == by_hand(start)


def test_a_chain_of_ten_thousand_is_no_trouble():
    edges = {str(number): [str(number + 1)] for number in range(10_000)}
    assert graph.in_order(edges)[-1] == "9999"
    assert graph.longest(edges, "0") == 10_000


def test_questions_without_a_rule_between_them_stay_as_they_are_written():
    assert graph.in_order({"b": ["a"], "c": ["a"], "a": []}) == ("b", "c", "a")
