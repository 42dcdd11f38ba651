"""Triage: the queue of enquiries and the page of a case. Nothing here changes an enquiry; ``operations`` do.

Every row comes from ``access.visible_enquiries``. Of the stock admin only the addresses, the permission check and the
place in the index remain: its changelist counts the whole table twice, and its log of actions would tell of rows that
have gone to another body since. There is no deleting.
"""

from functools import partial
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from signposting import access, case_file, downloads, lifecycle, queue
from signposting.admin import bulk_accept, new_code, recording
from signposting.admin.missing import missing
from signposting.admin.operations import OPERATIONS
from signposting.admin.page import respond
from signposting.admin.queue_form import QueueForm
from signposting.models import Enquiry
from signposting.working_days import local_date


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    def get_urls(self):
        pages = [
            ("", self.changelist_view, "changelist"),
            ("add/", partial(recording.record, admin_site=self.admin_site), "add"),
            ("accept/", partial(bulk_accept.accept, admin_site=self.admin_site), "bulk-accept"),
            ("<int:pk>/change/", self.change_view, "change"),
            ("<int:pk>/history/", self.history_view, "history"),
            ("<int:pk>/new-code/", partial(new_code.show, admin_site=self.admin_site), "new-code"),
            ("<int:pk>/attachments/<uuid:attachment>/", self.attachment_view, "attachment"),
        ]
        pages += [
            (f"<int:pk>/{operation.verb.value}/", operation(self.admin_site), operation.verb.value)
            for operation in OPERATIONS
        ]
        return [
            path(route, self.admin_site.admin_view(self.for_triage(view)), name=f"signposting_enquiry_{name}")
            for route, view, name in pages
        ]

    def for_triage(self, view):
        """Refuse every address alike, before any row is looked for, to those who may see no enquiry at all."""

        def checked(request: HttpRequest, **kwargs) -> HttpResponse:
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, **kwargs)

        return checked

    def get_queryset(self, request):
        return access.visible_enquiries(request.user)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and access.body_of(request.user) is not None

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request, extra_context=None):
        today = local_date(timezone.now())
        form = QueueForm(request.GET)
        asked = form.asked()
        enquiries = access.visible_enquiries(request.user).filter(**form.filters())
        if "q" in asked:
            enquiries = queue.search(enquiries, asked["q"])
        view = _view(request.GET.get("view"), searching="q" in asked)
        chosen = queue.select(enquiries, view, user=request.user, on=today)
        page = queue.page(
            chosen.select_related("holder", "adviser").defer("words"),
            view,
            after=request.GET.get("after", ""),
            before=request.GET.get("before", ""),
        )
        shown = [each for each in queue.View if each in (view, *queue.STANDING_VIEWS) or "q" in asked]
        counts = queue.counts(enquiries, shown, user=request.user, on=today)
        context = {
            "title": "Enquiries",
            "form": form,
            "filter_fields": [form[name] for name in form.FILTERS],
            "is_narrowed": bool(asked),
            "is_searching": "q" in asked,
            "has_filters": any(name in asked for name in form.FILTERS),
            "has_unclaimed": any(enquiry.is_unclaimed for enquiry in page.enquiries),
            "view": view,
            "tabs": [
                {
                    "label": each.label,
                    "count": queue.capped(counts[each]),
                    "href": f"?{urlencode(asked | {'view': each.value})}",
                    "is_current": each == view,
                }
                for each in shown
            ],
            "rows": [
                {
                    "enquiry": enquiry,
                    "time_left": queue.time_left(enquiry, on=today),
                    "is_overdue": enquiry.is_overdue(on=today),
                }
                for enquiry in page.enquiries
            ],
            "previous": _page_address(asked, view, before=page.previous),
            "next": _page_address(asked, view, after=page.next),
        }
        return respond(request, self.admin_site, "queue", context)

    def change_view(self, request, pk, form_url="", extra_context=None):
        enquiry = self.find(request, pk)
        if enquiry is None:
            return missing(request, self.admin_site)
        allowed = lifecycle.allowed(enquiry, by=request.user)
        context = {
            "title": f"Enquiry {enquiry.reference}",
            "case": case_file.read(enquiry, user=request.user, at=timezone.now()),
            "enquiry": enquiry,
            "is_overdue": enquiry.is_overdue(on=local_date(timezone.now())),
            "buttons": [
                {
                    "text": operation.label,
                    "href": reverse(f"admin:signposting_enquiry_{operation.verb.value}", args=[pk]),
                }
                for operation in OPERATIONS
                if operation.verb in allowed
            ],
        }
        return respond(request, self.admin_site, "case", context)

    def history_view(self, request, pk, extra_context=None):
        enquiry = self.find(request, pk)
        if enquiry is None:
            return missing(request, self.admin_site)
        events = case_file.events_of(enquiry, user=request.user)
        context = {"title": f"History of {enquiry.reference}", "enquiry": enquiry, "events": events}
        return respond(request, self.admin_site, "history", context)

    def attachment_view(self, request, pk, attachment):
        file = access.visible_attachments(request.user).filter(enquiry=pk, pk=attachment).first()
        if file is None:
            return missing(request, self.admin_site)
        return downloads.hand_out(file)

    def find(self, request: HttpRequest, pk: int) -> Enquiry | None:
        visible = access.visible_enquiries(request.user)
        return visible.select_related("holder", "adviser").defer("words").filter(pk=pk).first()


def _view(asked: str | None, *, searching: bool) -> queue.View:
    """A search without a view looks through everything: the enquiry may have ended."""
    if asked in queue.View.values:
        return queue.View(asked)
    return queue.View.EVERYTHING if searching else queue.View.OPEN


def _page_address(asked: dict[str, str], view: queue.View, **place: str) -> str:
    if not any(place.values()):
        return ""
    return f"?{urlencode(asked | {'view': view.value} | place)}"
