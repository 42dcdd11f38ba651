"""Leaving an enquiry before it is sent: keep the answers for later, or delete them."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from signposting import draft_cookie, drafting

from . import draft_in_hand


@draft_in_hand.with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def save(request, draft, held):
    """The answers are kept already; this page gives what opens them again. POST forgets them in this browser."""
    if request.method == "POST":
        return draft_cookie.clear(draft_in_hand.to_start("saved"))
    context = {
        "draft": draft,
        "code": held.code,
        "go_on": draft_in_hand.address_of_first_unanswered(draft),
    }
    return render(request, "signposting/enquire/save.html", context)


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request):
    """Works without a draft too. But whoever has sent it must not read that it is gone: it can be withdrawn."""
    held, draft = draft_in_hand.look(request)
    if request.method == "POST" and held:
        drafting.discard(held.key)
    if draft_in_hand.was_sent(held):
        return draft_in_hand.without_draft(held)
    if request.method != "POST":
        back = (
            draft_in_hand.address_of_first_unanswered(draft)
            if draft
            else reverse("signposting:enquiry-start")
        )
        return render(request, "signposting/enquire/delete.html", {"back": back})
    return draft_cookie.clear(draft_in_hand.to_start("deleted"))
