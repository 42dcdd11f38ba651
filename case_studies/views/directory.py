"""All case studies, to be filtered and sorted by their plain address."""

from django.shortcuts import render
from django.utils import timezone

from case_studies import directory as listing
from mutuals_portal import facets
from mutuals_portal.content_pages import content_page


@content_page
def directory(request):
    now = timezone.now()
    asked = facets.read(
        dict(request.GET.lists()), path=request.path, facets=listing.FACETS, sorts=listing.SORTS
    )
    counts = listing.count(asked, at=now)
    asked = asked.within(counts.pages)
    last = counts.pages
    context = {
        "asked": asked,
        "counts": counts,
        "profiles": listing.page(asked, at=now) if counts.found else [],
        "filters": facets.filters(asked, counts.options),
        "chosen": facets.chosen(asked),
        "relaxations": [] if counts.found else facets.relaxations(asked, counts.without),
        "previous": asked.on_page(asked.page - 1).address if asked.page > 1 else "",
        "next": asked.on_page(asked.page + 1).address if asked.page < last else "",
        "coming_next": listing.coming_next(at=now),
    }
    return render(request, "case_studies/directory.html", context)
