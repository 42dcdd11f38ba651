"""Finding the enquiry that an address names, for somebody who may know of it; and the answer to everybody else."""

from django.http import HttpRequest
from django.template.response import TemplateResponse

from signposting import access
from signposting.admin.page import respond
from signposting.models import Enquiry


def find(request: HttpRequest, pk: int) -> Enquiry | None:
    """None for what the user may not know of, as for what does not exist."""
    visible = access.visible_enquiries(request.user)
    return visible.select_related("holder", "adviser").defer("words").filter(pk=pk).first()


def missing(request: HttpRequest) -> TemplateResponse:
    """Not found; and what the user had written, which may have taken an hour while a colleague handed the case over."""
    written = request.POST.get("text") or request.POST.get("reason") or request.POST.get("checked") or ""
    return respond(request, "missing", {"title": "There is no enquiry here", "written": written}, status=404)
