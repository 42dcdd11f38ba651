"""The pages on which a case is read: the case itself, its history, and its files."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from signposting import access, case_file, downloads, lifecycle
from signposting.admin.lookup import find, missing
from signposting.admin.operations import OPERATIONS
from signposting.admin.page import respond
from signposting.working_days import local_date


def show(request: HttpRequest, pk: int) -> HttpResponse:
    enquiry = find(request, pk)
    if enquiry is None:
        return missing(request)
    now = timezone.now()
    allowed = lifecycle.allowed(enquiry, by=request.user)
    context = {
        "title": f"Enquiry {enquiry.reference}",
        "enquiry": enquiry,
        "case": case_file.read(enquiry, user=request.user, at=now),
        "is_overdue": enquiry.is_overdue(on=local_date(now)),
        "buttons": [
            {
                "text": operation.label,
                "href": reverse(f"admin:signposting_enquiry_{operation.verb.value}", args=[pk]),
            }
            for operation in OPERATIONS
            if operation.verb in allowed
        ],
    }
    return respond(request, "case", context)


def history(request: HttpRequest, pk: int) -> HttpResponse:
    enquiry = find(request, pk)
    if enquiry is None:
        return missing(request)
    context = {
        "title": f"History of {enquiry.reference}",
        "enquiry": enquiry,
        "events": case_file.events_of(enquiry, user=request.user),
    }
    return respond(request, "history", context)


def attachment(request: HttpRequest, pk: int, attachment: uuid.UUID) -> HttpResponse:
    file = access.visible_attachments(request.user).filter(enquiry=pk, pk=attachment).first()
    return downloads.hand_out(file) if file else missing(request)
