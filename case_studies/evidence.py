"""How many bodies met an issue, and which: look-outs count the evidence of live profiles.

It answers what ``guides.from_case_studies`` asks. A body counts once for an issue, however often it met it, and once
for each effect that it had.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject, Lower
from django.urls import reverse
from django.utils import timezone

from case_studies import profiles
from case_studies.models import Claim, Evidence, Profile
from guides.from_case_studies import CaseStudy, Meeting, Met
from guides.models import Source

MOST_NAMED = 20
"""So many bodies are shown of an issue that more of them met."""
FROM_CLAIM = ("key", "qualifier", "number", "unit", "day", "review_by")
"""What the value of a figure is made of."""
FROM_SOURCE = ("key", "title", "publisher", "address")


@dataclass(frozen=True)
class Tally:
    """How many of all bodies met an issue. One that it hindered and helped counts in both."""

    met: int
    of: int
    hindered: int
    helped: int

    def __str__(self) -> str:
        effects = [f"hindered {self.hindered}"] if self.hindered else []
        effects += [f"helped {self.helped}"] if self.helped else []
        return f"met by {self.met} of {self.of} bod{'y' if self.of == 1 else 'ies'}: {', '.join(effects)}"


def tallies(*, at: datetime) -> dict[str, Tally]:
    """Of every issue that a live profile met, by its slug. One query."""
    rows = _counted(Evidence.objects.all(), at=at).annotate(of=Subquery(_number_of_profiles(at=at)))
    return tallied(rows.values("slug", "met", "of", "hindered", "helped"))


def tallies_of_edition(at: datetime) -> ArraySubquery:
    """The same for the issues of a guide's edition, as rows that ``tallied`` reads, within the edition's own query."""
    wanted = Func(
        F("look_out__slug"),
        OuterRef("look_outs"),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    fields = {name: name for name in ("slug", "met", "hindered", "helped")}
    rows = _counted(Evidence.objects.filter(wanted), at=at)
    of = Subquery(_number_of_profiles(at=at))
    return ArraySubquery(rows.values(row=JSONObject(**fields, of=of)))


def tallied(rows: Any) -> dict[str, Tally]:
    return {row["slug"]: Tally(row["met"], row["of"], row["hindered"], row["helped"]) for row in rows}


def slugs(*, at: datetime) -> frozenset[str]:
    return frozenset(Profile.objects.live(at=at).values_list("document__slug", flat=True))


def named(slugs: Collection[str], *, at: datetime) -> dict[str, CaseStudy]:
    found = Profile.objects.live(at=at).filter(document__slug__in=slugs)
    return {slug: _case_study(slug, title) for slug, title in found.values_list("document__slug", "title")}


def met(look_out: str, *, named: Collection[str], at: datetime) -> Met:
    """The first by name who met an issue, and how, and live profiles that are ``named``, all in one query."""
    rows = list(_bodies(look_out, named=named, at=at))
    bodies = sorted((row for row in rows if row.met), key=lambda row: row.title.casefold())
    on = timezone.localdate(at)
    return Met(
        tally=str(Tally(**rows[0].tally)) if bodies else "",
        meetings=tuple(meeting for row in bodies[:MOST_NAMED] for meeting in _meetings(row, on=on)),
        has_more=len(bodies) > MOST_NAMED,
        named={
            row.document.slug: _case_study(row.document.slug, row.title)
            for row in rows
            if row.document.slug in named
        },
    )


def _bodies(look_out: str, *, named: Collection[str], at: datetime) -> Any:
    """Live profiles, those that are named first, with what they met of an issue and their figures as JSON."""
    here = Evidence.objects.filter(look_out__slug=look_out)
    what = here.filter(profile=OuterRef("pk")).order_by("position", "id")
    met = {name: name for name in ("effect", "stage", "how")}
    source = {name: f"source__{name}" for name in FROM_SOURCE}
    figures = Claim.objects.filter(profile=OuterRef("pk")).order_by("position", "id")
    tally = _counted(here, at=at).annotate(of=Subquery(_number_of_profiles(at=at)))
    is_named = Q(document__slug__in=named)
    return (
        Profile.objects.live(at=at)
        .filter(Exists(what) | is_named)
        .annotate(
            met=ArraySubquery(what.values(row=JSONObject(**met, source=JSONObject(**source)))),
            figures=ArraySubquery(
                figures.values(row=JSONObject(**{name: name for name in FROM_CLAIM}, source="source__key"))
            ),
            tally=Subquery(
                tally.values(row=JSONObject(**{name: name for name in ("met", "of", "hindered", "helped")}))
            ),
        )
        .order_by(Case(When(is_named, then=0), default=1), Lower("title"), "pk")
        .select_related("document")
        .only("title", "document__slug")[: len(named) + MOST_NAMED + 1]
    )


def _meetings(row: Any, *, on: date) -> Iterator[Meeting]:
    figures = [profiles.Figure(_claim(figure), on) for figure in row.figures]
    for each in row.met:
        evidence = Evidence(
            effect=each["effect"], stage=each["stage"], how=each["how"], source=Source(**each["source"])
        )
        yield Meeting(
            case_study=_case_study(row.document.slug, row.title),
            effect=evidence.get_effect_display(),
            stage=evidence.get_stage_display(),
            how=profiles.how_it_met(evidence, figures),
            source=evidence.source,
        )


def _claim(row: dict[str, Any]) -> Claim:
    values = {name: getattr(Claim, name).field.to_python(row[name]) for name in FROM_CLAIM}
    return Claim(source=Source(key=row["source"]), **values)


def _case_study(slug: str, title: str) -> CaseStudy:
    return CaseStudy(slug, title, reverse("case_studies:profile", args=[slug]))


def _counted(evidence: QuerySet[Evidence], *, at: datetime) -> Any:
    """How many live profiles met each issue, was hindered and was helped by it."""
    bodies = {
        name: Count("profile", distinct=True, filter=Q(effect=effect))
        for name, effect in (("hindered", Evidence.Effect.HINDERED), ("helped", Evidence.Effect.HELPED))
    }
    live = evidence.filter(profile__in=Profile.objects.live(at=at)).order_by()
    return live.values(slug=F("look_out__slug")).annotate(met=Count("profile", distinct=True), **bodies)


def _number_of_profiles(*, at: datetime) -> Any:
    return (
        Profile.objects.live(at=at)
        .order_by()
        .values(all=Value(1))
        .annotate(number=Count("pk"))
        .values("number")
    )
