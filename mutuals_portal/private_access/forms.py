"""What somebody types to open what is private, and forms that act on nothing else than what was open before them."""

import uuid
from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format

from mutuals_portal.client_address import client_address
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainLine
from mutuals_portal.private_access import codes, throttle

AS_TYPED = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
LOOKS_LIKE = "Enter a reference like MIS-7K4P-Q2XR"
WRONG = "Check the reference and the code. They do not belong together"

Found = TypeVar("Found")


class ReferenceAndCode(forms.Form):
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
        reference = codes.normalise_reference(self.cleaned_data["reference"])
        if not reference:
            raise ValidationError(LOOKS_LIKE)
        return reference


class OwnWords(forms.Form):
    """Words of one's own, which are to stand for the code."""

    words = PlainLine(
        label="Your own words",
        help_text=(
            f"At least {codes.OWN_WORDS_MIN_DIFFERENT} different words, "
            f"{codes.OWN_WORDS_MIN_LENGTH} letters or more in all. "
            "Capital letters, spaces and hyphens make no difference."
        ),
        max_length=codes.OWN_WORDS_MAX_LENGTH,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={
            "required": "Enter your own words",
            "max_length": f"Use {codes.OWN_WORDS_MAX_LENGTH} characters or fewer",
        },
    )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        try:
            codes.check_own_words(words)
        except codes.WordsTooWeak as weak:
            raise ValidationError(str(weak)) from weak
        return words


class KeyedForm(forms.Form):
    """A form with a key of its own, which makes a double click one act.

    The key is signed for ``purpose``, which names what is open: a page that was left open cannot act on something
    else that has been opened on the same device since. A subclass says in ``ANOTHER`` that this is what happened.
    """

    ANOTHER = ""
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, purpose: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._signer = Signer(salt=purpose)
        self.fields["key"].initial = self._new_key

    def clean_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self._signer.unsign(self.cleaned_data["key"]))
        except BadSignature as error:
            data: Any = copy(self.data)  # not a plain dict: other fields may have several values
            data["key"] = self._new_key()
            self.data = data
            raise ValidationError(self.ANOTHER) from error

    def _new_key(self) -> str:
        return self._signer.sign(str(uuid.uuid4()))


def what_opens(
    request: HttpRequest, form: forms.Form, open_with: Callable[..., Found], *, wrong: str = WRONG
) -> tuple[Found | None, int]:
    """What a good form's code opens; or None and the status of the refusal.

    The form then says why: ``wrong`` for a wrong code and an unknown reference alike.
    """
    try:
        found = open_with(
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=client_address(request),
            at=timezone.now(),
        )
    except throttle.WrongCode:
        form.add_error("code", wrong)
        return None, 200
    except throttle.TooManyTries as refused:
        form.add_error("code", too_many_tries(refused.until))
        return None, 429
    return found, 200


def too_many_tries(until: datetime) -> str:
    # The minute after, so that the time we name is never too early.
    clock = time_format(timezone.localtime(until + timedelta(minutes=1)), "g:i a")
    return f"There were too many wrong codes. Try again after {clock}"
