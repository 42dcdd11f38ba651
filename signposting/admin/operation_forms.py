"""What an adviser fills in before one thing happens to an enquiry. Fields are named after what the verb takes."""

import uuid

from django import forms
from django.contrib.auth.models import User

from mutuals_portal.govuk_layout import Button, Field, FormPage
from mutuals_portal.plain_text import PlainText
from signposting import access, hand_over
from signposting.models import CLOSING_REASONS, HAND_OVER_REASONS, Enquiry, Organisation, Participant

TEXT_LIMIT = 5_000
REASON_LIMIT = 1_000


class OperationForm(forms.Form):
    """``seen`` is the version that the adviser was looking at; it travels with the form."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, enquiry: Enquiry, user: User, button: Button, **kwargs):
        super().__init__(*args, initial={"seen": enquiry.version}, **kwargs)
        self.enquiry = enquiry
        self.user = user
        self.helper = FormPage(
            *(Field(name, size="s") for name, field in self.fields.items() if not field.widget.is_hidden),
            button=button,
            error_summary=False,
        )

    def given(self) -> dict:
        """The answers, by the names that the verb uses."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class Confirmation(OperationForm):
    """Nothing to fill in."""


class Destination(OperationForm):
    """Where an enquiry goes: one of the bodies that can take it, or the duty desk unless that has it now."""

    DUTY_DESK = "duty-desk"

    to = forms.ChoiceField(
        label="Where does it go?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it goes"},
    )

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, enquiry=enquiry, **kwargs)
        self.bodies = {body.slug: body for body in hand_over.possible_bodies(enquiry)}
        self.fields["to"].choices = [(slug, body.name) for slug, body in self.bodies.items()]

    def clean_to(self) -> Organisation | None:
        return self.bodies.get(self.cleaned_data["to"])


class HandOver(Destination):
    reason_code = forms.ChoiceField(
        label="Why do you pass it on?",
        choices=[(reason.value, reason.label) for reason in HAND_OVER_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you pass it on"},
    )
    reason = PlainText(
        label="What to tell the group",
        help_text="In a sentence or two: why it goes there, and what happens next. The new body reads it too.",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what to tell the group"},
    )

    def __init__(self, *args, enquiry: Enquiry, **kwargs):
        super().__init__(*args, enquiry=enquiry, **kwargs)
        if not enquiry.holder.is_duty_desk:
            duty_desk = (self.DUTY_DESK, "The duty desk, to find another body")
            self.fields["to"].choices = [*self.fields["to"].choices, duty_desk]


class Offer(Destination):
    reason = PlainText(
        label="Why this body?",
        help_text="One sentence. The group and the body both read it.",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why you offer it to this body"},
    )


class Text(OperationForm):
    text = PlainText(
        label="What you write to the group",
        help_text="Everyone of the group who follows the enquiry can read it.",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write something to the group"},
    )


class Closing(OperationForm):
    reason_code = forms.ChoiceField(
        label="Why do you close it?",
        choices=[(reason.value, reason.label) for reason in CLOSING_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you close it"},
    )
    text = PlainText(
        label="Last words to the group (optional)",
        required=False,
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class Assignment(OperationForm):
    to = forms.ModelChoiceField(
        label="Who takes it over?",
        queryset=User.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a colleague"},
    )

    def __init__(self, *args, user: User, enquiry: Enquiry, **kwargs):
        super().__init__(*args, user=user, enquiry=enquiry, **kwargs)
        self.fields["to"].queryset = access.colleagues(user).exclude(pk=enquiry.adviser_id)
        self.fields["to"].label_from_instance = lambda colleague: (
            colleague.get_full_name() or colleague.username
        )


class Note(OperationForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = PlainText(
        label="Internal note",
        help_text="Only advisers of your own body read it. The group and other bodies never do.",
        max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write the note"},
    )


class NewCode(OperationForm):
    participant = forms.ModelChoiceField(
        label="Who needs a new code?",
        queryset=Participant.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who needs a new code"},
    )
    checked = PlainText(
        label="How did you check who is asking?",
        help_text=(
            "For example: they told you what the enquiry says and when they sent it, and you rang a number you "
            "knew already. The group can read this."
        ),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write how you checked who is asking"},
    )

    def __init__(self, *args, enquiry: Enquiry, user: User, **kwargs):
        super().__init__(*args, enquiry=enquiry, user=user, **kwargs)
        participants = access.visible_participants(user).filter(enquiry=enquiry, removed_at=None)
        self.fields["participant"].queryset = participants
