"""Recording an enquiry that came by phone or letter: the journey's own questions, all on one page.

It is routed like any other and may belong to another body at once. The adviser then reads out where it went, as the
group would read it, and cannot open it.
"""

import uuid
from dataclasses import replace

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from mutuals_portal.govuk_layout import Field, render_all
from mutuals_portal.private_access import codes
from mutuals_portal.templatetags.govuk_components import errors_in_page_order
from signposting import access, drafting, lifecycle
from signposting.admin.page import respond
from signposting.journey_steps import STEPS
from signposting.models import Enquiry, EnquiryDraft
from signposting.questions.question import Question, pick_one, question_page
from signposting.questions.the_request import YourFiles
from signposting.submission import FACTS

REOPEN = "Open this page again"
KEYS = uuid.UUID("6f0f3a0e-6b1c-4a55-9d0b-5a8f6f3f2f5e")
"""The namespace of the keys that follow from secrets."""


class HowItCame(Question):
    """The secret is made with the page, and key, reference and code follow from it: a double click is one enquiry.

    Nobody can choose them, so nobody learns by trying which references are taken.
    """

    channel = pick_one(
        "Select how the enquiry came",
        label="How did the enquiry come?",
        choices=[(channel, channel.label) for channel in (Enquiry.Channel.PHONE, Enquiry.Channel.LETTER)],
    )
    secret = forms.RegexField(
        r"^[A-Za-z0-9_-]{22}\Z",
        widget=forms.HiddenInput,
        initial=codes.new_secret,
        error_messages={"required": REOPEN, "invalid": REOPEN},
    )
    helper = question_page("channel", "secret")


class Recording:
    """All questions, in the order of the journey, asked and checked as it does. Files cannot be added by phone."""

    def __init__(self, answers: QueryDict | None = None):
        asked = [HowItCame, *(step.question for step in STEPS if step.question is not YourFiles)]
        self.questions = [question(answers) for question in asked]

    def is_valid(self) -> bool:
        return all([question.is_valid() for question in self.questions])

    @property
    def errors(self) -> list[dict[str, str]]:
        """The messages of all questions for the error summary."""
        return [error for question in self.questions for error in errors_in_page_order(question)]

    def parts(self) -> list[str]:
        """The questions as HTML. No single one is the page's heading here."""
        return [
            render_all(
                [replace(look, heading=False, size="m") for look in _looks(question)],
                question,
            )
            for question in self.questions
        ]

    def send(self, *, by) -> tuple[Enquiry, str, bool]:
        """The enquiry, the code to read out, and whether it was kept as it says now.

        Sending it again gives the same enquiry and code, whatever has been changed since.
        """
        given: dict = {}
        for question in self.questions:
            given |= question.cleaned_data
        secret = given["secret"]
        reference, code = codes.reference_from(secret), codes.code_from(secret)
        draft = EnquiryDraft(
            key=uuid.uuid5(KEYS, secret),
            reference=reference,
            code_digest=codes.digest(reference=reference, code=code),
            answers={"recorded": given},
        )
        submission = replace(drafting.submission_of(draft), channel=given["channel"])
        enquiry = lifecycle.submit(submission=submission, by=by, at=timezone.now())
        is_as_kept = all(getattr(enquiry, fact) == getattr(submission, fact) for fact in FACTS)
        return enquiry, code, is_as_kept


def record(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("signposting.add_enquiry") or access.body_of(request.user) is None:
        raise PermissionDenied
    recording = Recording(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not recording.is_valid():
        context = {"title": "Record an enquiry", "recording": recording, "has_errors": bool(recording.errors)}
        return respond(request, "record", context)
    enquiry, code, is_as_kept = recording.send(by=request.user)
    context = {
        "title": "Enquiry recorded",
        "enquiry": enquiry,
        "code": code,
        "arrival": enquiry.events.get(number=1),
        "was_recorded_before": not is_as_kept,
        "can_open": access.visible_enquiries(request.user).filter(pk=enquiry.pk).exists(),
    }
    return respond(request, "recorded", context)


def _looks(question: Question) -> list[Field]:
    return list(question.helper.layout.fields)
