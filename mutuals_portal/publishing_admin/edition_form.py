"""The form of a draft: what every text has. A kind of text adds the fields of its own words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict

from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainLine

OTHER_WORDS = ("review_by", "change_note", "change_is_public")
"""What a writer enters that the next edition does not take over as its words."""


OTHER_LAYOUT = (
    Field("review_by", size="s", width=10),
    Field("change_note", size="s"),
    Field("change_is_public"),
)


class Day(forms.DateField):
    """A day as people write it: 27/3/2027, 27 March 2027."""

    input_formats = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off"})

    def __init__(self, *, label: str, **kwargs: Any):
        wrong = f"{label} must be a real date, such as 27/3/2027"
        super().__init__(
            label=label,
            input_formats=self.input_formats,
            widget=self.widget,
            error_messages={"invalid": wrong, "required": f"Enter {label.lower()}"},
            validators=[
                MinValueValidator(date(1900, 1, 1), wrong),
                MaxValueValidator(date(2199, 12, 31), wrong),
            ],
            **kwargs,
        )


class EditionForm(forms.Form):
    """Nothing but a wrong value stops a draft from being saved: what is missing is named on the document's page.

    ``seen`` is the number of the save that the writer had before them; it travels with the form.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    review_by = Day(
        label="Review by",
        required=False,
        help_text="The day by which somebody has to check that this is still right. For example, 27/3/2027",
    )
    change_note = PlainLine(
        label="What changed since the last edition",
        required=False,
        max_length=300,
        help_text="One sentence.",
        error_messages={"max_length": "What changed must be 300 characters or fewer"},
    )
    change_is_public = forms.BooleanField(
        label="Readers may see what changed",
        required=False,
        help_text="It stands on the page and in the feed.",
    )

    WORDS_LAYOUT: tuple[Any, ...] = ()
    """Names of fields, and whatever else has a name and can be rendered."""

    opened = ""
    """The table whose empty rows somebody asked for."""

    def __init__(self, answers: QueryDict | None = None, *, edition: Any):
        self.edition = edition
        super().__init__(answers, initial=self.initial_of(edition) | {"seen": edition.saves})
        for name in self.not_for(edition):
            del self.fields[name]
        self.helper = FormPage(*self.layout(), button="Save", error_summary=False)

    def layout(self) -> list[Any]:
        return [
            *(each for each in map(_as_field, self.WORDS_LAYOUT) if each.name in self.fields),
            *OTHER_LAYOUT,
        ]

    def initial_of(self, edition: Any) -> dict[str, Any]:
        return {name: getattr(edition, name) for name in (*edition.WORDS, *OTHER_WORDS)}

    def not_for(self, edition: Any) -> Iterable[str]:
        """The fields that a text of this kind does not have."""
        return ()

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def _as_field(name: Any) -> Any:
    return Field(name, size="s") if isinstance(name, str) else name
