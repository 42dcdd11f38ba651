"""Questions about who may know: the bodies that may see the enquiry, and how its sender can be reached."""

from typing import Any

from django import forms

from mutuals_portal.govuk_layout import Field
from mutuals_portal.plain_text import PlainLine
from signposting.models import Organisation

from .question import Question, pick_any, pick_one, question_page
from .safe_contact import SafeContact


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
        partners = Organisation.objects.partners().active().described()
        bodies = list(partners.values_list("slug", "name", "summary"))
        self.fields["excluded_bodies"].choices = [(slug, name) for slug, name, _ in bodies]
        self.helper = question_page(
            Field("excluded_bodies", heading=True, hints={slug: summary or "" for slug, _, summary in bodies})
        )

    def told(self) -> list[tuple[str, str]]:
        return [(self.on_check["excluded_bodies"], self._shown("excluded_bodies") or "None")]


class HowToReachYou(SafeContact, Question):
    heading = "How can we reach you?"
    intro = "signposting/enquire/contact_warning.html"
    sender_name = PlainLine(
        label="Name (optional)",
        help_text="What we may call you. It does not have to be your real name.",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "The name must be 60 characters or fewer"},
    )
    on_check = {
        "contact_choice": "How we tell you of news",
        "email": "E-mail address",
        "sender_name": "Name",
        "contact_note": "Reaching you safely",
    }

    @property
    def helper(self):
        page = question_page(
            Field("contact_choice", size="m"),
            Field("email", width="two-thirds"),
            *self.questions_on_work_address(),
            Field("sender_name", width=20),
            "contact_note",
        )
        page.render_unmentioned_fields = False
        return page


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
