"""The first page: the plan that is open on this device, or else what a plan is and how to start or open one."""

from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides import planning, readiness
from guides.library import shelf
from guides.models import Tool, ToolEdition
from guides.reading import numbered_sources
from guides.views import tool_page
from guides.views.plan import changes, door
from guides.views.plan.forms import OpenForm, StartForm
from mutuals_portal import markup
from mutuals_portal.private_access import forms
from mutuals_portal.private_access.pages import private

PLAN = Tool.Slug.PLAN.value
DONE = {
    "kept": "Kept in your plan",
    "dropped": "Taken out of your plan",
    "decided": "Your decision is in the plan",
    "undone": "The decision is taken out",
    "words": "Your own words are saved, and the old code no longer opens the plan",
}


@door.plan_page
@require_safe
def plan(request):
    opened = door.plan_on(request)
    if opened is None:
        return about(request, tool_page.live(PLAN), notice=door.notice(request))
    reading, editions = read(opened)
    context = {
        "reading": reading,
        "plan": opened,
        "tools": [edition for edition in editions if edition.document.slug != PLAN],
        "readiness": next((edition for edition in editions if edition.document.slug == PLAN), None),
        "banner": DONE.get(request.GET.get("done", ""), ""),
    }
    return door.go_on(render(request, "guides/plan/plan.html", context), opened, renewing=request)


def about(request, edition, *, notice=""):
    """What a plan is. Editors preview their words with it."""
    context = {"edition": edition, "start": StartForm(), "notice": notice}
    if edition:
        context["sources"] = list(numbered_sources([edition.body]))
        names = shelf(at=timezone.now()).names
        context["body"] = markup.html(edition.body, names=names)
        context["questions"] = readiness.questions(edition.tables)
    return render(request, "guides/plan/about.html", context)


tool_page.PAGES[PLAN] = about


def read(opened):
    """What a plan says now, and what the tools do, in the order of their list. Three queries."""
    now = timezone.now()
    live = ToolEdition.objects.live(at=now).select_related("document").defer("body")
    order = Tool.Slug.values
    editions = sorted(live, key=lambda edition: order.index(edition.document.slug))
    reading = planning.read(
        opened,
        decisions=opened.decisions.all(),
        editions=editions,
        look_outs=shelf(at=now).look_outs,
    )
    return reading, editions


@door.plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request):
    """The code is on the answer to the form itself, as no page with an address of its own may show it."""
    if request.method != "POST":
        return redirect("guides:plan")
    form = StartForm(request.POST)
    if not form.is_valid():
        return door.back_to_door("started")
    try:
        opened, code = planning.start(secret=form.cleaned_data["secret"], at=timezone.now())
    except planning.AlreadyStarted:
        return door.back_to_door("started")
    return started(request, opened, code)


def started(request, opened, code, *, kept=""):
    context = {"plan": opened, "code": code, "kept": kept}
    return door.go_on(render(request, "guides/plan/started.html", context), opened)


@door.plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def open_plan(request):
    if request.method != "POST":
        return door.ask(request, OpenForm(), is_open=door.plan_on(request) is not None)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return door.ask(request, form)
    found, refusal = forms.what_opens(request, form, planning.open_with)
    if found is None:
        return door.ask(request, form, status=refusal)
    return door.go_on(_after_opening(request, found, unsent=form.cleaned_data["unsent"]), found)


def _after_opening(request, found, *, unsent):
    """The plan; or the page for a decision, with the words that came too late."""
    from_form = QueryDict(unsent or "")
    if from_form.get("words"):
        return changes.decision_page(request, found, typed=from_form.dict())
    return redirect("guides:plan")


@private
@require_safe
def lost_code(request):
    return render(request, "guides/plan/lost_code.html")


@private
@require_POST
def close(request):
    """Forget the plan on this device. It needs nothing to be open, so it cannot fail."""
    return planning.COOKIE.close(door.back_to_door("closed"))
