"""What may already answer an enquiry, so that nobody waits for what is there to read.

Shown before sending and again after it. An empty list shows nothing.
"""

from collections.abc import Container
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse

from mutuals_portal.vocabulary import Nation
from signposting.models import Organisation

AT_MOST = 4


@dataclass(frozen=True)
class Pointer:
    """A page worth a look."""

    title: str
    address: str
    summary: str


def pointers_for(*, nation: str, excluded_bodies: Container[str] = ()) -> list[Pointer]:
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
    ][:AT_MOST]
