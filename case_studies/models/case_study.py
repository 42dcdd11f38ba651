"""A body that is profiled: its address, whatever its profile says at the moment."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from mutuals_portal import publishing


class CaseStudyQuerySet(models.QuerySet):
    def live(self, *, at: datetime) -> Self:
        """What readers can open at that moment."""
        return self.filter(
            Q(editions__shown_until=None) | Q(editions__shown_until__gt=at), editions__shown_from__lte=at
        )

    def coming_next(self, *, at: datetime) -> Self:
        """Scheduled, never shown before, and announced by title because an editor said so."""
        scheduled = self.filter(is_announced=True, editions__shown_from__gt=at)
        return scheduled.exclude(editions__shown_from__lte=at)


class CaseStudy(publishing.Document):
    slug = models.SlugField(
        max_length=80, unique=True, help_text="The last part of its address. It is kept for good."
    )
    is_announced = models.BooleanField(
        default=False,
        verbose_name="announce it before it is published",
        help_text="The name is listed under “coming next” while the profile is scheduled.",
    )

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "case studies"

    def __str__(self):
        return f"case-study:{self.slug}"

    @property
    def name(self) -> str:
        """How texts refer to it."""
        return f"case-study:{self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("case_studies:profile", args=[self.slug])
