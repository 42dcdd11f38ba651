"""The readiness questions and the answers to them, as an editor enters them."""

from django import forms

from guides.admin import row_fields
from guides.admin.row_fields import Key, SourceKey
from guides.admin.tools.rows import ToolRow
from guides.readiness import ANSWERS_AT_MOST, QUESTIONS_AT_MOST
from mutuals_portal.publishing_admin import Rows


class ReadinessRow(ToolRow):
    table, noun, plural = "readiness", "question", "questions"

    key = Key()
    text = row_fields.line(
        "Question", 200, help_text="One thing at a time, to be answered with one of the answers below."
    )
    why = row_fields.text(
        "Why it matters", 300, help_text="One sentence. Without a source it is shown as our own advice."
    )
    look_out = row_fields.one_of((), "The look-out that it is about")
    source = SourceKey()

    @classmethod
    def called(cls, row):
        return row.get("text", "") or row.get("key", "")


class ScaleRow(ToolRow):
    table, noun, plural = "scale", "answer", "answers"

    key = Key()
    text = row_fields.line("Answer", 60)

    @classmethod
    def called(cls, row):
        return row.get("text", "") or row.get("key", "")


class ReadinessTables(forms.Form):
    readiness = Rows(ReadinessRow, label="Readiness questions", most=QUESTIONS_AT_MOST)
    scale = Rows(ScaleRow, label="Answers to choose from", most=ANSWERS_AT_MOST)
