"""The directory, where editors and reviewers work on what readers are told of bodies."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.publishing_admin import Page, PublishingAdmin
from mutuals_portal.publishing_admin.people import name_of, possible_owners
from signposting import bodies
from signposting.admin import checking_page
from signposting.admin.entry_form import EntryForm
from signposting.directory_loading import TAKEN
from signposting.models import Entry, Listing, Organisation
from signposting.views import support

admin_page.register(Place("Directory", "admin:signposting_listing_changelist", "signposting.view_entry"))

WRITERS = ("signposting.change_entry", "signposting.approve_entry")


class OwnerForm(forms.ModelForm):
    """The address stays: links rest on it."""

    class Meta:
        model = Listing
        fields = ["entry_email", "owner"]
        labels = {"entry_email": "E-mail of the person who checks the entry"}
        error_messages = {"entry_email": {"invalid": "Enter an e-mail address, such as name@example.org"}}

    helper = FormPage(
        Field("entry_email", size="s"), Field("owner", size="s"), button="Save", error_summary=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(WRITERS, present=self.instance.owner_id)
        self.fields["owner"].label_from_instance = name_of
        self.fields["owner"].empty_label = "Nobody"


class NewBodyForm(OwnerForm):
    """A body that is only listed. Administrators make it a partner of the service."""

    class Meta(OwnerForm.Meta):
        fields = ["name", "slug", "entry_email", "owner"]
        labels = OwnerForm.Meta.labels | {"name": "Name", "slug": "Address"}
        help_texts = {
            "name": "",
            "slug": "The last part of its address: small letters, numbers and hyphens. It is kept for good.",
        }
        error_messages = OwnerForm.Meta.error_messages | {
            "name": {"required": "Enter the name", "max_length": "Name must be 200 characters or fewer"},
            "slug": {
                "required": "Enter the last part of its address",
                "invalid": "Address must be small letters, numbers and hyphens only",
                "max_length": "Address must be 50 characters or fewer",
                "unique": "Another body has this address. Enter a different one",
            },
        }

    helper = FormPage(
        Field("name", size="s"),
        Field("slug", size="s"),
        *OwnerForm.helper.layout,
        button="Add and start writing",
        error_summary=False,
    )

    def clean_slug(self):
        slug = self.cleaned_data["slug"].lower()
        if slug in TAKEN:
            raise forms.ValidationError("This address leads to another page. Enter a different one")
        return slug

    def save(self, commit=True):
        self.instance.kind = Organisation.Kind.HELPER
        return super().save(commit)


@admin.register(Listing)
class ListingAdmin(PublishingAdmin):
    name = "Directory"
    edition_form = EntryForm
    add_form = NewBodyForm
    settings_form = OwnerForm
    settings_title = "Contact and owner"
    order = ("slug",)
    help_template = "admin/signposting/writing_entries.html"
    more_pages = (Page("checking", "Who checks this entry, and when they did", checking_page.show),)

    def documents(self):
        return super().documents().exclude(kind=Organisation.Kind.DUTY_DESK)

    def preview(self, request, edition):
        whole = bodies.with_offers(Entry.objects.filter(pk=edition.pk)).get()
        return support.page_of(request, whole, now=timezone.now())

    def place_of(self, document):
        return document.get_kind_display()

    def facts_of(self, document):
        return [("E-mail of the person who checks the entry", document.entry_email or "None")]

    def linking_to(self, document):
        return Entry.objects.none()  # no text can name a body
