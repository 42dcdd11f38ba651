"""The rows of the tool’s tables as an editor enters them."""

from django import forms

from guides.admin.row_fields import line
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows


class ReadinessRow(ToolRow):
    table, noun, plural = "readiness", "question", "questions"

    key = line("Key", 1000)
    text = line("Text", 1000)
    hint = line("Hint", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class DecisionsRow(ToolRow):
    table, noun, plural = "decisions", "decision", "decisions"

    key = line("Key", 1000)
    text = line("Text", 1000)
    look_out = line("Look out", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class ReadinessTables(forms.Form):
    readiness = Rows(ReadinessRow, label="Readiness", most=200)
    decisions = Rows(DecisionsRow, label="Decisions", most=200)
