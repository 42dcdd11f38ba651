"""What a group types about its plan. Shape and words are checked here; the rest by ``planning``."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from guides.models import Decision
from mutuals_portal import partial_date
from mutuals_portal.govuk_layout import Button, Field, FormPage
from mutuals_portal.plain_text import PlainLine, PlainText
from mutuals_portal.private_access import codes
from mutuals_portal.private_access.forms import AS_TYPED, KeyedForm, OwnWords, ReferenceAndCode

_signer = Signer(salt="guides.plan.start")


class StartForm(forms.Form):
    """Its secret is ours, signed: reference and code follow from it, so that a double click starts one plan."""

    secret = forms.CharField(
        required=False,
        widget=forms.HiddenInput,
        initial=lambda: _signer.sign(codes.new_secret()),
    )
    helper = FormPage("secret", button="Start a plan", error_summary=False, action="guides:plan-start")

    def clean_secret(self):
        try:
            return _signer.unsign(self.cleaned_data["secret"])
        except BadSignature as error:
            raise ValidationError("This page was open for too long. Press the button again") from error


class StartToKeepForm(StartForm):
    """On the page that keeps something, and with it in the new plan."""

    helper = FormPage("secret", button="Start a plan with this in it", error_summary=False)


class OpenForm(ReferenceAndCode):
    """``unsent`` carries what was typed into a form of a plan that was closed by then, whatever is in it."""

    unsent = forms.Field(required=False, widget=forms.HiddenInput)
    helper = FormPage(
        Field("reference", width=20, size="s"),
        Field("code", size="s"),
        button="Open the plan",
        error_summary=False,
        action="guides:plan-open",
    )


class OpenToKeepForm(ReferenceAndCode):
    """On the page that keeps something, which asks for the plan first."""

    helper = FormPage(
        Field("reference", width=20, size="s"),
        Field("code", size="s"),
        button="Open the plan",
        error_summary=False,
    )


class PlanForm(KeyedForm):
    """A form on a page of one plan."""

    ANOTHER = (
        "Nothing was changed. This page was opened for another plan. "
        "If this plan is the right one, press the button again"
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, purpose=f"guides.plan.{plan.pk}", **kwargs)


class PartForm(PlanForm):
    """``seen``: which part it would replace or drop."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class KeepForm(PartForm):
    helper = FormPage("key", "seen", button="Keep this", error_summary=False)


class DropForm(PartForm):
    helper = FormPage("key", "seen", button=Button("Take it out", kind="warning"), error_summary=False)


class UndoForm(PlanForm):
    helper = FormPage("key", button=Button("Take this decision out", kind="warning"), error_summary=False)


class DeleteForm(PlanForm):
    helper = FormPage("key", button=Button("Delete the plan now", kind="warning"), error_summary=False)


def _most(name):
    return Decision._meta.get_field(name).max_length


class DecisionForm(PlanForm):
    words = PlainLine(
        label="What did you decide?",
        help_text="One sentence. Leave names of people out.",
        max_length=_most("words"),
        error_messages={
            "required": "Enter what you decided",
            "max_length": f"What you decided must be {_most('words')} characters or fewer",
        },
    )
    reason = PlainText(
        label="Why? (optional)",
        required=False,
        help_text="Whoever reads the plan in a year will want to know.",
        max_length=_most("reason"),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": f"The reason must be {_most('reason'):,} characters or fewer"},
    )
    decided_on = PlainLine(
        label="When?",
        help_text="A day, a month or a year: 3 March 2026, March 2026 or 2026.",
        max_length=30,
        error_messages={
            "required": "Enter when you decided",
            "max_length": "Enter a date such as 3 March 2026",
        },
    )
    look_out = forms.ChoiceField(
        label="Does this settle an issue? (optional)",
        required=False,
        help_text="It then counts as settled in your plan.",
        error_messages={"invalid_choice": "Select an issue from the list, or none"},
    )
    helper = FormPage(
        Field("words", size="s"),
        Field("reason", size="s"),
        Field("decided_on", size="s", width=20),
        Field("look_out", size="s"),
        button="Keep this decision",
        error_summary=False,
        action="guides:plan-decide",
    )

    def __init__(self, *args, look_outs, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(issue.slug, issue.title) for issue in look_outs]
        self.fields["look_out"].choices = [("", "No, none of them"), *titles]
        self.fields["decided_on"].initial = partial_date.in_words(timezone.localdate().isoformat())

    def clean_decided_on(self):
        try:
            value = partial_date.read(self.cleaned_data["decided_on"])
        except ValidationError:
            raise ValidationError("Enter a date such as 3 March 2026, March 2026 or 2026") from None
        if value > timezone.localdate().isoformat():
            raise ValidationError("The date must be today or in the past")
        return value


class CodeForm(OwnWords, PlanForm):
    """A new code for whoever knows the old one. Without own words we make one."""

    code = PlainLine(
        label="The code now",
        help_text="The code that opens this plan now, or the words you chose.",
        max_length=200,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={
            "required": "Enter the code that opens this plan now",
            "max_length": "Your code must be 200 characters or fewer",
        },
    )
    field_order = ["code", "words"]
    helper = FormPage(
        Field("code", size="s"), Field("words", size="s"), button="Change the code", error_summary=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False
        self.fields["words"].label = "Your own words (optional)"
        self.fields["words"].help_text += " Leave this empty and we make a new code for you."

    def clean_words(self):
        return super().clean_words() if self.cleaned_data["words"] else ""
