"""Where editors and reviewers work: the same pages for every kind of text that is published.

An app derives ``PublishingAdmin`` for its documents and says which form its words take and how a preview is made.
The pages read, and make one call of ``publishing`` each; rights are asked for before any row is looked for.
"""

from mutuals_portal.publishing_admin.edition_form import Day, EditionForm
from mutuals_portal.publishing_admin.pages import PublishingAdmin
from mutuals_portal.publishing_admin.rows import RowForm, Rows, RowsOf
from mutuals_portal.publishing_admin.texts import Page

__all__ = ["Day", "EditionForm", "Page", "PublishingAdmin", "RowForm", "Rows", "RowsOf"]
