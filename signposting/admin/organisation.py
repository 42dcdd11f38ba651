"""The bodies and the people who act for them. Editors mend the words; administrators decide who takes enquiries."""

from django import forms
from django.contrib import admin
from django.db import models

from mutuals_portal.vocabulary import Nation
from signposting.models import Adviser, Organisation

WORKINGS = ("slug", "kind", "status", "home_nation", "accepts_enquiries", "contact_email")
"""What decides where enquiries and notices go."""


class OwnFiltersOnly(admin.ModelAdmin):
    """The stock list lets an address filter by any field, and so ask of a body whether it holds a certain enquiry."""

    def lookup_allowed(self, lookup, value, request):
        return lookup.split("__")[0] in self.list_filter and super().lookup_allowed(lookup, value, request)


@admin.register(Organisation)
class OrganisationAdmin(OwnFiltersOnly):
    list_display = ["name", "kind", "status", "accepts_enquiries", "checked_on"]
    list_filter = ["kind", "status", "accepts_enquiries"]
    search_fields = ["name", "short_name"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "summary", "offer", "nations", "website"]}),
        ("Where we know it from", {"fields": ["source", "checked_on"]}),
        ("Enquiries", {"fields": [*WORKINGS]}),
    ]

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name != "nations":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            choices=Nation.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=db_field.help_text,
        )

    def get_readonly_fields(self, request, obj=None):
        return () if self.has_add_permission(request) else WORKINGS

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Adviser)
class AdviserAdmin(OwnFiltersOnly):
    list_display = ["user", "organisation"]
    list_filter = ["organisation"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "user__first_name", "user__last_name"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "organisation":
            kwargs["queryset"] = Organisation.objects.active().exclude(kind=Organisation.Kind.HELPER)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
