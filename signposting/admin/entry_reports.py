"""What readers reported about entries of the directory."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.timezone import localtime

from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.publishing_admin.sent_in import AnswerForm, SentInAdmin
from signposting import reporting
from signposting.models import Entry, EntryReport
from signposting.models.assurance import ANSWER_SHOWN_FOR

admin_page.register(
    Place(
        "Reports on the directory", "admin:signposting_entryreport_changelist", "signposting.view_entryreport"
    )
)


class ReportAnswerForm(AnswerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        days = ANSWER_SHOWN_FOR.days
        self.fields[
            "is_public"
        ].label = f"Show the reader’s words and your answer with the entry for {days} days"


@admin.register(EntryReport)
class EntryReportAdmin(SentInAdmin):
    noun = "report"
    name = "Reports on the directory"
    answer_form = ReportAnswerForm
    answer = staticmethod(reporting.answer)
    hide = staticmethod(reporting.hide_answer)

    def named(self, rows):
        """What the bodies are called, in their newest edition."""
        editions = Entry.objects.filter(document__in={row.document_id for row in rows})
        titles = dict(editions.order_by("number").values_list("document", "title"))
        return {row.pk: titles[row.document_id] for row in rows}

    def shown(self, row, *, at):
        if not EntryReport.objects.shown(at=at).filter(pk=row.pk).exists():
            return ""
        until = localtime(row.answered_at + ANSWER_SHOWN_FOR)
        return f"Readers see it with the entry until {date_format(until, 'j F Y')}."
