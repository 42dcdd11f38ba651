"""The page of an issue: its text, how it joins others, who met it, and what helps."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides import joins_told, journey, reading, structured_data
from guides.from_case_studies import Met, case_studies
from guides.joins_told import Teller
from guides.journey import Journey
from guides.library import Bulletin, Issue, Library, shelf
from guides.models import Document, Edition, Tool, ToolEdition
from guides.views import as_of
from guides.views.look_outs import query_of, with_query
from guides.views.nation import chosen, switch
from guides.views.pages import absent
from guides.views.tool_page import breadcrumbs
from mutuals_portal import markup
from mutuals_portal.content_pages import content_page
from mutuals_portal.facets import Asked


@content_page
def look_out(request: HttpRequest, look_out: str) -> HttpResponse:
    now = timezone.now()
    library = shelf(at=now)
    issue = library.look_out(look_out)
    if issue is None:
        return absent(request, Document.Kind.LOOK_OUT, look_out, "", now)
    try:
        day = as_of.asked(request, now=now)
    except as_of.NotADay:
        return as_of.not_a_day(request, now=now)
    at = reading.end_of(day) if day else now
    try:
        edition = reading.found(issue, at=at, now=now, joined=joined(at=now))
    except Edition.DoesNotExist:
        return as_of.nothing_then(request, issue, at=at, now=now)
    return page(request, library, issue, edition, now=now, day=day)


def joined(*, at: datetime) -> Subquery:
    """How issues join, for the query that asks for the text of one."""
    live = ToolEdition.objects.live(at=at).filter(document__slug=Tool.Slug.LOOK_OUTS)
    return Subquery(live.values("tables"))


def page(
    request: HttpRequest,
    library: Library,
    issue: Issue,
    edition: Any,
    *,
    now: datetime,
    day: date | None = None,
) -> HttpResponse:
    """``edition`` comes from ``reading.found`` with ``joined``. The editors' preview is made here too."""
    road = journey.of(edition.joined or {}, [other.slug for other in library.look_outs])
    joins = [*road.before(issue.slug), *road.after(issue.slug)]
    met = case_studies().met(issue.slug, named=joins_told.named(joins), at=now) if not day else Met()
    numbered = tuple(
        reading.numbered_sources(
            [edition.body],
            keys=[] if day else [*joins_told.keys(joins), *_noted(met)],
            known=[each.source for each in met.meetings],
        )
    )
    nation = chosen(request)
    read = reading.of(edition, library=library, now=now, nation=nation, numbered=numbered)
    asked = _asked(request, library)
    context = {
        "entry": issue,
        "about": [issue.slug],
        "reading": read,
        "edition": edition,
        "as_of": day,
        "nation": nation,
        "suffix": reading.suffix(nation),
        "nations": switch(request, nation),
        "where": ""
        if len(edition.nations) == len(markup.NATIONS)
        else markup.nations_in_words(edition.nations),
        "breadcrumbs": breadcrumbs(
            {"text": "Look-outs", "href": with_query(reverse("guides:look-outs"), query_of(asked))},
            {"text": edition.title},
        ),
    }
    if not day:
        context |= _joins(issue, road, Teller({i.slug: i for i in library.look_outs}, numbered, met.named))
        context |= _met(met, numbered, library.names) | _helping(library, issue) | _ticking(issue, asked)
    context["structured"] = structured_data.article(**context)
    return render(request, "guides/look_out.html", context)


def _noted(met: Met) -> Iterator[str]:
    """The sources of how bodies met the issue."""
    for meeting in met.meetings:
        yield from (note.key for note in markup.compile(meeting.how).notes)


def _joins(issue: Issue, road: Journey, teller: Teller) -> dict[str, Any]:
    return {
        "before": teller.before(road.before(issue.slug)),
        "after": teller.after(road.after(issue.slug)),
    }


def _met(met: Met, numbered: tuple[reading.NumberedSource, ...], names: Any) -> dict[str, Any]:
    numbers = {source.key: source.number for source in numbered}
    hows = [
        (each, markup.html(each.how, names=names, anchors=f"met-{place}-", numbers=numbers))
        for place, each in enumerate(met.meetings, start=1)
    ]
    return {"met": met, "meetings": hows}


def _helping(library: Library, issue: Issue) -> dict[str, Any]:
    helping = library.helping_with([issue.slug])
    return {
        "pages": [entry for entry in helping if not isinstance(entry, Bulletin)],
        "bulletins": [entry for entry in helping if isinstance(entry, Bulletin)],
    }


def _asked(request: HttpRequest, library: Library) -> Asked:
    titles = {other.slug: other.title for other in library.look_outs}
    return journey.asked(dict(request.GET.lists()), path=request.path, titles=titles)


def _ticking(issue: Issue, asked: Asked) -> dict[str, Any]:
    """The list as it stands, and with this issue ticked."""
    is_settled = issue.slug in asked.chosen.get("settled", ())
    ticked = asked.without("settled", issue.slug) if is_settled else asked.with_("settled", issue.slug)
    return {
        "is_settled": is_settled,
        "query": query_of(asked),
        "ticked": with_query(reverse("guides:look-outs"), query_of(ticked)),
    }
