"""What happened to an enquiry, in order. Rows are only ever added: triggers refuse the rest."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .enquiry import Enquiry, Status
from .organisation import Organisation
from .participant import Participant
from .rule_set import RoutingRule


class Verb(models.TextChoices):
    """Everything that can happen. The first group moves the case; the second only adds to its record."""

    SUBMIT = "submit", "Sent"
    OFFER = "offer", "Offered"
    ACCEPT = "accept", "Accepted"
    DECLINE = "decline", "Declined"
    REFER = "refer", "Handed over"
    ASK = "ask", "Question asked"
    ANSWER = "answer", "Answered"
    REPLY = "reply", "Reply from the group"
    CLOSE = "close", "Closed"
    WITHDRAW = "withdraw", "Withdrawn"
    REOPEN = "reopen", "Opened again"
    RETURN_UNANSWERED = "return-unanswered", "Returned: not accepted in time"

    ASSIGN = "assign", "Given to another adviser"
    NOTE = "note", "Internal note"
    ADD_PARTICIPANT = "add-participant", "Colleague added"
    REMOVE_PARTICIPANT = "remove-participant", "Colleague removed"
    CHANGE_CONTACT = "change-contact", "Contact choice changed"
    CHANGE_CONSENT = "change-consent", "Consent to share changed"
    ISSUE_CODE = "issue-code", "New code issued"


INTERNAL_VERBS = (Verb.NOTE, Verb.ASSIGN)


class Reason(models.TextChoices):
    """Coded reasons for a move, so that they can be counted."""

    OTHER_NATION = "other-nation", "It belongs to another nation’s body"
    OTHER_SUBJECT = "other-subject", "Another body knows this subject better"
    CONFLICT = "conflict", "We have a conflict of interest"
    NO_CAPACITY = "no-capacity", "We cannot take it on in time"
    OUT_OF_SCOPE = "out-of-scope", "No partner body covers this"
    NOT_IN_TIME = "not-in-time", "It was not accepted within 3 working days"

    HELPED = "helped", "The group has what it asked for"
    SIGNPOSTED = "signposted", "The group goes on with another organisation"
    GROUP_STOPPED = "group-stopped", "The group decided not to go on"
    NO_REPLY = "no-reply", "The group did not reply"
    DUPLICATE = "duplicate", "The same as another enquiry"


HAND_OVER_REASONS = (
    Reason.OTHER_NATION,
    Reason.OTHER_SUBJECT,
    Reason.CONFLICT,
    Reason.NO_CAPACITY,
    Reason.OUT_OF_SCOPE,
)
CLOSING_REASONS = (
    Reason.HELPED,
    Reason.SIGNPOSTED,
    Reason.GROUP_STOPPED,
    Reason.NO_REPLY,
    Reason.DUPLICATE,
)


class EnquiryEventQuerySet(models.QuerySet):
    def shown_to_enquirer(self):
        return self.exclude(verb__in=INTERNAL_VERBS)


class EnquiryEvent(models.Model):
    """One step, and the standing it left behind. ``by_user`` and ``by_participant`` both empty: the service itself."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField(help_text="1 for the first event of an enquiry, and so on.")
    verb = models.CharField(max_length=20, choices=Verb)
    at = models.DateTimeField()
    by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=10, choices=Status)
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule = models.ForeignKey(RoutingRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason_code = models.CharField(max_length=20, choices=Reason, blank=True)
    reason = models.TextField(blank=True, help_text="Shown to the enquirer and the adviser alike.")

    objects = EnquiryEventQuerySet.as_manager()

    class Meta:
        ordering = ["enquiry", "number"]
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "number"], name="signposting_events_are_numbered"),
            models.CheckConstraint(
                condition=Q(by_user=None) | Q(by_participant=None), name="signposting_an_event_has_one_actor"
            ),
        ]

    def __str__(self):
        return f"{self.number}. {self.get_verb_display()}"
