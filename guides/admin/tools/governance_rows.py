"""The rows of the tool’s tables as an editor enters them."""

from django import forms

from guides.admin.row_fields import line
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows


class ExamplesRow(ToolRow):
    table, noun, plural = "examples", "example", "examples"

    key = line("Key", 1000)
    title = line("Title", 1000)
    case_study = line("Case study", 1000)
    threshold = line("Threshold", 1000)
    words = line("Words", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class ClassesRow(ToolRow):
    table, noun, plural = "classes", "class", "classes"

    example = line("Example", 1000)
    group = line("Group", 1000)
    members = line("Members", 1000)
    votes = line("Votes", 1000)

    @classmethod
    def called(cls, row):
        return row.get("example", "")


class GovernanceTables(forms.Form):
    examples = Rows(ExamplesRow, label="Examples", most=200)
    classes = Rows(ClassesRow, label="Classes", most=200)
