"""The rows of the tool’s tables as an editor enters them."""

from django import forms

from guides.admin.row_fields import line
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows


class QuestionsRow(ToolRow):
    table, noun, plural = "questions", "question", "questions"

    key = line("Key", 1000)
    text = line("Text", 1000)
    hint = line("Hint", 1000)
    why = line("Why", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class AnswersRow(ToolRow):
    table, noun, plural = "answers", "answer", "answers"

    question = line("Question", 1000)
    key = line("Key", 1000)
    text = line("Text", 1000)
    hint = line("Hint", 1000)
    leads_to = line("Leads to", 1000)

    @classmethod
    def called(cls, row):
        return row.get("question", "")


class FindingsRow(ToolRow):
    table, noun, plural = "findings", "finding", "findings"

    key = line("Key", 1000)
    when = line("When", 1000)
    effect = line("Effect", 1000)
    title = line("Title", 1000)
    reason = line("Reason", 1000)
    stays = line("Stays", 1000)
    law = line("Law", 1000)
    nations = line("Nations", 1000)
    next_step = line("Next step", 1000)
    look_outs = line("Look outs", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class OutcomesRow(ToolRow):
    table, noun, plural = "outcomes", "outcome", "outcomes"

    effect = line("Effect", 1000)
    title = line("Title", 1000)
    text = line("Text", 1000)
    next_steps = line("Next steps", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("effect", "")


class EligibilityTables(forms.Form):
    questions = Rows(QuestionsRow, label="Questions", most=200)
    answers = Rows(AnswersRow, label="Answers", most=200)
    findings = Rows(FindingsRow, label="Findings", most=200)
    outcomes = Rows(OutcomesRow, label="Outcomes", most=200)
