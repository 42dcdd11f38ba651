"""The list of case studies: what readers can filter and sort it by, and the two queries that answer."""

from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Expression, F, Q, Value, When
from django.db.models.functions import Lower

from case_studies.models import CaseStudy, OwnershipShare, Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm, Region
from mutuals_portal.facet_counts import ON_A_PAGE, Columns, Counts
from mutuals_portal.facets import Asked, Facet
from mutuals_portal.vocabulary import Nation, Sector, Stage

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


COLUMNS = Columns(
    FACETS,
    {
        "nation": F("nation"),
        "region": F("region"),
        "sector": F("sectors"),
        "kind": F("kind"),
        "form": F("legal_form"),
        "owner": _owners(),
        "size": _size(),
        "stage": F("stages"),
        "status": F("last_known"),
    },
    lists=("sector", "owner", "stage"),
)


def count(asked: Asked, *, at: datetime) -> Counts:
    """All numbers of the page, in one query."""
    return COLUMNS.count(Profile.objects.live(at=at), asked)


def page(asked: Asked, *, at: datetime) -> list[Profile]:
    """The profiles on one page of what is asked for."""
    start = (asked.page - 1) * ON_A_PAGE
    found = COLUMNS.found(Profile.objects.live(at=at), asked)
    ordered = found.order_by(*_ORDERS[asked.sort], Lower("title"), "document_id")
    return list(ordered.select_related("document").only(*SHOWN)[start : start + ON_A_PAGE])


def coming_next(*, at: datetime) -> list[str]:
    """Names of what is scheduled and not yet shown, where an editor lets them be announced."""
    scheduled = Profile.objects.scheduled(at=at).filter(document__in=CaseStudy.objects.coming_next(at=at))
    return list(scheduled.order_by("shown_from", "title").values_list("title", flat=True)[:MOST_COMING])
