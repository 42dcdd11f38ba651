"""The frame of our own admin pages: navigation, and who is logged in. One place, so that all pages answer alike."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from signposting import access

RECORD = "admin:signposting_enquiry_add"

PLACES = (
    ("Enquiries", "admin:signposting_enquiry_changelist", "signposting.view_enquiry"),
    ("Record an enquiry", RECORD, "signposting.add_enquiry"),
    ("Routing rules", "admin:signposting_ruleset_changelist", "signposting.view_ruleset"),
    ("All admin pages", "admin:index", ""),
)
"""Text, address, and the right that it takes. Who is of no body records nothing."""


def respond(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    *,
    about: str = "enquiry",
    status: int = 200,
) -> TemplateResponse:
    """One of the templates of enquiries, or of what else it is ``about``, in the frame."""
    here = request.resolver_match.view_name
    body = access.body_of(request.user)
    frame = {
        "navigation": [
            {"text": text, "href": reverse(address), "current": here == address}
            for text, address, right in PLACES
            if (not right or request.user.has_perm(right)) and (body or address != RECORD)
        ],
        "body": body,
    }
    return TemplateResponse(request, f"admin/signposting/{about}/{name}.html", frame | context, status=status)
