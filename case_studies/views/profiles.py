"""One profile, now or as it read on a past day, and as a PDF to take away."""

import structlog
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from case_studies import likeness, pdf, profiles
from case_studies.models import Profile
from guides.library import shelf
from guides.reading import end_of
from guides.views import as_of
from mutuals_portal.content_pages import content_page
from mutuals_portal.vocabulary import Sector

log = structlog.get_logger("portal")


@content_page
def profile(request, slug):
    now = timezone.now()
    try:
        day = as_of.asked(request, now=now)
    except as_of.NotADay:
        return as_of.not_a_day(request, now=now)
    at = end_of(day) if day else now
    editions = Profile.objects.filter(document__slug=slug)
    edition = profiles.with_parts(editions.as_read(at=at)).first()
    if edition is None:
        return _absent(request, editions, at=at, now=now)
    reading = profiles.read(edition, library=shelf(at=now), at=at, now=now)
    return text(request, reading, day=day, now=now)


def text(request, reading, *, now, day=None):
    """The page of a profile. The editors' preview is made here too, so that it is what will be public."""
    edition = reading.edition
    alike = [] if day else likeness.like(edition, at=now)
    together = [edition.document.slug, *(other.slug for other in alike)]
    nation, region = edition.get_nation_display(), edition.get_region_display()
    context = {
        "reading": reading,
        "edition": edition,
        "as_of": day,
        "here": {"address": edition.document.get_absolute_url()},
        "where": nation if nation == region else f"{region}, {nation}",
        "sectors": [Sector(value).label for value in edition.sectors],
        "alike": alike,
        "has_pdf": edition.is_live(at=now) and not day,
        "compare": f"{reverse('case_studies:compare')}?with={','.join(together)}",
        "breadcrumbs": [
            {"text": "Case studies", "href": reverse("case_studies:directory")},
            {"text": edition.title},
        ],
    }
    return render(request, "case_studies/profile.html", context)


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)  # who keeps it asks each time whether it is still the newest
def as_pdf(request, slug):
    """The PDF of what the profile says now: it is made when somebody asks for it, so it is never an older one."""
    now = timezone.now()
    editions = Profile.objects.filter(document__slug=slug)
    edition = profiles.with_parts(editions.as_read(at=now)).first()
    if edition is None:
        return _absent(request, editions, at=now, now=now)
    library = shelf(at=now)
    reading = profiles.read(edition, library=library, at=now, now=now)
    try:
        made = pdf.make(pdf.contents(reading, library=library))
    except pdf.NotMade:
        log.exception("pdf_not_made", profile=slug)
        return render(request, "case_studies/no_pdf.html", {"edition": edition}, status=503)
    name = f'inline; filename="{slug}.pdf"'
    return HttpResponse(made.content, "application/pdf", headers={"Content-Disposition": name})


def _absent(request, editions, *, at, now):
    """Why there is nothing to read. Raises Http404 where there never was anything."""
    last = editions.ever_shown(at=now).order_by("-shown_from").first()
    if last is None:
        raise Http404
    is_now = editions.as_read(at=now).exists()
    if then := editions.live(at=at).exclude(withdrawn_at=None).first():
        return _gone(request, then, present=request.path if is_now else "")
    if not is_now and last.withdrawn_at:
        return _gone(request, last)
    first = editions.filter(withdrawn_at=None).ever_shown(at=now).order_by("shown_from").first()
    context = {
        "day": timezone.localdate(at),
        "first_day": timezone.localdate(first.shown_from),
        "address": request.path,
    }
    return render(request, "guides/not_yet.html", context, status=404)


def _gone(request, edition, *, present=""):
    """Why a profile was withdrawn. Nothing of what it said."""
    context = {"edition": edition, "address": present}
    return render(request, "case_studies/withdrawn.html", context, status=410)
