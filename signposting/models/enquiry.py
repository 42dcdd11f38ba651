"""The enquiry: what a group asked, and where its case stands now."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q

from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage

from .organisation import Organisation
from .rule_set import RuleSet


class Status(models.TextChoices):
    """Where a case stands. Whose turn it is follows from this alone (``custody.turn_of``)."""

    UNROUTED = "unrouted", "With the duty desk, to be routed"
    OFFERED = "offered", "Offered, not yet accepted"
    IN_HAND = "in-hand", "In hand"
    ASKED = "asked", "Waiting for the group to answer a question"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn by the group"


ENDED = (Status.CLOSED, Status.WITHDRAWN)
UNCLAIMED = (Status.UNROUTED, Status.OFFERED)
HOLDERS_TURN = (Status.UNROUTED, Status.OFFERED, Status.IN_HAND)
ENQUIRERS_TURN = (Status.ASKED, Status.ANSWERED)

FILTERED_BY = ("nation", "stage", "sector", "enquirer_kind", "employer_type")
"""What the queue can be narrowed by, besides the status. Its indexes carry them: a filter that matches little would
otherwise read the whole row of every enquiry that a body ever held."""


class EnquiryQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(status__in=ENDED)

    def unclaimed(self):
        return self.filter(status__in=UNCLAIMED)

    def waiting_for_enquirer(self):
        return self.filter(status__in=ENQUIRERS_TURN)

    def overdue(self, *, on):
        """Open enquiries whose holder should have acted before the day ``on``."""
        return self.filter(status__in=HOLDERS_TURN, respond_by__lt=on)


class Enquiry(models.Model):
    """The aggregate. Its facts are written once, at submission; its standing only by ``lifecycle``.

    ``status``, ``holder``, ``adviser``, ``respond_by`` and ``version`` repeat what the latest event says, so that
    the queue can be read from one index. A deferred trigger compares them with that event at every commit.
    """

    class Channel(models.TextChoices):
        WEB = "web", "This website"
        PHONE = "phone", "Phone"
        LETTER = "letter", "Letter"

    reference = models.CharField(max_length=13, unique=True)
    submission_key = models.UUIDField(unique=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    sent_at = models.DateTimeField()

    enquirer_kind = models.CharField(max_length=20, choices=EnquirerKind)
    nation = models.CharField(max_length=20, choices=Nation)
    place = models.CharField(max_length=100, blank=True)
    employer_type = models.CharField(max_length=20, choices=EmployerType)
    employer_name = models.CharField(max_length=150, blank=True)
    sector = models.CharField(max_length=20, choices=Sector)
    staff_count = models.PositiveIntegerField(null=True, blank=True)
    stage = models.CharField(max_length=20, choices=Stage)
    topics = ArrayField(models.SlugField(), default=list, blank=True)
    ownership_idea = models.CharField(max_length=25, choices=OwnershipIdea)
    question = models.TextField(max_length=5000)
    excluded_bodies = ArrayField(
        models.SlugField(), default=list, blank=True, help_text="Bodies that must not see it."
    )
    may_share = models.BooleanField(help_text="The group agrees that other partner bodies may see it.")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="enquiries")

    status = models.CharField(max_length=10, choices=Status)
    holder = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="held_enquiries",
        db_index=False,  # the indexes of the queue begin with it
    )
    adviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="claimed_enquiries",
    )
    respond_by = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(help_text="The number of the latest event.")

    words = models.GeneratedField(
        expression=SearchVector("question", "employer_name", "place", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name_plural = "enquiries"
        permissions = [("assign_enquiry", "Can give an enquiry to another adviser")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reference__regex=r"^MIS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$"),
                name="signposting_reference_has_its_shape",
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="signposting_status_is_known"),
            models.CheckConstraint(
                condition=Q(respond_by__isnull=False, status__in=HOLDERS_TURN)
                | Q(respond_by__isnull=True) & ~Q(status__in=HOLDERS_TURN),
                name="signposting_clock_runs_on_the_holders_turn",
            ),
            models.CheckConstraint(
                condition=Q(adviser=None) | ~Q(status__in=UNCLAIMED),
                name="signposting_unclaimed_has_no_adviser",
            ),
            models.CheckConstraint(
                condition=Q(staff_count=None) | Q(staff_count__lte=2_000_000),
                name="signposting_staff_count_is_plausible",
            ),
        ]
        indexes = [
            models.Index(
                "holder",
                F("respond_by").asc(nulls_last=True),
                "id",
                condition=~Q(status__in=ENDED),
                include=["status", "adviser", *FILTERED_BY],
                name="signposting_open_queue",
            ),
            # For administrators, who look at all bodies together.
            models.Index(
                fields=["respond_by", "id"], condition=~Q(status__in=ENDED), name="signposting_open_by_date"
            ),
            models.Index(fields=["holder", "-id", "status", *FILTERED_BY], name="signposting_all_of_a_body"),
            GinIndex(fields=["words"], name="signposting_enquiry_words"),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self):
        return self.status not in ENDED

    @property
    def is_unclaimed(self):
        return self.status in UNCLAIMED

    @property
    def is_waiting_for_holder(self):
        return self.status in HOLDERS_TURN

    def is_overdue(self, *, on):
        return self.is_waiting_for_holder and self.respond_by < on
