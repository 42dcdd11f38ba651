"""Wrong codes, counted so that guessing is slow."""

from django.db import models


class FailedAccess(models.Model):
    """One wrong reference or code. ``subject`` is a keyed hash of a reference or an address, never either itself."""

    subject = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        abstract = True
        verbose_name_plural = "failed accesses"
        indexes = [
            models.Index(fields=["subject", "at"], name="%(app_label)s_failed_access"),
            models.Index(fields=["at"], name="%(app_label)s_failed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at}"
