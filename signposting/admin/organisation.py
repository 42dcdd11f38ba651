"""The bodies and the people who act for them: administrators decide who takes enquiries. What readers are told of
bodies is written in the directory, see ``entries``."""

from django.contrib import admin

from mutuals_portal import publishing
from signposting.models import Adviser, Organisation

WORKINGS = ("slug", "kind", "home_nation", "accepts_enquiries", "contact_email", "entry_email")
"""What decides where enquiries and notices go."""


class OwnFiltersOnly(admin.ModelAdmin):
    """The stock list lets an address filter by any field, and so ask of a body whether it holds a certain enquiry."""

    def lookup_allowed(self, lookup, value, request):
        return lookup.split("__")[0] in self.list_filter and super().lookup_allowed(lookup, value, request)


@admin.register(Organisation)
class OrganisationAdmin(OwnFiltersOnly):
    view_on_site = False  # the site has no such address; what readers see is linked from its entry
    list_display = ["name", "kind", "accepts_enquiries"]
    list_filter = ["kind", "accepts_enquiries"]
    search_fields = ["name", "short_name"]
    fieldsets = [
        (None, {"fields": ["name", "short_name"]}),
        ("Enquiries and notices", {"fields": [*WORKINGS]}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return () if self.has_add_permission(request) else WORKINGS

    def save_model(self, request, obj, form, change):
        """What it is called for short, it is found by."""
        super().save_model(request, obj, form, change)
        for follower in publishing.followers:
            follower(obj)

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
