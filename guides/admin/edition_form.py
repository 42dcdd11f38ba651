"""The words of a text of the guides, each kind with the fields that it has."""

from django import forms

from guides.models import Document, Edition, LookOut
from guides.models.edition import NATIONS
from mutuals_portal import markup
from mutuals_portal.govuk_layout import Field
from mutuals_portal.plain_text import PlainLine, PlainText
from mutuals_portal.publishing_admin import Day, EditionForm
from mutuals_portal.vocabulary import Sector, Stage

Kind = Document.Kind

ONLY_FOR = {
    "look_outs": (Kind.STAGE, Kind.PAGE, Kind.BULLETIN),
    "also": (Kind.TERM,),
    "as_of": (Kind.BULLETIN,),
    "era": (Kind.BULLETIN,),
    "stages": (Kind.LOOK_OUT,),
    "sectors": (Kind.LOOK_OUT,),
}
LONGEST_SPELLING = 80


class GuidesEditionForm(EditionForm):
    title = PlainLine(
        required=False,
        max_length=120,
        help_text="In sentence case, under 70 characters if you can.",
        error_messages={"max_length": "Title must be 120 characters or fewer"},
    )
    summary = PlainText(
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One sentence, for lists and search engines.",
        error_messages={"max_length": "Summary must be 300 characters or fewer"},
    )
    also = PlainText(
        label="Other spellings",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Texts link these to the term too. One on each line.",
    )
    body = PlainText(
        label="Text",
        required=False,
        max_length=markup.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "true"}),
        error_messages={"max_length": f"Text must be {markup.LONGEST:,} characters or fewer"},
    )
    nations = forms.MultipleChoiceField(
        label="Where does it apply?",
        choices=NATIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Select all four if it applies everywhere.",
        error_messages={"invalid_choice": "Select nations from the list"},
    )
    look_outs = forms.MultipleChoiceField(
        label="Which look-outs does it help with?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Select look-outs from the list"},
    )
    as_of = Day(label="As of", required=False, help_text="The day that it describes. For example, 27/3/2027")
    era = forms.ChoiceField(
        label="What is it about?",
        choices=Edition.Era.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Select what it is about"},
    )

    stages = forms.MultipleChoiceField(
        label="When does it come up?",
        choices=Stage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Select none if it can come up at any stage.",
        error_messages={"invalid_choice": "Select stages from the list"},
    )
    sectors = forms.MultipleChoiceField(
        label="For whom does it matter most?",
        choices=Sector.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Select none if it matters to every service.",
        error_messages={"invalid_choice": "Select sectors from the list"},
    )

    WORDS_LAYOUT = (
        "title",
        "summary",
        "also",
        "body",
        Field("as_of", size="s", width=10),
        "era",
        "nations",
        Field("look_outs", size="s", small=True),
        "stages",
        Field("sectors", size="s", small=True),
    )

    def __init__(self, answers=None, *, edition):
        super().__init__(answers, edition=edition)
        if "look_outs" in self.fields:
            self.fields["look_outs"].choices = LookOut.objects.values_list("slug", "title")

    def not_for(self, edition):
        return [name for name, kinds in ONLY_FOR.items() if edition.document.kind not in kinds]

    def initial_of(self, edition):
        return super().initial_of(edition) | {"also": "\n".join(edition.also)}

    def clean_also(self):
        spellings = [
            " ".join(line.split()) for line in self.cleaned_data["also"].splitlines() if line.strip()
        ]
        if any(len(spelling) > LONGEST_SPELLING for spelling in spellings):
            raise forms.ValidationError(f"Each spelling must be {LONGEST_SPELLING} characters or fewer")
        return spellings
