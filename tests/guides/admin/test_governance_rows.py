"""The tables of “Who has a say” in the admin. Edna is an editor."""

import pytest
from django.urls import reverse

from guides.admin.tools.governance_rows import ClassRow, ExampleRow, WarningRow
from guides.governance import TABLES
from tests.factories import make_tool_draft, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("row", [ExampleRow, ClassRow, WarningRow])
def test_a_row_has_the_fields_of_its_table(row):
    assert tuple(row.base_fields) == TABLES[row.table]


def test_numbers_are_kept_as_an_address_spells_them():
    row = ClassRow({"example": "board", "group": "users", "members": "1,000", "votes": "٢", "per": "member"})
    assert row.is_valid(), row.errors
    assert row.row() == {
        "example": "board",
        "group": "users",
        "members": "1000",
        "votes": "2",
        "per": "member",
    }


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("members", "-1", "Members must be 0 or more"),
        ("members", "1.5", "Members must be a whole number"),
        ("votes", "many", "Votes or seats must be a number such as 60 or 2.5"),
        ("votes", "9" * 21, "Votes or seats must be 20 characters or fewer"),
        ("group", "nobody", "Who must be one of the list"),
        ("name", "a" * 41, "In other words must be 40 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(field, typed, message):
    assert ClassRow({field: typed}).errors[field] == [message]


def test_a_share_of_an_examples_own_is_a_number():
    assert ExampleRow({"percent": "x"}).errors["percent"] == [
        "If another share: per cent must be a number such as 60 or 2.5"
    ]


def test_a_source_that_is_not_known_is_refused():
    assert (
        "is not the key of a source" in ExampleRow({"source": "none"}, sources={"york"}).errors["source"][0]
    )


@pytest.mark.parametrize(
    ("row", "values", "name"),
    [
        (ExampleRow, {"key": "board", "title": "The board"}, "The board"),
        (ClassRow, {"example": "board", "group": "users"}, "board: Users"),
        (ClassRow, {"example": "board", "group": "users", "name": "Parents"}, "board: Parents"),
        (WarningRow, {"key": "no-say"}, "A class has members but no vote"),
    ],
)
def test_a_card_is_called_by_what_its_row_is(row, values, name):
    assert row.called(values) == name


def test_a_draft_that_does_not_work_out_yet_is_previewed_as_far_as_it_does(client):
    edna = make_user("editor")
    rows = [
        {"key": "whole", "title": "The whole one"},
        {"key": "half", "title": "The half one"},
        {"title": "No key"},
    ]
    classes = [
        {"example": "whole", "group": "users", "members": "3"},
        {"example": "half", "group": "users", "votes": "x"},
        {"group": "nobody"},
    ]
    warnings = [{"key": "unknown"}, {"title": "No key", "words": "[^nothing]"}, {"key": "producer-capture"}]
    draft = make_tool_draft("who-has-a-say", by=edna, examples=rows, classes=classes, warnings=warnings)
    client.force_login(edna)
    page = client.get(
        reverse("admin:guides_tool_preview", args=[draft.document_id, draft.pk]),
        {"who1": "employees", "members1": "5"},
    )
    assert page.status_code == 200
    assert "The whole one" in page.text
    assert "The half one" not in page.text
