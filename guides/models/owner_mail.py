"""Which weekly message has gone to whom, so that nobody gets one twice."""

from django.conf import settings
from django.db import models


class OwnerMail(models.Model):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    week_from = models.DateField(help_text="The Monday of the week.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "week_from"], name="guides_ownermail_once_a_week")
        ]
