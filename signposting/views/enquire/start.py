"""The page before the first question: what happens, who will see it, and from where to ask."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from signposting import draft_cookie, drafting
from signposting.custody import ACCEPT_WITHIN_WORKING_DAYS
from signposting.draft_cookie import Held
from signposting.journey_steps import STEPS
from signposting.models import Organisation

from . import draft_in_hand


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    _, draft = draft_in_hand.look(request)
    if request.method == "POST":
        return _begin(draft, again="again" in request.POST)
    context = {
        "draft": draft,
        "notice": draft_in_hand.notice(request),
        "partners": Organisation.objects.partners().active().described(),
        "questions": len(STEPS),
        "days": ACCEPT_WITHIN_WORKING_DAYS,
    }
    return render(request, "signposting/enquire/start.html", context)


def _begin(draft, *, again):
    if draft and not again:
        return draft_in_hand.to_first_unanswered(draft)
    if draft:
        drafting.discard(draft.pk)
    draft, code = drafting.start(at=timezone.now())
    return draft_cookie.keep(draft_in_hand.to_first_unanswered(draft), Held(draft.pk, code))
