"""What a reader asks about one figure: received, answered, and kept with the figure for good.

Question and answer are public together, unless the editor who answers says otherwise; they stay as long as the figure
does. Anybody may call ``receive``; ``answer``, ``hide`` and ``show`` are for those with the right
``case_studies.change_question``.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from case_studies.models import CaseStudy, Question
from mutuals_portal import reader_reports
from mutuals_portal.reader_reports import Refused, TooMany

__all__ = ["Refused", "TooMany", "answer", "hide", "receive", "show"]


def receive(
    document: CaseStudy, *, claim_key: str, edition_number: int, words: str, at: datetime
) -> Question:
    """Keep a question. Sent twice in the same words, it is one."""
    return reader_reports.receive(
        Question.objects,
        document,
        words=words,
        at=at,
        refusal="We have more questions than we can answer at the moment. Try again in a few days.",
        claim_key=claim_key,
        edition_number=edition_number,
    )


def answer(question: Question, *, by: User, at: datetime, text: str, is_public: bool) -> Question:
    """Answer once. ``is_public`` shows question and answer with the figure."""
    refusal = "This question has been answered already."
    return reader_reports.answer(question, by=by, at=at, text=text, refusal=refusal, is_public=is_public)


def hide(question: Question) -> Question:
    """Take question and answer off the page."""
    return _set_public(question, False)


def show(question: Question) -> Question:
    """Put question and answer back on the page."""
    return _set_public(question, True)


@transaction.atomic
def _set_public(question: Question, is_public: bool) -> Question:
    question = reader_reports.held(question)
    question.is_public = is_public
    question.save()
    return question
