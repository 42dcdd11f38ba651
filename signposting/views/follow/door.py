"""The form that asks for reference and code, and the decorator that puts it in front of a group's pages."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse

from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.private_access import forms
from mutuals_portal.private_access.pages import private
from signposting import following
from signposting.follow_forms import OpenForm

from . import device

NOTICES = {
    "stopped": "This device no longer follows your enquiry.",
    "asked": (
        "Enter your reference and code first. We ask for them again after 30 minutes without use and after 8 hours."
    ),
}


def what_opens(request, form, *, wrong=forms.WRONG):
    """The participant or draft that a good form's code opens; or None and the status of the refusal."""
    return forms.what_opens(request, form, following.open_with, wrong=wrong)


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
