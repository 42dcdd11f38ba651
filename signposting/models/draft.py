"""An enquiry that is still being written."""

import uuid

from django.db import models


class DraftQuerySet(models.QuerySet):
    def current(self, *, at):
        return self.filter(expires_at__gt=at)

    def expired(self, *, at):
        return self.filter(expires_at__lte=at)


class EnquiryDraft(models.Model):
    """Answers so far, by step. The key becomes the enquiry's ``submission_key``, so that sending is exactly once."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=13, unique=True)
    code_digest = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    suggested = models.JSONField(
        default=dict,
        help_text="Answers to begin with, by step. None counts before it is confirmed on its page.",
    )
    refused = models.JSONField(default=dict, help_text="The last input that was refused, to be shown again.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    def __str__(self):
        return self.reference
