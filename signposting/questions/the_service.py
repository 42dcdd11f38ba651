"""Questions about who asks and which service it is for. Routing decides on most of these."""

import re

from django import forms
from django.core.exceptions import ValidationError

from mutuals_portal.govuk_layout import Field
from mutuals_portal.plain_text import PlainLine
from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, Sector, Stage

from .question import Question, pick_one, question_page

MOST_STAFF = 2_000_000
"""More than any public employer in the UK has; the database holds the same limit."""

ROUGH_NUMBER = re.compile(
    r"(?:about|around|roughly|approximately|approx\.?|circa|c\.?|~)?\s*"
    r"(\d{1,3}(?:[, ]\d{3})+|\d{1,9})\s*"
    r"(?:staff|people|employees|workers|members of staff)?",
    re.ASCII | re.IGNORECASE,
)


class WhoYouAre(Question):
    enquirer_kind = pick_one(
        "Select what describes you best",
        label="Who are you?",
        help_text="Choose what describes you best. It helps us decide who should answer. We do not need your name.",
        choices=EnquirerKind,
    )
    helper = question_page(Field("enquirer_kind", heading=True))
    on_check = {"enquirer_kind": "Who you are"}


class WhereItIs(Question):
    nation = pick_one(
        "Select where the service is delivered",
        label="Where is the service delivered?",
        help_text="Law and support differ between the nations of the UK.",
        choices=Nation,
    )
    place = PlainLine(
        label="Town, county or area (optional)",
        help_text="For example, Salford or the Highlands. Leave it empty if it would show who you are.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": "The town, county or area must be 100 characters or fewer"},
    )
    helper = question_page(Field("nation", heading=True), Field("place", width=20))
    on_check = {"nation": "Nation", "place": "Town, county or area"}


class WhoRunsIt(Question):
    employer_type = pick_one(
        "Select who runs the service now",
        label="Who runs the service now?",
        choices=EmployerType,
    )
    employer_name = PlainLine(
        label="Name of the employer (optional)",
        help_text="Leave it empty if you would rather not say. We do not tell your employer that you asked.",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "The name of the employer must be 150 characters or fewer"},
    )
    helper = question_page(Field("employer_type", heading=True), Field("employer_name", width="two-thirds"))
    on_check = {"employer_type": "Who runs the service", "employer_name": "Name of the employer"}


class WhatItDoes(Question):
    sector = pick_one(
        "Select what the service does",
        label="What does the service do?",
        help_text="If it does several things, choose what most of the staff work on.",
        choices=Sector,
    )
    helper = question_page(Field("sector", heading=True))
    on_check = {"sector": "What the service does"}


class HowManyStaff(Question):
    staff_count = PlainLine(
        label="About how many staff does the service have? (optional)",
        help_text="A rough number will do, such as 40. Count everyone who might move, full time and part time.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"max_length": "Enter the number of staff as one whole number, such as 40"},
    )
    helper = question_page(Field("staff_count", heading=True, width=10))
    on_check = {"staff_count": "Number of staff"}

    def clean_staff_count(self) -> int | None:
        typed = self.cleaned_data["staff_count"]
        if not typed:
            return None
        found = ROUGH_NUMBER.fullmatch(typed)
        if not found:
            raise ValidationError("Enter the number of staff as one whole number, such as 40")
        number = int(re.sub(r"\D", "", found[1]))
        if not 1 <= number <= MOST_STAFF:
            raise ValidationError(f"The number of staff must be between 1 and {MOST_STAFF:,}")
        return number


class HowFar(Question):
    stage = pick_one(
        "Select how far you have got",
        label="How far have you got?",
        choices=Stage,
    )
    helper = question_page(
        Field(
            "stage",
            heading=True,
            hints={
                Stage.EARLY_THINKING: "There is an idea, and you want to know whether it could work.",
                Stage.APPRAISAL: "You are testing the idea: support among staff, costs, a business case.",
                Stage.IMPLEMENTATION: "The decision is made, and the new body is being set up.",
                Stage.FIRST_YEAR: "The new body runs the service and has not finished its first full year.",
            },
        )
    )
    on_check = {"stage": "How far you have got"}
