"""The page that shows a new code, once. Until then the code waits in the session of the adviser who issued it."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from signposting import access
from signposting.admin.missing import missing
from signposting.admin.page import respond
from signposting.models import Enquiry


def keep(request: HttpRequest, enquiry: Enquiry, *, person: str, code: str) -> None:
    request.session[_key(enquiry.pk)] = {"person": person, "code": code}


def show(request: HttpRequest, pk: int, *, admin_site: AdminSite) -> HttpResponse:
    enquiry = access.visible_enquiries(request.user).filter(pk=pk).first()
    if enquiry is None:
        return missing(request, admin_site)
    kept = request.session.pop(_key(pk), None)
    if kept is None:
        messages.warning(
            request, "A new code is shown only once. If you did not write it down, issue another one."
        )
        return redirect("admin:signposting_enquiry_change", pk)
    context = {"title": "The new code", "enquiry": enquiry} | kept
    return respond(request, admin_site, "new_code", context)


def _key(pk: int) -> str:
    return f"new-code-{pk}"
