"""Triage: the addresses of enquiries in the admin, and who may open them at all.

Every row comes from ``access.visible_enquiries``, and nothing changes one but a verb. Of the stock admin only
the permission check and the place in the index remain: its changelist counts the whole table twice, and its log of
actions would tell of rows that have gone to another body since. There is no deleting.
"""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from signposting import access
from signposting.admin import bulk_accept, case_page, new_code, queue_page, recording
from signposting.admin.operations import OPERATIONS
from signposting.models import Enquiry


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    def get_urls(self):
        pages = [
            ("", queue_page.show, "changelist"),
            ("add/", recording.record, "add"),
            ("accept/", bulk_accept.accept, "bulk-accept"),
            ("<int:pk>/change/", case_page.show, "change"),
            ("<int:pk>/history/", case_page.history, "history"),
            ("<int:pk>/new-code/", new_code.show, "new-code"),
            ("<int:pk>/attachments/<uuid:attachment>/", case_page.attachment, "attachment"),
        ]
        pages += [
            (f"<int:pk>/{operation.verb.value}/", operation(), operation.verb.value)
            for operation in OPERATIONS
        ]
        return [
            path(route, self.admin_site.admin_view(self.for_triage(page)), name=f"signposting_enquiry_{name}")
            for route, page, name in pages
        ]

    def for_triage(self, page):
        """Refuse every address alike, before any row is looked for, to those who may see no enquiry at all."""

        def checked(request: HttpRequest, **named) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return page(request, **named)

        return checked

    def get_queryset(self, request):
        return access.visible_enquiries(request.user)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and access.body_of(request.user) is not None

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
