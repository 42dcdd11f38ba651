"""What guides keep in the database, one aggregate a file."""

from guides.models.document import Document
from guides.models.edition import Edition, EditionSave
from guides.models.failed_access import FailedAccess
from guides.models.look_out import LookOut
from guides.models.owner_mail import OwnerMail
from guides.models.pdf import GuidePdf
from guides.models.plan import Decision, Invitation, Plan, Tally
from guides.models.report import Report
from guides.models.source import Source
from guides.models.tool import Tool, ToolEdition, ToolSave
from mutuals_portal import publishing

__all__ = [
    "Decision",
    "Document",
    "Edition",
    "EditionSave",
    "FailedAccess",
    "GuidePdf",
    "Invitation",
    "LookOut",
    "OwnerMail",
    "Plan",
    "Report",
    "Source",
    "Tally",
    "Tool",
    "ToolEdition",
    "ToolSave",
]

publishing.register(publishing.Kind(Edition, (Report,), related=("document__parent__parent",)))
publishing.register(publishing.Kind(ToolEdition))
