"""The draft that a browser is writing, and where to go when there is none."""

from functools import wraps

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.private_access.pages import private
from signposting import draft_cookie, drafting, journey_steps
from signposting.models import Enquiry

NOTICES = {
    "begin": "Begin here. We found no answers of yours in this browser.",
    "gone": (
        "Your answers are no longer there. We keep them for 7 days after the last one, and they go when you "
        "delete them."
    ),
    "deleted": "Your answers are deleted. Close this window, and clear its history if others use this device.",
    "saved": "Your answers are saved. They are no longer open in this browser.",
    "kept": "Your earlier answers are no longer there. We have kept the one you just gave.",
    "skipped": "Please answer this question first. The answers you gave later are kept.",
    "plan": (
        "Your enquiry begins with what you chose from your plan. We have filled in what follows from it. "
        "Look at each page, and change what does not fit."
    ),
    "resumed": "Your answers are back. Go on from here.",
}
"""What a page says when it was not the one asked for, by the word in its address."""


def journey_page(view):
    """Every page of the journey is private, and keeps what was typed when the database is away."""
    return private(keeps_answers(view))


def with_draft(view):
    """Give the view the draft and what the cookie holds, or lead to where there is something to do."""

    @journey_page
    @wraps(view)
    def answer(request, *args, **kwargs):
        held, draft = look(request)
        if draft is None:
            return without_draft(held)
        return view(request, draft, held, *args, **kwargs)

    return answer


def look(request):
    held = draft_cookie.read(request)
    return held, drafting.find(held.key, at=timezone.now()) if held else None


def without_draft(held):
    """A draft that is gone was sent, or is too old. A second click on Send ends here too."""
    if was_sent(held):
        return draft_cookie.keep(redirect("signposting:sent"), held)
    return draft_cookie.clear(to_start("gone" if held else "begin"))


def was_sent(held):
    return held is not None and Enquiry.objects.filter(submission_key=held.key).exists()


def to_start(because):
    return redirect(_because(reverse("signposting:enquiry-start"), because))


def to_step(step, *, because=""):
    return redirect(_because(address_of(step), because))


def to_first_unanswered(draft, *, because=""):
    return redirect(_because(address_of_first_unanswered(draft), because))


def address_of(step):
    """A question's page; the check page when there is none left."""
    if step is None:
        return reverse("signposting:enquiry-check")
    return reverse("signposting:enquiry-step", args=[step.slug])


def address_of_first_unanswered(draft):
    return address_of(journey_steps.first_unanswered(draft.answers))


def notice(request):
    return NOTICES.get(request.GET.get("because", ""), "")


def _because(address, because):
    return f"{address}?because={because}" if because else address
