"""The tools, where editors and reviewers work on their rules."""

from django import forms
from django.contrib import admin

from guides.admin.tools.tool_form import ToolForm
from guides.models import Tool, ToolEdition
from guides.views.tool_page import PAGES
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.publishing_admin import PublishingAdmin
from mutuals_portal.publishing_admin.people import name_of, possible_owners

admin_page.register(Place("Tools", "admin:guides_tool_changelist", "guides.view_tooledition"))


WRITERS = ("guides.change_tooledition", "guides.approve_tooledition")


class OwnerForm(forms.ModelForm):
    class Meta:
        model = Tool
        fields = ["owner"]

    helper = FormPage(Field("owner", size="s"), button="Save", error_summary=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(WRITERS, present=self.instance.owner_id)
        self.fields["owner"].label_from_instance = name_of
        self.fields["owner"].empty_label = "Nobody"


@admin.register(Tool)
class ToolAdmin(PublishingAdmin):
    """Nobody adds one: each has its rules in code."""

    name = "Tools"
    edition_form = ToolForm
    settings_form = OwnerForm
    settings_title = "Owner"
    order = ("slug",)
    help_template = "admin/guides/writing_tools.html"

    def preview(self, request, edition):
        return PAGES[edition.document.slug](request, edition)

    def place_of(self, document):
        return document.get_slug_display()

    def linking_to(self, document):
        return ToolEdition.objects.none()  # texts link to tools by their address

    def as_fields(self, words):
        fields = dict(words)
        return fields | fields.pop("tables", {})
