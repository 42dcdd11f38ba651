"""“Is something wrong with this page?”: one form, and a page that says what happens next."""

from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guides import reporting
from guides.models import Document, Edition
from guides.models.report import ANSWER_SHOWN_FOR
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.reader_reports import SentInForm

# What an address of a page names: the kind of its document, and which part of the address is its slug.
SUBJECTS = {
    "guides:guide": (Document.Kind.GUIDE, "guide"),
    "guides:stage": (Document.Kind.STAGE, "stage"),
    "guides:page": (Document.Kind.PAGE, "page"),
    "guides:bulletin": (Document.Kind.BULLETIN, "slug"),
    "guides:look-out": (Document.Kind.LOOK_OUT, "look_out"),
}


class ReportForm(SentInForm):
    label = "What is wrong, and what should it say?"
    missing = "Tell us what is wrong"
    called = "What is wrong"


@keeps_answers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    document, edition = _subject(request.GET.get("page", ""))
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"edition": edition.number})
    if form.is_valid():
        try:
            # The edition that stood there when the form was opened, but never one that is still to come.
            seen = min(form.cleaned_data["edition"], edition.number)
            reporting.receive(
                document, edition_number=seen, words=form.cleaned_data["words"], at=timezone.now()
            )
        except reporting.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(reverse("guides:report-sent", query={"page": document.get_absolute_url()}))
    context = {"form": form, "edition": edition, "page": document.get_absolute_url()}
    return render(request, "guides/report.html", context)


@never_cache
@require_safe
def sent(request):
    document, edition = _subject(request.GET.get("page", ""))
    context = {
        "edition": edition,
        "page": document.get_absolute_url(),
        "shown_for": ANSWER_SHOWN_FOR.days,
    }
    return render(request, "guides/report_sent.html", context)


def _subject(address: str) -> tuple[Document, Edition]:
    """The document that stands at an address of ours, and what readers see there now."""
    try:
        match = resolve(urlsplit(address).path)
        kind, slug = SUBJECTS[match.view_name]
    except (Resolver404, KeyError, ValueError):
        raise Http404 from None
    at = timezone.now()
    documents = Document.objects.live(at=at).select_related("parent__parent")
    if kind == Document.Kind.STAGE:
        documents = documents.filter(parent__slug=match.kwargs["guide"])
    document = get_object_or_404(documents, kind=kind, slug=match.kwargs[slug])
    return document, document.editions.live(at=at).get()
