"""What keeps the rules on legal forms from being published: every fault is found, and named by its row."""

from copy import deepcopy

import pytest
import yaml

from guides import legal_forms
from guides.content_loading import read_sources
from guides.legal_forms import rules
from guides.tables import Known
from guides.tools_loading import CONTENT

TABLES = yaml.safe_load((CONTENT / "legal-forms.yaml").read_text())
KNOWN = Known(sources=frozenset(source.values["key"] for source in read_sources()), look_outs=frozenset())


def problems(tables):
    return list(legal_forms.problems(tables, KNOWN))


@pytest.fixture
def tables():
    return {name: deepcopy(TABLES[name]) for name in rules.TABLES}


def row(tables, table, **values):
    return next(each for each in tables[table] if values.items() <= each.items())


def test_the_rules_that_come_with_the_service_have_no_fault(tables):
    assert problems(tables) == []


def test_empty_tables_are_refused():
    assert problems({}) == ["Enter the forms and the questions."]


@pytest.mark.parametrize(
    ("table", "where", "change", "problem"),
    [
        ("forms", {"key": "llp"}, {"name": ""}, "Form “llp”: enter a name."),
        ("forms", {"key": "llp"}, {"source": "nobody"}, "Form “llp”: “nobody” is not the key of a source."),
        ("forms", {"key": "llp"}, {"source": "unknown"}, "Form “llp”: “unknown” is not the key of a source."),
        ("forms", {"key": "llp"}, {"key": "cio"}, "Form “cio”: it is there twice."),
        (
            "forms",
            {"key": "cio"},
            {"nations": ["england"]},
            "Form “cio”: it exists in England only, so the answer “wales” must rule it out.",
        ),
        (
            "forms",
            {"key": "cio"},
            {"nations": ["england", "wales", "scotland"]},
            "Form “cio”: it exists in Scotland, and yet the answer “scotland” rules it out.",
        ),
        ("features", {"key": "tax"}, {"name": ""}, "Feature “tax”: enter a name."),
        ("criteria", {"key": "lock"}, {"skip": ""}, "Question “lock”: say what not answering it means."),
        (
            "criteria",
            {"key": "lock"},
            {"key": "favourite"},
            "Question “favourite”: this key means something else in addresses. Choose another.",
        ),
        (
            "criteria",
            {"key": "lock"},
            {"key": "page"},
            "Question “page”: this key means something else in addresses. Choose another.",
        ),
        (
            "criteria",
            {"key": "lock"},
            {"key": "locked"},
            "Question “locked”: it has no answers.",
        ),
        (
            "options",
            {"criterion": "nation", "key": "wales"},
            {"key": "france"},
            "Answer “nation / france”: this is not a nation.",
        ),
        (
            "options",
            {"criterion": "lock", "key": "no"},
            {"key": "yes"},
            "Answer “lock / yes”: it is there twice.",
        ),
        ("options", {"criterion": "lock", "key": "no"}, {"key": "n"}, "Answer “lock / n”: it leans nowhere."),
    ],
)
def test_a_fault_in_a_row_is_named(tables, table, where, change, problem):
    row(tables, table, **where).update(change)
    assert problem in problems(tables)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"forms": ["club"]}, "“club” is not the key of a form."),
        ({"forms": []}, "name a form."),
        ({"feature": "colour"}, "“colour” is not the key of a feature."),
        ({"source": ""}, "name a source, or say that it is not confirmed."),
        ({"source": "nobody"}, "“nobody” is not the key of a source."),
        ({"words": ""}, "enter what is known."),
    ],
)
def test_a_fault_in_a_fact_is_named(tables, change, problem):
    tables["facts"][0].update(change)
    found = [each for each in problems(tables) if each.startswith("Fact 1 (")]
    assert any(each.endswith(f": {problem}") for each in found), found


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"forms": ["club"]}, "“club” is not the key of a form."),
        ({"option": "france"}, "there is no such answer."),
        (
            {"leans": "perhaps"},
            "say whether it speaks for the form, against it, rules it out or has a lawyer asked.",
        ),
        ({"reason": ""}, "enter the reason."),
        ({"source": ""}, "name a source, or say that it is not confirmed."),
        ({"source": "unknown"}, "“unknown” is not the key of a source."),
        (
            {"source": "unconfirmed"},
            "only what has a source rules a form out. Let it speak against the form.",
        ),
        ({"nations": ["england"]}, "what rules a form out in some nations belongs to the question “nation”."),
    ],
)
def test_a_fault_in_a_leaning_is_named(tables, change, problem):
    tables["leanings"][0].update(change)
    found = [each for each in problems(tables) if each.startswith("Leaning 1 (")]
    assert any(each.endswith(f": {problem}") for each in found), found


@pytest.mark.parametrize("form", [form["key"] for form in TABLES["forms"]])
@pytest.mark.parametrize("feature", [feature["key"] for feature in TABLES["features"]])
def test_every_cell_is_asked_for(tables, form, feature):
    for fact in tables["facts"]:
        if fact["feature"] == feature:
            fact["forms"] = [each for each in fact["forms"] if each != form]
    tables["facts"] = [fact for fact in tables["facts"] if fact["forms"]]
    assert problems(tables) == [f"Form “{form}”: say what is known of “{feature}”, or that it is unknown."]


def test_a_cell_is_not_filled_twice_with_the_same_nor_both_known_and_unknown(tables):
    fact = row(tables, "facts", feature="fewest", source="unconfirmed", words="2")
    tables["facts"].append(dict(fact))
    assert problems(tables) == ["Fact “llp / fewest”: it is there twice."]
    tables["facts"][-1] |= {"words": "", "source": "unknown"}
    assert problems(tables) == ["Fact “llp / fewest”: said to be unknown, and yet there is a fact."]


def test_no_answer_counts_twice_for_a_form_but_may_have_more_asked(tables):
    again = row(tables, "leanings", criterion="control", option="partners", leans="for")
    tables["leanings"].append(again | {"leans": "against"})
    assert problems(tables) == ["Answer “control / partners”: it counts 2 times for or against “llp”."]
    tables["leanings"][-1]["leans"] = "ask"
    assert problems(tables) == []


def test_a_form_that_could_never_come_first_or_never_fall_behind_is_told(tables):
    def without(leans):
        kept = deepcopy(tables)
        for leaning in kept["leanings"]:
            if leaning["leans"] in leans and leaning["criterion"] != "nation":
                leaning["forms"] = [form for form in leaning["forms"] if form != "llp"]
        kept["leanings"] = [leaning for leaning in kept["leanings"] if leaning["forms"]]
        return problems(kept)

    assert "Form “llp”: no answer speaks for it, so it could never come first." in without({"for"})
    assert "Form “llp”: no answer speaks against it or rules it out." in without({"against", "rules-out"})


def test_rows_that_cannot_be_read_break_neither_the_check_nor_the_page(tables):
    for table in rules.TABLES:
        tables[table].append({})
    assert problems(tables)
    assert len(rules.read(tables).forms) == 10
