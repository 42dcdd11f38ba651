"""Keeping what stands in a tool's address: GET shows in words what will be kept, POST keeps it.

Without a plan open, the same page starts one or opens one first. What is to be kept stays in the address throughout.
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guides import planning
from guides.keeping import LONGEST_QUERY, TOOLS, kept_of
from guides.kept import Kept
from guides.library import shelf
from guides.views import tool_page
from guides.views.plan import door, front
from guides.views.plan.changes import CHANGED, done
from guides.views.plan.forms import KeepForm, OpenToKeepForm, StartToKeepForm
from mutuals_portal.private_access import forms


@door.plan_page
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request, tool):
    if tool not in TOOLS:
        raise Http404
    edition = tool_page.live(tool)
    if edition is None:
        return tool_page.absent(request, tool)
    kept = _kept(request, edition)
    if not kept.lines:
        return _page(request, edition, kept)
    plan = door.plan_on(request)
    was_to_start = "secret" in request.POST  # sent again after it has, it shows the code again
    if plan is None or was_to_start:
        return _without_plan(request, edition, kept)
    try:
        return door.go_on(_with_plan(request, edition, kept, plan), plan, renewing=request)
    except planning.Gone:
        return planning.COOKIE.close(_ask(request, edition, kept, notice=door.NOTICES["gone"]))


def _kept(request, edition):
    if len(request.META.get("QUERY_STRING", "")) > 3 * LONGEST_QUERY:  # letters that an address spells as %C3
        return Kept()
    titles = {issue.slug: issue.title for issue in shelf(at=timezone.now()).look_outs}
    return kept_of(edition.document.slug, edition.tables, dict(request.GET.lists()), titles=titles)


def _with_plan(request, edition, kept, plan):
    tool = edition.document.slug
    there = plan.kept.get(tool)
    form = KeepForm(request.POST or None, plan=plan, initial={"seen": there["at"] if there else ""})
    notice = ""
    if form.is_valid():
        try:
            planning.keep(plan, tool=tool, kept=kept, seen=form.cleaned_data["seen"], at=timezone.now())
        except planning.ChangedMeanwhile:
            form, notice = KeepForm(plan=plan, initial=form.initial), CHANGED
        else:
            return done("kept")
    return _page(request, edition, kept, plan=plan, form=form, there=there, notice=notice)


def _without_plan(request, edition, kept):
    """Start a plan with this in it, or open one and come back to be asked."""
    if "secret" in request.POST:
        return _start(request, edition, kept)
    if "reference" not in request.POST:
        return _ask(request, edition, kept)
    form = OpenToKeepForm(request.POST)
    if not form.is_valid():
        return _ask(request, edition, kept, form=form)
    found, status = forms.what_opens(request, form, planning.open_with)
    if found is None:
        return _ask(request, edition, kept, form=form, status=status)
    return door.go_on(redirect(request.get_full_path()), found)


def _start(request, edition, kept):
    form = StartToKeepForm(request.POST)
    if not form.is_valid():
        return _ask(request, edition, kept, notice=door.NOTICES["started"])
    now = timezone.now()
    try:
        plan, code = planning.start(secret=form.cleaned_data["secret"], at=now)
        planning.keep(plan, tool=edition.document.slug, kept=kept, seen="", at=now)
    except (planning.AlreadyStarted, planning.ChangedMeanwhile):
        return _ask(request, edition, kept, notice=door.NOTICES["started"])
    return front.started(request, plan, code, kept=edition.title)


def _ask(request, edition, kept, *, form=None, status=200, notice=""):
    said = {"start": StartToKeepForm(), "form": form or OpenToKeepForm(), "notice": notice, "asks": True}
    return _page(request, edition, kept, status=status, **said)


def _page(request, edition, kept, *, status=200, **said):
    address = edition.document.get_absolute_url()
    back = f"{address}?{kept.query}" if kept.query else address
    context = {"edition": edition, "kept": kept, "back": back} | said
    return render(request, "guides/plan/keep.html", context, status=status)
