"""Texts of profiles: claims in curly brackets, and no figures of their own."""

from dataclasses import dataclass

import pytest

from case_studies import wording


@dataclass(frozen=True)
class Said:
    value: str
    source_key: str


STAFF = {"staff": Said("over 500 people", "gma")}


def problems(text):
    return list(wording.problems(text, claims=STAFF, sources={"gma"}))


def test_a_claim_brings_its_value_and_its_source():
    assert wording.filled("It had {staff} then.", STAFF) == "It had over 500 people[^gma] then."


def test_an_unknown_claim_is_left_out_and_named():
    assert wording.filled("It had {visits} then.", STAFF) == "It had  then."
    assert problems("It had {visits} then.") == ["{visits} is not the key of a figure of this profile."]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It had 500 staff [^gma].", "500"),
        ("It began in 2003 [^gma].", "2003"),
        ("It lost £71,501 [^gma].", "£71,501"),
        ("It grew by 12% [^gma].", "12%"),
        ("- Turnover: £3.5 million [^gma].", "£3.5 million"),
    ],
)
def test_a_figure_in_a_text_is_refused(text, figure):
    assert problems(text) == [f"“{figure}” is a figure: make it a claim and write its key in curly brackets."]


@pytest.mark.parametrize(
    "text",
    [
        "It had {staff}.",
        "The body 3BM and the project Prehab4cancer [^gma].",
        "See [the page on costs](page:full-costs).",
        "See [their site](https://example.org/2014/11).",
        "Nothing is known.",
        "",
    ],
)
def test_names_links_and_claims_are_no_figures(text):
    assert problems(text) == []


def test_what_publishing_refuses_in_any_text_is_refused_here():
    assert any("gone" in problem for problem in problems("So they say [^gone]."))
    assert problems("<script>alert(1)</script>") != []
