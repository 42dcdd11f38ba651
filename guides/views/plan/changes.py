"""What a group can change about its plan, one page each. Every page makes one call and says when it is refused."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from guides import planning
from guides.keeping import TOOLS
from guides.library import shelf
from guides.models import Tool
from guides.views.plan import door
from guides.views.plan.forms import CodeForm, DecisionForm, DeleteForm, DropForm, UndoForm
from mutuals_portal.client_address import client_address
from mutuals_portal.private_access import codes, throttle
from mutuals_portal.private_access.forms import too_many_tries

change = door.with_plan("GET", "HEAD", "POST")
CHANGED = "A colleague has changed this part of the plan meanwhile. It is now as shown here."


def done(what):
    """Back to the plan, with a banner from ``front.DONE``."""
    return redirect(f"{reverse('guides:plan')}?done={what}")


@change
def drop(request, plan, tool):
    if tool not in TOOLS:
        raise Http404
    part = plan.kept.get(tool)
    if part is None:
        return done("dropped") if request.method == "POST" else redirect("guides:plan")
    form = DropForm(request.POST or None, plan=plan, initial={"seen": part["at"]})
    notice = ""
    if form.is_valid():
        try:
            planning.drop(plan, tool=tool, seen=form.cleaned_data["seen"], at=timezone.now())
        except planning.ChangedMeanwhile:
            form, notice = DropForm(plan=plan, initial={"seen": part["at"]}), CHANGED
        else:
            return done("dropped")
    context = {"form": form, "title": Tool.Slug(tool).label, "lines": part["lines"], "notice": notice}
    return render(request, "guides/plan/drop.html", context)


@change
def decide(request, plan):
    return decision_page(request, plan)


def decision_page(request, plan, *, typed=None):
    """``typed``: words that came after the plan had been closed on this device, to be sent again."""
    look_outs = shelf(at=timezone.now()).look_outs
    sent = request.POST if request.method == "POST" and typed is None else None
    form = DecisionForm(sent, plan=plan, look_outs=look_outs, initial=typed or {})
    if form.is_valid():
        try:
            planning.decide(plan, **form.cleaned_data, at=timezone.now())
        except planning.Full:
            form.add_error(
                None,
                f"A plan holds {planning.DECISIONS_AT_MOST} decisions. Take one out before you add another",
            )
        else:
            return done("decided")
    return render(request, "guides/plan/decide.html", {"form": form, "is_unsent": typed is not None})


@change
def undo(request, plan, pk):
    decision = plan.decisions.filter(pk=pk).first()
    if decision is None:
        return done("undone") if request.method == "POST" else redirect("guides:plan")
    form = UndoForm(request.POST or None, plan=plan)
    if form.is_valid():
        planning.undo(plan, decision=pk, at=timezone.now())
        return done("undone")
    return render(request, "guides/plan/undo.html", {"form": form, "decision": decision})


@change
def delete(request, plan):
    form = DeleteForm(request.POST or None, plan=plan)
    if form.is_valid():
        planning.delete(plan)
        return planning.COOKIE.close(door.back_to_door("deleted"))
    return render(request, "guides/plan/delete.html", {"form": form})


@door.plan_page
def code(request):
    """A code of ours follows from the form's key and is on the answer itself: sending it again shows the same one."""
    return _code_again(request) or _code(request)


@change
def _code(request, plan):
    form = CodeForm(request.POST or None, plan=plan)
    status = 200
    if form.is_valid():
        try:
            return _replace_code(request, plan, form)
        except throttle.WrongCode:
            form.add_error("code", "This is not the code that opens this plan now")
        except throttle.TooManyTries as refused:
            form.add_error("code", too_many_tries(refused.until))
            status = 429
    return render(request, "guides/plan/code.html", {"form": form}, status=status)


def _code_again(request):
    """What the second of two clicks is answered, or None. It comes with the cookie from before the first, which the
    new code has closed; and the browser shows its answer alone, so without the code the plan would be lost."""
    now = timezone.now()
    if request.method != "POST" or door.plan_on(request):
        return None
    plan = planning.COOKIE.named_by(request, planning.plans_open(at=now), at=now)
    if plan is None:
        return None
    form = CodeForm(request.POST, plan=plan)
    if not form.is_valid():
        return None
    try:
        return door.go_on(_replace_code(request, plan, form), plan, renewing=request)
    except (throttle.WrongCode, throttle.TooManyTries, planning.Gone):
        return None


def _replace_code(request, plan, form):
    words = form.cleaned_data["words"]
    new = words or codes.code_from(str(form.cleaned_data["key"]))
    changed = planning.replace_code(
        plan, code=form.cleaned_data["code"], new=new, address=client_address(request), at=timezone.now()
    )
    plan.code_digest = changed.code_digest  # the cookie that goes out with this answer must fit the new code
    if words:
        return done("words")
    return render(request, "guides/plan/new_code.html", {"plan": plan, "code": new})
