"""Check your answers, see what may already answer you, and send. Sending twice is sending once."""

from django.db import transaction
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from signposting import drafting, journey_steps, lifecycle
from signposting.may_already_answer import pointers_for

from . import draft_in_hand


@draft_in_hand.with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, draft, held):
    if journey_steps.first_unanswered(draft.answers):
        return draft_in_hand.to_first_unanswered(draft, because="skipped")
    if request.method == "POST":
        _send(draft)
        return draft_in_hand.without_draft(held)
    context = {
        "rows": list(_rows(draft)),
        "pointers": pointers_for(
            nation=draft.answers["where"]["nation"],
            topics=draft.answers["topics"]["topics"],
            stage=draft.answers["stage"]["stage"],
            asker=draft.answers["who"]["enquirer_kind"],
            at=timezone.now(),
            excluded_bodies=draft.answers["exclusions"]["excluded_bodies"],
        ),
        "notice": draft_in_hand.notice(request),
        "back": draft_in_hand.address_of(journey_steps.STEPS[-1]),
    }
    return render(request, "signposting/enquire/check.html", context)


def _send(draft):
    """Unless it was sent, or deleted, in another window meanwhile."""
    at = timezone.now()
    with transaction.atomic():
        held = drafting.hold(draft.pk, at=at)
        if held:
            lifecycle.submit(submission=drafting.submission_of(held), at=at)


def _rows(draft):
    """The answers as rows of a summary list, each with a link to change it."""
    for step in journey_steps.STEPS:
        answer = draft.answers[step.slug]
        if step.slug == "files":
            answer = {"names": [attachment.name for attachment in draft.attachments.all()]}
        for words, text in step.question(initial=answer).told():
            yield {
                "key": words,
                "value": linebreaksbr(text, autoescape=True),
                "href": f"{draft_in_hand.address_of(step)}?change",
                "hidden": f"{words[0].lower()}{words[1:]}",
            }
