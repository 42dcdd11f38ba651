"""The newest PDF of each guide."""

from django.db import models

from guides.models.document import Document


class GuidePdf(models.Model):
    guide = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="pdf")
    made_from = models.CharField(
        max_length=64, help_text="The digest of what the guide said when this was made."
    )
    made_at = models.DateTimeField()
    file = models.FileField(upload_to="guides/", max_length=200)
    size = models.PositiveIntegerField(help_text="In bytes.")
    pages = models.PositiveSmallIntegerField()

    def __str__(self):
        return self.file.name

    @property
    def size_in_words(self) -> str:
        """“PDF, 312 KB, 48 pages”: what a reader wants to know before opening it."""
        kilobytes = round(self.size / 1000)
        size = f"{kilobytes} KB" if kilobytes < 1000 else f"{self.size / 1_000_000:.1f} MB"
        return f"PDF, {size}, {self.pages} page{'' if self.pages == 1 else 's'}"
