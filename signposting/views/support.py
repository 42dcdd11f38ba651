"""The directory: what help there is, to be filtered by its plain address; every body; and how offers are ranked."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides.library import shelf
from mutuals_portal import facets
from mutuals_portal.content_pages import content_page
from signposting import bodies as all_about
from signposting import directory
from signposting.models import Entry

WHO_CAN_HELP = "Who can help"


@content_page
def offers(request):
    now = timezone.now()
    columns = directory.columns()
    asked = directory.read(dict(request.GET.lists()), path=request.path, of=columns)
    counts = directory.count(asked, of=columns, at=now)
    asked = asked.within(counts.pages)
    context = {
        "asked": asked,
        "counts": counts,
        "found": directory.page(asked, of=columns, at=now) if counts.found else [],
        "filters": facets.filters(asked, counts.options),
        "chosen": facets.chosen(asked),
        "relaxations": [] if counts.found else facets.relaxations(asked, counts.without),
        "previous": asked.on_page(asked.page - 1).address if asked.page > 1 else "",
        "next": asked.on_page(asked.page + 1).address if asked.page < counts.pages else "",
    }
    return render(request, "signposting/support/offers.html", context)


@content_page
def bodies(request):
    context = {
        "breadcrumbs": _breadcrumbs("Bodies from A to Z"),
        "letters": directory.by_letter(directory.bodies(at=timezone.now())),
    }
    return render(request, "signposting/support/bodies.html", context)


@content_page
def how_we_rank(request):
    context = {"breadcrumbs": _breadcrumbs("How we rank help")}
    return render(request, "signposting/support/how_we_rank.html", context)


@content_page
def body(request, slug):
    now = timezone.now()
    editions = Entry.objects.filter(document__slug=slug)
    entry = all_about.with_offers(editions.live(at=now)).first()
    if entry is None:
        return _absent(request, editions, now=now)
    return page_of(request, entry, now=now)


def page_of(request, entry, *, now):
    """The page of a body. The editors' preview is made here too, so that it is what will be public."""
    told = all_about.tell(entry, library=shelf(at=now), now=now)
    context = {"told": told, "entry": entry, "breadcrumbs": _breadcrumbs(entry.title)}
    return render(request, "signposting/support/body.html", context)


def _absent(request, editions, *, now):
    """Why a body is not listed any more. Raises Http404 where it never was."""
    last = editions.ever_shown(at=now).order_by("-shown_from").first()
    if last is None or not last.withdrawn_at:
        raise Http404
    return render(request, "signposting/support/withdrawn.html", {"edition": last}, status=410)


def _breadcrumbs(text):
    return [{"text": WHO_CAN_HELP, "href": reverse("signposting:support")}, {"text": text}]
