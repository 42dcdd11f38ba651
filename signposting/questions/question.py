"""What every page of the journey is: one question, kept as JSON, shown again on the check page."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from mutuals_portal.govuk_layout import Button, Field, FormPage

SAVE_AND_LEAVE = Button("Save and come back later", kind="secondary", name="then", value="save")
NOTHING_GIVEN = "Not given"


def question_page(*fields: str | Field) -> FormPage:
    return FormPage(*fields, buttons=[SAVE_AND_LEAVE], error_summary=False)


class Question(forms.Form):
    """One page. ``initial`` is the answer given before; its fields are named like the facts of an enquiry."""

    heading: ClassVar[str] = ""
    """The page's title where no single question can be it."""
    intro: ClassVar[str] = ""
    """A template to read before the question."""
    on_check: ClassVar[Mapping[str, str]] = {}
    """Fields by the short words for them on the check page."""

    @property
    def answer(self) -> dict[str, Any]:
        return self.cleaned_data

    def told(self) -> list[tuple[str, str]]:
        """The answer given before, as it is read on the check page."""
        return [(words, self._shown(name) or NOTHING_GIVEN) for name, words in self.on_check.items()]

    def _shown(self, name: str) -> str:
        value, field = self.initial.get(name), self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            return ", ".join(str(label) for choice, label in field.choices if choice in (value or ()))
        if isinstance(field, forms.ChoiceField):
            return str(dict(field.choices).get(value, ""))
        return "" if value is None else str(value)


def pick_one(missing: str, *, choices: Any, **kwargs: Any) -> forms.ChoiceField:
    """Radio buttons. An unknown value gets the same message as none: nobody who uses the page can send one."""
    return forms.ChoiceField(
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
        **kwargs,
    )


def pick_any(unknown: str, **kwargs: Any) -> forms.MultipleChoiceField:
    """Check boxes, none of which must be ticked. The choices come from the database when the form is made."""
    return forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": unknown, "invalid_list": unknown},
        **kwargs,
    )
