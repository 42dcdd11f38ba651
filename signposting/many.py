"""Many offers at once, plainly made up, for measuring: “Demo helper 17” helps nobody.

They are the same each time. They go straight into their tables, since thousands would take minutes through the verbs.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import pgtrigger
from django.db import transaction

from guides.models import LookOut, Source
from mutuals_portal.vocabulary import EnquirerKind, Stage
from signposting.models import BodyKind, Cost, Entry, Offer, Organisation
from signposting.offers import FOUR_NATIONS

DIGEST = "demo"
"""Marks what was made here, so that it can be taken away again."""
SOURCE = "demo"
SLUG = "demo-helper-"
OFFERS_EACH = 2
NEVER = date(2099, 12, 31)

Choice = TypeVar("Choice")


@transaction.atomic
def make(number: int, *, at: datetime) -> None:
    """Make so many offers, two of each body, after those that there are."""
    facts = {"title": "Made up for measuring", "publisher": "Nobody", "kind": Source.Kind.REPORT}
    source, _ = Source.objects.get_or_create(key=SOURCE, defaults=facts)
    look_outs = list(LookOut.objects.order_by("slug").values_list("slug", flat=True))
    first = Organisation.objects.filter(slug__startswith=SLUG).count() + 1
    places = range(first, first - (-number // OFFERS_EACH))
    bodies = Organisation.objects.bulk_create(
        Organisation(slug=f"{SLUG}{place}", name=f"Demo helper {place}", kind=Organisation.Kind.HELPER)
        for place in places
    )
    entries = [_entry(place, body, look_outs, at=at) for place, body in zip(places, bodies, strict=True)]
    offers_left = number
    for entry in entries:
        entry.written_offers = entry.written_offers[:offers_left]
        offers_left -= len(entry.written_offers)
    Entry.objects.bulk_create(entries, batch_size=500)
    made = [offer for entry in entries for offer in entry.made_offers({SOURCE: source.pk})]
    Offer.objects.bulk_create(made, batch_size=1000)


@transaction.atomic
def remove() -> int:
    """Take away what ``make`` made. Returns how many bodies that were."""
    entries = Entry.objects.filter(loaded_digest=DIGEST)
    bodies = list(entries.values_list("document", flat=True))
    Offer.objects.filter(entry__in=entries).delete()
    with pgtrigger.ignore(f"{Entry._meta.label}:published_stay"):
        entries.delete()
    Organisation.objects.filter(pk__in=bodies, editions=None).delete()
    return len(bodies)


def _entry(place: int, body: Organisation, look_outs: Sequence[str], *, at: datetime) -> Entry:
    return Entry(
        document=body,
        number=1,
        status=Entry.Status.PUBLISHED,
        loaded_digest=DIGEST,
        saves=1,
        saved_at=at,
        shown_from=at,
        review_by=NEVER,
        title=body.name,
        kind=_one_of(BodyKind.values, place),
        nations=_some_of(FOUR_NATIONS, place),
        summary="A body that was made up to measure how fast these pages are.",
        body="It helps nobody, since it was made up for measuring [^demo]. " * 4,
        written_offers=[_offer(place, step, look_outs) for step in range(OFFERS_EACH)],
    )


def _offer(place: int, step: int, look_outs: Sequence[str]) -> dict[str, Any]:
    at = place * OFFERS_EACH + step
    return {
        "title": f"Made-up help {step + 1}",
        "what": "Nobody gets anything from it. It was made up to measure how fast these pages are.",
        "askers": _some_of(EnquirerKind.values, at // 2),
        "stages": _some_of(Stage.values, at // 3),
        "look_outs": [_one_of(look_outs, at * 7 + each * 3) for each in range(1 + at % 3)],
        "cost": _one_of(Cost.values, at // 5),
        "how": "You cannot.",
        "source": SOURCE,
    }


def _one_of(values: Sequence[Choice], place: int) -> Choice:
    return values[place % len(values)]


def _some_of(values: Sequence[Choice], place: int) -> list[Choice]:
    """None in every third place, which means all; else one or two."""
    return (
        [] if place % 3 == 0 else list(dict.fromkeys((_one_of(values, place), _one_of(values, place // 2))))
    )
