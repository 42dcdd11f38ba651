"""Filters in plain addresses: what is chosen, what leads where, and nothing that an address holds can break them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import facets
from mutuals_portal.facets import Chosen, Facet, Filter, Option, Relaxation

NATION = Facet("nation", "Nation", {"england": "England", "wales": "Wales", "scotland": "Scotland"})
SECTOR = Facet("sector", "What it does", {"youth": "Youth", "leisure": "Leisure"})
SORTS = {"name": "name", "size": "size"}


def read(query=None, **values):
    query = query if query is not None else {name: list(value) for name, value in values.items()}
    return facets.read(query, path="/list/", facets=[NATION, SECTOR], sorts=SORTS)


def test_nothing_asked_for_is_the_first_page_of_everything_in_the_usual_order():
    asked = read()
    assert (asked.chosen, asked.sort, asked.page, asked.problems) == ({}, "name", 1, ())
    assert asked.address == "/list/"


def test_values_are_taken_once_and_in_the_order_of_the_options():
    asked = read(nation=["scotland", "england", "scotland", ""], sort=["size"], page=["3"])
    assert asked.chosen == {"nation": ("england", "scotland")}
    assert asked.address == "/list/?nation=england&nation=scotland&sort=size&page=3"
    assert asked.problems == ()


def test_what_is_no_option_is_left_out_and_named():
    asked = read(nation=["wales", "france"])
    assert asked.chosen == {"nation": ("wales",)}
    assert asked.problems == ("Nation: we do not know “france”, so we left that out.",)


def test_of_many_unknown_values_a_few_are_named_shortened():
    asked = read(sector=[f"x{number}" * 100 for number in range(400)])
    assert asked.chosen == {}
    (problem,) = asked.problems
    assert problem.startswith("What it does: we do not know “x0x0")
    assert problem.endswith("…” and 397 others, so we left that out.")
    assert len(problem) < 250


def test_what_cannot_be_shown_is_not_quoted():
    (problem,) = read(nation=["a\x00b\u202ec\n"]).problems
    assert "“abc”" in problem


@pytest.mark.parametrize("page", ["-1", "0", "x", "1.5", "²", "٣", "01", f"1{'0' * 400}", " 2"])
def test_what_is_no_page_is_the_first_page_and_said(page):
    asked = read(page=[page])
    assert asked.page == 1
    assert "is not the number of a page" in asked.problems[0]


def test_a_page_after_the_last_is_the_last():
    asked = read(page=["9000"]).within(3)
    assert asked.page == 3
    assert asked.problems == ("There is no page 9,000. This is the last page.",)
    assert read(page=["3"]).within(3).problems == ()
    assert read(page=["2"]).within(0).page == 1


def test_an_unknown_order_is_the_usual_one_and_of_several_the_last_counts():
    assert read(sort=["colour"]).sort == "name"
    assert read(sort=["colour"]).problems == ("We cannot sort by “colour”.",)
    assert read(sort=["name", "size"]).sort == "size"
    assert read(page=["4", "2"]).page == 2


def test_a_filter_shows_options_that_would_find_something_and_those_that_are_chosen():
    asked = read(nation=["wales"])
    numbers = {"nation": {"england": 4}}
    assert facets.filters(asked, numbers) == [
        Filter(
            "nation", "Nation", (Option("england", "England", 4, False), Option("wales", "Wales", 0, True))
        )
    ]
    assert facets.filters(asked, numbers)[0].number_chosen == 1


def test_each_chosen_value_can_be_removed_and_that_leads_to_the_first_page():
    asked = read(nation=["england", "wales"], sector=["youth"], page=["5"], sort=["size"])
    assert facets.chosen(asked) == [
        Chosen("Nation", "England", "/list/?nation=wales&sector=youth&sort=size"),
        Chosen("Nation", "Wales", "/list/?nation=england&sector=youth&sort=size"),
        Chosen("What it does", "Youth", "/list/?nation=england&nation=wales&sort=size"),
    ]


def test_a_value_can_be_added():
    asked = read(nation=["wales"], page=["2"])
    assert asked.with_("nation", "england").address == "/list/?nation=england&nation=wales"
    assert asked.with_("sector", "leisure").address == "/list/?nation=wales&sector=leisure"


def test_the_facet_whose_removal_helps_most_is_suggested_first_and_one_that_does_not_help_never():
    asked = read(nation=["wales"], sector=["youth", "leisure"])
    assert facets.relaxations(asked, {"nation": 2, "sector": 7}) == [
        Relaxation("What it does", 7, "/list/?nation=wales"),
        Relaxation("Nation", 2, "/list/?sector=youth&sector=leisure"),
    ]
    assert facets.relaxations(asked, {"nation": 0, "sector": 0}) == []


@given(
    st.dictionaries(
        st.sampled_from(["nation", "sector", "sort", "page", "else"]),
        st.lists(
            st.sampled_from(["wales", "youth", "size", "2"]) | st.text("a1-&=%\x00é😀", max_size=9),
            max_size=5,
        ),
    )
)
def test_whatever_an_address_holds_what_is_understood_of_it_reads_the_same_again(query):
    asked = read(query)
    again = read(parse_qs(urlsplit(asked.address).query))
    assert again.problems == ()
    assert (again.chosen, again.sort, again.page) == (asked.chosen, asked.sort, asked.page)
    assert all(
        set(values) <= set(f.options) for f in (NATION, SECTOR) for values in [asked.chosen.get(f.name, ())]
    )
