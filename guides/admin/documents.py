"""Guides, their stages and pages, bulletins and glossary terms, where editors and reviewers work on them."""

from django.contrib import admin
from django.db.models import Q

from guides import pdf
from guides.admin import preview
from guides.admin.document_forms import NewDocumentForm, PlaceForm
from guides.admin.edition_form import GuidesEditionForm
from guides.models import Document, Edition
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.publishing_admin import PublishingAdmin

admin_page.register(
    Place("Guides and policy", "admin:guides_document_changelist", "guides.view_edition"),
    Place("Calendar", "admin:guides_document_calendar", "guides.view_edition"),
)


@admin.register(Document)
class DocumentAdmin(PublishingAdmin):
    name = "Guides and policy"
    edition_form = GuidesEditionForm
    add_form = NewDocumentForm
    settings_form = PlaceForm
    kind_field = "kind"
    order = ("kind", "parent__parent__position", "parent__position", "position", "slug")
    related = ("parent__parent",)
    help_template = "admin/guides/writing.html"

    def preview(self, request, edition):
        return preview.show(request, edition)

    def after_public_change(self):
        pdf.ask_for()

    def place_of(self, document):
        above = "/".join(each.slug for each in document.above())
        return f"{document.get_kind_display()}: {above}" if above else document.get_kind_display()

    def facts_of(self, document):
        return [("Position", document.position)]

    def linking_to(self, document):
        named = Q(body__contains=f"]({document.name})") | Q(body__contains=f"]({document.name} ")
        others = Edition.objects.filter(named).exclude(document=document)
        return others.select_related("document__parent").defer("body")
