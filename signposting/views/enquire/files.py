"""The page for files. Good ones are kept even when others beside them are refused."""

import uuid
from contextlib import suppress

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from signposting import drafting, journey_steps
from signposting.attachment_types import MAX_FILES

from . import draft_in_hand, steps

STEP = journey_steps.BY_SLUG["files"]


@draft_in_hand.with_draft
@require_http_methods(["GET", "HEAD", "POST"])
def files(request, draft, held):
    if request.method != "POST":
        if not journey_steps.can_open(STEP, draft.answers):
            return draft_in_hand.to_first_unanswered(draft, because="skipped")
        return _page(request, draft)
    if "remove" in request.POST:
        _remove(draft, request.POST["remove"])
        return steps.again(request)
    return _add(request, draft, held)


def _add(request, draft, held):
    question = STEP.question(request.POST, request.FILES)
    stay = request.POST.get("then") == "stay"
    if question.is_valid() and stay and not question.accepted:
        question.add_error("files", "Choose a file to add")
    try:
        is_there = drafting.attach(draft.pk, files=question.accepted, at=timezone.now())
    except drafting.TooManyFiles as refused:
        is_there = True
        question.add_error("files", _too_many(refused.names))
    if not is_there:
        return draft_in_hand.without_draft(held)
    if question.errors:
        drafting.set_aside(draft.pk, step=STEP.slug, refused=question.errors, at=timezone.now())
        return steps.again(request, refused=True)
    if stay:
        return steps.again(request)
    if not drafting.save(draft.pk, step=STEP.slug, answer=question.answer, at=timezone.now()):
        return draft_in_hand.without_draft(held)
    return steps.go_on(request, STEP)


def _page(request, draft):
    question = STEP.question({}, MultiValueDict())
    for message in (steps.refused_before(request, STEP, draft) or {}).get("files", ()):
        question.add_error("files", message)
    return steps.page(request, STEP, question, attachments=draft.attachments.all())


def _remove(draft, which):
    with suppress(ValueError):  # no button of ours sends anything but an id
        drafting.detach(draft.pk, attachment=uuid.UUID(which))


def _too_many(names):
    return f"You can add up to {MAX_FILES} files. These were not added: {', '.join(names)}"
