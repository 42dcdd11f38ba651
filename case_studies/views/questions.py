"""A question about one figure of a profile: one form, and a page that says what happens next."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from case_studies import questioning
from case_studies.models import Claim, Profile
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.reader_reports import SentInForm


class QuestionForm(SentInForm):
    label = "What do you want to know about this figure?"
    missing = "Write your question"
    called = "Your question"


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
