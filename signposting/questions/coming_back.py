"""The reference and the code of saved answers."""

from django import forms
from django.core.exceptions import ValidationError

from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainLine
from signposting import access_codes

AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
LOOKS_LIKE = "Enter a reference like MIS-7K4P-Q2XR"


class ComingBack(forms.Form):
    reference = PlainLine(
        label="Reference",
        help_text="It looks like MIS-7K4P-Q2XR.",
        max_length=40,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={"required": "Enter your reference", "max_length": LOOKS_LIKE},
    )
    code = PlainLine(
        label="Code",
        help_text="Three groups of four, shown to you once. Or the words that you chose yourself.",
        max_length=200,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={
            "required": "Enter your code",
            "max_length": "Your code must be 200 characters or fewer",
        },
    )
    helper = FormPage(
        Field("reference", width=20, size="s"), Field("code", width=20, size="s"), error_summary=False
    )

    def clean_reference(self) -> str:
        reference = access_codes.normalise_reference(self.cleaned_data["reference"])
        if not reference:
            raise ValidationError(LOOKS_LIKE)
        return reference
