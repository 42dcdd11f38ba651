"""The rows of the tool’s tables as an editor enters them."""

from django import forms

from guides.admin.row_fields import line
from guides.admin.tools.rows import ToolRow
from mutuals_portal.publishing_admin import Rows


class FormsRow(ToolRow):
    table, noun, plural = "forms", "form", "forms"

    key = line("Key", 1000)
    name = line("Name", 1000)
    summary = line("Summary", 1000)
    nations = line("Nations", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class FeaturesRow(ToolRow):
    table, noun, plural = "features", "feature", "features"

    key = line("Key", 1000)
    name = line("Name", 1000)
    hint = line("Hint", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class FactsRow(ToolRow):
    table, noun, plural = "facts", "fact", "facts"

    form = line("Form", 1000)
    feature = line("Feature", 1000)
    words = line("Words", 1000)
    nations = line("Nations", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("form", "")


class CriteriaRow(ToolRow):
    table, noun, plural = "criteria", "criterion", "criteria"

    key = line("Key", 1000)
    text = line("Text", 1000)
    hint = line("Hint", 1000)

    @classmethod
    def called(cls, row):
        return row.get("key", "")


class OptionsRow(ToolRow):
    table, noun, plural = "options", "option", "options"

    criterion = line("Criterion", 1000)
    key = line("Key", 1000)
    text = line("Text", 1000)

    @classmethod
    def called(cls, row):
        return row.get("criterion", "")


class LeaningsRow(ToolRow):
    table, noun, plural = "leanings", "leaning", "leanings"

    criterion = line("Criterion", 1000)
    option = line("Option", 1000)
    form = line("Form", 1000)
    leans = line("Leans", 1000)
    reason = line("Reason", 1000)
    nations = line("Nations", 1000)
    source = line("Source", 1000)

    @classmethod
    def called(cls, row):
        return row.get("criterion", "")


class LegalFormsTables(forms.Form):
    forms = Rows(FormsRow, label="Forms", most=200)
    features = Rows(FeaturesRow, label="Features", most=200)
    facts = Rows(FactsRow, label="Facts", most=200)
    criteria = Rows(CriteriaRow, label="Criteria", most=200)
    options = Rows(OptionsRow, label="Options", most=200)
    leanings = Rows(LeaningsRow, label="Leanings", most=200)
