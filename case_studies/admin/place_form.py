"""What a case study is, whatever its profile says: its address, its owner, and whether it is announced."""

from django import forms

from case_studies.models import CaseStudy
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.publishing_admin.people import name_of, possible_owners

WRITERS = ("case_studies.change_profile", "case_studies.approve_profile")


class PlaceForm(forms.ModelForm):
    """The address stays: links rest on it."""

    class Meta:
        model = CaseStudy
        fields = ["is_announced", "owner"]
        labels = {"is_announced": "Announce it before it is published"}

    helper = FormPage(
        "is_announced",
        Field("owner", size="s"),
        button="Save",
        error_summary=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(WRITERS, present=self.instance.owner_id)
        self.fields["owner"].label_from_instance = name_of
        self.fields["owner"].empty_label = "Nobody"


class NewCaseStudyForm(PlaceForm):
    class Meta(PlaceForm.Meta):
        fields = ["slug", "is_announced", "owner"]
        labels = PlaceForm.Meta.labels | {"slug": "Address"}
        help_texts = {
            "slug": "The last part of its address: small letters, numbers and hyphens. It is kept for good.",
        }
        error_messages = {
            "slug": {
                "required": "Enter the last part of its address",
                "invalid": "Address must be small letters, numbers and hyphens only",
                "max_length": "Address must be 80 characters or fewer",
                "unique": "Another case study has this address. Enter a different one",
            },
        }

    helper = FormPage(
        Field("slug", size="s"),
        *PlaceForm.helper.layout,
        button="Add and start writing",
        error_summary=False,
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in TAKEN:
            raise forms.ValidationError("This address leads to another page. Enter a different one")
        return slug


TAKEN = ("compare", "feed")
"""What stands where the address of a case study would."""
