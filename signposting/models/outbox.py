"""Mail that is owed. A row is written with the event that causes it, and sent afterwards by the worker."""

import uuid

from django.db import models
from django.db.models import Q

from .assurance import OwnerLink
from .organisation import Organisation
from .participant import Participant


class OutboxQuerySet(models.QuerySet):
    def pending(self):
        return self.filter(sent_at=None, failed_at=None, dropped_at=None)


class OutboxMail(models.Model):
    """One message to one participant, to one body, or with one link to an entry.

    Its id makes a Message-ID that stays the same at every try. The address is read when it is sent, not when it is
    owed: a changed choice holds at once.
    """

    class Kind(models.TextChoices):
        UPDATE = "update", "Something you follow has changed"
        BODY_NOTICE = "body-notice", "Something waits for your body"
        ENTRY_LINK = "entry-link", "Check your entry in the directory"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=15, choices=Kind)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    owner_link = models.ForeignKey(
        OwnerLink, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="No longer wanted when its turn came: choice changed, person removed or link replaced.",
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, organisation=None, owner_link=None)
                | Q(participant=None, organisation__isnull=False, owner_link=None)
                | Q(participant=None, organisation=None, owner_link__isnull=False),
                name="signposting_a_mail_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, failed_at=None)
                | Q(sent_at=None, dropped_at=None)
                | Q(failed_at=None, dropped_at=None),
                name="signposting_a_mail_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                "created_at",
                condition=Q(sent_at=None, failed_at=None, dropped_at=None),
                name="signposting_mail_pending",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.created_at:%-d %B %Y}"
