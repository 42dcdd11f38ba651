"""What readers reported, answered by whoever may. What is answered can be taken off its page, never changed."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone

from guides import reporting
from guides.models import Edition, Report
from guides.models.report import ANSWER_SHOWN_FOR
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainText

LIST = "admin:guides_report_changelist"
REPORT = "admin:guides_report_change"
A_PAGE = 25

admin_page.register(Place("Reports", LIST, "guides.view_report"))


class AnswerForm(forms.Form):
    text = PlainText(
        label="Your answer",
        help_text="Say what you checked, and what you changed.",
        max_length=Report._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write an answer",
            "max_length": "Your answer must be %(limit_value)d characters or fewer",
        },
    )
    is_public = forms.BooleanField(
        label=f"Show the reader’s words and your answer on the page for {ANSWER_SHOWN_FOR.days} days",
        help_text="Not if the words name anybody or show where somebody works.",
        required=False,
    )
    helper = FormPage(Field("text", size="m"), "is_public", button="Answer", error_summary=False)


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="guides_report_changelist"),
            path("<int:object_id>/change/", wrap(self.change_view), name="guides_report_change"),
            path("<int:pk>/hide/", wrap(self.hide_view), name="guides_report_hide"),
        ]

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        self.require(self.has_view_permission(request))
        is_answered = request.GET.get("show") == "answered"
        reports = Report.objects.select_related("document__parent__parent", "answered_by")
        reports = reports.answered() if is_answered else reports.open()
        page = Paginator(reports, A_PAGE).get_page(request.GET.get("page"))
        titles = titles_of(page.object_list)
        shown = "show=answered&" if is_answered else ""
        context = {
            "title": "Answered reports" if is_answered else "Reports that wait for an answer",
            "is_answered": is_answered,
            "rows": [{"report": report, "title": titles[report.document_id]} for report in page],
            "previous": page.has_previous() and f"?{shown}page={page.previous_page_number()}",
            "next": page.has_next() and f"?{shown}page={page.next_page_number()}",
        }
        return admin_page.respond(request, "admin/guides/report/list.html", context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self.require(self.has_view_permission(request))
        report = self.find(object_id)
        may_answer = self.has_change_permission(request)
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST":
            self.require(may_answer)
            if form.is_valid():
                try:
                    reporting.answer(report, by=request.user, at=timezone.now(), **form.cleaned_data)
                except reporting.Refused as refusal:
                    form.add_error(None, f"{refusal} Your answer is below, for copying.")
                    report = self.find(object_id)
                else:
                    messages.success(request, "Answered.")
                    return redirect(LIST)
        context = {
            "title": titles_of([report])[report.document_id],
            "report": report,
            "form": form,
            "may_answer": may_answer,
            "is_shown": Report.objects.shown(at=timezone.now()).filter(pk=report.pk).exists(),
            "shown_until": report.answered_at and report.answered_at + ANSWER_SHOWN_FOR,
        }
        return admin_page.respond(request, "admin/guides/report/report.html", context)

    def hide_view(self, request, pk):
        self.require(self.has_change_permission(request))
        report = self.find(pk)
        if request.method == "POST":
            reporting.hide_answer(report)
            messages.success(request, "Question and answer are off the page.")
        return redirect(REPORT, pk)

    def require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def find(self, pk: int) -> Report:
        reports = Report.objects.select_related("document__parent__parent", "answered_by")
        return get_object_or_404(reports, pk=pk)


def titles_of(reports) -> dict[int, str]:
    """What the documents of the reports are called, in their newest edition."""
    editions = Edition.objects.filter(document__in={report.document_id for report in reports})
    return dict(editions.order_by("number").values_list("document", "title"))
