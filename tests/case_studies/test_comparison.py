"""Every way in which two to four bodies can compare."""

import pytest

from case_studies.comparison import Body, Line, Row, rows


def cell(*words):
    return tuple(Line(each) for each in words)


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ([cell(), cell()], "Not known of any"),
        ([cell("a"), cell()], "Known of one only"),
        ([cell("a"), cell("a")], "The same"),
        ([cell("a", "b"), cell("b", "a")], "The same"),
        ([cell("a"), cell("a"), cell()], "The same where known"),
        ([cell("a"), cell("b")], "Different"),
        ([cell("a"), cell("a"), cell("b")], "Different"),
        ([cell("a"), cell("b"), cell()], "Different. Not known of all"),
        ([cell("a", "b"), cell("b", "c")], "In common: b"),
        ([cell("c", "a", "b"), cell("b", "c")], "In common: c; b"),
        ([cell("a", "b"), cell("b"), cell(), cell("b", "c")], "In common: b. Not known of all"),
        ([cell("a", "b"), cell("b", "c"), cell("c", "a")], "Different"),
    ],
)
def test_a_row_says_in_words_how_its_cells_compare(cells, verdict):
    row = Row("Owners", tuple("ABCD"[: len(cells)]), tuple(cells))
    assert row.verdict == verdict
    assert row.differs is not verdict.startswith("The same")


def test_dates_and_sources_are_not_compared():
    assert (
        Row("Staff", ("A", "B"), ((Line("40", "2011", "/a/"),), (Line("40", "2013", "/b/"),))).verdict
        == "The same"
    )


def test_rows_stand_in_the_order_of_their_labels_and_what_is_not_known_is_empty():
    bodies = [
        Body("A", "/a/", {"form": cell("x")}),
        Body("B", "/b/", {"form": cell("y"), "staff": cell("1")}),
    ]
    assert rows({"staff": "Staff", "form": "Legal form"}, bodies) == [
        Row("Staff", ("A", "B"), ((), cell("1"))),
        Row("Legal form", ("A", "B"), (cell("x"), cell("y"))),
    ]


def test_each_cell_is_known_by_the_name_of_its_body():
    (row,) = rows({"form": "Legal form"}, [Body("A", "/a/", {"form": cell("x")}), Body("B", "/b/", {})])
    assert row.named == [("A", cell("x")), ("B", ())]
