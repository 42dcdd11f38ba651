"""What a group types while it follows its enquiry. Shape and words are checked here; the rest by ``lifecycle``."""

from django import forms

from mutuals_portal.govuk_layout import Button, Field, FormPage
from mutuals_portal.plain_text import PlainLine, PlainText
from mutuals_portal.private_access.forms import AS_TYPED, KeyedForm, OwnWords, ReferenceAndCode
from signposting.models import Status
from signposting.questions.safe_contact import SafeContact, is_work_address

MESSAGE_MAX_LENGTH = 5000


class OpenForm(ReferenceAndCode):
    """Reference and code. ``unsent`` carries a text that was sent too late, whatever is in it."""

    unsent = forms.Field(required=False, widget=forms.HiddenInput)
    helper = FormPage(
        Field("reference", width=20, size="s"),
        Field("code", size="s"),
        error_summary=False,
        action="signposting:follow",
    )


class FollowersForm(KeyedForm):
    """A form on a page of one participant."""

    ANOTHER = (
        "Nothing was sent. This page was opened for another enquiry. "
        "If the enquiry below is the right one, send it again"
    )

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, purpose=f"signposting.follow_forms.{participant.pk}", **kwargs)


def _message(label, *, required, **more):
    return PlainText(
        label=label,
        required=required is not None,
        max_length=MESSAGE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": required or "",
            "max_length": f"Your text must be {MESSAGE_MAX_LENGTH:,} characters or fewer",
        },
        **more,
    )


class ReplyForm(FollowersForm):
    text = _message("Write a message", required="Enter your message")
    helper = FormPage(
        Field("text", size="s"), button="Send", error_summary=False, action="signposting:follow-reply"
    )

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, participant=participant, **kwargs)
        if participant.enquiry.status == Status.ASKED:
            self.fields["text"].label = "Your answer"


class ReopenForm(FollowersForm):
    text = _message(
        "What more do you need?",
        required="Enter what more you need",
        help_text="The same body will see this.",
    )
    helper = FormPage(
        Field("text", size="s"),
        button="Open it again",
        error_summary=False,
        action="signposting:follow-reopen",
    )


class WithdrawForm(FollowersForm):
    text = _message(
        "Is there anything you want to tell them? (optional)",
        required=None,
        help_text="You do not have to give a reason.",
    )
    helper = FormPage(Field("text", size="s"), button=Button("Withdraw", kind="warning"), error_summary=False)


class ColleagueForm(FollowersForm):
    name = PlainLine(
        label="Name to show",
        help_text="A first name or initials will do. It does not have to be a real name.",
        max_length=60,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={
            "required": "Enter a name to show",
            "max_length": "The name must be 60 characters or fewer",
        },
    )
    helper = FormPage(Field("name", size="s", width=20), button="Add this colleague", error_summary=False)


class RemoveForm(FollowersForm):
    helper = FormPage("key", button=Button("Remove this colleague", kind="warning"), error_summary=False)


class ContactForm(SafeContact, FollowersForm):
    """Whoever kept a work address once has insisted on it: the box is shown, and ticked."""

    def __init__(self, *args, initial, **kwargs):
        known = {"work_address_is_safe": is_work_address(initial["email"])}
        super().__init__(*args, initial=initial | known, **kwargs)

    @property
    def helper(self):
        page = FormPage(
            Field("contact_choice", size="s"),
            Field("email", width="two-thirds"),
            *self.questions_on_work_address(),
            "contact_note",
            button="Save",
            error_summary=False,
        )
        page.render_unmentioned_fields = False
        return page

    def clean(self):
        answers = super().clean()
        answers.pop("work_address_is_safe", None)
        return answers


class ConsentForm(FollowersForm):
    may_share = forms.TypedChoiceField(
        label="May other partner bodies see your enquiry?",
        choices=[
            ("yes", "Yes, if another body can help us better"),
            ("no", "No, only the body that has it now"),
        ],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Select yes or no",
            "invalid_choice": "Select yes or no",
        },
    )
    helper = FormPage(Field("may_share", size="s"), button="Save", error_summary=False)


class OwnWordsForm(OwnWords, FollowersForm):
    helper = FormPage(Field("words", size="s"), button="Use these words from now on", error_summary=False)
