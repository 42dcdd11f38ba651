"""What a reader says is wrong with a page: received, answered, and shown on the page if the editor says so.

We ask for no name and no address, so that nobody has to trust us with either. The answer is the reader's to find on
the page. Anybody may call ``receive``; ``answer`` is for those with the right ``guides.change_report``.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction

from guides.models import Document, Report

WAITING_AT_MOST = 30
"""Reports of one page that nobody has answered yet. A page with more is known to be wrong, or is being flooded."""
A_DAY_AT_MOST = 300
"""Reports of all pages in 24 hours: what a few editors could never read."""


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class TooMany(Refused):
    """More than anybody could answer has come in."""


@transaction.atomic
def receive(document: Document, *, edition_number: int, words: str, at: datetime) -> Report:
    """Keep a report. Sent twice in the same words, it is one."""
    Document.objects.select_for_update().get(pk=document.pk)
    waiting = Report.objects.open().filter(document=document)
    if same := waiting.filter(words=words, edition_number=edition_number).first():
        return same
    today = Report.objects.filter(received_at__gt=at - timedelta(days=1))
    if waiting[:WAITING_AT_MOST].count() >= WAITING_AT_MOST or today[:A_DAY_AT_MOST].count() >= A_DAY_AT_MOST:
        raise TooMany("We have more reports than we can answer at the moment. Try again in a few days.")
    return Report.objects.create(
        document=document, edition_number=edition_number, words=words, received_at=at
    )


@transaction.atomic
def answer(report: Report, *, by: User, at: datetime, text: str, is_public: bool) -> Report:
    """Answer once. ``is_public`` shows question and answer on the page for 90 days."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    if not report.is_open:
        raise Refused("This report has been answered already.")
    report.answer, report.answer_is_public = text, is_public
    report.answered_at, report.answered_by = at, by
    report.save()
    return report


@transaction.atomic
def hide_answer(report: Report) -> Report:
    """Take question and answer off the page before the 90 days are over."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    report.answer_is_public = False
    report.save()
    return report
