"""The form that asks for reference and code, and the decorator that puts it in front of a group's pages."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse

from mutuals_portal.database_outage import keeps_answers
from signposting.follow_forms import OpenForm
from signposting.views.private import private

from . import device

NOTICES = {
    "stopped": "This device no longer follows your enquiry.",
    "timed-out": "For your safety, the page closed after 30 minutes without use.",
}


def ask(request, form, *, notice="", status=200, **said):
    said |= {"form": form, "notice": NOTICES.get(notice, "")}
    return render(request, "signposting/follow/open.html", said, status=status)


def back_to_door(notice):
    return redirect(f"{reverse('signposting:follow')}?notice={notice}")


def for_followers(view):
    """Give the view the participant who follows on this device; without one, ask for reference and code.

    What was being sent when the page had closed by itself is carried along and not lost.
    """

    @private
    @keeps_answers
    @wraps(view)
    def answer(request, *args, **kwargs):
        participant = device.participant_on(request)
        if participant:
            return device.keep_open(view(request, participant, *args, **kwargs), participant)
        if request.method != "POST":
            return back_to_door("timed-out")
        unsent = request.POST.get("text", "")
        form = OpenForm(initial={"unsent": unsent})
        return ask(request, form, notice="timed-out", has_unsent=bool(unsent), status=403)

    return answer
