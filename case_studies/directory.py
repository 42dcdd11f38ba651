"""The list of case studies: what readers can filter and sort it by, and the two queries that answer.

``count`` asks once for the numbers of all options. Each live profile is marked with the facets that it misses. One
that misses none is found and counts for every option; one that misses a single facet counts for the options of that
facet, since it would be found were something else chosen there; all others count for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add, and_
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Case, CharField, Expression, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from case_studies.models import CaseStudy, OwnershipShare, Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm, Region
from mutuals_portal.facets import Asked, Facet
from mutuals_portal.vocabulary import Nation, Sector, Stage

ON_A_PAGE = 20
SHOWN = ("document__slug", "title", "summary", "kind", "place", "last_known")
MOST_COMING = 20
NOT_KNOWN = "not-known"

SIZES = {"under-50": (0, 50), "50-249": (50, 250), "250-999": (250, 1000), "1000-or-more": (1000, None)}
"""Bands of staff, from the first number to below the second."""
SIZE_LABELS = {
    "under-50": "Under 50 staff",
    "50-249": "50 to 249 staff",
    "250-999": "250 to 999 staff",
    "1000-or-more": "1,000 staff or more",
    NOT_KNOWN: "Not known",
}

FACETS = (
    Facet("nation", "Nation", dict(Nation.choices)),
    Facet("region", "Region", dict(Region.choices)),
    Facet("sector", "What it does", dict(Sector.choices)),
    Facet("kind", "How it came to be", dict(Kind.choices)),
    Facet("form", "Legal form", dict(LegalForm.choices)),
    Facet("owner", "Who owns it", {**dict(OwnershipShare.Group.choices), NOT_KNOWN: "Not known"}),
    Facet("size", "Size", SIZE_LABELS),
    Facet("stage", "Evidence about", dict(Stage.choices)),
    Facet("status", "How it stands", dict(LastKnown.choices)),
)
SORTS = {"name": "name", "start": "start, oldest first", "size": "size, largest first"}

_ORDERS: dict[str, tuple[Any, ...]] = {
    "name": (),
    "start": (F("start_year").asc(nulls_last=True),),
    "size": (F("staff").desc(nulls_last=True),),
}


def _size() -> Expression:
    bands = [
        When(Q(staff__gte=low) & (Q() if high is None else Q(staff__lt=high)), then=Value(name))
        for name, (low, high) in SIZES.items()
    ]
    return Case(*bands, default=Value(NOT_KNOWN), output_field=CharField())


def _owners() -> Expression:
    words = ArrayField(CharField())
    nobody = When(owners=[], then=Value([NOT_KNOWN], output_field=words))
    return Case(nobody, default=F("owners"), output_field=words)


# Where the values of each facet are. Those in several columns are one expression.
COLUMNS: dict[str, Expression | F] = {
    "nation": F("nation"),
    "region": F("region"),
    "sector": F("sectors"),
    "kind": F("kind"),
    "form": F("legal_form"),
    "owner": _owners(),
    "size": _size(),
    "stage": F("stages"),
    "status": F("last_known"),
}
LISTS = {"sector", "owner", "stage"}
"""Facets in which a profile may have several values, or none."""


@dataclass(frozen=True)
class Counts:
    """What is found; of each option; without each facet; and all that there is."""

    found: int
    options: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    all: int

    @property
    def pages(self) -> int:
        return -(-self.found // ON_A_PAGE)


def count(asked: Asked, *, at: datetime) -> Counts:
    """All numbers of the page, in one query."""
    names = [facet.name for facet in FACETS]
    columns = ", ".join(f"facet_{name}" for name in names)
    sets = ", ".join(f"(missed, facet_{name})" for name in names)
    live, values = _marked(asked, at=at).query.sql_with_params()
    with connection.cursor() as cursor:
        # The names are our own, above; what a reader sent is among the values. OFFSET 0 has PostgreSQL reckon what a
        # profile misses once, not once more for each facet that it is counted by: a third faster.
        cursor.execute(
            f"SELECT missed, {columns}, count(*) FROM ("  # noqa: S608
            "SELECT *, CASE WHEN missing & (missing - 1) = 0 THEN missing ELSE -1 END AS missed"
            f" FROM ({live} OFFSET 0) AS each) AS marked GROUP BY GROUPING SETS ({sets})",
            values,
        )
        rows = cursor.fetchall()
    return _counts(names, rows)


def page(asked: Asked, *, at: datetime) -> list[Profile]:
    """The profiles on one page of what is asked for."""
    start = (asked.page - 1) * ON_A_PAGE
    found = _with_facets(Profile.objects.live(at=at)).filter(
        reduce(and_, (_fits(name, values) for name, values in asked.chosen.items()), Q())
    )
    ordered = found.order_by(*_ORDERS[asked.sort], Lower("title"), "document_id")
    return list(ordered.select_related("document").only(*SHOWN)[start : start + ON_A_PAGE])


def coming_next(*, at: datetime) -> list[str]:
    """Names of what is scheduled and not yet shown, where an editor lets them be announced."""
    scheduled = Profile.objects.scheduled(at=at).filter(document__in=CaseStudy.objects.coming_next(at=at))
    return list(scheduled.order_by("shown_from", "title").values_list("title", flat=True)[:MOST_COMING])


def _with_facets(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    return profiles.annotate(**{f"facet_{name}": column for name, column in COLUMNS.items()})


def _fits(name: str, values: tuple[str, ...]) -> Q:
    lookup = "overlap" if name in LISTS else "in"
    return Q(**{f"facet_{name}__{lookup}": list(values)})


def _marked(asked: Asked, *, at: datetime) -> Any:
    """Live profiles with the values of their facets. ``missing`` has a bit for each facet that they miss."""
    missing: list[Expression] = [
        Case(When(_fits(facet.name, asked.chosen[facet.name]), then=Value(0)), default=Value(1 << bit))
        for bit, facet in enumerate(FACETS)
        if facet.name in asked.chosen
    ]
    none = Value(0, output_field=IntegerField())
    marked = _with_facets(Profile.objects.live(at=at)).annotate(missing=reduce(add, missing, none))
    return marked.values("missing", *(f"facet_{name}" for name in COLUMNS))


def _counts(names: list[str], rows: list[tuple[Any, ...]]) -> Counts:
    options: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[int] = Counter()
    for missed, *values, number in rows:
        bit = next(bit for bit, value in enumerate(values) if value is not None)
        name, value = names[bit], values[bit]
        if bit == 0:
            totals[missed] += number
        if missed in (0, 1 << bit):
            for each in value if name in LISTS else [value]:
                options[name][each] += number
    return Counts(
        found=totals[0],
        options=options,
        without={name: totals[0] + totals[1 << bit] for bit, name in enumerate(names)},
        all=totals.total(),
    )
