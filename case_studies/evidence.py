"""How many bodies met an issue, and which: look-outs count the evidence of live profiles.

A body counts once for an issue, however often it met it, and once for each effect that it had.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject, Lower
from django.utils import timezone
from django.utils.safestring import SafeString

from case_studies import profiles
from case_studies.models import Claim, Evidence, Profile
from guides.models import LookOut
from guides.reading import NumberedSource
from mutuals_portal import markup

MOST_NAMED = 20
"""So many rows are shown of an issue that more bodies met."""


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


@dataclass(frozen=True)
class Meeting:
    """One body that met an issue: when, to what effect, and how."""

    evidence: Evidence
    how: SafeString


@dataclass(frozen=True)
class Meetings:
    rows: tuple[Meeting, ...]
    has_more: bool
    sources: tuple[NumberedSource, ...]


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


def meetings(look_out: LookOut, *, at: datetime) -> Meetings:
    """The first by name who met an issue, and how. Three queries: evidence, figures, sources that only texts name."""
    live = Evidence.objects.filter(look_out=look_out, profile__in=Profile.objects.live(at=at))
    found = (
        live.select_related("source", "profile__document")
        .prefetch_related(Prefetch("profile__claims", Claim.objects.select_related("source")))
        .order_by(Lower("profile__title"), "profile_id", "position", "id")[: MOST_NAMED + 1]
    )
    rows = list(found)
    on = timezone.localdate(at)
    hows = [profiles.how_it_met(row, profiles.figures_of(row.profile, on=on)) for row in rows[:MOST_NAMED]]
    sources = tuple(profiles.numbered_sources(hows, known=[row.source for row in rows]))
    numbers = {source.key: source.number for source in sources}
    return Meetings(
        rows=tuple(
            Meeting(row, markup.html(how, names={}, anchors=f"met-{place}-", numbers=numbers))
            for place, (row, how) in enumerate(zip(rows, hows, strict=False), start=1)
        ),
        has_more=len(rows) > MOST_NAMED,
        sources=sources,
    )


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
