"""What somebody fills in before one thing happens to a text. Fields are named after what the verb takes."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone

from mutuals_portal.govuk_layout import Button, Field, FormPage
from mutuals_portal.plain_text import PlainLine, PlainText
from mutuals_portal.publishing_admin.edition_form import Day


class Confirmation(forms.Form):
    """Nothing to fill in. ``seen`` is the number of the save that somebody looked at before."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, answers: Any = None, *, seen: int, button: str, kind: str = ""):
        super().__init__(answers, initial={"seen": seen})
        self.helper = FormPage(*self.layout(), button=Button(button, kind=kind), error_summary=False)

    def layout(self) -> list[Field]:
        return [Field(name, size="s") for name, field in self.fields.items() if not field.widget.is_hidden]

    def given(self) -> dict[str, Any]:
        """The answers, by the names that the verb uses."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class Note(Confirmation):
    note = PlainText(
        label="What has to change?",
        help_text="The authors read it above the draft.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write what has to change",
            "max_length": "What has to change must be 2,000 characters or fewer",
        },
    )


class Reason(Confirmation):
    reason = PlainLine(
        label="Why is it withdrawn?",
        help_text="One or two sentences. Readers who open its address see this.",
        max_length=300,
        error_messages={
            "required": "Write why it is withdrawn",
            "max_length": "Why it is withdrawn must be 300 characters or fewer",
        },
    )


class Moment(Confirmation):
    """At once, or at a date and time in London."""

    AT_ONCE, LATER = "at-once", "later"

    when = forms.ChoiceField(
        label="When?",
        choices=[(AT_ONCE, "At once"), (LATER, "At a date and time")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose when it is published"},
    )
    day = Day(label="Date", required=False, help_text="For example, 27/3/2027")
    time = forms.TimeField(
        label="Time in London",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I:%M %p", "%I%p", "%I %p"],
        help_text="For example, 9:30am or 14:00",
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Time must be a real time, such as 9:30am or 14:00"},
    )

    def layout(self) -> list[Field]:
        parts = [Field("day", width=10), Field("time", width=5)]
        return [Field("when", size="s", reveals={self.LATER: parts})]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("when") == self.LATER:
            for name, words in (("day", "Enter the date"), ("time", "Enter the time")):
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, words)
            if not self.errors:
                cleaned["show_from"] = self._in_london(cleaned)
        return cleaned

    def _in_london(self, cleaned: dict[str, Any]) -> datetime | None:
        try:
            return from_current_timezone(datetime.combine(cleaned["day"], cleaned["time"]))
        except ValidationError:
            # The hour that is skipped in March and the one that comes twice in October.
            self.add_error("time", "The clocks change in that hour. Choose a time before or after it")
            return None

    def given(self) -> dict[str, Any]:
        return {"show_from": self.cleaned_data.get("show_from")}
