"""The tables of the tool “Legal forms” as an editor enters them."""

from django import forms

from guides.admin.row_fields import Key, SourceKey, line, one_of, refuse_unknown_source, some_of, text
from guides.admin.tools.rows import ToolRow
from guides.legal_forms.rules import UNKNOWN, Leans
from mutuals_portal.markup import NATIONS, SPECIAL
from mutuals_portal.plain_text import PlainLine
from mutuals_portal.publishing_admin import Rows

LEANS = {
    Leans.FOR: "For",
    Leans.AGAINST: "Against",
    Leans.RULES_OUT: "Rules it out",
    Leans.ASK: "Ask a lawyer",
}
SOURCE_OR_MARK = "A key, “unconfirmed”, or “advice” where it is ours."
WHERE = "None: wherever the form exists."
nations = NATIONS.items()


class FormKeys(PlainLine):
    """Keys of several forms in one line. Its value is a list of them."""

    def __init__(self):
        attrs = {"autocomplete": "off", "spellcheck": "false"}
        super().__init__(
            label="Forms",
            required=False,
            max_length=400,
            help_text="Their keys, with commas between.",
            widget=forms.TextInput(attrs=attrs),
            error_messages={"max_length": "Forms must be 400 characters or fewer"},
        )

    def clean(self, value):
        keys = super().clean(value).lower().replace(",", " ").split()
        return list(dict.fromkeys(keys))

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value


class LegalFormsRow(ToolRow):
    """Texts mark what has no source in the same words, and a fact may also be said to be unknown."""

    marks = tuple(SPECIAL)

    def clean_source(self):
        key = self.cleaned_data.get("source", "")
        if key not in self.marks:
            refuse_unknown_source(key, self.sources)
        return key


class FormRow(LegalFormsRow):
    table, noun, plural = "forms", "form", "forms"

    key = Key()
    name = line("Name", 60)
    summary = text("What it is", 300, rows=2, help_text="One sentence.")
    nations = some_of(nations, "Nations in which it exists")
    source = SourceKey(help_text=SOURCE_OR_MARK)

    @classmethod
    def called(cls, row):
        return row.get("name", "")


class FeatureRow(LegalFormsRow):
    table, noun, plural = "features", "feature", "features"

    key = Key()
    name = line("Name", 60)
    hint = line("Hint", 300)
    usual = forms.BooleanField(label="Shown to whoever has chosen nothing", required=False)

    @classmethod
    def called(cls, row):
        return row.get("name", "")


class FactRow(LegalFormsRow):
    table, noun, plural = "facts", "fact", "facts"
    marks = (*SPECIAL, UNKNOWN)

    forms = FormKeys()
    feature = Key(label="Feature")
    words = line("What is known", 300)
    nations = some_of(nations, "Nations", help_text=WHERE)
    source = SourceKey(help_text="A key, “unconfirmed”, “advice”, or “unknown” where we do not know.")

    @classmethod
    def called(cls, row):
        return f"{row.get('feature', '')}: {_listed(row)}"


class CriterionRow(LegalFormsRow):
    table, noun, plural = "criteria", "question", "questions"

    key = Key(help_text="“nation” is the question that decides which law counts.")
    name = line("Short name", 40)
    text = line("Question", 200)
    hint = line("Hint", 300)
    skip = line("What not answering it means", 80)

    @classmethod
    def called(cls, row):
        return row.get("name", "")


class OptionRow(LegalFormsRow):
    table, noun, plural = "options", "answer", "answers"

    criterion = Key(label="Question")
    key = Key()
    text = line("Answer", 120)

    @classmethod
    def called(cls, row):
        return f"{row.get('criterion', '')}: {row.get('text', '')}"


class LeaningRow(LegalFormsRow):
    table, noun, plural = "leanings", "leaning", "leanings"

    criterion = Key(label="Question")
    option = Key(label="Answer")
    forms = FormKeys()
    leans = one_of(LEANS.items(), "It speaks")
    reason = line("Reason", 300)
    nations = some_of(nations, "Nations", help_text="None: it counts everywhere.")
    source = SourceKey(help_text=SOURCE_OR_MARK)

    @classmethod
    def called(cls, row):
        return f"{row.get('criterion', '')}, {row.get('option', '')}: {row.get('leans', '')} {_listed(row)}"


def _listed(row):
    keys = row.get("forms", "")
    return keys if isinstance(keys, str) else ", ".join(keys)


class LegalFormsTables(forms.Form):
    forms = Rows(FormRow, label="Forms", most=20)
    features = Rows(FeatureRow, label="Features", most=30)
    facts = Rows(FactRow, label="Facts", most=250)
    criteria = Rows(CriterionRow, label="Questions", most=30)
    options = Rows(OptionRow, label="Answers", most=80)
    leanings = Rows(LeaningRow, label="Leanings", most=200)
