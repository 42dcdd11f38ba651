"""What readers find in the directory: offers that they can filter, bodies from A to Z, and what fits somebody.

Every list of help comes from ``Offer.objects.help``, so no body that has ended is ever in one, and its order from
``matching.rank``. Who looks for help at a page, in a tool or by an enquiry asks ``fitting``.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from unicodedata import combining, normalize
from urllib.parse import urlencode

from django.db.models import Aggregate, F, Func, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse

from guides.models import LookOut
from mutuals_portal import facets
from mutuals_portal.facet_counts import ON_A_PAGE, Columns, Counts
from mutuals_portal.facets import Asked, Facet
from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import matching
from signposting.matching import Candidate, Wanted
from signposting.models import BodyKind, Cost, Entry, Offer
from signposting.models.directory import NATIONS, Activity
from signposting.models.organisation import Organisation

SORTS = {"fit": "what fits best", "name": "name of the body"}
MOST_SHOWN = 4
"""So many bodies are named where a page says who can help."""

VALUES = {
    "nation": F("nations"),
    "stage": F("stages"),
    "issue": F("look_outs"),
    "asker": F("askers"),
    "kind": F("body_kind"),
    "cost": F("cost"),
}
LISTS = ("nation", "stage", "issue", "asker")


def _joined(column: str) -> Func:
    """A list as one text: where there are thousands, that is read faster than an array."""
    return Func(column, Value(" "), function="array_to_string", output_field=TextField())


RANKED_BY: tuple[str | Combinable, ...] = (
    "pk",
    "title",
    "entry__document__slug",
    "entry__title",
    *(_joined(column) for column in ("nations", "stages", "look_outs", "askers")),
    "body_kind",
    "entry__document__kind",
    "entry__activity",
)
KIND = RANKED_BY.index("body_kind")


@dataclass(frozen=True)
class Suggestion:
    """An offer that fits, as a page names it."""

    body: str
    address: str
    kind: str
    title: str
    reason: str


@dataclass(frozen=True)
class Found:
    """An offer in the list, and why it stands where it does."""

    offer: Offer
    reason: str

    @property
    def entry(self) -> Entry:
        return self.offer.entry

    @property
    def issues(self) -> list[str]:
        return self.offer.look_outs


def columns() -> Columns:
    """One query: look-outs are rows that editors name."""
    issues = dict(LookOut.objects.values_list("slug", "title"))
    all_facets = (
        Facet("nation", "Nation", dict(NATIONS)),
        Facet("stage", "Stage", dict(Stage.choices)),
        Facet("issue", "Issue", issues),
        Facet("asker", "Who is asking", dict(EnquirerKind.choices)),
        Facet("kind", "Kind of body", dict(BodyKind.choices)),
        Facet("cost", "Cost", dict(Cost.choices)),
    )
    return Columns(all_facets, VALUES, LISTS)


def read(query: Mapping[str, list[str]], *, path: str, of: Columns) -> Asked:
    return facets.read(query, path=path, facets=of.facets, sorts=SORTS)


def count(asked: Asked, *, of: Columns, at: datetime) -> Counts:
    """All numbers of the page, in one query."""
    return of.count(Offer.objects.help(at=at), asked)


def page(asked: Asked, *, of: Columns, at: datetime) -> list[Found]:
    """The offers on one page of what is asked for, each with its reason. Two queries."""
    wanted = wanted_by(asked)
    matches = matching.rank(_candidates(of.found(Offer.objects.help(at=at), asked)), wanted)
    if asked.sort == "name":
        matches.sort(
            key=lambda match: (match.candidate.body_name.casefold(), match.candidate.title.casefold())
        )
    start = (asked.page - 1) * ON_A_PAGE
    shown = matches[start : start + ON_A_PAGE]
    rows = Offer.objects.select_related("entry__document").defer("entry__body", "entry__written_offers")
    offers = rows.in_bulk([match.candidate.key for match in shown])
    titles = next(facet.options for facet in of.facets if facet.name == "issue")
    return [Found(offers[each.candidate.key], each.reason(titles)) for each in shown]


def wanted_by(asked: Asked) -> Wanted:
    """Who looks at a list that is filtered so. Where several nations, stages or askers will do, none is theirs."""
    one = {name: values[0] for name, values in asked.chosen.items() if len(values) == 1}
    return Wanted(
        nation=one.get("nation", ""),
        stage=one.get("stage", ""),
        look_outs=frozenset(asked.chosen.get("issue", ())),
        asker=one.get("asker", ""),
    )


def fitting(wanted: Wanted, *, at: datetime, most: int = MOST_SHOWN) -> list[Suggestion]:
    """Whom to ask: a few bodies, the best first. One query."""
    offers = (
        Offer.objects.help(at=at)
        .filter(_open_to(wanted))
        .annotate(titles=_titles(wanted.look_outs | matching.FIRST_ISSUES))
    )
    rows = {row[0]: row for row in offers.order_by().values_list(*RANKED_BY, "titles")}
    short = matching.short_list((_candidate(row[:-1]) for row in rows.values()), wanted, most)
    titles = json.loads(next(iter(rows.values()))[-1] or "{}") if rows else {}
    return [
        Suggestion(
            body=each.candidate.body_name,
            address=reverse("signposting:organisation", args=[each.candidate.body]),
            kind=BodyKind(rows[each.candidate.key][KIND]).label,
            title=each.candidate.title,
            reason=each.reason(titles),
        )
        for each in short
    ]


def address_for(wanted: Wanted) -> str:
    """The list of offers, filtered for whoever looks."""
    nation = "" if wanted.nation == Nation.UK_WIDE else wanted.nation
    issues = [("issue", slug) for slug in sorted(wanted.look_outs)]
    query = [("nation", nation), ("stage", wanted.stage), *issues, ("asker", wanted.asker)]
    chosen = urlencode([(name, value) for name, value in query if value])
    return f"{reverse('signposting:support')}{'?' if chosen else ''}{chosen}"


def bodies(*, at: datetime) -> QuerySet[Entry]:
    """Every body that has an entry, those that have ended among them."""
    return Entry.objects.live(at=at).select_related("document").defer("body", "written_offers")


def by_letter(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Bodies from A to Z, each under the letter that it begins with, whatever accent that bears."""
    letters: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (_folded(entry.title), entry.document_id)):
        first = _folded(entry.title)[:1].upper()
        letters.setdefault(first if first.isalpha() else "0 to 9", []).append(entry)
    return list(letters.items())


def _folded(title: str) -> str:
    return "".join(sign for sign in normalize("NFKD", title.casefold()) if not combining(sign))


def _open_to(wanted: Wanted) -> Q:
    """No more than ``matching.is_open_to`` asks for, so that the database sends few rows that it would leave out."""
    fits = Q()
    if wanted.nation not in ("", Nation.UK_WIDE):
        fits &= Q(nations__contains=[wanted.nation])
    if wanted.stage:
        fits &= Q(stages__contains=[wanted.stage])
    if wanted.asker:
        fits &= Q(askers__contains=[wanted.asker])
    return fits


class _BySlug(Aggregate):
    function = "json_object_agg"
    output_field = TextField()


def _titles(slugs: Iterable[str]) -> Any:
    """What the issues are called, as JSON: asked for once with the rows, not once more for each."""
    named = LookOut.objects.filter(slug__in=sorted(slugs)).order_by().values(all=Value(1))
    return Cast(Subquery(named.annotate(titles=_BySlug("slug", "title")).values("titles")), TextField())


def _candidates(offers: QuerySet[Offer]) -> Iterable[Candidate]:
    return map(_candidate, offers.order_by().values_list(*RANKED_BY))


def _candidate(row: tuple[Any, ...]) -> Candidate:
    *facts, kind, role, activity = row
    key, title, body, body_name, nations, stages, look_outs, askers = facts
    return Candidate(
        key,
        title,
        body,
        body_name,
        nations.split(),
        stages.split(),
        look_outs.split(),
        askers.split(),
        is_commercial=kind == BodyKind.COMMERCIAL,
        is_partner=role == Organisation.Kind.PARTNER,
        is_unverified=activity == Activity.UNVERIFIED,
        is_historic=activity == Activity.HISTORIC,
    )
