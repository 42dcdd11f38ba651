"""A question about one figure of a profile: one form, and a page that says what happens next."""

from django import forms
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from case_studies import questioning
from case_studies.models import Claim, Profile, Question
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.govuk_layout import Field, FormPage
from mutuals_portal.plain_text import PlainText


class QuestionForm(forms.Form):
    edition = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    words = PlainText(
        label="What do you want to know about this figure?",
        help_text="Do not give your name or anything that shows where you work. We cannot write back to you.",
        max_length=Question._meta.get_field("words").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Write your question",
            "max_length": "Your question must be %(limit_value)d characters or fewer",
        },
    )
    helper = FormPage(Field("words", size="m"), button="Send", error_summary=False)


@keeps_answers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, slug):
    edition, claim = _subject(slug, request.GET.get("claim", ""))
    form = QuestionForm(
        request.POST if request.method == "POST" else None, initial={"edition": edition.number}
    )
    if form.is_valid():
        try:
            questioning.receive(
                edition.document,
                claim_key=claim.key,
                # The edition that stood there when the form was opened, but never one that is still to come.
                edition_number=min(form.cleaned_data["edition"], edition.number),
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except questioning.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            sent = reverse("case_studies:question-sent", args=[slug], query={"claim": claim.key})
            return redirect(sent)
    return render(request, "case_studies/question.html", _context(edition, claim) | {"form": form})


@never_cache
@require_safe
def sent(request, slug):
    edition, claim = _subject(slug, request.GET.get("claim", ""))
    return render(request, "case_studies/question_sent.html", _context(edition, claim))


def _subject(slug: str, key: str) -> tuple[Profile, Claim]:
    """A figure that readers see now, and the edition that it belongs to."""
    live = Profile.objects.live(at=timezone.now()).select_related("document")
    edition = get_object_or_404(live, document__slug=slug)
    if "\x00" in key:
        key = ""
    return edition, get_object_or_404(edition.claims.select_related("source"), key=key)


def _context(edition: Profile, claim: Claim) -> dict[str, object]:
    page = edition.document.get_absolute_url()
    return {"edition": edition, "claim": claim, "page": f"{page}#figure-{claim.key}"}
