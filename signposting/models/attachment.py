"""Files that a group sends along."""

import uuid

from django.db import models
from django.db.models import Q

from .draft import EnquiryDraft
from .enquiry import Enquiry


def _stored_name(attachment, _original_name):
    """A random name: what the group called its file may say too much for a disk or a backup listing."""
    return f"attachments/{attachment.pk}"


class Attachment(models.Model):
    """One file, of a draft until the enquiry is sent and of the enquiry from then on."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word document"
        ODT = "odt", "OpenDocument text"
        XLSX = "xlsx", "Excel spreadsheet"
        ODS = "ods", "OpenDocument spreadsheet"
        TXT = "txt", "Plain text"
        PNG = "png", "PNG picture"
        JPG = "jpg", "JPEG picture"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(
        EnquiryDraft, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.CASCADE, related_name="attachments"
    )
    name = models.CharField(max_length=150, help_text="As the group named it, made safe to show.")
    kind = models.CharField(max_length=5, choices=Kind)
    size = models.PositiveIntegerField(help_text="In bytes.")
    file = models.FileField(upload_to=_stored_name, max_length=80)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft=None) | Q(enquiry=None), name="signposting_a_file_has_one_owner"
            )
        ]

    def __str__(self):
        return self.name
