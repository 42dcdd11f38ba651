"""The page that shows a new code, once. Until then it waits in the session of the adviser who issued it.

What waits is the secret that the code follows from: who reads the table of sessions reads no code.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mutuals_portal.private_access import codes
from signposting.admin.lookup import find, missing
from signposting.admin.page import respond
from signposting.models import Enquiry


def keep(request: HttpRequest, enquiry: Enquiry, *, person: str, secret: str) -> None:
    """Call it in the transaction that issues the code."""
    request.session[_key(enquiry.pk)] = {"person": person, "secret": secret}
    request.session.save()
    # A later save of this copy could bring a code back that was shown meanwhile.
    request.session.modified = False


def show(request: HttpRequest, pk: int) -> HttpResponse:
    enquiry = find(request, pk)
    if enquiry is None:
        return missing(request)
    kept = request.session.pop(_key(pk), None)
    if kept is None:
        messages.warning(
            request, "A new code is shown only once. If you did not write it down, issue another one."
        )
        return redirect("admin:signposting_enquiry_change", pk)
    code = codes.code_from(kept["secret"])
    context = {"title": "The new code", "enquiry": enquiry, "person": kept["person"], "code": code}
    return respond(request, "new_code", context)


def _key(pk: int) -> str:
    return f"new-code-{pk}"
