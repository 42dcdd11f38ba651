"""What was written in a case. Like events, messages are never changed or deleted."""

import uuid

from django.db import models

from .event import EnquiryEvent
from .organisation import Organisation


class MessageQuerySet(models.QuerySet):
    def shown_to_enquirer(self):
        return self.exclude(side=Message.Side.NOTE)

    def shown_to(self, organisation):
        """The conversation, and the notes that this body itself wrote."""
        return self.exclude(models.Q(side=Message.Side.NOTE) & ~models.Q(organisation=organisation))


class Message(models.Model):
    """A text that came with an event; the event says who wrote it and when."""

    class Side(models.TextChoices):
        ENQUIRER = "enquirer", "From the group"
        HOLDER = "holder", "From the adviser"
        NOTE = "note", "Internal note, never shown to the group"

    event = models.OneToOneField(EnquiryEvent, on_delete=models.CASCADE, related_name="message")
    side = models.CharField(max_length=10, choices=Side)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The body that wrote it; empty when the group did.",
    )
    text = models.TextField(max_length=5000)
    key = models.UUIDField(
        unique=True,
        default=uuid.uuid4,
        help_text="Made with the form, so that a double click is one message.",
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["event__number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side="enquirer", organisation=None)
                | ~models.Q(side="enquirer") & models.Q(organisation__isnull=False),
                name="signposting_a_message_has_one_side",
            ),
        ]

    def __str__(self):
        return self.text[:60]
