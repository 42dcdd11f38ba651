"""Starting an enquiry with a plan's summary: the group chooses the parts, and never loses an enquiry it had begun.

The plan's pages and the enquiry's keep their cookies apart, so the choice is made among the plan's and the new draft
arrives among the enquiry's, where another may be in hand.
"""

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guides import asking_colleagues, readiness
from guides.views.plan import door, front
from guides.views.plan.forms import PlanForm
from signposting import draft_cookie, drafting, from_plan
from signposting.draft_cookie import ARRIVING, Held

from . import draft_in_hand


class PartsForm(PlanForm):
    parts = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Select what goes along, or start an enquiry without your plan",
            "invalid_choice": "Your plan has changed since this page was opened. Look at its parts again",
        },
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["parts"].choices = [(part.value, part.key) for part in offered]
        self.fields["parts"].initial = [part.value for part in offered if part.is_ticked]

    def clean_parts(self):
        length = len(from_plan.question(self.chosen(self.cleaned_data["parts"])))
        if length > from_plan.ROOM:
            raise forms.ValidationError(
                f"There is room for {from_plan.ROOM:,} characters, and these are {length:,}. Select fewer parts"
            )
        return self.cleaned_data["parts"]

    def chosen(self, values):
        return [part for part in self.offered if part.value in values]


@door.with_plan("GET", "HEAD", "POST")
def choose(request, plan):
    reading, editions = front.read(plan)
    form = PartsForm(
        request.POST if request.method == "POST" else None,
        plan=plan,
        offered=from_plan.offered(reading, _spreads(plan, editions)),
    )
    if form.is_valid():
        chosen = form.chosen(form.cleaned_data["parts"])
        draft, code = drafting.start(at=timezone.now(), suggested=from_plan.suggested(chosen, reading))
        return draft_cookie.keep(redirect("signposting:enquiry-arrive"), Held(draft.pk, code), ARRIVING)
    ticked = form["parts"].value() or []
    context = {
        "form": form,
        "parts": [{"part": part, "is_ticked": part.value in ticked} for part in form.offered],
        "left": from_plan.LEFT_FOR_THE_QUESTION,
    }
    return render(request, "signposting/enquire/from_plan.html", context)


def _spreads(plan, editions):
    """What may be seen of the answers of colleagues."""
    shown = asking_colleagues.asked(plan).shown
    asking = [edition for edition in editions if edition.document.slug == front.PLAN]
    return [spread for edition in asking for spread in readiness.spreads(edition.tables, shown)]


@draft_in_hand.journey_page
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request):
    """Go on with the new draft, unless another is in hand: then the group says which of them to keep."""
    arriving = draft_cookie.read(request, ARRIVING)
    new = drafting.find(arriving.key, at=timezone.now()) if arriving else None
    if new is None:
        return draft_in_hand.to_start("gone" if arriving else "begin")
    _, draft = draft_in_hand.look(request)
    if draft is None or draft == new:
        return _go_on(new, arriving)
    if request.method != "POST":
        return render(request, "signposting/enquire/already_open.html", {"draft": draft})
    if "replace" in request.POST:
        drafting.discard(draft.pk)
        return _go_on(new, arriving)
    drafting.discard(new.pk)
    return draft_cookie.clear(draft_in_hand.to_first_unanswered(draft, because="resumed"), ARRIVING)


def _go_on(draft, arriving):
    response = draft_in_hand.to_first_unanswered(draft, because="plan")
    return draft_cookie.clear(draft_cookie.keep(response, arriving), ARRIVING)
