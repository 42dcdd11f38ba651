"""Which legal form fits: every answer against every form, what the ranking promises, and what would change it."""

from copy import deepcopy
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guides import legal_forms
from guides.legal_forms import asked, comparing, ranking, rules, telling
from guides.legal_forms.ranking import Group
from guides.legal_forms.rules import Leans
from guides.notes import Mark, Notes
from guides.tools_loading import CONTENT

TABLES = yaml.safe_load((CONTENT / "legal-forms.yaml").read_text())
RULES = rules.read(TABLES)
NAMES = {form.key: form.name for form in RULES.forms}
SINGLE = [(criterion.key, option.key) for criterion in RULES.criteria for option in criterion.options]


def any_answers():
    return st.fixed_dictionaries(
        {},
        optional={
            each.key: st.sampled_from([option.key for option in each.options]) for each in RULES.criteria
        },
    )


def small(*leanings):
    """Two forms, two questions with two answers each. A leaning: question, answer, form, how it leans."""
    return {
        "forms": [{"key": key, "name": key.title()} for key in ("club", "guild")],
        "criteria": [
            {"key": key, "name": key.title(), "text": f"{key}?", "skip": "Skip"} for key in ("who", "nation")
        ],
        "options": [
            {"criterion": criterion, "key": key, "text": key.title()}
            for criterion, keys in (("who", ("all", "few")), ("nation", ("england", "scotland")))
            for key in keys
        ],
        "leanings": [
            {"criterion": c, "option": o, "forms": [form], "leans": leans, "reason": "Why."} | dict(more)
            for c, o, form, leans, *more in leanings
        ],
    }


def standing(tables, **answers):
    return {
        each.form.key: (each.place, str(each.group)) for each in ranking.rank(rules.read(tables), answers)
    }


def fits_and_out(answers):
    ranked = ranking.rank(RULES, answers)
    return (
        {each.form.key for each in ranked if each.group == Group.FITS},
        {each.form.key for each in ranked if not each.place},
    )


def test_without_answers_no_form_is_before_another():
    ranked = ranking.rank(RULES, {})
    assert {(each.place, each.group) for each in ranked} == {(1, Group.ALSO)}
    assert [each.form for each in ranked] == list(RULES.forms)
    assert telling.verdict(ranked).startswith("No form stands out")


@pytest.mark.parametrize(
    ("leans", "place", "group"),
    [("for", 1, "fits"), ("ask", 1, "also"), ("against", 2, "not"), ("rules-out", 0, "not")],
)
def test_how_one_answer_moves_a_form(leans, place, group):
    found = standing(small(("who", "all", "club", leans)), who="all")
    assert found["club"] == (place, group)
    assert found["guild"] == (2 if leans == "for" else 1, "also")
    assert standing(small(("who", "all", "club", leans)), who="few")["club"] == (1, "also")


def test_forms_of_one_balance_share_their_place_and_it_is_said():
    tables = small(("who", "all", "club", "for"), ("who", "all", "guild", "for"))
    assert standing(tables, who="all") == {"club": (1, "fits"), "guild": (1, "fits")}
    ranked = ranking.rank(rules.read(tables), {"who": "all"})
    assert telling.verdict(ranked) == "2 forms fit your answers equally: Club and Guild."


def test_how_many_reasons_and_which_place_is_said():
    leanings = ("who", "all", "club", "for"), ("nation", "england", "club", "against")
    read = rules.read(small(*leanings))
    assert [telling.tally(each) for each in ranking.rank(read, {"who": "all"})] == [
        "Place 1: 1 reason for, none against",
        "Place 2: nothing for or against",
    ]
    both = ranking.rank(read, {"who": "all", "nation": "england"})
    assert [telling.tally(each) for each in both] == [
        "Place 1, shared: 1 reason for, 1 against",
        "Place 1, shared: nothing for or against",
    ]


def test_what_is_ruled_out_stays_out_however_much_speaks_for_it():
    tables = small(("who", "all", "club", "for"), ("nation", "england", "club", "rules-out"))
    assert standing(tables, who="all", nation="england")["club"] == (0, "not")
    club = ranking.rank(rules.read(tables), {"who": "all", "nation": "england"})[-1]
    assert telling.tally(club) == "Ruled out by your answers"


def test_law_of_some_nations_counts_there_and_where_no_nation_is_chosen():
    tables = small(("who", "all", "club", "for", ("nations", ["scotland"])))
    assert standing(tables, who="all")["club"] == (1, "fits")
    assert standing(tables, who="all", nation="scotland")["club"] == (1, "fits")
    assert standing(tables, who="all", nation="england")["club"] == (1, "also")
    read = rules.read(tables)
    assert [
        (criterion.key, nations)
        for criterion, nations in ranking.without_effect(read, {"who": "all", "nation": "england"})
    ] == [("who", ("scotland",))]
    assert ranking.without_effect(read, {"who": "all", "nation": "scotland"}) == []


@pytest.mark.parametrize(("criterion", "option"), SINGLE)
@pytest.mark.parametrize("form", NAMES)
def test_every_single_answer_does_to_every_form_what_its_row_says(criterion, option, form):
    rows = [
        row
        for row in TABLES["leanings"]
        if (row["criterion"], row["option"]) == (criterion, option) and form in row["forms"]
    ]
    (found,) = [each for each in ranking.rank(RULES, {criterion: option}) if each.form.key == form]
    leans = {row["leans"] for row in rows}
    assert {reason.leaning.leans for reason in found.reasons} == leans
    assert {reason.leaning.reason for reason in found.reasons} == {row["reason"] for row in rows}
    expected = Group.NOT if leans & {"against", "rules-out"} else Group.FITS if "for" in leans else Group.ALSO
    assert found.group == expected
    assert (found.place == 0) == ("rules-out" in leans)


@pytest.mark.parametrize("nation", ["england", "wales", "scotland", "northern-ireland"])
def test_forms_of_other_nations_are_ruled_out(nation):
    out = {each.form.key for each in ranking.rank(RULES, {"nation": nation}) if not each.place}
    assert (
        out
        == {
            "england": {"scio"},
            "wales": {"scio"},
            "scotland": {"cio"},
            "northern-ireland": {"cio", "scio"},
        }[nation]
    )


@pytest.mark.parametrize("answer", ["yes", "perhaps"])
def test_reserved_contracts_count_everywhere_but_in_scotland(answer):
    for nation, counts in {
        "": True,
        "england": True,
        "wales": True,
        "northern-ireland": True,
        "scotland": False,
    }.items():
        answers = {"nation": nation, "reserved": answer} if nation else {"reserved": answer}
        reasons = {reason.criterion.key for each in ranking.rank(RULES, answers) for reason in each.reasons}
        assert ("reserved" in reasons) == counts, nation
        assert bool(ranking.without_effect(RULES, answers)) != counts


@pytest.mark.parametrize("form", NAMES)
def test_every_form_can_come_first_and_can_be_probably_not(form):
    """The shipped rules: for some answers each form alone fits best, but that a trust needs its company beside it."""
    with_it = {"employee-ownership-trust": ["company-shares"]}.get(form, [])
    for_it = {
        criterion.key: [
            option.key
            for option in criterion.options
            if any(
                form in leaning.forms and leaning.leans == Leans.FOR
                for leaning in RULES.leanings.get((criterion.key, option.key), ())
            )
        ]
        or [None]
        for criterion in RULES.criteria
    }
    home = {"cio": ["england"], "scio": ["scotland"]}.get(form, [None])
    chosen = product(*(home if key == "nation" else [None, *options] for key, options in for_it.items()))
    all_for_it = [{k: v for k, v in zip(for_it, values, strict=True) if v} for values in chosen]
    assert any(
        fits_and_out({criterion: option} | answers)[0] == {form, *with_it}
        for answers in all_for_it
        for criterion, option in SINGLE
    )
    assert any(
        each.group == Group.NOT
        for criterion, option in SINGLE
        for each in ranking.rank(RULES, {criterion: option})
        if each.form.key == form
    )


@given(any_answers(), st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers, random):
    shuffled = list(answers.items())
    random.shuffle(shuffled)
    assert ranking.rank(RULES, dict(shuffled)) == ranking.rank(RULES, answers)
    assert ranking.changes(RULES, dict(shuffled)) == ranking.changes(RULES, answers)


@given(any_answers())
def test_places_follow_the_balance_and_nothing_else(answers):
    ranked = ranking.rank(RULES, answers)
    assert {each.form.key for each in ranked} == set(NAMES)
    standing = [each for each in ranked if each.place]
    for one, other in product(standing, standing):
        assert (one.place < other.place) == (one.balance > other.balance)
    for each in ranked:
        against = len(each.leaning(Leans.AGAINST))
        assert each.balance == len(each.leaning(Leans.FOR)) - against
        assert (each.place == 0) == bool(each.leaning(Leans.RULES_OUT))
        same = [other for other in standing if other.balance == each.balance]
        assert each.is_tied == bool(each.place and len(same) > 1)


@given(any_answers(), st.sampled_from(sorted(NAMES)), st.data())
@settings(max_examples=200)
def test_one_more_reason_for_a_form_never_lowers_it(answers, form, data):
    if not answers:
        return
    criterion = data.draw(st.sampled_from(sorted(answers)))
    tables = deepcopy(TABLES)
    tables["leanings"].append(
        {
            "criterion": criterion,
            "option": answers[criterion],
            "forms": [form],
            "leans": "for",
            "reason": "More.",
        }
    )
    order = [Group.NOT, Group.ALSO, Group.FITS]

    def standing(read):
        (found,) = [each for each in ranking.rank(read, answers) if each.form.key == form]
        return -found.place if found.place else -100, order.index(found.group)

    before, after = standing(RULES), standing(rules.read(tables))
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@given(any_answers())
def test_what_would_change_the_ranking_is_true_when_done_and_complete(answers):
    now, out_now = fits_and_out(answers)
    told = {(each.criterion.key, each.option.key): each for each in ranking.changes(RULES, answers)}
    for criterion, option in SINGLE:
        if answers.get(criterion) == option:
            assert (criterion, option) not in told
            continue
        then, out = fits_and_out({**answers, criterion: option})
        change = told.get((criterion, option))
        assert (change is not None) == (then != now or bool(out - out_now))
        if change:
            assert {form.key for form in change.before} == now
            assert {form.key for form in change.first} == then
            assert {form.key for form in change.ruled_out} == out - out_now


@given(any_answers())
def test_every_sentence_is_whole(answers):
    for change in ranking.changes(RULES, answers):
        sentence = telling.effect(change)
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "would" in sentence
    assert telling.verdict(ranking.rank(RULES, answers)).endswith(".")


def effect(*leanings, now, **answer):
    read = rules.read(small(*leanings))
    ((criterion, option),) = answer.items()
    return next(
        telling.effect(each)
        for each in ranking.changes(read, now)
        if (each.criterion.key, each.option.key) == (criterion, option)
    )


def test_what_a_change_does_is_said_as_it_is():
    club, guild = ("who", "all", "club", "for"), ("who", "few", "guild", "for")
    assert effect(club, now={}, who="all") == "Club would fit best."
    assert effect(club, guild, now={"who": "all"}, who="few") == "Guild would fit best."
    level = ("nation", "england", "guild", "for")
    assert effect(club, level, now={"who": "all"}, nation="england") == "Guild would fit as well as Club."
    both = ("who", "all", "guild", "for")
    assert effect(club, both, now={}, who="all") == "Club and Guild would fit best, equally."
    alone = ("nation", "england", "guild", "against")
    assert effect(club, both, alone, now={"who": "all"}, nation="england") == "Club would fit best."
    out = ("nation", "scotland", "guild", "rules-out")
    assert effect(out, now={}, nation="scotland") == "Guild would be ruled out."
    gone = ("nation", "scotland", "club", "rules-out")
    assert (
        effect(club, gone, now={"who": "all"}, nation="scotland")
        == "No form would stand out; Club would be ruled out."
    )


def test_a_lawyer_is_asked_once_about_all_forms_that_may_be_the_one():
    tables = small(("who", "all", "club", "ask"), ("nation", "england", "guild", "against"))
    tables["leanings"][0]["forms"] = ["club", "guild"]
    read = rules.read(tables)
    (question,) = ranking.questions(ranking.rank(read, {"who": "all"}))
    assert [form.key for form in question.forms] == ["club", "guild"]
    (question,) = ranking.questions(ranking.rank(read, {"who": "all", "nation": "england"}))
    assert [form.key for form in question.forms] == ["club"]


def test_an_address_is_read_and_written_plainly():
    found = asked.read({"lock": ["yes"], "nation": ["wales"], "favourite": ["cio"], "other": ["x"]}, RULES)
    assert found.query == "nation=wales&lock=yes&favourite=cio"
    assert found.problems == ()
    assert found.with_favourite("").query == "nation=wales&lock=yes"
    (change,) = [
        each
        for each in ranking.changes(RULES, found.answers)
        if (each.criterion.key, each.option.key) == ("nation", "scotland")
    ]
    assert found.with_change(change, rules=RULES).query == "nation=scotland&lock=yes&favourite=cio"
    assert found.comparing(["llp"]) == "form=llp&nation=wales&lock=yes&favourite=cio"


def test_what_an_address_has_that_is_not_ours_is_left_out_and_told():
    found = asked.read({"lock": ["maybe", "yes", "no"], "form": ["x"], "favourite": ["\x00"]}, RULES)
    assert dict(found.answers) == {"lock": "yes"}
    assert not found.favourite
    assert len(found.problems) == 4
    assert "Asset lock: we do not know “maybe”, so we left that out." in found.problems
    assert "Asset lock: only one can be chosen, so we took “Yes”." in found.problems


NAMES_IN_ADDRESSES = [*(criterion.key for criterion in RULES.criteria), *asked.RESERVED, "sort", "page", ""]


@given(
    st.dictionaries(
        st.sampled_from(NAMES_IN_ADDRESSES),
        st.lists(st.one_of(st.text(), st.sampled_from([*NAMES, *(key for _, key in SINGLE)]))),
    )
)
def test_whatever_an_address_holds_it_is_read_into_answers_of_ours(query):
    found = asked.read(query, RULES)
    assert set(found.answers.items()) <= set(SINGLE)
    assert all(len(problem) < 300 for problem in found.problems)
    again = {name: [value] for name, value in found.pairs}
    assert asked.read(again, RULES).query == found.query
    kept = legal_forms.kept(TABLES, query)
    assert bool(kept.lines) == bool(kept.query) == found.says_something
    assert len(kept.query) < 4_000


def test_what_is_kept_says_what_was_answered_and_what_came_out():
    kept = legal_forms.kept(
        TABLES, {"nation": ["england"], "votes": ["equal"], "local-money": ["yes"], "favourite": ["scio"]}
    )
    assert kept.lines == (
        "Nation: England",
        "Votes: Yes",
        "Local money: Yes",
        "Fits your answers: Co-operative society, Community benefit society",
        "Also look at: CIC by shares, LLP",
        "Favourite: SCIO",
    )
    assert kept.query == "nation=england&votes=equal&local-money=yes&favourite=scio"
    assert (kept.nation, kept.legal_form, kept.look_outs) == ("england", "scio", ())


def test_nothing_answered_is_nothing_to_keep():
    assert legal_forms.kept(TABLES, {}).lines == ()
    assert legal_forms.kept(TABLES, {"form": ["cio"], "control": ["nobody"]}).lines == ()
    assert "No form stands out." in legal_forms.kept(TABLES, {"nation": ["wales"]}).lines


def test_a_table_stands_on_the_side_that_has_fewer_entries():
    features = RULES.features[:3]
    wide = comparing.table(RULES, RULES.forms[:2], features, Notes())
    assert (wide.corner, wide.columns) == ("What", ("Co-operative society", "Community benefit society"))
    assert [row.label for row in wide.rows] == [feature.name for feature in features]
    long = comparing.table(RULES, RULES.forms, features, Notes())
    assert (long.corner, len(long.rows), len(long.columns)) == ("Form", 10, 3)
    assert wide.rows[0].cells[1].lines[0].words == long.rows[1].cells[0].lines[0].words


@pytest.mark.parametrize("form", RULES.forms, ids=lambda form: form.key)
@pytest.mark.parametrize("feature", RULES.features, ids=lambda feature: feature.key)
def test_every_cell_says_something_and_where_it_comes_from(form, feature):
    ((cell,),) = [row.cells for row in comparing.table(RULES, [form], [feature], Notes()).rows]
    assert cell.lines
    for line in cell.lines:
        assert line.words
        assert line.mark.number or line.mark.words or line.words.startswith("We do not know.")


def test_what_nobody_has_written_is_not_known():
    tables = small()
    tables["features"] = [{"key": "owners", "name": "Owners"}]
    read = rules.read(tables)
    ((cell,), _) = [row.cells for row in comparing.table(read, read.forms, read.features, Notes()).rows]
    assert [line.words for line in cell.lines] == ["We do not know."]


def test_sources_are_numbered_as_they_are_met_after_those_of_the_text():
    notes = Notes(("york", "vast"))
    marks = [notes.mark(key) for key in ("hmrc", "vast", "hmrc", "unconfirmed", "unconfirmed", "")]
    assert [mark.number for mark in marks] == [3, 2, 3, 0, 0, 0]
    assert [mark.words for mark in marks[3:5]] == ["(not confirmed: take advice)", "(not confirmed)"]
    assert marks[5] == Mark()
    assert notes.keys == ("york", "vast", "hmrc")


def test_no_words_tell_anybody_what_to_do():
    everything = str(TABLES).lower()
    for words in ("you should", "you must", "best for you", "we recommend"):
        assert words not in everything
