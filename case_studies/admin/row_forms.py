"""The rows of a profile as an editor enters them: figures, shares, steps on the road out, and what the body met."""

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from case_studies import rows
from case_studies.models import Claim, Evidence, OwnershipShare
from guides.admin.row_fields import Key, SourceKey, line, one_of, refuse_unknown_source
from mutuals_portal import partial_date
from mutuals_portal.plain_text import PlainLine, PlainText
from mutuals_portal.publishing_admin import Day, RowForm
from mutuals_portal.vocabulary import Stage


class PartialDay(PlainLine):
    def __init__(self, *, label, **kwargs):
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(label=label, required=False, widget=widget, **kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return partial_date.read(text) if text else ""
        except ValidationError:
            raise ValidationError(
                f"{self.label} must be a real year, month or day, such as 2011, July 2011 or 1/7/2011"
            ) from None

    def prepare_value(self, value):
        try:
            partial_date.check(value or "")
        except ValidationError:
            return value
        return partial_date.in_words(value)


class Amount(forms.DecimalField):
    """A number as people write it: £71,501 or 12.5%."""

    def __init__(self, *, label, digits, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(
            label=label, required=False, max_digits=digits, decimal_places=2, widget=widget, **kwargs
        )
        wrong = f"{label} must be a number such as 71,501 or 12.5"
        for code in ("invalid", "max_digits", "max_decimal_places", "max_whole_digits"):
            self.error_messages[code] = wrong

    def to_python(self, value):
        plain = re.sub(r"[£,%\s]", "", value or "").replace("\N{MINUS SIGN}", "-")
        return super().to_python(plain)


class ProfileRow(RowForm):
    part: str
    days: tuple[str, ...] = ()

    def __init__(self, *args, sources=frozenset(), **kwargs):
        super().__init__(*args, **kwargs)
        self.sources = sources

    @classmethod
    def entered(cls, row):
        return {
            name: date.fromisoformat(value) if isinstance(cls.base_fields[name], Day) else value
            for name, value in row.items()
        }

    def clean_source(self):
        key = self.cleaned_data["source"]
        refuse_unknown_source(key, self.sources)
        return key

    def row(self):
        return rows.as_written(self.part, self.cleaned_data)


class ClaimForm(ProfileRow):
    part, noun, plural = "claims", "figure", "figures"

    label = line("What it is of", 120, help_text="For example, Staff, or Visits in the year.")
    key = Key(help_text="Texts write it in curly brackets: {staff-2013}.")
    measure = one_of(Claim.Measure.choices, "What it measures")
    qualifier = forms.ChoiceField(label="How exact", required=False, choices=Claim.Qualifier.choices)
    number = Amount(label="Number", digits=16, help_text="Or a date, never both.")
    unit = one_of(Claim.Unit.choices, "Unit of the number")
    day = PartialDay(label="Date", help_text="For example, 2011, July 2011 or 1 July 2011.")
    as_of = PartialDay(label="As of", help_text="When it was so.")
    is_undated = forms.BooleanField(
        label="The source gives no date",
        required=False,
        help_text="“As of” is then the day on which you read it.",
    )
    source = SourceKey()
    assured_by = one_of(Claim.AssuredBy.choices, "Whose word it is")
    review_by = Day(label="Check again by", required=False, help_text="For example, 27/3/2027")

    @classmethod
    def called(cls, row):
        units = {value: label for value, label in Claim.Unit.choices if value != Claim.Unit.NUMBER}
        value = (row.get("qualifier"), row.get("number") or row.get("day"), units.get(row.get("unit")))
        what = ": ".join(filter(None, (row.get("label"), " ".join(str(each) for each in value if each))))
        return f"{what} ({row['key']})" if row.get("key") else what


class ShareForm(ProfileRow):
    part, noun, plural = "shares", "share", "shares"

    group = one_of(OwnershipShare.Group.choices, "Group")
    basis = one_of(OwnershipShare.Basis.choices, "What is shared")
    percent = Amount(
        label="Per cent",
        digits=5,
        help_text="Leave it empty if the share is not known.",
        validators=[
            MinValueValidator(Decimal(0), "Per cent must be between 0 and 100"),
            MaxValueValidator(Decimal(100), "Per cent must be between 0 and 100"),
        ],
    )
    words = line("As the source says it", 120, help_text="For example, one third, or four seats.")
    as_of = PartialDay(label="As of", help_text="When it was so.")
    source = SourceKey()

    @classmethod
    def called(cls, row):
        return str(dict(OwnershipShare.Group.choices).get(row.get("group"), ""))


class MilestoneForm(ProfileRow):
    part, noun, plural = "milestones", "step", "steps"

    stage = one_of(Stage.choices, "Stage")
    title = line("What happened", 160, help_text="Without figures.")
    begins = PartialDay(label="From", help_text="For example, 2011, July 2011 or 1 July 2011.")
    ends = PartialDay(label="To", help_text="Leave it empty if it was one day, or is not known.")
    source = SourceKey()

    @classmethod
    def called(cls, row):
        return row.get("title", "")


class EvidenceForm(ProfileRow):
    part, noun, plural = "evidence", "issue", "issues"

    look_out = one_of((), "Look-out")
    stage = one_of(Stage.choices, "Stage")
    effect = one_of(Evidence.Effect.choices, "How it worked")
    how = PlainText(
        label="How",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences without figures. {key} stands for a figure.",
        error_messages={"max_length": "How must be 500 characters or fewer"},
    )
    source = SourceKey()

    def __init__(self, *args, look_outs=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["look_out"].choices = [("", "Select"), *look_outs]

    @classmethod
    def called(cls, row):
        where = dict(Stage.choices).get(row.get("stage"), "")
        return ", ".join(filter(None, (row.get("look_out", "").replace("-", " "), where.lower())))
