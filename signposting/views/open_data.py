"""The directory for programs: services in the shape of Open Referral, a table, and a feed of what changed."""

import uuid

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mutuals_portal import atom
from mutuals_portal.content_pages import content_page
from signposting import open_data
from signposting.models import Entry


@content_page
def about(request):
    """What there is and how to ask for it: for people here, for programs in ``meta``."""
    context = {
        "breadcrumbs": [
            {"text": "Who can help", "href": reverse("signposting:support")},
            {"text": "Open data"},
        ],
        "most": open_data.MOST_ON_A_PAGE,
        "usual": open_data.ON_A_PAGE,
        "address": f"{settings.PUBLIC_URL}{reverse('signposting:services')}",
        "columns": open_data.CSV_COLUMNS,
    }
    return render(request, "signposting/support/open_data.html", context)


@content_page
def meta(request):
    return _json(
        {
            "version": open_data.VERSION,
            "profile": open_data.PROFILE,
            "openapi_url": f"{settings.PUBLIC_URL}{reverse('signposting:open-data')}",
        }
    )


@content_page
def services(request):
    at = timezone.now()
    try:
        number = _number(request, "page", usual=1, most=1_000_000)
        size = _number(request, "per_page", usual=open_data.ON_A_PAGE, most=open_data.MOST_ON_A_PAGE)
    except ValueError as wrong:
        return _json({"error": str(wrong)}, status=400)
    offers = open_data.offers(at=at)
    start = (number - 1) * size
    found = open_data.services(offers[start : start + size], on=timezone.localdate(at))
    return _json(open_data.page(found, number=number, size=size, of=offers.count()))


@content_page
def service(request, identifier):
    at = timezone.now()
    try:
        offer = open_data.find(uuid.UUID(identifier), at=at)
    except ValueError:
        offer = None
    if offer is None:
        return _json({"error": "There is no service with this id."}, status=404)
    (found,) = open_data.services([offer], on=timezone.localdate(at))
    return _json(found)


@content_page
def as_csv(request):
    return HttpResponse(
        "".join(open_data.as_csv(at=timezone.now())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="who-can-help.csv"'},
    )


@content_page
def feed(request):
    """New bodies and public changes, of entries that can be read now and of bodies that have not ended."""
    now = timezone.now()
    live = Entry.objects.live(at=now).filter(document=OuterRef("document")).exclude(activity="historic")
    editions = atom.news(Entry.objects.filter(Exists(live)).exclude(activity="historic"), at=now)
    return atom.feed(
        request,
        editions.defer("body", "written_offers")[: atom.ENTRIES],
        title="Who can help",
        subtitle="New bodies and changes",
        page=reverse("signposting:support"),
        about=lambda edition: atom.About(
            f"organisation:{edition.document.slug}", edition.document.get_absolute_url()
        ),
    )


def _number(request, name, *, usual, most):
    """A number of the query. Raises ValueError with what to send instead."""
    given = request.GET.get(name, "") or str(usual)
    if not (given.isascii() and given.isdigit() and len(given) < 8 and 1 <= int(given) <= most):
        raise ValueError(f"“{name}” must be a whole number from 1 to {most:,}.")
    return int(given)


def _json(content, *, status=200):
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
