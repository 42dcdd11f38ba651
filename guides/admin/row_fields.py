"""Fields that rows of many tables have: a key, a source, a line, a choice."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import get_template

from guides.models import Source
from mutuals_portal.plain_text import PlainLine, PlainText

SOURCES = "sources"
"""The id of the list that a page offers the keys of sources in."""
SHAPE_OF_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class SourceList:
    """The sources, once on the page, for every field that asks for one. The form has them in ``sources``."""

    def render(self, form, context=None, **kwargs):
        values = {"id": SOURCES, "sources": form.sources.values()}
        return get_template("admin/guides/_sources.html").render(values)


class SourceKey(PlainLine):
    """The key of a source, with a list to choose it from."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Source")
        widget = forms.TextInput(attrs={"list": SOURCES, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(required=False, max_length=40, widget=widget, **kwargs)
        self.error_messages["max_length"] = "Source must be 40 characters or fewer"

    def to_python(self, value):
        return super().to_python(value).lower()


def all_sources():
    return {source.key: source for source in Source.objects.order_by("key")}


def refuse_unknown_source(key, sources):
    if key and key not in sources:
        raise ValidationError(f"“{key}” is not the key of a source. Choose one, or add it to the sources")


def one_of(choices, label, **kwargs):
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", "Select"), *choices],
        error_messages={"invalid_choice": f"{label} must be one of the list"},
        **kwargs,
    )


def some_of(choices, label, **kwargs):
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"{label}: select from the list"},
        **kwargs,
    )


def line(label, most, **kwargs):
    too_long = f"{label} must be {most} characters or fewer"
    return PlainLine(
        label=label, required=False, max_length=most, error_messages={"max_length": too_long}, **kwargs
    )


def text(label, most, *, rows=3, **kwargs):
    return PlainText(
        label=label,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{label} must be {most:,} characters or fewer"},
        **kwargs,
    )


class Key(PlainLine):
    """What other rows name a row by."""

    def __init__(self, *, label="Key", **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(label=label, required=False, max_length=40, widget=widget, **kwargs)
        self.error_messages["max_length"] = f"{label} must be 40 characters or fewer"

    def to_python(self, value):
        key = super().to_python(value).strip("{}").lower()
        if key and not SHAPE_OF_KEY.fullmatch(key):
            raise ValidationError(
                f"{self.label} must be small letters, numbers and hyphens, such as staff-2013"
            )
        return key
