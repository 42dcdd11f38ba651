"""What a plan keeps of it."""

from urllib.parse import parse_qs

from guides.governance import kept
from guides.kept import Kept


def test_the_numbers_and_what_came_out_are_kept():
    found = kept({}, parse_qs("who1=employees&members1=60&who2=users&members2=30&nation=wales&show=1"))
    assert found.query == "nation=wales&who1=employees&members1=60&who2=users&members2=30"
    assert found.nation == "wales"
    assert found.lines == (
        "What a decision needs: More than half: 46 of 90 votes.",
        "Employees: 60 members, 60 votes.",
        "Users: 30 members, 30 votes.",
        "Employees can pass any decision alone.",
        "The votes of users never change the result.",
    )


def test_of_numbers_that_do_not_work_out_nothing_is_kept():
    assert kept({}, parse_qs("who1=employees&members1=-1")) == Kept()
    assert kept({}, {}) == Kept()
