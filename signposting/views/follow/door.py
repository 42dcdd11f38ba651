"""The form that asks for reference and code, and the decorator that puts it in front of a group's pages."""

from datetime import timedelta
from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format

from mutuals_portal.client_address import client_address
from mutuals_portal.database_outage import keeps_answers
from signposting import following
from signposting.follow_forms import OpenForm
from signposting.views.private import private

from . import device

NOTICES = {
    "stopped": "This device no longer follows your enquiry.",
    "asked": (
        "Enter your reference and code first. We ask for them again after 30 minutes without use and after 8 hours."
    ),
}
WRONG = "Check the reference and the code. They do not belong together"


def what_opens(request, form, *, wrong=WRONG):
    """The participant or draft that a good form's code opens, and None; or None and the status of the refusal.

    The form then says why: ``wrong`` for a wrong code and an unknown reference alike.
    """
    try:
        found = following.open_with(
            reference=form.cleaned_data["reference"],
            code=form.cleaned_data["code"],
            address=client_address(request),
            at=timezone.now(),
        )
    except following.WrongCode:
        form.add_error("code", wrong)
        return None, 200
    except following.TooManyTries as refused:
        # The minute after, so that the time we name is never too early.
        clock = time_format(timezone.localtime(refused.until + timedelta(minutes=1)), "g:i a")
        form.add_error("code", f"There were too many wrong codes. Try again after {clock}")
        return None, 429
    return found, None


def ask(request, form, *, notice="", status=200, **said):
    said |= {"form": form, "notice": NOTICES.get(notice, "")}
    return render(request, "signposting/follow/open.html", said, status=status)


def back_to_door(notice):
    return redirect(f"{reverse('signposting:follow')}?notice={notice}")


def for_followers(view):
    """Give the view the participant who follows on this device; without one, ask for reference and code.

    A text that was being sent when the half hour was over is carried along and not lost.
    """

    @private
    @keeps_answers
    @wraps(view)
    def answer(request, *args, **kwargs):
        participant = device.participant_on(request)
        if participant:
            response = view(request, participant, *args, **kwargs)
            return device.keep_open(response, participant, renewing=request)
        if request.method != "POST":
            return back_to_door("asked")
        form = OpenForm(initial={"unsent": request.POST.get("text", "")})
        return ask(request, form, notice="asked", status=403)

    return answer
