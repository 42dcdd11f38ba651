"""One question a page. What is sent is kept at once, so Back and a later visit find it."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from signposting import draft_cookie, drafting, journey_steps
from signposting.draft_cookie import Held

from . import draft_in_hand


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, step):
    if step not in journey_steps.BY_SLUG:
        raise Http404
    step = journey_steps.BY_SLUG[step]
    held, draft = draft_in_hand.look(request)
    if request.method == "POST":
        return _keep(request, step, held, draft)
    if draft is None:
        return draft_in_hand.without_draft(held)
    if not journey_steps.can_open(step, draft.answers):
        return draft_in_hand.to_first_unanswered(draft, because="skipped")
    refused = refused_before(request, step, draft)
    data = None if refused is None else MultiValueDict(refused)
    return page(request, step, step.question(data, initial=_given(draft, step)))


def page(request, step, question, **more):
    context = {
        "form": question,
        "number": journey_steps.number_of(step),
        "count": len(journey_steps.STEPS),
        "back": _back(request, step),
        "notice": draft_in_hand.notice(request),
    }
    return render(request, "signposting/enquire/step.html", context | more)


def refused_before(request, step, draft):
    """What was sent to this page and refused, on the page that shows it again."""
    asked = "refused" in request.GET and draft.refused.get("step") == step.slug
    return draft.refused["given"] if asked else None


def again(request, *, refused=False):
    """Back to the same page: one more entry in the history that can be returned to."""
    marks = [mark for mark, holds in (("change", "change" in request.GET), ("refused", refused)) if holds]
    return redirect(f"{request.path}?{'&'.join(marks)}" if marks else request.path)


def go_on(request, step):
    """Where to after an answer is kept."""
    if request.POST.get("then") == "save":
        return redirect("signposting:enquiry-save")
    return draft_in_hand.to_step(None if "change" in request.GET else journey_steps.after(step))


def _keep(request, step, held, draft):
    question = step.question(request.POST, initial=_given(draft, step) if draft else None)
    if draft and request.POST.get("then") == "save" and not question.has_changed():
        return redirect("signposting:enquiry-save")
    if not question.is_valid():
        return _refuse(request, step, draft, question)
    if draft is None:
        return _keep_in_new_draft(step, held, question.answer)
    if not drafting.save(draft.pk, step=step.slug, answer=question.answer, at=timezone.now()):
        return draft_in_hand.without_draft(held)
    return go_on(request, step)


def _given(draft, step):
    """The answer so far, or the one to begin with."""
    return draft.answers.get(step.slug, draft.suggested.get(step.slug))


def _refuse(request, step, draft, question):
    given = {name: request.POST.getlist(name) for name in question.fields if name in request.POST}
    if draft and drafting.set_aside(draft.pk, step=step.slug, refused=given, at=timezone.now()):
        return again(request, refused=True)
    return page(request, step, question)


def _keep_in_new_draft(step, held, answer):
    """Somebody wrote an answer to a draft that is gone. A long question may have taken an hour: keep it."""
    if held:
        instead = draft_in_hand.without_draft(held)
        if instead.url == reverse("signposting:sent"):
            return instead
    at = timezone.now()
    draft, code = drafting.start(at=at)
    drafting.save(draft.pk, step=step.slug, answer=answer, at=at)
    draft.answers = {step.slug: answer}
    response = draft_in_hand.to_first_unanswered(draft, because="kept")
    return draft_cookie.keep(response, Held(draft.pk, code))


def _back(request, step):
    if "change" in request.GET:
        return reverse("signposting:enquiry-check")
    earlier = journey_steps.before(step)
    return draft_in_hand.address_of(earlier) if earlier else reverse("signposting:enquiry-start")
