"""Reference and code: how a group gets in, on any device. A mail links here and nowhere else."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.private_access.pages import private
from signposting.follow_forms import OpenForm
from signposting.models import EnquiryDraft
from signposting.views.enquire import resuming

from . import device, door, enquiry


@private
@keeps_answers
@require_http_methods(["GET", "HEAD", "POST"])
def open_enquiry(request):
    if request.method != "POST":
        is_open = device.participant_on(request) is not None
        return door.ask(request, OpenForm(), notice=request.GET.get("notice", ""), is_open=is_open)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return door.ask(request, form)
    found, refusal = door.what_opens(request, form)
    if found is None:
        return door.ask(request, form, status=refusal)
    if isinstance(found, EnquiryDraft):
        return resuming.go_on_with(found, code=form.cleaned_data["code"])
    return _let_in(request, found, unsent=form.cleaned_data["unsent"])


@private
@require_safe
def lost_code(request):
    return render(request, "signposting/follow/lost_code.html")


@private
@require_POST
def stop(request):
    """Forget the enquiry on this device. It needs nothing to be open, so it cannot fail."""
    return device.close(door.back_to_door("stopped"))


def _let_in(request, participant, *, unsent):
    if unsent:
        return device.keep_open(enquiry.page(request, participant, unsent=unsent), participant)
    return device.keep_open(redirect("signposting:follow-enquiry"), participant)
