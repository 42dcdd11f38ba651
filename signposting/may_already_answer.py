"""What may already answer an enquiry, so that nobody waits for what is there to read.

Shown before sending and again after it. An empty list shows nothing.
"""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from guides.library import shelf
from mutuals_portal.vocabulary import Nation
from signposting.models import Organisation

MOST_PAGES = 3
MOST_BODIES = 4


@dataclass(frozen=True)
class Pointer:
    """A page worth a look."""

    title: str
    address: str
    summary: str


def pointers_for(
    *, nation: str, topics: Collection[str], at: datetime, excluded_bodies: Container[str] = ()
) -> list[Pointer]:
    """What to read on the look-outs that the group chose, then bodies that help."""
    return pages_for(nation=nation, topics=topics, at=at) + bodies_for(
        nation=nation, excluded_bodies=excluded_bodies
    )


def pages_for(*, nation: str, topics: Collection[str], at: datetime) -> list[Pointer]:
    """Guide pages and bulletins that hold in the nation, those that help with most of the topics first."""
    if not topics:
        return []
    return [
        Pointer(entry.title, entry.address, entry.summary)
        for entry in shelf(at=at).helping_with(topics)
        if nation == Nation.UK_WIDE or nation in entry.nations
    ][:MOST_PAGES]


def bodies_for(*, nation: str, excluded_bodies: Container[str] = ()) -> list[Pointer]:
    """Organisations that help in the nation, those that work only there first; never one that was ruled out."""
    helpers = Organisation.objects.offering_help()
    if nation != Nation.UK_WIDE:
        helpers = helpers.filter(Q(nations__contains=[nation]) | Q(nations=[]))
    nearest_first = helpers.order_by(
        Case(
            When(nations=[nation], then=Value(0)),
            When(nations__contains=[nation], then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        ),
        "kind",
        "name",
    )
    return [
        Pointer(name, reverse("signposting:organisation", args=[slug]), summary)
        for slug, name, summary in nearest_first.values_list("slug", "name", "summary")
        if slug not in excluded_bodies
    ][:MOST_BODIES]
