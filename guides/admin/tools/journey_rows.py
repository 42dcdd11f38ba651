"""The rows of the tool’s tables as an editor enters them."""

from django import forms

from guides.admin.row_fields import line
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows


class JoinsRow(ToolRow):
    table, noun, plural = "joins", "join", "joins"

    before = line("Before", 1000)
    after = line("After", 1000)
    kind = line("Kind", 1000)
    why = line("Why", 1000)
    source = line("Source", 1000)
    case_study = line("Case study", 1000)

    @classmethod
    def called(cls, row):
        return row.get("before", "")


class JourneyTables(forms.Form):
    joins = Rows(JoinsRow, label="Joins", most=200)
