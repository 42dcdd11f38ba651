"""The issues that groups meet, whatever the order: the vocabulary that enquiries, evidence and texts name them by.

What readers read of an issue is a text of the guides, a document of the kind ``look-out`` with the same slug, and it
goes by the text's own title and summary. An issue without a live text is a word and no more: forms offer it, evidence
and texts may name it, and no list, map or link shows it to readers.
"""

from django.db import models


class LookOut(models.Model):
    """An issue that groups meet on the way out: pensions, VAT, leadership. Issues come in any order (seed 003)."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, help_text="One sentence, as a hint under the title.")
    position = models.PositiveSmallIntegerField(help_text="Lists are shown in this order.")
    loaded_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="What the content file last wrote here."
    )

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = "look-out"

    def __str__(self):
        return self.title
