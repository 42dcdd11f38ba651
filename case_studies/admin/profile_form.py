"""A profile on one page: what the body is, its figures and other rows, its texts, and when it is checked again."""

from django import forms

from case_studies.admin.row_forms import (
    ClaimForm,
    EvidenceForm,
    MilestoneForm,
    PartialDay,
    ShareForm,
)
from case_studies.models import Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm, Region
from guides.admin.row_fields import (
    SourceKey,
    SourceList,
    all_sources,
    line,
    one_of,
    refuse_unknown_source,
)
from guides.models import LookOut
from mutuals_portal.govuk_layout import Field, Fieldset
from mutuals_portal.plain_text import PlainText
from mutuals_portal.publishing_admin import EditionForm, Rows, RowsOf
from mutuals_portal.publishing_admin.edition_form import OTHER_LAYOUT
from mutuals_portal.vocabulary import Nation, Sector

LONGEST_TEXT = 5_000
TEXT_HINTS = {
    "what_it_does": "What it does, for whom, and where.",
    "governance": "Who decides, and how members are heard.",
    "road_out": "How it came out of the public sector.",
    "results": "What came of it, good and bad.",
    "standing_now": "What the newest source says. Never more than that.",
    "lessons": "What others can learn from it.",
}


def _text(name):
    label = str(Profile._meta.get_field(name).verbose_name).capitalize()
    return PlainText(
        label=label,
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        help_text=TEXT_HINTS[name],
        error_messages={"max_length": f"{label} must be {LONGEST_TEXT:,} characters or fewer"},
    )


class ProfileForm(EditionForm):
    title = line("Name", 120)
    summary = PlainText(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence without figures, for lists and search engines.",
        error_messages={"max_length": "Summary must be 300 characters or fewer"},
    )
    kind = one_of(Kind.choices, "How it came to be")
    nation = one_of(Nation.choices, "Nation")
    region = one_of(Region.choices, "Region")
    place = line("Place", 120, help_text="Where it works, in words: Salford, Greater Manchester.")
    sectors = forms.MultipleChoiceField(
        label="What it does",
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "What it does: select from the list"},
    )
    parent_body = line(
        "Parent body",
        160,
        help_text="The public body it came out of. Leave it empty if it is not known.",
    )
    legal_form = one_of(LegalForm.choices, "Legal form")
    last_known = one_of(LastKnown.choices, "How it stood when last evidenced")
    last_known_as_of = PartialDay(label="When that was", help_text="When the newest source says so.")
    last_known_source = SourceKey(label="The source that says so")
    written_claims = Rows(
        ClaimForm,
        label="Figures",
        most=50,
        help_text="Every number and date in the texts stands here, with its source. Texts show it by its key.",
    )
    written_shares = Rows(
        ShareForm, label="Who owns it", most=15, help_text="Only groups that a source names."
    )
    written_milestones = Rows(
        MilestoneForm, label="Steps on the road out", most=30, help_text="What really happened, and when."
    )
    written_evidence = Rows(
        EvidenceForm,
        label="What it met",
        most=30,
        help_text="Issues that got in the way or were overcome. The look-outs count them.",
    )
    what_it_does = _text("what_it_does")
    governance = _text("governance")
    road_out = _text("road_out")
    results = _text("results")
    standing_now = _text("standing_now")
    lessons = _text("lessons")

    field_order = ("seen", *Profile.WORDS[:12], *Profile.WORDS[18:], *Profile.TEXTS)

    def __init__(self, answers=None, *, edition):
        self.sources = all_sources()
        super().__init__(answers, edition=edition)
        look_outs = list(LookOut.objects.values_list("slug", "title"))
        for name in Profile.PARTS:
            self.fields[f"written_{name}"].know(sources=self.sources.keys())
        self.fields["written_evidence"].know(sources=self.sources.keys(), look_outs=look_outs)

    def layout(self):
        about = ("title", "kind", "nation", "region", "place", "parent_body", "legal_form")
        known = ("last_known", "last_known_as_of", "last_known_source")
        return [
            SourceList(),
            Fieldset(
                "The body",
                *(Field(name, size="s") for name in ("title", "summary", *about[1:5])),
                Field("sectors", size="s", small=True),
                *(Field(name, size="s") for name in (*about[5:], *known)),
            ),
            *(RowsOf(f"written_{name}") for name in Profile.PARTS),
            Fieldset("Texts", *(Field(name, size="s") for name in Profile.TEXTS)),
            Fieldset("Before it is published", *OTHER_LAYOUT),
        ]

    def initial_of(self, edition):
        newest = edition.last_known_source
        return super().initial_of(edition) | {"last_known_source": newest.key if newest else ""}

    def clean_last_known_source(self):
        key = self.cleaned_data["last_known_source"]
        refuse_unknown_source(key, self.sources)
        return self.sources.get(key)
