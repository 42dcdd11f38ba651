"""How ready colleagues feel: each answers by a link of their own, and the group sees how the answers are spread.

The colleague's page has no token against forged requests, because the link is the secret that such a token would be:
so it sets no cookie, and nothing stays on the device but an entry in its history.
"""

from contextlib import suppress

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guides import asking_colleagues, readiness
from guides.library import shelf
from guides.reading import numbered_sources
from guides.views.plan import door
from guides.views.plan.forms import PlanForm
from guides.views.tool_page import live
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.private_access.pages import private

LINKS_AT_ONCE = 50
RATHER_NOT = "-"
"""Never the key of an answer. Without scripts a radio button cannot be taken back, so there is one for that."""


class Answers(forms.Form):
    """Every question with the same answers to choose from. ``given`` are those that were answered, by question."""

    def __init__(self, *args, tables, **kwargs):
        super().__init__(*args, **kwargs)
        answers = [(answer.key, answer.text) for answer in readiness.scale(tables)]
        self.asked = readiness.questions(tables)
        for question in self.asked:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text,
                choices=[*answers, (RATHER_NOT, "Rather not say")],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": f"Select one of the answers: {question.text}"},
            )
        look = (Field(key, size="s", inline=True, small=True) for key in self.fields)
        self.helper = FormPage(*look, button="Send my answers", error_summary=False)
        self.helper.disable_csrf = True

    def clean(self):
        if not self.errors and not self.given:
            raise forms.ValidationError(
                "Answer at least one question, or close this page. Your link can wait"
            )

    @property
    def given(self):
        answers = self.cleaned_data.items()
        return {question: answer for question, answer in answers if answer not in ("", RATHER_NOT)}


class LinksForm(PlanForm):
    """Four at least: with fewer nothing could ever be shown, and fewer more would single somebody out."""

    number = forms.IntegerField(
        label="How many links do you need?",
        help_text=f"From {readiness.ENOUGH} to {LINKS_AT_ONCE}: one for each colleague whom you ask.",
        min_value=readiness.ENOUGH,
        max_value=LINKS_AT_ONCE,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Enter a whole number from {readiness.ENOUGH} to {LINKS_AT_ONCE}",
        ),
    )
    helper = FormPage(Field("number", size="s", width=3), "key", button="Make links", error_summary=False)


@door.with_plan("GET", "HEAD", "POST")
def spread(request, plan):
    """What the group sees. The answer to its form shows new links, which no page with an address of its own may."""
    edition = _live()
    form = LinksForm(request.POST if request.method == "POST" else None, plan=plan)
    if form.is_valid():
        try:
            return _made(request, plan, form.cleaned_data)
        except asking_colleagues.TooManyLinks as refused:
            form.add_error("number", _too_many(refused.left))
    asked = asking_colleagues.asked(plan)
    spreads = readiness.spreads(edition.tables, asked.shown)
    sources = list(
        numbered_sources((), keys=[each.question.source for each in spreads if each.question.source])
    )
    context = {
        "form": form,
        "asked": asked,
        "unused": asked.links - asked.used,
        "told": list(_told(spreads, sources)),
        "sources": sources,
        "enough": readiness.ENOUGH,
    }
    return render(request, "guides/readiness/spread.html", context)


def _told(spreads, sources):
    """Each spread with the number of its source, and with its look-out if readers can open that."""
    numbers = {source.key: source.number for source in sources}
    library = shelf(at=timezone.now())
    for each in spreads:
        yield {
            "spread": each,
            "number": numbers.get(each.question.source),
            "look_out": library.look_out(each.question.look_out),
        }


def _made(request, plan, wanted):
    new = asking_colleagues.invite(
        plan, number=wanted["number"], secret=str(wanted["key"]), at=timezone.now()
    )
    links = [settings.PUBLIC_URL + reverse("guides:readiness-answer", args=[code]) for code in new]
    return render(request, "guides/readiness/links.html", {"links": links, "enough": readiness.ENOUGH})


def _too_many(left):
    most = asking_colleagues.LINKS_AT_MOST
    return (
        f"A plan has {most} links at most. You can make {left} more"
        if left
        else f"This plan has all its {most} links"
    )


@csrf_exempt
@private
@keeps_answers
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, code):
    edition = _live()
    try:
        asking_colleagues.invitation_of(code, at=timezone.now())
    except asking_colleagues.NoSuchInvitation:
        return _gone(request)
    form = Answers(request.POST if request.method == "POST" else None, tables=edition.tables)
    if form.is_valid():
        return _count(request, code, form.given)
    context = {"form": form, "enough": readiness.ENOUGH}
    return render(request, "guides/readiness/answer.html", context)


@private
@require_safe
def answered(request):
    return render(request, "guides/readiness/answered.html")


def _count(request, code, answers):
    """A link that was used looks as one that was not: whoever kept a copy could try out who has answered."""
    try:
        with suppress(asking_colleagues.AlreadyUsed):
            asking_colleagues.answer(code, answers=answers, at=timezone.now())
    except asking_colleagues.NoSuchInvitation:
        return _gone(request)
    return redirect("guides:readiness-answered")


def _live():
    edition = live("plan")
    if edition is None:
        raise Http404
    return edition


def _gone(request):
    return render(request, "guides/readiness/gone.html", status=404)
