"""The page after sending: reference, code, who has it and why, and what happens next."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from signposting import draft_cookie, drafting
from signposting.custody import ACCEPT_WITHIN_WORKING_DAYS
from signposting.may_already_answer import pointers_for
from signposting.models import EnquiryEvent
from signposting.views.follow import device

from . import draft_in_hand


@draft_in_hand.journey_page
@require_safe
def sent(request):
    held = draft_cookie.read(request)
    event = _sending(held.key) if held else None
    if event is None:
        return draft_in_hand.to_start("begin")
    enquiry = event.enquiry
    if timezone.now() > enquiry.sent_at + drafting.CODE_SHOWN_FOR:
        return draft_cookie.clear(redirect("signposting:follow"))
    sender = enquiry.participants.get(is_sender=True)
    # The sender may have chosen own words since, or been given a new code: then the first one opens nothing.
    code_still_holds = sender.code_issued_at == enquiry.sent_at
    context = {
        "enquiry": enquiry,
        "event": event,
        "code": held.code if code_still_holds else "",
        "days": ACCEPT_WITHIN_WORKING_DAYS,
        "minutes": int(drafting.CODE_SHOWN_FOR.total_seconds() // 60),
        "pointers": pointers_for(
            nation=enquiry.nation,
            topics=enquiry.topics,
            stage=enquiry.stage,
            asker=enquiry.enquirer_kind,
            at=timezone.now(),
            excluded_bodies=[*enquiry.excluded_bodies, event.holder.slug],
        ),
    }
    response = render(request, "signposting/enquire/sent.html", context)
    return device.keep_open(response, sender) if code_still_holds else response


@draft_in_hand.journey_page
@require_POST
def written_down(request):
    """Nothing of the enquiry stays in this browser."""
    return draft_cookie.clear(device.close(redirect("signposting:follow")))


def _sending(key):
    return (
        EnquiryEvent.objects.select_related("enquiry", "holder")
        .filter(enquiry__submission_key=key, number=1)
        .first()
    )
