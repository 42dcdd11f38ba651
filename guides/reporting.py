"""What a reader says is wrong with a page: received, answered, and shown on the page if the editor says so.

The answer is the reader's to find on the page. Anybody may call ``receive``; ``answer`` is for those with the right
``guides.change_report``.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from guides.models import Document, Report
from mutuals_portal import reader_reports
from mutuals_portal.reader_reports import A_DAY_AT_MOST, WAITING_AT_MOST, Refused, TooMany

__all__ = ["A_DAY_AT_MOST", "WAITING_AT_MOST", "Refused", "TooMany", "answer", "hide_answer", "receive"]


def receive(document: Document, *, edition_number: int, words: str, at: datetime) -> Report:
    """Keep a report. Sent twice in the same words, it is one."""
    return reader_reports.receive(
        Report.objects,
        document,
        words=words,
        at=at,
        refusal="We have more reports than we can answer at the moment. Try again in a few days.",
        waiting_at_most=WAITING_AT_MOST,
        a_day_at_most=A_DAY_AT_MOST,
        edition_number=edition_number,
    )


def answer(report: Report, *, by: User, at: datetime, text: str, is_public: bool) -> Report:
    """Answer once. ``is_public`` shows question and answer on the page for 90 days."""
    refusal = "This report has been answered already."
    return reader_reports.answer(report, by=by, at=at, text=text, refusal=refusal, answer_is_public=is_public)


@transaction.atomic
def hide_answer(report: Report) -> Report:
    """Take question and answer off the page before the 90 days are over."""
    report = reader_reports.held(report)
    report.answer_is_public = False
    report.save()
    return report
