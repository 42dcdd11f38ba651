"""Questions about what the group wants to know."""

from collections.abc import Mapping
from typing import Any

from django import forms

from guides.models import LookOut
from mutuals_portal.govuk_layout import Button, Field, FormPage
from mutuals_portal.plain_text import PlainText
from mutuals_portal.vocabulary import OwnershipIdea
from signposting.attachment_types import MAX_BYTES, MAX_FILES, Judged, Unacceptable, judge

from .question import SAVE_AND_LEAVE, Question, pick_any, pick_one, question_page

QUESTION_MAX_LENGTH = 5000


class WhatYouNeed(Question):
    topics = pick_any(
        "Select topics from the list",
        label="What do you need help with?",
        help_text="Select all that apply. If you are not sure, continue without choosing.",
    )
    helper = question_page(Field("topics", heading=True))
    on_check = {"topics": "Topics"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = list(LookOut.objects.values_list("slug", "title"))
        if not self.fields["topics"].choices:
            self.fields["topics"].help_text = "There are no topics to choose from yet. Please continue."


class WhoShouldOwnIt(Question):
    ownership_idea = pick_one(
        "Select who you think should own the new body",
        label="Who do you think should own the new body?",
        help_text="You can change your mind later. Choose what is closest to your idea today.",
        choices=OwnershipIdea,
    )
    helper = question_page(
        Field(
            "ownership_idea",
            heading=True,
            hints={
                OwnershipIdea.EMPLOYEES_AND_USERS: "For example, staff and tenants, or staff, carers and patients.",
                OwnershipIdea.USERS_OR_COMMUNITY: "For example, library users, parents or people who live nearby.",
                OwnershipIdea.JOINT_WITH_PUBLIC_BODY: "The council, health body or department keeps a share.",
            },
        )
    )
    on_check = {"ownership_idea": "Who should own it"}


class YourQuestion(Question):
    question = PlainText(
        label="What would you like to ask?",
        help_text=(
            "Say what you want to do, what you have done so far, and what you need to know next. "
            "Please leave out other people’s names, and anything about their health or private life."
        ),
        max_length=QUESTION_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": "Enter what you would like to ask",
            "max_length": f"Your question must be {QUESTION_MAX_LENGTH:,} characters or fewer",
        },
    )
    helper = question_page(Field("question", heading=True))
    on_check = {"question": "Your question"}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, each judged by itself: ``cleaned_data`` has (what it is, its content) for the good ones.

    The bad ones are told in the form's errors, and do not keep the good ones out.
    """

    widget = FilesInput

    def clean(self, offered: list, initial: Any = None) -> list:
        return offered or []


class YourFiles(Question):
    """The files themselves are rows, not part of the answer, which only says that the page was passed."""

    files = Files(
        label="Do you want to add any files? (optional)",
        help_text=(
            f"Up to {MAX_FILES} files of up to {MAX_BYTES // 1024**2} MB each: PDF, Word, Excel, OpenDocument, "
            "plain text, PNG or JPEG. A file can hold the name of its author, so check before you add it."
        ),
        required=False,
        widget=FilesInput(attrs={"accept": ".pdf,.docx,.odt,.xlsx,.ods,.txt,.png,.jpg,.jpeg"}),
    )
    heading = "Files"
    helper = FormPage(
        Field("files", size="m"),
        buttons=[Button("Add these files", kind="secondary", name="then", value="stay"), SAVE_AND_LEAVE],
        error_summary=False,
    )

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping | None = None):
        super().__init__(data, files, initial=initial)
        self.accepted: list[tuple[Judged, Any]] = []

    def clean_files(self) -> None:
        for offered in self.cleaned_data["files"]:
            try:
                self.accepted.append((judge(offered.name, offered), offered))
            except Unacceptable as refused:
                self.add_error("files", str(refused))

    @property
    def answer(self) -> dict[str, Any]:
        return {}

    def told(self) -> list[tuple[str, str]]:
        return [("Files", ", ".join(self.initial.get("names", ())) or "None")]
