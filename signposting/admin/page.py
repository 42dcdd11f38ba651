"""The pages of casework in the frame that all admin pages share."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse

from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from signposting import access

admin_page.register(
    Place("Enquiries", "admin:signposting_enquiry_changelist", "signposting.view_enquiry"),
    # Who is of no body records nothing.
    Place(
        "Record an enquiry",
        "admin:signposting_enquiry_add",
        "signposting.add_enquiry",
        only_for=lambda user: access.body_of(user) is not None,
    ),
    Place("Routing rules", "admin:signposting_ruleset_changelist", "signposting.view_ruleset"),
)


def respond(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    about: str = "enquiry",
    status: int = 200,
) -> TemplateResponse:
    """One of the templates of enquiries, or of what else it is ``about``, in the frame."""
    body = {"body": access.body_of(request.user)}
    return admin_page.respond(
        request, f"admin/signposting/{about}/{name}.html", body | context, status=status
    )
