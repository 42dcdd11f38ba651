"""The people of a group who follow their enquiry, each with a code of their own and without an account."""

from django.db import models
from django.db.models import Q

from .enquiry import Enquiry


class ContactChoice(models.TextChoices):
    """How we may reach someone whose employer must not notice."""

    NO_EMAIL = "no-email", "Send me no e-mail. I will come back here to look"
    ANY_TIME = "any-time", "E-mail me at any time"
    OUT_OF_HOURS = "out-of-hours", "E-mail me only in the evening or at the weekend"


class ParticipantQuerySet(models.QuerySet):
    def current(self):
        return self.filter(removed_at=None)


class Participant(models.Model):
    """Someone who may open the enquiry with a code. The first one is the sender, who may add and remove others."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="participants")
    name = models.CharField(max_length=60, blank=True, help_text="What the others see, if anything.")
    is_sender = models.BooleanField(default=False)
    contact_choice = models.CharField(max_length=15, choices=ContactChoice, default=ContactChoice.NO_EMAIL)
    email = models.EmailField(blank=True)
    contact_note = models.CharField(
        max_length=500, blank=True, help_text="What an adviser must know to reach this person safely."
    )
    code_digest = models.CharField(max_length=64, help_text="Never the code itself.")
    code_issued_at = models.DateTimeField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"], condition=Q(is_sender=True), name="signposting_one_sender"
            ),
            models.UniqueConstraint(
                fields=["enquiry", "code_digest"], name="signposting_codes_differ_within_an_enquiry"
            ),
            models.CheckConstraint(
                condition=Q(contact_choice="no-email", email="")
                | ~Q(contact_choice="no-email") & ~Q(email=""),
                name="signposting_an_address_is_kept_only_to_be_used",
            ),
            models.CheckConstraint(
                condition=Q(is_sender=False) | Q(removed_at=None), name="signposting_the_sender_stays"
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        if self.name:
            return self.name
        return "The person who sent the enquiry" if self.is_sender else "A colleague"

    @property
    def is_current(self):
        return self.removed_at is None
