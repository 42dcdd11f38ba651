"""One profile, now or as it read on a past day."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from case_studies import likeness, profiles
from case_studies.models import Profile
from guides.library import shelf
from guides.reading import end_of
from guides.views import as_of
from mutuals_portal.content_pages import content_page
from mutuals_portal.vocabulary import Sector


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
        "compare": f"{reverse('case_studies:compare')}?with={','.join(together)}",
        "breadcrumbs": [
            {"text": "Case studies", "href": reverse("case_studies:directory")},
            {"text": edition.title},
        ],
    }
    return render(request, "case_studies/profile.html", context)


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
