"""The one answer to every address of an enquiry that a user may not know of, and of one that does not exist."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse

from signposting.admin.page import respond


def missing(request: HttpRequest, admin_site: AdminSite) -> TemplateResponse:
    """Not found; and what the user had written, which may have taken an hour while a colleague handed the case over."""
    written = request.POST.get("text") or request.POST.get("reason") or request.POST.get("checked") or ""
    context = {"title": "There is no enquiry here", "written": written}
    return respond(request, admin_site, "missing", context, status=404)
