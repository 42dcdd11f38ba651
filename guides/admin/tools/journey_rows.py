"""How look-outs join, as an editor enters it."""

from django import forms

from guides import journey
from guides.admin.row_fields import SourceKey, line, one_of, text
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows

MOST_ROWS = 100


class JoinRow(ToolRow):
    table, noun, plural = "joins", "join", "joins"

    before = one_of([], "First look-out")
    after = one_of([], "Second look-out")
    kind = one_of(journey.KINDS.items(), "How they join")
    why = text(
        "Why",
        300,
        help_text="One sentence that the source or the case study backs. Name the nation of a law.",
    )
    source = SourceKey(help_text="Or a case study, or both.")
    case_study = line(
        "Case study", 80, help_text="The last part of its address. Readers have to be able to open it."
    )

    def __init__(self, *args, look_outs=(), **kwargs):
        super().__init__(*args, look_outs=look_outs, **kwargs)
        for name in ("before", "after"):
            self.fields[name].choices = [("", "Select"), *look_outs]

    @classmethod
    def called(cls, row):
        return " → ".join(filter(None, (row.get("before"), row.get("after"))))


class JourneyTables(forms.Form):
    joins = Rows(JoinRow, label="Joins", most=MOST_ROWS)
