"""“Is something wrong with this entry?”: one form, and a page that says what happens next."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.reader_reports import SentInForm
from signposting import reporting
from signposting.models import Entry
from signposting.models.assurance import ANSWER_SHOWN_FOR


class ReportForm(SentInForm):
    label = "What is wrong, and what should it say?"
    missing = "Tell us what is wrong"
    called = "What is wrong"


@keeps_answers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug):
    entry = _subject(slug)
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"edition": entry.number})
    if form.is_valid():
        try:
            reporting.receive(
                entry.document,
                # The edition that stood there when the form was opened, but never one that is still to come.
                edition_number=min(form.cleaned_data["edition"], entry.number),
                words=form.cleaned_data["words"],
                at=timezone.now(),
            )
        except reporting.TooMany as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("signposting:entry-report-sent", slug)
    return render(request, "signposting/support/report.html", {"form": form, "entry": entry})


@never_cache
@require_safe
def sent(request, slug):
    context = {"entry": _subject(slug), "shown_for": ANSWER_SHOWN_FOR.days}
    return render(request, "signposting/support/report_sent.html", context)


def _subject(slug: str) -> Entry:
    """What readers see of a body now."""
    live = Entry.objects.live(at=timezone.now()).select_related("document")
    return get_object_or_404(live, document__slug=slug)
