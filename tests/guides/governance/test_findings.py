"""What came out, in words, and which warnings hold."""

from urllib.parse import parse_qs

import pytest

from guides.governance import address, findings
from guides.governance.picture import picture


def arrangement(query):
    found = address.read(parse_qs(query)).arrangement
    assert found is not None
    return found


def votes(threshold="", **classes):
    """One block of votes for each group, in the order given."""
    lines = [
        f"who{n}={group.replace('_', '-')}&votes{n}={number}&per{n}=class"
        for n, (group, number) in enumerate(classes.items(), start=1)
    ]
    return arrangement("&".join([*lines, threshold]))


def warned(found):
    return {each.key: each.names for each in findings.warnings(found)}


def test_one_decides_alone_and_two_never_count():
    found = votes(employees=60, users=30, public_body=10)
    assert list(findings.outcome(found)) == [
        "Employees can pass any decision alone.",
        "The votes of users and the public body never change the result.",
    ]
    assert [row.alone for row in findings.table(found)] == [
        "Can pass and stop any decision",
        "Never changes a result",
        "Never changes a result",
    ]


def test_forty_nine_forty_nine_and_two_are_equally_decisive():
    found = votes(employees=49, investors=49, users=2)
    assert list(findings.outcome(found)) == [
        "No class can pass a decision alone.",
        "All 3 classes are equally decisive, although their votes differ.",
    ]
    assert [(row.decisive, row.ways, row.part) for row in findings.table(found)] == [(2, 4, "50%")] * 3
    assert findings.coalitions(found, found.power.passing).named == (
        "Employees and investors",
        "Employees and users",
        "Investors and users",
    )


def test_where_all_must_agree_each_can_stop_it():
    found = votes("pass=unanimous", employees=5, users=3)
    assert "Each class can stop any decision alone." in list(findings.outcome(found))
    found = votes("pass=two-thirds", employees=35, users=35, community=30)
    stop = "Employees and users can stop any decision alone, each of them."
    assert list(findings.outcome(found)) == [
        "No class can pass a decision alone.",
        stop,
        "The votes of the community never change the result.",
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("who1=users&members1=0", "Nobody has any votes, so nothing can be decided."),
        (
            "count=seats&who1=users&votes1=3&who2=other&members2=0&votes2=4",
            "No decision can pass. It would need 4 of 7 seats, and only 3 of 7 can be cast.",
        ),
        (
            "who1=users&members1=4&percent=100",
            "No decision can pass. It would need 5 of 4 votes, and only 4 of 4 can be cast.",
        ),
    ],
)
def test_what_can_never_pass_is_said_first(query, words):
    found = arrangement(query)
    assert list(findings.outcome(found)) == [words]
    assert "out-of-reach" in warned(found)


def test_one_class_alone_is_no_special_case():
    assert list(findings.outcome(votes(employees=9))) == ["Employees can pass any decision alone."]


def test_a_class_that_decides_alone_does_so_only_while_enough_of_it_agree():
    assert list(findings.splits(votes(employees=60, users=40))) == [
        "Employees can pass a decision alone only while at least 51 of 60 votes go the same way.",
        "Employees can stop a decision alone only while at least 50 of 60 votes are against it.",
    ]


def test_more_coalitions_than_anybody_reads_are_counted():
    found = arrangement("&".join(f"name{n}=C{n}&members{n}=1" for n in range(1, 13)))
    passing = findings.coalitions(found, found.power.passing)
    assert len(passing.named) == findings.MOST_COALITIONS
    assert passing.left == 792 - findings.MOST_COALITIONS  # seven of twelve


@pytest.mark.parametrize(
    ("found", "key", "names"),
    [
        (votes(employees=60, users=40), "producer-capture", "employees"),
        (votes(employees=60, users=40), "employees-control", "employees"),
        (votes(employees=40, users=60), "employees-do-not-control", ""),
        (votes(users=60), "employees-do-not-control", ""),
        (votes("pass=two-thirds", employees=60, investors=40), "investor-blocks", "investors"),
        (votes(public_body=60, employees=40), "public-body-decides", "the public body"),
        (votes(employees=60, users=0), "no-say", "users"),
        (votes(employees=60, users=10), "never-counts", "users"),
        (
            arrangement("who1=employees&members1=5&who2=users&members2=0&votes2=3&per2=class"),
            "nobody-to-cast",
            "users",
        ),
        (votes("percent=20", employees=60, users=40), "opposites", ""),
    ],
)
def test_each_warning_holds_where_it_should(found, key, names):
    assert warned(found)[key] == names


@pytest.mark.parametrize(
    ("found", "key"),
    [
        (votes(employees=50, users=50), "producer-capture"),
        (votes(employees=50, users=50), "opposites"),
        (votes(employees=35, public_body=25, investors=40), "investor-blocks"),
        (votes(employees=60, users=40), "no-say"),
        (votes(employees=35, users=25, community=40), "never-counts"),
        (arrangement("who1=employees&members1=5&who2=users&members2=0"), "no-say"),
        (votes(employees=60, users=40), "nobody-to-cast"),
        (votes(employees=60, users=40), "out-of-reach"),
    ],
)
def test_no_warning_holds_where_it_should_not(found, key):
    assert key not in warned(found)


def test_two_classes_of_employees_capture_a_service_together():
    found = arrangement(
        "who1=employees&name1=Nurses&members1=30&who2=employees&name2=Others&members2=30&who3=users&members3=40"
    )
    assert warned(found)["producer-capture"] == "Nurses and Others"


def test_the_picture_has_a_bar_for_each_class_and_the_line_to_reach():
    drawn = picture(votes(employees=60, users=30))
    assert [(bar.label, bar.width) for bar in drawn.bars] == [
        ("Employees: 60 votes", "300"),
        ("Users: 30 votes", "150"),
    ]
    assert (drawn.line_x, drawn.line_label) == ("230", "46 to pass")
    assert drawn.title == "Votes of each class. A line marks the 46 that pass a decision"


def test_where_nothing_can_be_cast_there_is_a_line_and_no_bar():
    drawn = picture(arrangement("who1=users&members1=0"))
    assert [bar.width for bar in drawn.bars] == ["0"]
    assert drawn.line_x == "300"
