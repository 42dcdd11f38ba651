"""Where a text of the guides stands: its kind and address, what it belongs to, its position and its owner."""

from django import forms

from guides.models import Document, LookOut
from guides.models.document import OF_OURS, SLUG
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.publishing_admin.people import name_of, possible_owners

Kind = Document.Kind

BELONGS_TO = {Kind.STAGE: Kind.GUIDE, Kind.PAGE: Kind.STAGE}
WRONG_PARENT = {
    Kind.STAGE: "Select the guide that the stage belongs to",
    Kind.PAGE: "Select the stage that the page belongs to",
}
WRITERS = ("guides.change_edition", "guides.approve_edition")


class PlaceForm(forms.ModelForm):
    """The slug and the kind stay: addresses and links rest on them."""

    class Meta:
        model = Document
        fields = ["parent", "position", "owner"]
        labels = {"parent": "Belongs to", "position": "Position", "owner": "Owner"}
        help_texts = {
            "parent": "The guide of a stage, or the stage of a page. Nothing for the other kinds.",
        }
        widgets = {"position": forms.TextInput(attrs={"inputmode": "numeric"})}
        error_messages = {
            "position": {
                "required": "Enter a position, such as 3",
                "invalid": "Position must be a whole number, such as 3",
            },
        }

    helper = FormPage(
        Field("parent", size="s"),
        Field("position", size="s", width=4),
        Field("owner", size="s"),
        button="Save",
        error_summary=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        parents = Document.objects.filter(kind__in=BELONGS_TO.values()).select_related("parent")
        self.fields["parent"].queryset = parents.order_by("kind", "parent__slug", "position")
        self.fields["parent"].label_from_instance = _path
        self.fields["parent"].empty_label = "Nothing"
        self.fields["owner"].queryset = possible_owners(WRITERS, present=self.instance.owner_id)
        self.fields["owner"].label_from_instance = name_of
        self.fields["owner"].empty_label = "Nobody"

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind") or self.instance.kind
        if kind and "parent" in cleaned:
            parent = cleaned["parent"]
            if (parent.kind if parent else None) != BELONGS_TO.get(kind):
                self.add_error(
                    "parent", WRONG_PARENT.get(kind, "This kind belongs to nothing: select “Nothing”")
                )
        return cleaned

    def validate_constraints(self):
        """Only what the fields that were right so far can break, so that one mistake has one message."""
        if not self.errors:
            super().validate_constraints()


class NewDocumentForm(PlaceForm):
    class Meta(PlaceForm.Meta):
        fields = ["kind", "slug", "parent", "position", "owner"]
        labels = PlaceForm.Meta.labels | {"kind": "What is it?", "slug": "Address"}
        help_texts = PlaceForm.Meta.help_texts | {
            "slug": "The last part of its address: small letters, numbers and hyphens. It is kept for good.",
        }
        widgets = PlaceForm.Meta.widgets | {"kind": forms.RadioSelect}
        error_messages = PlaceForm.Meta.error_messages | {
            "kind": {"required": "Select what it is"},
            "slug": {
                "required": "Enter the last part of its address",
                "invalid": "Address must be small letters, numbers and hyphens only",
                "max_length": "Address must be 80 characters or fewer",
            },
        }

    helper = FormPage(
        Field("kind", size="s"),
        Field("slug", size="s"),
        *PlaceForm.helper.layout,
        button="Add and start writing",
        error_summary=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Kind.choices

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if not SLUG.fullmatch(slug):
            raise forms.ValidationError(self.fields["slug"].error_messages["invalid"])
        return slug

    def clean(self):
        cleaned = super().clean()
        if "kind" in cleaned and "slug" in cleaned:
            if cleaned["kind"] == Kind.LOOK_OUT and not LookOut.objects.filter(slug=cleaned["slug"]).exists():
                self.add_error("slug", "The address of a look-out must be one of the list of look-outs")
            elif cleaned["slug"] in OF_OURS.get(cleaned["kind"], ()):
                self.add_error("slug", "Another page of the service has this address. Enter a different one")
            elif self._is_taken(cleaned):
                self.add_error("slug", "Another text of this kind has this address. Enter a different one")
        return cleaned

    def _is_taken(self, cleaned):
        same = Document.objects.filter(kind=cleaned["kind"], slug=cleaned["slug"])
        return (
            same.filter(parent=cleaned.get("parent")).exists()
            if cleaned["kind"] == Kind.STAGE
            else same.exists()
        )


def _path(document):
    return f"{document.parent.slug}/{document.slug}" if document.parent else document.slug
