"""Many profiles at once, plainly made up, for measuring: “Demo body 17” is like nothing that ever was.

They are the same each time. They go straight into their tables, since thousands would take minutes through the verbs.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import pgtrigger
from django.db import models, transaction

from case_studies.models import CaseStudy, Claim, Evidence, OwnershipShare, Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm, Region, links_of
from guides.models import LookOut, Source
from mutuals_portal.vocabulary import Nation, Sector, Stage

AT_A_TIME = 500
DIGEST = "demo"
"""Marks what was made here, so that it can be taken away again."""
SOURCE = "demo"
NEVER = date(2099, 12, 31)

Choice = TypeVar("Choice")


@transaction.atomic
def make(number: int, *, at: datetime) -> None:
    """Make so many live profiles, after those that there are."""
    facts = {"title": "Made up for measuring", "publisher": "Nobody", "kind": Source.Kind.REPORT}
    source, _ = Source.objects.get_or_create(key=SOURCE, defaults=facts)
    look_outs = list(LookOut.objects.order_by("slug").values_list("slug", flat=True))
    first = CaseStudy.objects.filter(slug__startswith="demo-body-").count() + 1
    for begin in range(first, first + number, AT_A_TIME):
        places = range(begin, min(begin + AT_A_TIME, first + number))
        _make(places, look_outs, source, at=at)


@transaction.atomic
def remove() -> int:
    """Take away what ``make`` made. Returns how many profiles that were."""
    profiles = Profile.objects.filter(loaded_digest=DIGEST)
    documents = list(profiles.values_list("document", flat=True))
    for name in Profile.PARTS:
        model: Any = Profile._meta.get_field(name).related_model
        model.objects.filter(profile__in=profiles).delete()
    with pgtrigger.ignore(f"{Profile._meta.label}:published_stay"):
        profiles.delete()
    CaseStudy.objects.filter(pk__in=documents, editions=None).delete()
    return len(documents)


def _make(places: Sequence[int], look_outs: Sequence[str], source: Source, *, at: datetime) -> None:
    documents = CaseStudy.objects.bulk_create(CaseStudy(slug=f"demo-body-{place}") for place in places)
    profiles = [
        _profile(place, document, look_outs, source, at=at)
        for place, document in zip(places, documents, strict=True)
    ]
    for profile in profiles:
        profile.take_over()
    Profile.objects.bulk_create(profiles)
    links = links_of(*profiles)
    parts: dict[type[models.Model], list[models.Model]] = {}
    for profile in profiles:
        for model, rows in profile.made_parts(links).items():
            parts.setdefault(model, []).extend(rows)
    for model, rows in parts.items():
        model._default_manager.bulk_create(rows)


def _profile(
    place: int, document: CaseStudy, look_outs: Sequence[str], source: Source, *, at: datetime
) -> Profile:
    started = 1990 + place * 7 % 34
    return Profile(
        document=document,
        number=1,
        status=Profile.Status.PUBLISHED,
        loaded_digest=DIGEST,
        saves=1,
        saved_at=at,
        shown_from=at,
        review_by=NEVER,
        title=f"Demo body {place}",
        summary="A body that was made up to measure how fast these pages are.",
        kind=_one_of(Kind, place),
        nation=_one_of(Nation, place // 2),
        region=_one_of(Region, place // 3),
        place="Nowhere",
        sectors=list(dict.fromkeys((_one_of(Sector, place), _one_of(Sector, place * 5 + 3)))),
        legal_form=_one_of(LegalForm, place // 5),
        last_known=_one_of(LastKnown, place // 7),
        last_known_as_of="2025",
        last_known_source=source,
        what_it_does="It was made up for measuring [^demo]. It began in {started} and took {income}. " * 3,
        governance="Its members are made up too [^demo]. " * 6,
        road_out="Nothing of this happened [^demo]. " * 10,
        written_claims=list(_claims(place, started)),
        written_shares=list(_shares(place)),
        written_milestones=[
            {"stage": stage, "title": f"A made-up step: {stage}", "begins": str(started), "source": SOURCE}
            for stage in Stage.values
        ],
        written_evidence=list(_evidence(place, look_outs)),
    )


def _claims(place: int, started: int) -> Iterator[dict[str, str]]:
    common = {
        "as_of": "2025",
        "assured_by": Claim.AssuredBy.BODY.value,
        "review_by": str(NEVER),
        "source": SOURCE,
    }
    yield {"key": "started", "measure": "started", "label": "Started", "day": str(started)} | common
    if place % 9:
        staff = {"measure": "staff", "label": "Staff", "number": str(5 + place * 37 % 4000), "unit": "people"}
        yield {"key": "staff"} | staff | common
    income = {
        "measure": "income",
        "label": "Income",
        "number": str(place * 7919 % 90_000_000),
        "unit": "pounds",
    }
    yield {"key": "income"} | income | common


def _shares(place: int) -> Iterator[dict[str, str]]:
    for group in OwnershipShare.Group.values[: place % 4]:
        yield {"group": group, "basis": "members", "as_of": "2025", "source": SOURCE}


def _evidence(place: int, look_outs: Sequence[str]) -> Iterator[dict[str, str]]:
    for step in range(min(4, len(look_outs))):
        yield {
            "look_out": look_outs[(place + step * 3) % len(look_outs)],
            "stage": _one_of(Stage, place + step),
            "effect": _one_of(Evidence.Effect, place // 2 + step),
            "how": "It was made up, so it neither helped nor hindered anybody.",
            "source": SOURCE,
        }


def _one_of(choices: type[models.TextChoices], place: int) -> str:
    return choices.values[place % len(choices.values)]
