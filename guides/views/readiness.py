"""How ready colleagues feel: each answers by a link of their own, and the group sees how the answers are spread.

The colleague's page has no token against forged requests, because the link is the secret that such a token would be:
so it sets no cookie, and nothing stays on the device but an entry in its history.
"""

from django import forms
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from guides import asking_colleagues, readiness
from guides.views.tool_page import live
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.private_access.pages import private

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
                choices=[*answers, (RATHER_NOT, "I would rather not say")],
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


@csrf_exempt
@private
@keeps_answers
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, code):
    edition = live("plan")
    if edition is None:
        raise Http404
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
    try:
        asking_colleagues.answer(code, answers=answers, at=timezone.now())
    except asking_colleagues.NoSuchInvitation:
        return _gone(request)
    except asking_colleagues.AlreadyUsed:
        return render(request, "guides/readiness/used.html", status=409)
    return redirect("guides:readiness-answered")


def _gone(request):
    return render(request, "guides/readiness/gone.html", status=404)
