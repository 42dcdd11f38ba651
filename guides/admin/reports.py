"""What readers reported about texts of the guides."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.timezone import localtime

from guides import reporting
from guides.models import Edition, Report
from guides.models.report import ANSWER_SHOWN_FOR
from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.publishing_admin.sent_in import AnswerForm, SentInAdmin

admin_page.register(Place("Reports", "admin:guides_report_changelist", "guides.view_report"))


class ReportAnswerForm(AnswerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = ANSWER_SHOWN_FOR.days
        self.fields[
            "is_public"
        ].label = f"Show the reader’s words and your answer on the page for {days} days"


@admin.register(Report)
class ReportAdmin(SentInAdmin):
    noun = "report"
    name = "Reports"
    answer_form = ReportAnswerForm
    answer = staticmethod(reporting.answer)
    hide = staticmethod(reporting.hide_answer)
    related = ("document__parent__parent",)

    def named(self, rows):
        """What the documents are called, in their newest edition."""
        editions = Edition.objects.filter(document__in={row.document_id for row in rows})
        titles = dict(editions.order_by("number").values_list("document", "title"))
        return {row.pk: titles[row.document_id] for row in rows}

    def shown(self, row, *, at):
        if not Report.objects.shown(at=at).filter(pk=row.pk).exists():
            return ""
        until = localtime(row.answered_at + ANSWER_SHOWN_FOR)
        return f"Readers see it on the page until {date_format(until, 'j F Y')}."
