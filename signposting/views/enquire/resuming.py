"""Coming back to saved answers with reference and code, on this device or another."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mutuals_portal.private_access import codes
from mutuals_portal.private_access.forms import ReferenceAndCode
from signposting import draft_cookie
from signposting.draft_cookie import Held
from signposting.models import EnquiryDraft
from signposting.views.follow import device, door

from . import draft_in_hand

WRONG = "Check the reference and the code. They do not belong together, or the 7 days are over"


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request):
    form = ReferenceAndCode(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form)
    found, refusal = door.what_opens(request, form, wrong=WRONG)
    if found is None:
        return _page(request, form, status=refusal)
    if isinstance(found, EnquiryDraft):
        return go_on_with(found, code=form.cleaned_data["code"])
    return device.keep_open(redirect("signposting:follow-enquiry"), found)


def go_on_with(draft, *, code):
    """Tie this browser to a draft that somebody opened with its code."""
    response = draft_in_hand.to_first_unanswered(draft, because="resumed")
    return draft_cookie.keep(response, Held(draft.pk, codes.as_shown(code)))


def _page(request, form, *, status=200):
    return render(request, "signposting/enquire/resume.html", {"form": form}, status=status)
