"""The bodies that help or hold enquiries, and the people who act for them.

What readers are told of a body is in its entries, see ``directory``; here is only what the service itself needs.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse

from mutuals_portal import publishing
from mutuals_portal.vocabulary import Nation

LIVE_NOW = Q(editions__shown_from__lte=Now()) & (
    Q(editions__shown_until=None) | Q(editions__shown_until__gt=Now())
)


class OrganisationQuerySet(models.QuerySet):
    def partners(self) -> Self:
        """Bodies that hold enquiries, other than the duty desk."""
        return self.filter(kind=Organisation.Kind.PARTNER)

    def duty_desk(self):
        return self.get(kind=Organisation.Kind.DUTY_DESK)

    def active(self) -> Self:
        """All but those that have ended. The directory alone says which: nobody has to tell the service twice."""
        ended = Organisation.objects.filter(LIVE_NOW, editions__activity="historic")
        return self.exclude(pk__in=ended.values("pk"))

    def able(self) -> Self:
        """Partner bodies that can act: someone to read an enquiry, and an address that tells them of it."""
        has_adviser = Exists(Adviser.objects.filter(organisation=OuterRef("pk"), user__is_active=True))
        return self.partners().active().filter(has_adviser, accepts_enquiries=True).exclude(contact_email="")

    def described(self) -> Self:
        """With the ``summary`` that readers of the directory see now, or None."""
        live = Organisation.objects.filter(LIVE_NOW, pk=OuterRef("pk"))
        return self.annotate(summary=models.Subquery(live.values("editions__summary")[:1]))


class Organisation(publishing.Document):
    """A body of the directory, a partner of the service among them, or the duty desk.

    The duty desk is a row like the others, so that an enquiry always has exactly one holder. It has no entry.
    """

    class Kind(models.TextChoices):
        PARTNER = "partner", "Partner body"
        HELPER = "helper", "Other body that can help"
        DUTY_DESK = "duty-desk", "Duty desk"

    slug = models.SlugField(
        unique=True, help_text="The last part of its address in the directory. It is kept for good."
    )
    name = models.CharField(max_length=200, help_text="What enquiries and their groups call it.")
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    home_nation = models.CharField(
        max_length=20,
        choices=Nation,
        default=Nation.ENGLAND,
        help_text="Its bank holidays stop the working-day clock.",
    )
    accepts_enquiries = models.BooleanField(default=False)
    contact_email = models.EmailField(
        blank=True, help_text="Told of new enquiries in neutral words. Never shown to the public."
    )
    entry_email = models.EmailField(
        blank=True,
        verbose_name="who checks its entry",
        help_text="Gets the yearly link to confirm or correct the entry. Never shown to the public.",
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

    def get_absolute_url(self) -> str:
        return reverse("signposting:organisation", args=[self.slug])

    @property
    def is_duty_desk(self):
        return self.kind == self.Kind.DUTY_DESK

    @property
    def display_short(self):
        return self.short_name or self.name


class Listing(Organisation):
    """A body as the directory's editors see it: what readers are told of it, and nothing of its part in the service.

    It is a row of its own in no table, but it has rights of its own.
    """

    class Meta:
        proxy = True
        ordering: ClassVar[list[str]] = ["slug"]
        verbose_name = "body in the directory"
        verbose_name_plural = "bodies in the directory"


class Adviser(models.Model):
    """A user who acts for one body. What the user may do is decided by groups; whose rows, by this."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adviser")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advisers")

    class Meta:
        ordering = ["organisation__name", "user__username"]

    def __str__(self):
        return f"{self.user} ({self.organisation})"
