"""Many profiles at once, straight into their tables: what a list costs must not depend on how many there are."""

from datetime import date
from itertools import product

from case_studies.models import CaseStudy, Evidence, OwnershipShare, Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm, Region
from mutuals_portal.vocabulary import Nation, Sector, Stage
from tests.factories import MONDAY, make_look_out, make_source


def make_many(number: int, *, evidence: bool = False) -> None:
    """Live profiles of every sort, always the same ones."""
    have = CaseStudy.objects.count()
    documents = CaseStudy.objects.bulk_create(
        CaseStudy(slug=f"many-{have + place}") for place in range(number)
    )
    profiles = Profile.objects.bulk_create(
        [_profile(document, have + place) for place, document in enumerate(documents)], batch_size=1000
    )
    if evidence:
        source, look_outs = make_source(), [make_look_out() for _ in range(20)]
        Evidence.objects.bulk_create(
            [
                Evidence(
                    profile=profile,
                    look_out=look_outs[(place + step * 3) % len(look_outs)],
                    stage=_one_of(Stage, place),
                    effect=_one_of(Evidence.Effect, place // 2 + step),
                    how="It was so.",
                    source=source,
                )
                for (place, profile), step in product(enumerate(profiles), range(4))
            ]
        )


def _profile(document: CaseStudy, place: int) -> Profile:
    groups = OwnershipShare.Group.values
    return Profile(
        document=document,
        number=1,
        status="published",
        loaded_digest="x",
        saved_at=MONDAY,
        shown_from=MONDAY,
        review_by=date(2099, 1, 1),
        title=f"Body {place * 7919 % 10_000:04}",
        summary="A body that left its council to be owned by those who work in it.",
        kind=_one_of(Kind, place),
        nation=_one_of(Nation, place // 2),
        region=_one_of(Region, place // 3),
        place="Salford",
        sectors=[_one_of(Sector, place), _one_of(Sector, place + 5)][: 1 + place % 2],
        legal_form=_one_of(LegalForm, place // 5),
        last_known=_one_of(LastKnown, place // 7),
        what_it_does="It runs pools and libraries for a city and its people. " * 12,
        governance="Its members elect the board once a year, staff and users apart. " * 8,
        lessons="Begin early. " * 20,
        start_year=None if place % 11 == 0 else 1990 + place % 30,
        staff=None if place % 5 == 0 else place % 3000,
        owners=groups[: place % 6],
        stages=sorted(Stage.values[: place % 5]),
    )


def _one_of(choices, place: int) -> str:
    return choices.values[place % len(choices.values)]
