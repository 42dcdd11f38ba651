"""What an address asks, whatever it holds."""

from fractions import Fraction
from urllib.parse import parse_qs

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guides.governance import address


def read(query):
    return address.read(parse_qs(query, keep_blank_values=True))


def told(query):
    return [problem.words for problem in read(query).problems]


def test_members_have_one_vote_each_unless_something_else_is_entered():
    found = read(
        "who1=employees&members1=60&who2=users&members2=10&votes2=2.5&who3=public-body&votes3=7&per3=class"
    )
    employees, users, body = found.arrangement.classes
    assert (employees.name, employees.members, employees.all_votes) == ("Employees", 60, 60)
    assert users.all_votes == 25
    assert (body.members, body.all_votes) == (None, 7)
    assert found.arrangement.total == 92


def test_seats_on_the_board_need_no_members():
    board = read("count=seats&who1=employees&votes1=3&who2=users&members2=500&votes2=2").arrangement
    assert [each.all_votes for each in board.classes] == [3, 2]
    assert board.unit == "seats"


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("", 51),
        ("pass=two-thirds", 67),
        ("pass=three-quarters", 75),
        ("pass=unanimous", 100),
        ("pass=own&percent=60", 61),
        ("pass=own&percent=60&rule=at-least", 60),
        ("percent=33.3333%25", 34),
        ("percent=0", 1),
        ("percent=50+%25", 51),
        ("percent=100", 101),
    ],
)
def test_each_threshold_asks_for_whole_votes(query, needed):
    assert read(f"who1=employees&members1=100&{query}").arrangement.needed == needed


def test_votes_with_decimals_stay_exact():
    found = read(
        "who1=users&votes1=33.3333&per1=class&who2=employees&votes2=66.6667&per2=class&pass=two-thirds"
    )
    assert found.arrangement.total == 100
    assert found.arrangement.needed == Fraction("66.6667")
    assert found.arrangement.power.pass_alone == (1,)


def test_own_words_name_a_class_and_same_names_are_told_apart():
    found = read(
        "who1=users&name1=Parents&members1=3&name2=Parents&members2=4&who3=users&members3=1"
    ).arrangement
    assert found.names == ("Parents", "Parents (2)", "Users")
    assert [each.group for each in found.classes] == ["users", "other", "users"]


def test_blank_lines_are_left_out_and_nothing_typed_is_lost():
    asked = read(
        "who1=&name1=&members1=&votes1=&per1=member&who4=users&members4=5&rows=5&count=votes&rule=more-than"
    )
    assert len(asked.lines) == 5
    assert asked.query == "who1=users&members1=5"
    assert asked.query_with_one_more() == "who1=users&members1=5&rows=6"


def test_the_plain_address_says_the_same_again():
    query = (
        "count=seats&pass=own&rule=at-least&percent=66.6&nation=wales"
        "&who1=employees&votes1=3&who2=other&name2=Chief+executive&votes2=1"
    )
    asked = read(query)
    assert asked.query == query
    assert read(asked.query) == asked


def test_digits_of_every_script_are_read_and_kept_in_plain_ones():
    asked = read("who1=users&members1=٦٠")
    assert asked.arrangement.total == 60
    assert asked.query == "who1=users&members1=60"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("who1=users&members1=-3", "Users: members must be 0 or more. You entered “-3”."),
        ("who1=users&members1=1.5", "Users: members must be a whole number. You entered “1.5”."),
        (
            "who1=users&members1=9999999999",
            "Users: members must be below 1,000,000,000. We do not count further.",
        ),
        ("count=seats&votes1=1.5", "Class 1: seats must be a whole number. You entered “1.5”."),
        (
            "who1=users&votes1=3",
            "Users: enter how many members there are, or count its votes for the class as a whole.",
        ),
        ("who1=users&per1=class", "Users: enter its votes, 0 if it has none."),
        ("count=seats&who1=users", "Users: enter its seats, 0 if it has none."),
        ("who1=users&members1=5&pass=own", "Enter the share of votes that a decision needs, such as 60."),
        ("who1=users&members1=5&percent=101", "The share of votes must be 100 or less."),
        (
            "who1=users&members1=5&percent=x",
            "The share of votes must be a number such as 60 or 2.5. You entered “x”.",
        ),
        (
            "who1=users&members1=5&pass=own&percent=0&rule=at-least",
            "The share of votes must be above 0, or a decision would pass with no vote for it.",
        ),
    ],
)
def test_nothing_is_worked_out_from_what_is_no_number(query, words):
    asked = read(query)
    assert any(problem.words.startswith(words) for problem in asked.problems), asked.problems
    assert asked.arrangement is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("who1=nobody", "Class 1: we do not know “nobody”, so we left that out."),
        ("pass=many", "What a decision needs: we do not know “many”, so we left that out."),
        ("count=heads", "Votes or seats: we do not know “heads”, so we left that out."),
        ("nation=france", "Nation: we do not know “france”, so we left that out."),
        ("rows=99", "We cannot show “99” classes."),
        ("who13=users", "Classes are numbered from 1 to 12. We left “who13” out."),
        ("members01=5", "Classes are numbered from 1 to 12. We left “members01” out."),
        ("members1=3&members1=5", "The address says “members1” more than once. We took the last."),
        (
            "pass=two-thirds&percent=60",
            "You entered a share of your own but chose “at least two thirds”. We used “at least two thirds”.",
        ),
        (f"name1={'a' * 50}&members1=3", f"Class 1: we cut its name short, to “{'a' * 40}”."),
    ],
)
def test_what_makes_no_sense_is_left_out_with_a_sentence(query, words):
    assert words in told(query)


def test_of_two_that_are_said_the_last_counts():
    assert read("who1=users&members1=3&members1=5").arrangement.total == 5


def test_control_characters_and_changes_of_direction_are_not_kept():
    asked = read("who1=users&members1=3&name1=Par\u202eents%00%0A+two")
    assert asked.lines[0].name == "Par ents two"


def test_twelve_long_names_still_make_an_address_that_servers_take():
    query = "&".join(
        f"who{n}=public-body&name{n}={'ع' * 60}&members{n}=99999999&votes{n}=9999.9999" for n in range(1, 13)
    )
    asked = read(query)
    assert asked.arrangement is not None
    assert len(asked.query) < 4_000


KEYS = st.sampled_from(
    [
        "count",
        "pass",
        "rule",
        "percent",
        "nation",
        "rows",
        "who1",
        "name1",
        "members1",
        "votes1",
        "per1",
        "who2",
        "votes12",
        "per0",
    ]
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "users",
            "seats",
            "own",
            "class",
            "at-least",
            "0",
            "5",
            "-1",
            "2.5",
            "1e400",
            "9" * 400,
            "٣",
            "\ud800",
        ]
    ),
)


# The first text of a run needs a table of all characters, which takes long.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dictionaries(KEYS, st.lists(VALUES, max_size=3)))
def test_whatever_an_address_holds_it_is_read_and_its_plain_form_is_stable(query):
    asked = address.read(query)
    again = read(asked.query)
    assert again.query == asked.query
    assert again.arrangement == asked.arrangement
