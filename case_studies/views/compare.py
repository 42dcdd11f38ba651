"""Two to four bodies side by side: ``?with=one,another``, or ``?with=one&with=another`` as the form sends it."""

import re

from django.db.models.functions import Lower
from django.shortcuts import render
from django.utils import timezone

from case_studies import profiles, side_by_side
from case_studies.comparison import FEWEST, MOST, rows
from case_studies.models import Profile
from mutuals_portal.content_pages import content_page

SLUG = re.compile(r"[a-z0-9_-]{1,80}", re.ASCII)
MOST_READ = 20
"""So many names of an address are looked up, whatever it holds."""
MOST_OFFERED = 100


@content_page
def compare(request):
    now = timezone.now()
    wanted = _wanted(request.GET.getlist("with"))
    live = Profile.objects.live(at=now)
    looked_up = live.filter(document__slug__in=wanted[:MOST_READ]) if wanted else live.none()
    found = {edition.document.slug: edition for edition in profiles.with_parts(looked_up)}
    editions = [found[slug] for slug in wanted if slug in found]
    bodies = [side_by_side.body(edition, on=timezone.localdate(now)) for edition in editions[:MOST]]
    context = {
        "bodies": bodies if len(bodies) >= FEWEST else [],
        "rows": rows(side_by_side.LABELS, bodies),
        "problem": _problem(wanted, len(editions)),
        "offered": _offered(live, editions[:MOST]),
        "most": MOST,
    }
    return render(request, "case_studies/compare.html", context)


def _wanted(values):
    """The names in an address, each once. What cannot be one of ours stays, to be counted as not found."""
    names = ",".join(values).split(",")
    return list(dict.fromkeys(name if SLUG.fullmatch(name) else "?" for name in names if name))


def _problem(wanted, found):
    if not wanted:
        return ""
    if found < FEWEST:
        return "Choose at least two case studies that you can read here."
    if found > MOST:
        return "These are the first four of those you chose. More do not fit side by side."
    return "" if found == len(wanted) else "We left out what we have no case study of."


def _offered(live, editions):
    """What the form offers: those already chosen, then others by name."""
    chosen = [(edition.document.slug, edition.title, True) for edition in editions]
    others = live.exclude(pk__in=[edition.pk for edition in editions]).order_by(
        Lower("title"), "document__slug"
    )
    rest = others.values_list("document__slug", "title")[: MOST_OFFERED - len(chosen)]
    return chosen + [(slug, title, False) for slug, title in rest]
