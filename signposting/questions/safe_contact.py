"""How somebody may be reached whose employer must not notice. The same questions before sending and ever after."""

from typing import Any

from django import forms

from mutuals_portal.plain_text import PlainText
from signposting.models import ContactChoice

from .question import pick_one

WORK_ADDRESSES = (
    "ac.uk",
    "gov.scot",
    "gov.uk",
    "gov.wales",
    "hscni.net",
    "llyw.cymru",
    "mod.uk",
    "nhs.net",
    "nhs.scot",
    "nhs.uk",
    "parliament.uk",
    "police.uk",
    "sch.uk",
)
"""Where public employers in the UK have their mailboxes, and can read them."""


class SafeContact(forms.Form):
    """An address is asked for only where one is wanted, and one at work is taken only from somebody who insists."""

    contact_choice = pick_one(
        "Select how we may tell you that there is something new",
        label="How may we tell you that there is something new?",
        help_text="Our e-mails do not say what they are about. To read an answer you always come back here.",
        choices=ContactChoice,
    )
    email = forms.EmailField(
        label="Private e-mail address",
        help_text=(
            "Only if you want e-mail. Never a work address, and only one that you alone read. The body that has "
            "your enquiry can see it."
        ),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an e-mail address like name@example.com",
            "max_length": "The e-mail address must be 254 characters or fewer",
        },
    )
    work_address_is_safe = forms.BooleanField(
        label="Use this address all the same",
        help_text="Tick this only if it does no harm when your employer reads what we send.",
        required=False,
    )
    contact_note = PlainText(
        label="How can we reach you safely? (optional)",
        help_text="Anything the person who answers must know, such as “I share my phone with my family”.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Your note must be 500 characters or fewer"},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._ask_about_work_address = bool(self.initial.get("work_address_is_safe"))

    def questions_on_work_address(self) -> list[str]:
        """The box about work addresses stands there only for somebody who gave one."""
        self.errors  # noqa: B018 (asks the form to look at the address)
        return ["work_address_is_safe"] if self._ask_about_work_address else []

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        choice, email = given.get("contact_choice"), given.get("email", "")
        if choice == ContactChoice.NO_EMAIL:
            given["email"], given["work_address_is_safe"] = "", False
            self.errors.pop("email", None)  # an address that we will not keep need not be right
        elif choice and not email and "email" not in self.errors:
            self.add_error("email", "Enter a private e-mail address, or select that you want no e-mail")
        elif choice and is_work_address(email):
            self._ask_about_work_address = True
            if not given.get("work_address_is_safe"):
                self.add_error(
                    "email",
                    "This looks like a work address, which your employer may read. Enter a private one, or tick "
                    "“Use this address all the same”",
                )
        return given


def is_work_address(email: str) -> bool:
    domain = email.rpartition("@")[2].lower().rstrip(".")
    return any(domain == known or domain.endswith(f".{known}") for known in WORK_ADDRESSES)
