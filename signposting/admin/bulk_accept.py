"""Accepting several enquiries at once: the same verb for each, and every refusal named."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from signposting import access, lifecycle, queue
from signposting.admin.page import respond
from signposting.models import Verb


def accept(request: HttpRequest) -> HttpResponse:
    """The choice arrives by GET and is confirmed by POST, with the version of each that was shown."""
    if request.method == "POST":
        return _carry_out(request, _numbers(request.POST.getlist("enquiry"), parts=2))
    chosen = [pk for (pk,) in _numbers(request.GET.getlist("enquiry"), parts=1)]
    enquiries = access.visible_enquiries(request.user).unclaimed().defer("words").filter(pk__in=chosen)
    if not enquiries:
        messages.warning(request, "Choose at least one enquiry that nobody has accepted yet.")
        return redirect("admin:signposting_enquiry_changelist")
    context = {"title": "Accept these enquiries", "enquiries": enquiries.order_by("respond_by", "id")}
    return respond(request, "bulk_accept", context)


def _carry_out(request: HttpRequest, chosen: list[list[int]]) -> HttpResponse:
    now = timezone.now()
    visible = {
        enquiry.pk: enquiry
        for enquiry in access.visible_enquiries(request.user).filter(pk__in=[pk for pk, _ in chosen])
    }
    accepted = []
    for pk, seen in chosen:
        enquiry = visible.get(pk)
        if enquiry is None:
            messages.warning(request, "One of the enquiries is no longer with your body.")
            continue
        try:
            lifecycle.accept(enquiry, by=request.user, at=now, seen=seen)
        except lifecycle.Refused as refusal:
            if not _did_it_already(request, pk, seen):
                messages.warning(request, f"{enquiry} was not accepted. {refusal}")
                continue
        accepted.append(enquiry.reference)
    if accepted:
        messages.success(request, f"Accepted: {', '.join(accepted)}. You are their adviser now.")
    return redirect("admin:signposting_enquiry_changelist")


def _did_it_already(request: HttpRequest, pk: int, seen: int) -> bool:
    own = access.own_events(request.user)
    return own.filter(enquiry=pk, number=seen + 1, verb=Verb.ACCEPT).exists()


def _numbers(values: list[str], *, parts: int) -> list[list[int]]:
    """The numbers in values such as ``17`` or ``17-3``, for at most a page of rows. What is not so is left out."""
    split = [value.split("-") for value in values[: queue.PAGE_SIZE]]
    return [
        [int(part) for part in each]
        for each in split
        if len(each) == parts and all(part.isascii() and part.isdigit() and len(part) <= 9 for part in each)
    ]
