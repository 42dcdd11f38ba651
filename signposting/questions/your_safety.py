"""Questions about who may know: the bodies that may see the enquiry, and how its sender can be reached."""

from typing import Any

from django import forms

from mutuals_portal.govuk_layout import Field
from signposting.models import ContactChoice, Organisation
from signposting.plain_text import PlainLine, PlainText

from .question import Question, pick_any, pick_one, question_page

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


class WhoMustNotSee(Question):
    excluded_bodies = pick_any(
        "Select bodies from the list",
        label="Is there a body that must not see your enquiry?",
        help_text=(
            "One of these bodies will answer you. Tick any that must not see what you wrote, for example because "
            "it works for your employer. You need not say why. Our own duty desk can always see it, and looks "
            "after it when no other body may."
        ),
    )
    on_check = {"excluded_bodies": "Bodies that must not see it"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        bodies = list(Organisation.objects.partners().active().values_list("slug", "name", "summary"))
        self.fields["excluded_bodies"].choices = [(slug, name) for slug, name, _ in bodies]
        self.helper = question_page(
            Field("excluded_bodies", heading=True, hints={slug: summary for slug, _, summary in bodies})
        )

    def told(self) -> list[tuple[str, str]]:
        return [(self.on_check["excluded_bodies"], self._shown("excluded_bodies") or "None")]


class HowToReachYou(Question):
    heading = "How can we reach you?"
    intro = "signposting/enquire/contact_warning.html"
    contact_choice = pick_one(
        "Select how we may tell you that there is something new",
        label="How may we tell you that there is something new?",
        help_text="Our e-mails do not say what they are about. To read an answer you always come back here.",
        choices=ContactChoice,
    )
    email = forms.EmailField(
        label="Private e-mail address",
        help_text="Only if you want e-mail. Never a work address, and only one that you alone read.",
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
    sender_name = PlainLine(
        label="Name (optional)",
        help_text="What we may call you. It does not have to be your real name.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "The name must be 60 characters or fewer"},
    )
    contact_note = PlainText(
        label="How can we reach you safely? (optional)",
        help_text="Anything the person who answers must know, such as “I share my phone with my family”.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Your note must be 500 characters or fewer"},
    )
    on_check = {
        "contact_choice": "How we tell you of news",
        "email": "E-mail address",
        "sender_name": "Name",
        "contact_note": "Reaching you safely",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._ask_about_work_address = bool(self.initial.get("work_address_is_safe"))

    @property
    def helper(self):
        """The box about work addresses stands there only for somebody who gave one."""
        self.errors  # noqa: B018 (asks the form to look at the address)
        work_address = ["work_address_is_safe"] if self._ask_about_work_address else []
        page = question_page(
            Field("contact_choice", size="m"),
            Field("email", width="two-thirds"),
            *work_address,
            Field("sender_name", width=20),
            "contact_note",
        )
        page.render_unmentioned_fields = False
        return page

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        choice, email = given.get("contact_choice"), given.get("email", "")
        if choice == ContactChoice.NO_EMAIL:
            given["email"], given["work_address_is_safe"] = "", False
            self.errors.pop("email", None)  # an address that we will not keep need not be right
        elif choice and not email and "email" not in self.errors:
            self.add_error("email", "Enter a private e-mail address, or select that you want no e-mail")
        elif choice and _is_work_address(email):
            self._ask_about_work_address = True
            if not given.get("work_address_is_safe"):
                self.add_error(
                    "email",
                    "This looks like a work address, which your employer may read. Enter a private one, or tick "
                    "“Use this address all the same”",
                )
        return given


class WhoMayShare(Question):
    heading = "Sharing your enquiry"
    intro = "signposting/enquire/privacy_sentence.html"
    may_share = pick_one(
        "Select yes if other partner bodies may see your enquiry",
        label="If another body can help you better, may your enquiry be handed over to it?",
        choices=[("yes", "Yes"), ("no", "No")],
    )
    helper = question_page(
        Field(
            "may_share",
            size="m",
            hints={
                "yes": (
                    "The next body sees all that you wrote and your files. It is never one that you ruled out, "
                    "and you will see where your enquiry is and why."
                ),
                "no": (
                    "Only the first body and our duty desk see it. If that body cannot help, the duty desk "
                    "asks you before anyone else reads it."
                ),
            },
        )
    )
    on_check = {"may_share": "May be handed over"}


def _is_work_address(email: str) -> bool:
    domain = email.rpartition("@")[2].lower().rstrip(".")
    return any(domain == known or domain.endswith(f".{known}") for known in WORK_ADDRESSES)
