"""The questions, answers, findings and outcomes of “Can our service spin out?” as an editor enters them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from guides.admin.row_fields import Key, line, one_of, refuse_unknown_source, some_of
from guides.admin.row_fields import text as words  # a field of some rows is called text
from guides.admin.tools.rows import ToolRow
from guides.eligibility.checking import MOST
from guides.eligibility.rules import END, conditions
from mutuals_portal.markup import NATIONS, SPECIAL
from mutuals_portal.publishing_admin import Day, Rows

EFFECTS = (
    ("note", "Good to know"),
    ("condition", "To be settled first"),
    ("another-route", "Another route fits better"),
    ("unlikely", "Leaving is unlikely"),
)
OUTCOMES = (
    ("explore-now", "Explore now: nothing stands in the way"),
    ("conditions", "Explore, on conditions: one to three of them"),
    ("not-yet", "Not yet: four conditions or more"),
    ("another-route", "Another route fits better"),
    ("unlikely", "Leaving is unlikely"),
)


class RowWithLists(ToolRow):
    """Some fields hold lists, which are typed as text with ``SIGNS`` between their parts."""

    SIGNS = {"when": "\n", "next_steps": "\n", "sources": ", ", "look_outs": ", "}

    def __init__(self, *args, look_outs=(), **kwargs):
        super().__init__(*args, look_outs=look_outs, **kwargs)
        self.look_outs = dict(look_outs)

    @classmethod
    def entered(cls, row):
        typed = {
            name: cls.SIGNS[name].join(value) if name in cls.SIGNS and isinstance(value, list) else value
            for name, value in row.items()
        }
        return typed | {name: _day(value) for name, value in row.items() if name == "checked"}

    def parts(self, name):
        sign = self.SIGNS[name].strip() or "\n"
        return [part.strip() for part in self.cleaned_data.get(name, "").split(sign) if part.strip()]

    def clean_sources(self):
        keys = [key.lower() for key in self.parts("sources")]
        for key in keys:
            if key not in SPECIAL:
                refuse_unknown_source(key, self.sources)
        return keys


def _day(value):
    """A day as the field shows it; what is no day as it stands, for the editor to mend."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def sources_field():
    return line(
        "Sources",
        300,
        help_text="Keys with commas between them. advice is our own advice, unconfirmed is what nobody has confirmed.",
    )


class QuestionRow(ToolRow):
    table, noun, plural = "questions", "question", "questions"

    key = Key(help_text="It stands in addresses that readers keep.")
    short = line("Short name", 40, help_text="For lists of answers and the picture.")
    text = line("Question", 160)
    hint = words("Hint", 300, rows=2)
    why = words("Why we ask", 500)

    @classmethod
    def called(cls, row):
        return row.get("short") or row.get("key", "")


class AnswerRow(ToolRow):
    table, noun, plural = "answers", "answer", "answers"

    question = Key(label="Question", help_text="Its key.")
    key = Key(help_text="It stands in addresses that readers keep.")
    text = line("Answer", 160)
    hint = line("Hint", 300)
    leads_to = Key(label="Leads to", help_text=f"The key of the next question, or {END}.")

    @classmethod
    def called(cls, row):
        return ": ".join(filter(None, (row.get("question"), row.get("text") or row.get("key"))))


class FindingRow(RowWithLists):
    table, noun, plural = "findings", "finding", "findings"

    key = Key()
    when = words(
        "Holds when",
        1000,
        help_text="A line for each question that matters, such as: nation=england, wales. All lines must be true.",
    )
    effect = one_of(EFFECTS, "What it does to the outcome")
    title = line("Title", 160)
    reason = words("Reason", 1000)
    leaves = words("What could still leave", 600)
    stays = words("What stays with the public body", 600)
    law = words("The law", 1000)
    nations = some_of(NATIONS.items(), "Where the law applies")
    checked = Day(label="Law checked on", required=False, help_text="For example, 27/3/2027")
    next_step = words("Next step", 400, rows=2)
    # Typed and not ticked: a box for each look-out in each of a hundred rows would make a page that nobody can load.
    look_outs = line(
        "Look-outs", 200, help_text="The ends of their addresses with commas between: pensions, tupe."
    )
    sources = sources_field()

    @classmethod
    def called(cls, row):
        return row.get("title") or row.get("key", "")

    def clean_when(self):
        lines = self.parts("when")
        try:
            found = list(conditions(lines))
        except ValueError as wrong:
            raise ValidationError(
                f"“{wrong}” is not a question and its answers, such as nation=england, wales"
            ) from None
        return [f"{each.question}={', '.join(each.answers)}" for each in found]

    def clean_look_outs(self):
        slugs = [slug.lower() for slug in self.parts("look_outs")]
        for slug in slugs:
            if slug not in self.look_outs:
                raise ValidationError(f"“{slug}” is not a look-out")
        return slugs

    def clean_checked(self):
        day = self.cleaned_data.get("checked")
        return day.isoformat() if day else ""


class OutcomeRow(RowWithLists):
    table, noun, plural = "outcomes", "outcome", "outcomes"

    key = one_of(OUTCOMES, "When it comes out")
    title = line("Title", 120)
    text = words("What it means", 600)
    next_steps = words("Next steps", 1000, rows=4, help_text="One on each line.")
    sources = sources_field()

    @classmethod
    def called(cls, row):
        return row.get("title") or row.get("key", "")

    def clean_next_steps(self):
        return self.parts("next_steps")


class EligibilityTables(forms.Form):
    questions = Rows(QuestionRow, label="Questions", most=MOST["questions"])
    answers = Rows(AnswerRow, label="Answers", most=MOST["answers"])
    findings = Rows(FindingRow, label="Findings", most=MOST["findings"])
    outcomes = Rows(OutcomeRow, label="Outcomes", most=MOST["outcomes"])
