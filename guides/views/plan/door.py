"""The form that asks for reference and code, and the decorator that puts it in front of a plan's pages."""

from functools import wraps

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guides import planning
from guides.views.plan.forms import OpenForm
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.private_access.pages import private

NOTICES = {
    "closed": "The plan is closed on this device.",
    "deleted": (
        "The plan is deleted. Close this window, and clear its history if others use this device. "
        "What you printed or downloaded is still there."
    ),
    "gone": "The plan that was open here is gone: somebody who has its code deleted it, or its time was over.",
    "asked": (
        "Enter the reference and code first. We ask for them again after 30 minutes without use and after 8 hours."
    ),
    "started": "That page had been used already. Start again, or open the plan that you started.",
}
"""What a page says when it was not the one asked for, by the word in its address."""

CARRIED = ("words", "reason", "decided_on", "look_out")
"""Of a decision. No other form has words that would be lost, and one has a field that stands for a code."""


def plan_page(view):
    """Every page of a plan is private, and keeps what was typed when the database is away."""
    return private(keeps_answers(view))


def plan_on(request):
    """The plan that is open on this device, or None. At most one query."""
    now = timezone.now()
    return planning.COOKIE.open_on(request, planning.plans_open(at=now), at=now)


def with_plan(*methods):
    """Give the view the plan that is open on this device; without one, ask for reference and code.

    A decision that was being sent when the half hour was over is carried along and not lost.
    """

    def decorate(view):
        allowed = require_http_methods(methods)(_opened(view))
        return plan_page(wraps(view)(allowed))

    return decorate


def _opened(view):
    @wraps(view)
    def answer(request, *args, **kwargs):
        plan = plan_on(request)
        if plan is None:
            return closed(request)
        try:
            response = view(request, plan, *args, **kwargs)
        except planning.Gone:
            return planning.COOKIE.close(_gone(request))
        return go_on(response, plan, renewing=request)

    return answer


def go_on(response, plan, *, renewing=None):
    """Let the device go on with the plan, unless the answer has just closed it."""
    if planning.COOKIE.name in response.cookies:
        return response
    return planning.COOKIE.keep_open(response, plan, at=timezone.now(), renewing=renewing)


def back_to_door(notice):
    return redirect(f"{reverse('guides:plan')}?notice={notice}")


def notice(request):
    return NOTICES.get(request.GET.get("notice", ""), "")


def ask(request, form, *, status=200, **said):
    return render(request, "guides/plan/open.html", said | {"form": form}, status=status)


def closed(request):
    """Ask for reference and code, since no plan is open on this device."""
    if request.method != "POST":
        return back_to_door("asked")
    form = OpenForm(initial={"unsent": _carried(request)})
    return ask(request, form, status=403, notice=NOTICES["asked"])


def _carried(request):
    """The decision that was typed, as one value for a hidden field."""
    if not _is_decision(request):
        return ""
    typed = QueryDict(mutable=True)
    typed.update({name: request.POST[name] for name in CARRIED if name in request.POST})
    return typed.urlencode()


def _is_decision(request):
    return request.path == reverse("guides:plan-decide")


def _gone(request):
    """The plan is gone; what was typed is shown, to be copied."""
    if request.method != "POST":
        return back_to_door("gone")
    texts = [request.POST.get(name, "") for name in ("words", "reason")] if _is_decision(request) else []
    return render(request, "guides/plan/gone.html", {"typed": [text for text in texts if text]}, status=410)
