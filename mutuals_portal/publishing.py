"""How a text becomes public: written, read by a second person, shown from one moment to another, or withdrawn.

What has an address is a document; what it says, from when to when, is an edition of it. Editions follow one
another: draft → in review → approved → published. A published edition never changes again. Readers are only ever
given editions that are live at the moment of asking, so no job has to run for a scheduled text to appear, and no
view can show a draft by mistake.

``guides`` and ``case_studies`` derive their models from the two here. Nothing else in the code sets a status. Each
verb is atomic, locks the document, names who acted and when, and raises ``Refused`` with a sentence for that person.
Second pair of eyes: the practice of GOV.UK's content designers; the database holds it too.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models, transaction
from django.db.models import F, Func, Max, Q, Value
from django.utils import timezone


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class ChangedMeanwhile(Refused):
    """Somebody else saved after the asker had looked."""


class NotReady(Refused):
    """Something is missing that every public page must have. ``problems`` names each thing in a sentence."""

    def __init__(self, problems: Sequence[str]):
        super().__init__("This cannot be published yet.")
        self.problems = tuple(problems)


class Document(models.Model):
    """What has an address of its own, whatever it says at the moment."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Is told by e-mail when a review is due or a reader reports something.",
    )

    class Meta:
        abstract = True


class EditionQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Still being written or decided on. A document has one such edition at most."""
        return self.exclude(status=Edition.Status.PUBLISHED)

    def live(self, *, at: datetime) -> Self:
        """What readers see at that moment. A document has one such edition at most."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=at), shown_from__lte=at)

    def scheduled(self, *, at: datetime) -> Self:
        return self.filter(shown_from__gt=at)

    def as_read(self, *, at: datetime) -> Self:
        """What readers saw at a past moment, but for what has been withdrawn since: that is shown to nobody again."""
        return self.live(at=at).filter(withdrawn_at=None)

    def ever_shown(self, *, at: datetime) -> Self:
        return self.filter(shown_from__lte=at)

    def due_for_review(self, *, at: datetime, by: Any) -> Self:
        """Live editions whose review-by date is on or before the day ``by``."""
        return self.live(at=at).filter(review_by__lte=by)


class Edition(models.Model):
    """What a document says from one moment to another.

    A concrete edition adds its words, a foreign key ``document`` with ``related_name="editions"``, and names in
    ``WORDS`` the fields that a new edition takes over from an older one.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        APPROVED = "approved", "Approved"
        PUBLISHED = "published", "Published"

    WORDS: ClassVar[tuple[str, ...]] = ()

    number = models.PositiveIntegerField(editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT, editable=False)
    saves = models.PositiveIntegerField(default=0, editable=False)
    review_by = models.DateField(
        null=True, blank=True, help_text="The day by which somebody has to check that this is still right."
    )
    change_note = models.CharField(
        max_length=300, blank=True, help_text="What changed since the last edition, in one sentence."
    )
    change_is_public = models.BooleanField(
        default=False,
        verbose_name="readers may see the change note",
        help_text="On the page and in the feed.",
    )
    review_note = models.TextField(blank=True, editable=False, help_text="Why a reviewer sent it back.")
    loaded_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Set where a content file wrote this edition."
    )

    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    saved_at = models.DateTimeField(editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    shown_from = models.DateTimeField(null=True, editable=False)
    shown_until = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)

    document: Any
    document_id: int

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="%(app_label)s_%(class)s_number"),
            models.UniqueConstraint(
                fields=["document"],
                condition=~Q(status="published"),
                name="%(app_label)s_%(class)s_one_open",
            ),
            ExclusionConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time",
                # A range over a single id, because equality of numbers needs an extension that not every server has.
                expressions=[
                    (
                        Func("document", "document", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            "shown_from",
                            "shown_until",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(shown_from__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(status="published", shown_from__isnull=False)
                | (~Q(status="published") & Q(shown_from__isnull=True, shown_until__isnull=True)),
                name="%(app_label)s_%(class)s_shown_when_published",
            ),
            models.CheckConstraint(
                # A second person has approved what is shown, or it came with the service.
                condition=~Q(status__in=["approved", "published"])
                | Q(approved_at__isnull=False)
                | ~Q(loaded_digest=""),
                name="%(app_label)s_%(class)s_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("sent_by")),
                name="%(app_label)s_%(class)s_two_people",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, sent_by__isnull=True)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="%(app_label)s_%(class)s_sent",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False, sent_by__isnull=False),
                name="%(app_label)s_%(class)s_approval",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, shown_until=F("withdrawn_at"))
                    & ~Q(withdrawal_reason="")
                ),
                name="%(app_label)s_%(class)s_withdrawal",
            ),
        ]
        indexes = [
            models.Index(fields=["shown_from"], name="%(app_label)s_%(class)s_from"),
            models.Index(fields=["review_by"], name="%(app_label)s_%(class)s_review"),
        ]

    @property
    def is_open(self) -> bool:
        return self.status != self.Status.PUBLISHED

    @property
    def came_with_the_service(self) -> bool:
        return bool(self.loaded_digest)

    def is_live(self, *, at: datetime) -> bool:
        return self.shown_from is not None and self.shown_from <= at and not self.has_ended(at=at)

    def is_scheduled(self, *, at: datetime) -> bool:
        return self.shown_from is not None and self.shown_from > at

    def has_ended(self, *, at: datetime) -> bool:
        return self.shown_until is not None and self.shown_until <= at

    def is_past_review(self, *, on: date) -> bool:
        return self.review_by is not None and self.review_by < on

    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.WORDS}

    def problems(self, *, at: datetime) -> list[str]:
        """What keeps this edition from being published, one sentence each. A concrete edition adds to it."""
        if self.review_by is None:
            return ["Review by: enter the day by which somebody has to check this again."]
        if self.is_past_review(on=timezone.localdate(at)):
            return ["Review by: this day is past. Check the text, then enter a day that is still to come."]
        return []

    def copy_parts_from(self, source: Self) -> None:
        """Take over the rows that belong to an older edition, where a concrete edition has any."""


AnEdition = TypeVar("AnEdition", bound=Edition)

# -- Writing


@transaction.atomic
def start(document: Any, *, by: User, at: datetime, like: Edition | None = None) -> Any:
    """A new draft. It begins as ``like``, else as what was published last, else empty."""
    _lock(document)
    editions = document.editions
    if editions.open().exists():
        raise Refused("There is a draft already. Go on with that one, or delete it first.")
    numbers = editions.aggregate(last=Max("number"))
    like = like or editions.filter(shown_from__isnull=False).order_by("-shown_from", "-number").first()
    draft = editions.model(document=document, number=(numbers["last"] or 0) + 1, saved_at=at, saved_by=by)
    if like:
        for name, value in like.words().items():
            setattr(draft, name, value)
        draft.review_by = like.review_by
    draft.save()
    if like:
        draft.copy_parts_from(like)
    draft.authors.add(by)
    return draft


@transaction.atomic
def write(edition: AnEdition, *, by: User, at: datetime, seen: int, **words: Any) -> AnEdition:
    """Change what a draft says. Whatever was decided on the older words is void, and ``by`` is one of its authors.

    ``seen`` is the ``saves`` of the edition that the writer had before them. ``words`` may also hold ``review_by``,
    ``change_note`` and ``change_is_public``.
    """
    edition = _open(edition, seen=seen)
    for name, value in words.items():
        if name not in (*edition.WORDS, "review_by", "change_note", "change_is_public"):
            raise TypeError(f"{name} is not a part of {type(edition).__name__} that a person writes")
        setattr(edition, name, value)
    edition.authors.add(by)
    return _back_to_draft(edition, by=by, at=at)


@transaction.atomic
def discard(edition: Edition, *, seen: int) -> None:
    """Delete a draft. What was saved of it stays in the history."""
    _open(edition, seen=seen).delete()


# -- Deciding


@transaction.atomic
def send_for_review(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    edition = _open(edition, seen=seen)
    _require(edition, Edition.Status.DRAFT)
    _refuse_what_is_missing(edition, at=at)
    edition.status = Edition.Status.IN_REVIEW
    edition.sent_at, edition.sent_by, edition.review_note = at, by, ""
    return _save(edition, by=by, at=at)


@transaction.atomic
def send_back(edition: AnEdition, *, by: User, at: datetime, seen: int, note: str) -> AnEdition:
    """Ask for changes. ``note`` says which; the authors read it above the draft."""
    edition = _open(edition, seen=seen)
    _require(edition, Edition.Status.IN_REVIEW, Edition.Status.APPROVED)
    edition.review_note = note
    return _back_to_draft(edition, by=by, at=at)


@transaction.atomic
def approve(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    """The second pair of eyes: somebody who has not written in it, nor sent it."""
    edition = _open(edition, seen=seen)
    _require(edition, Edition.Status.IN_REVIEW)
    if edition.sent_by == by or edition.authors.filter(pk=by.pk).exists():
        raise Refused("You worked on this text yourself. Somebody else has to approve it.")
    edition.status = Edition.Status.APPROVED
    edition.approved_at, edition.approved_by = at, by
    return _save(edition, by=by, at=at)


# -- Showing


@transaction.atomic
def publish(
    edition: AnEdition, *, by: User, at: datetime, seen: int, show_from: datetime | None = None
) -> AnEdition:
    """Show an approved edition at once, or from ``show_from`` on. The one before it ends at that moment."""
    edition = _open(edition, seen=seen)
    _require(edition, Edition.Status.APPROVED)
    _refuse_what_is_missing(edition, at=at)
    if show_from is not None and show_from <= at:
        raise Refused("Choose a moment that is still to come, or publish at once.")
    edition.status = Edition.Status.PUBLISHED
    return _show(edition, show_from or at, by=by, at=at)


@transaction.atomic
def cancel_schedule(edition: AnEdition, *, by: User, at: datetime, seen: int) -> AnEdition:
    """Take a text that is still to come off the calendar. It stays approved; the one before it stays."""
    edition = _locked(edition, seen=seen)
    if not edition.is_scheduled(at=at):
        raise Refused("This is not scheduled, or it has been published by now.")
    return _unschedule(edition, by=by, at=at)


@transaction.atomic
def withdraw(document: Any, *, by: User, at: datetime, reason: str) -> Any:
    """Take a document from the public at once, with what was scheduled for it. Readers see ``reason``."""
    if not reason.strip():
        raise Refused("Say why it is withdrawn. Readers will see your reason.")
    _lock(document)
    for edition in document.editions.scheduled(at=at):
        _unschedule(edition, by=by, at=at)
    edition = document.editions.live(at=at).first()
    if edition is None:
        raise Refused("This is not public, so there is nothing to withdraw.")
    edition.shown_until = edition.withdrawn_at = at
    edition.withdrawn_by, edition.withdrawal_reason = by, reason.strip()
    return _save(edition, by=by, at=at)


@transaction.atomic
def publish_loaded(document: Any, *, at: datetime, digest: str, **words: Any) -> Any:
    """Show what came with the service, checked before it was shipped. Call it only where nobody has edited it."""
    _lock(document)
    numbers = document.editions.aggregate(last=Max("number"))
    edition = document.editions.model(
        document=document,
        number=(numbers["last"] or 0) + 1,
        status=Edition.Status.PUBLISHED,
        loaded_digest=digest,
        **words,
    )
    return _show(edition, at, by=None, at=at)


# -- What the verbs share


def _lock(document: Any) -> None:
    type(document)._default_manager.select_for_update().get(pk=document.pk)


def _locked(edition: AnEdition, *, seen: int) -> AnEdition:
    _lock(edition.document)
    found = type(edition)._default_manager.filter(pk=edition.pk).first()
    if found is None:
        raise ChangedMeanwhile("This draft has been deleted.")
    if found.saves != seen:
        raise ChangedMeanwhile("This text changed while you were looking at it. Read it again, then decide.")
    return found


def _open(edition: AnEdition, *, seen: int) -> AnEdition:
    found = _locked(edition, seen=seen)
    if not found.is_open:
        raise Refused("This edition is published and never changes again. Start a new draft.")
    return found


def _require(edition: Edition, *statuses: Edition.Status) -> None:
    if edition.status not in statuses:
        raise Refused(f"This is not possible now: the text is “{edition.get_status_display().lower()}”.")


def _refuse_what_is_missing(edition: Edition, *, at: datetime) -> None:
    if problems := edition.problems(at=at):
        raise NotReady(problems)


def _back_to_draft(edition: AnEdition, *, by: User, at: datetime) -> AnEdition:
    edition.status = Edition.Status.DRAFT
    edition.sent_at = edition.sent_by = edition.approved_at = edition.approved_by = None
    return _save(edition, by=by, at=at)


def _show(edition: AnEdition, moment: datetime, *, by: User | None, at: datetime) -> AnEdition:
    others = type(edition)._default_manager.filter(document=edition.document_id)
    if later := others.filter(shown_from__gte=moment).order_by("shown_from").first():
        raise Refused(f"Edition {later.number} is scheduled for later. Cancel that first.")
    # First the end of the one before: two at a time are impossible, even inside a transaction.
    for earlier in others.live(at=moment):
        earlier.shown_until = moment
        earlier.save(update_fields=["shown_until"])
    edition.shown_from = moment
    return _save(edition, by=by, at=at)


def _unschedule(edition: AnEdition, *, by: User, at: datetime) -> AnEdition:
    ended_for_it = type(edition)._default_manager.filter(
        document=edition.document_id, shown_until=edition.shown_from, withdrawn_at=None
    )
    edition.status = Edition.Status.APPROVED
    edition.shown_from = edition.shown_until = None
    # Again in this order, for the same reason.
    before = ended_for_it.first()
    _save(edition, by=by, at=at)
    if before:
        before.shown_until = None
        before.save(update_fields=["shown_until"])
    return edition


def _save(edition: AnEdition, *, by: User | None, at: datetime) -> AnEdition:
    edition.saved_at, edition.saved_by = at, by
    edition.saves += 1
    edition.save()
    return edition
