"""Coming back to saved answers with reference and code, on this device or another."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.views.decorators.http import require_http_methods

from mutuals_portal.client_address import client_address
from signposting import access_codes, draft_cookie, following
from signposting.draft_cookie import Held
from signposting.models import EnquiryDraft
from signposting.questions.coming_back import ComingBack
from signposting.views.follow import device

from . import draft_in_hand


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request):
    form = ComingBack(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    try:
        found = following.open_with(
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=client_address(request),
            at=timezone.now(),
        )
    except following.WrongCode:
        form.add_error(
            "code",
            "Check the reference and the code. They do not belong together, or the 7 days are over",
        )
        return _page(request, form)
    except following.TooManyTries as refused:
        clock = time_format(timezone.localtime(refused.until + timedelta(minutes=1)), "g:i a")
        form.add_error("code", f"There were too many wrong codes. Try again after {clock}")
        return _page(request, form, status=429)
    if isinstance(found, EnquiryDraft):
        return go_on_with(found, code=form.cleaned_data["code"])
    return device.keep_open(redirect("signposting:follow-enquiry"), found)


def go_on_with(draft, *, code):
    """Tie this browser to a draft that somebody opened with its code."""
    response = draft_in_hand.to_first_unanswered(draft, because="resumed")
    return draft_cookie.keep(response, Held(draft.pk, access_codes.as_shown(code)))


def _page(request, form, *, status=200):
    return render(request, "signposting/enquire/resume.html", {"form": form}, status=status)
