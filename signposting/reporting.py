"""What a reader says is wrong with an entry: received, answered, and shown with the entry if the editor says so.

Anybody may call ``receive``; ``answer`` and ``hide_answer`` are for those with the right
``signposting.change_entryreport``.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from mutuals_portal import reader_reports
from mutuals_portal.reader_reports import Refused, TooMany
from signposting.models import EntryReport, Organisation

__all__ = ["Refused", "TooMany", "answer", "hide_answer", "receive"]


def receive(body: Organisation, *, edition_number: int, words: str, at: datetime) -> EntryReport:
    """Keep a report. Sent twice in the same words, it is one."""
    return reader_reports.receive(
        EntryReport.objects,
        body,
        words=words,
        at=at,
        refusal="We have more reports than we can answer at the moment. Try again in a few days.",
        edition_number=edition_number,
    )


def answer(report: EntryReport, *, by: User, at: datetime, text: str, is_public: bool) -> EntryReport:
    """Answer once. ``is_public`` shows question and answer with the entry for 90 days."""
    refusal = "This report has been answered already."
    return reader_reports.answer(report, by=by, at=at, text=text, refusal=refusal, answer_is_public=is_public)


@transaction.atomic
def hide_answer(report: EntryReport) -> EntryReport:
    """Take question and answer off the page before the 90 days are over."""
    report = reader_reports.held(report)
    report.answer_is_public = False
    report.save()
    return report
