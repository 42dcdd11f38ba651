"""Published arrangements, their classes and the words of the warnings, as an editor enters them."""

from django import forms
from django.core.exceptions import ValidationError

from guides.admin import row_fields
from guides.admin.row_fields import Key, SourceKey
from guides.admin.tools.rows import ToolRow
from guides.governance import address, numbers
from guides.governance.arrangement import COUNTS, GROUPS, THRESHOLDS
from guides.governance.findings import WHEN
from guides.governance.rows import MOST_EXAMPLES
from mutuals_portal.publishing_admin import Rows

MOST_ROWS = 100
"""Of classes: five an example on average. A browser sends all their fields at once."""


class NumberLine(forms.CharField):
    """A number as the tool reads it, kept as it was typed."""

    def __init__(self, label, *, whole=False, **kwargs):
        super().__init__(label=label, required=False, max_length=address.LONGEST_NUMBER, **kwargs)
        self.whole = whole
        self.error_messages["max_length"] = f"{label} must be {address.LONGEST_NUMBER} characters or fewer"

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return numbers.typed(numbers.read(typed, whole=self.whole))
        except numbers.NotANumber as fault:
            raise ValidationError(f"{self.label} {fault}") from None


class ExampleRow(ToolRow):
    table, noun, plural = "examples", "example", "examples"

    key = Key()
    title = row_fields.line("Title", 100, help_text="Whose votes these are, and of which year.")
    case_study = row_fields.line(
        "Case study", 80, help_text="The last part of its address. It is linked while readers can open it."
    )
    count = row_fields.one_of(COUNTS.items(), "What is counted")
    threshold = row_fields.one_of(THRESHOLDS.items(), "What a decision needs")
    rule = row_fields.one_of(address.RULES.items(), "If another share: more than it, or at least it")
    percent = NumberLine("If another share: per cent")
    is_assumed = forms.BooleanField(label="What a decision needs is our assumption", required=False)
    words = row_fields.text("About it", 600, help_text="Markdown, with its sources as [^key].")
    source = SourceKey(help_text="Where the numbers come from.")

    @classmethod
    def called(cls, row):
        return row.get("title", "") or row.get("key", "")


class ClassRow(ToolRow):
    table, noun, plural = "classes", "class", "classes"

    example = Key(label="Key of its example")
    group = row_fields.one_of(GROUPS.items(), "Who")
    name = row_fields.line("In other words", address.LONGEST_NAME)
    members = NumberLine("Members", whole=True)
    votes = NumberLine("Votes or seats", help_text="Empty: one vote for each member.")
    per = row_fields.one_of(address.PER.items(), "Votes are")

    @classmethod
    def called(cls, row):
        name = row.get("name", "") or GROUPS.get(row.get("group", ""), "")
        return f"{row.get('example', '')}: {name}" if name else row.get("example", "")


class WarningRow(ToolRow):
    table, noun, plural = "warnings", "warning", "warnings"

    key = row_fields.one_of(WHEN.items(), "It is shown when")
    title = row_fields.line("Title", 100)
    words = row_fields.text(
        "Words", 2_000, rows=6, help_text="Markdown. Put law into a law box with its nations."
    )

    @classmethod
    def called(cls, row):
        return row.get("title", "") or WHEN.get(row.get("key", ""), "")


class GovernanceTables(forms.Form):
    examples = Rows(ExampleRow, label="Published arrangements", most=MOST_EXAMPLES)
    classes = Rows(ClassRow, label="Classes of the published arrangements", most=MOST_ROWS)
    warnings = Rows(WarningRow, label="Warnings", most=len(WHEN))
