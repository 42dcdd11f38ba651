"""A tool on one page: its title and introduction, then the tables of its rules."""

from guides import tools
from guides.admin.row_fields import SourceList, all_sources, line, text
from guides.admin.tools.eligibility_rows import EligibilityTables
from guides.admin.tools.governance_rows import GovernanceTables
from guides.admin.tools.journey_rows import JourneyTables
from guides.admin.tools.legal_forms_rows import LegalFormsTables
from guides.admin.tools.readiness_rows import ReadinessTables
from guides.models import LookOut
from mutuals_portal import markup
from mutuals_portal.govuk_layout import Field, Fieldset
from mutuals_portal.publishing_admin import EditionForm, Rows, RowsOf
from mutuals_portal.publishing_admin.edition_form import OTHER_LAYOUT


class ToolForm(
    EligibilityTables, JourneyTables, LegalFormsTables, GovernanceTables, ReadinessTables, EditionForm
):
    """Has the tables of every tool; those that are not of this one are left out."""

    title = line("Title", 120)
    summary = text("Summary", 300, help_text="One sentence, for lists and search engines.")
    body = text(
        "Introduction", markup.LONGEST, rows=12, help_text="Markdown. It stands above the tool.", strip=False
    )

    def __init__(self, answers=None, *, edition):
        self.sources = all_sources()
        super().__init__(answers, edition=edition)
        look_outs = list(LookOut.objects.values_list("slug", "title"))
        for field in self.fields.values():
            if isinstance(field, Rows):
                field.know(sources=self.sources.keys(), look_outs=look_outs)

    def layout(self):
        return [
            SourceList(),
            Fieldset("The tool", *(Field(name, size="s") for name in ("title", "summary", "body"))),
            *(RowsOf(name) for name in tools.tables_of(self.edition.document.slug)),
            Fieldset("Before it is published", *OTHER_LAYOUT),
        ]

    def initial_of(self, edition):
        return super().initial_of(edition) | edition.tables

    def not_for(self, edition):
        own = tools.tables_of(edition.document.slug)
        return [name for name, field in self.fields.items() if isinstance(field, Rows) and name not in own]

    def words(self):
        words = super().words()
        rows = {name: words.pop(name) for name in tools.tables_of(self.edition.document.slug)}
        return words | {"tables": {name: listed for name, listed in rows.items() if listed}}
