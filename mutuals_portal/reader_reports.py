"""What readers send in about a text: received, with limits that keep it answerable, and answered once.

We ask for no name and no address, so that nobody has to trust us with either. Each kind of text derives a model from
``SentIn`` and a form from ``SentInForm``, and says with its own words what the rows are about and who sees the answer.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainText

WAITING_AT_MOST = 30
"""Of one document that nobody has answered yet. One with more is known to be wrong, or is being flooded."""
A_DAY_AT_MOST = 300
"""Of all documents in 24 hours: what a few editors could never read."""


LONGEST = 2000


class SentInQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(answered_at=None)


class SentIn(models.Model):
    """Nobody is named in it. A concrete model adds ``document``, whether readers see the answer, and ``objects`` of a
    ``SentInQuerySet``."""

    edition_number = models.PositiveIntegerField(help_text="The edition that the reader saw.")
    words = models.TextField(max_length=LONGEST)
    received_at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="%(app_label)s_%(class)s_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at", "id"],
                condition=Q(answered_at__isnull=True),
                name="%(app_label)s_%(class)s_open",
            ),
        ]

    def __str__(self):
        return f"{str(self._meta.verbose_name).capitalize()} of {self.received_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None


class SentInForm(forms.Form):
    """``label`` asks for the words; ``missing`` and ``called`` are of its messages."""

    label: str
    missing: str
    called: str

    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words = PlainText(
        help_text="Do not give your name or anything that shows where you work. We cannot write back to you.",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    helper = FormPage(Field("words", size="m"), button="Send", error_summary=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label = self.label
        words.error_messages["required"] = self.missing
        words.error_messages["max_length"] = f"{self.called} must be {LONGEST:,} characters or fewer"


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class TooMany(Refused):
    """More than anybody could answer has come in."""


@transaction.atomic
def receive(
    rows: Any,
    document: Any,
    *,
    words: str,
    at: datetime,
    refusal: str,
    waiting_at_most: int = WAITING_AT_MOST,
    a_day_at_most: int = A_DAY_AT_MOST,
    **about: Any,
) -> Any:
    """Keep what a reader sent. ``about`` says what exactly it is about; sent twice in the same words, it is one."""
    type(document)._default_manager.select_for_update().get(pk=document.pk)
    waiting = rows.open().filter(document=document)
    if same := waiting.filter(words=words, **about).first():
        return same
    today = rows.filter(received_at__gt=at - timedelta(days=1))
    if waiting[:waiting_at_most].count() >= waiting_at_most or today[:a_day_at_most].count() >= a_day_at_most:
        raise TooMany(refusal)
    return rows.create(document=document, words=words, received_at=at, **about)


@transaction.atomic
def answer(row: Any, *, by: User, at: datetime, text: str, refusal: str, **shown: Any) -> Any:
    """Answer once. ``shown`` says where the answer stands."""
    row = held(row)
    if not row.is_open:
        raise Refused(refusal)
    row.answer, row.answered_at, row.answered_by = text, at, by
    for name, value in shown.items():
        setattr(row, name, value)
    row.save()
    return row


def held(row: Any) -> Any:
    """The row as it is now, held until the end of the transaction."""
    return type(row)._default_manager.select_for_update().get(pk=row.pk)
