"""What editors write for the tool, and what keeps it from being published."""

import pytest
import yaml

from guides.governance import problems, rows
from guides.governance.findings import WARNINGS, WHEN, outcome
from guides.tables import Known
from guides.tools_loading import CONTENT

KNOWN = Known(sources={"york"}, look_outs=set(), names={"look-out:governance"})
EXAMPLE = {
    "key": "board",
    "title": "The board, 2024",
    "count": "seats",
    "source": "york",
    "words": "It is so [^york].",
}
CLASSES = [
    {"example": "board", "group": "employees", "votes": "3"},
    {"example": "board", "group": "other", "name": "Chief executive", "votes": "1"},
]
WARNING = {"key": "no-say", "title": "No say", "words": "See [governance](look-out:governance)."}


def refused(*, examples=(EXAMPLE,), classes=CLASSES, warnings=(WARNING,)):
    return list(problems({"examples": examples, "classes": classes, "warnings": warnings}, KNOWN))


def test_an_example_is_read_as_if_a_reader_had_typed_it():
    (found,) = rows.examples({"examples": [EXAMPLE | {"threshold": "two-thirds"}], "classes": CLASSES})
    assert (
        found.asked.query
        == "count=seats&pass=two-thirds&who1=employees&votes1=3&who2=other&name2=Chief+executive&votes2=1"
    )
    assert next(outcome(found.asked.arrangement)) == "Employees can pass any decision alone."


def test_good_rows_are_not_refused():
    assert refused() == []
    assert list(problems({}, KNOWN)) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"examples": [EXAMPLE | {"title": ""}]}, "Example “board”: enter a title, with the year."),
        ({"examples": [EXAMPLE | {"source": ""}]}, "Example “board”: enter the source of the figures."),
        ({"examples": [EXAMPLE | {"source": "none"}]}, "Example “board”: “none” is not the key of a source."),
        ({"examples": [EXAMPLE, EXAMPLE]}, "Example “board”: it is there twice."),
        (
            {"examples": [EXAMPLE | {"count": "heads"}]},
            "Example “board”: “heads” is not a count that the tool knows.",
        ),
        (
            {"examples": [EXAMPLE | {"threshold": "own"}]},
            "Example “board”: Enter the share of votes that a decision needs",
        ),
        (
            {"examples": [EXAMPLE | {"words": "It is so in 1999."}]},
            "Example “board”: Line 1: “1999” is a fact",
        ),
        ({"classes": []}, "Example “board”: enter its classes."),
        ({"classes": CLASSES * 7}, "Example “board”: there can be 12 classes at most."),
        ({"classes": [{"example": "other", "group": "users"}]}, "Class of “other”: no example has that key."),
        ({"classes": [{"group": "users", "votes": "1"}]}, "Class of number 1: enter the key of its example."),
        ({"classes": [{"example": "board", "votes": "1"}]}, "Class of “board”: select a group."),
        ({"classes": [CLASSES[0] | {"votes": "-1"}]}, "Example “board”: Employees: seats must be 0 or more."),
        (
            {"classes": [CLASSES[0] | {"group": "x"}]},
            "Class of “board”: “x” is not a group that the tool knows.",
        ),
        ({"warnings": [{"key": "no-say"}]}, "Warning “no-say”: enter its words."),
        ({"warnings": [WARNING, WARNING]}, "Warning “no-say”: it is there twice."),
        ({"warnings": [WARNING | {"key": "x"}]}, "Warning “x”: “x” is not a key that the tool knows."),
        ({"warnings": [WARNING | {"key": ""}]}, "Warning number 1: select when it is shown."),
        (
            {"warnings": [WARNING | {"words": "[x](page:none)"}]},
            "Warning “no-say”: Line 1: the link page:none leads",
        ),
        ({"examples": [EXAMPLE | {"key": f"k{n}"} for n in range(21)]}, "Examples: there can be 20 at most."),
    ],
)
def test_what_may_not_be_published_is_named_in_a_sentence(changed, sentence):
    assert any(found.startswith(sentence) for found in refused(**changed)), refused(**changed)


def test_editors_are_told_when_each_warning_is_shown():
    assert WHEN.keys() == WARNINGS.keys()


def test_what_comes_with_the_service_has_words_for_every_warning_and_works_out_every_example():
    tables = yaml.safe_load((CONTENT / "who-has-a-say.yaml").read_text())
    assert rows.warnings(tables).keys() == WARNINGS.keys()
    found = {each.key: list(outcome(each.asked.arrangement)) for each in rows.examples(tables)}
    assert found["explore-york-board"][0] == "No class can pass a decision alone."
    assert found["mycsp-2012"][1] == "All 3 classes are equally decisive, although their votes differ."
    assert found["mycsp-2014"][0] == "Equiniti can pass any decision alone."
