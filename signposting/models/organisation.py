"""The bodies that enquiries go to, and the people who act for them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from mutuals_portal.vocabulary import Nation


class OrganisationQuerySet(models.QuerySet):
    def partners(self):
        """Bodies that hold enquiries, other than the duty desk."""
        return self.filter(kind=Organisation.Kind.PARTNER)

    def duty_desk(self):
        return self.get(kind=Organisation.Kind.DUTY_DESK)

    def active(self):
        return self.filter(status=Organisation.Status.ACTIVE)

    def able(self):
        """Partner bodies that can act: someone to read an enquiry, and an address that tells them of it."""
        has_adviser = Exists(Adviser.objects.filter(organisation=OuterRef("pk"), user__is_active=True))
        return self.partners().active().filter(has_adviser, accepts_enquiries=True).exclude(contact_email="")

    def offering_help(self):
        """What readers may be pointed to: never the duty desk, never a historic body."""
        return self.active().exclude(kind=Organisation.Kind.DUTY_DESK)


class Organisation(models.Model):
    """A body that helps: a partner of the service, another helper, or the duty desk itself.

    The duty desk is a row like the others, so that an enquiry always has exactly one holder.
    """

    class Kind(models.TextChoices):
        PARTNER = "partner", "Partner body"
        HELPER = "helper", "Other body that can help"
        DUTY_DESK = "duty-desk", "Duty desk"

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        HISTORIC = "historic", "Historic"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    nations = ArrayField(
        models.CharField(max_length=20, choices=Nation),
        help_text="Where it helps. Empty means everywhere in the UK.",
        blank=True,
        default=list,
    )
    home_nation = models.CharField(
        max_length=20, choices=Nation, help_text="Its bank holidays stop the working-day clock."
    )
    summary = models.CharField(max_length=300)
    offer = models.TextField(blank=True, help_text="What it does for groups that ask, in plain English.")
    website = models.URLField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    accepts_enquiries = models.BooleanField(default=False)
    contact_email = models.EmailField(
        blank=True, help_text="Told of new enquiries in neutral words. Never shown to the public."
    )
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="duty-desk"), name="signposting_one_duty_desk"
            ),
            models.CheckConstraint(
                condition=Q(kind="partner") | Q(accepts_enquiries=False),
                name="signposting_only_partners_accept_enquiries",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_duty_desk(self):
        return self.kind == self.Kind.DUTY_DESK

    @property
    def display_short(self):
        return self.short_name or self.name


class Adviser(models.Model):
    """A user who acts for one body. What the user may do is decided by groups; whose rows, by this."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adviser")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advisers")

    class Meta:
        ordering = ["organisation__name", "user__username"]

    def __str__(self):
        return f"{self.user} ({self.organisation})"
