"""“More like this”: other bodies that share what matters, and what it is that they share, in words.

Each trait that two bodies have in common counts for something; the sum decides, and where it is the same the name.
So the same profiles always give the same answer. What nobody knows of two bodies makes them no more alike.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Expression, IntegerField, Q, Value, When
from django.db.models.functions import Lower

from case_studies.models import Profile
from case_studies.models.profile import Kind, LegalForm, Region
from mutuals_portal.vocabulary import Sector

MOST = 3


@dataclass(frozen=True)
class Trait:
    """``counts``: how much it makes two bodies alike. ``says_nothing``: values that many share by accident."""

    field: str
    counts: int
    labels: Mapping[str, str]
    said: str
    says_nothing: frozenset[str] = frozenset()

    def values(self, body: Mapping[str, Any]) -> list[str]:
        value = body[self.field]
        values = value if isinstance(value, list) else [value]
        return [each for each in values if each not in self.says_nothing]

    def condition(self, value: str) -> Q:
        return (
            Q(**{f"{self.field}__contains": [value]}) if self.field == "sectors" else Q(**{self.field: value})
        )


TRAITS = (
    Trait("sectors", 4, dict(Sector.choices), "it works in the same field: {}", frozenset({Sector.OTHER})),
    Trait("kind", 3, dict(Kind.choices), "it came to be in the same way: {}", frozenset({Kind.NOT_KNOWN})),
    Trait(
        "legal_form",
        2,
        dict(LegalForm.choices),
        "it has the same legal form: {}",
        frozenset({LegalForm.NOT_KNOWN}),
    ),
    Trait(
        "region", 1, dict(Region.choices), "it is in the same part of the UK: {}", frozenset({Region.SEVERAL})
    ),
)
FIELDS = tuple(trait.field for trait in TRAITS)


@dataclass(frozen=True)
class Alike:
    slug: str
    title: str
    summary: str
    reason: str


def like(profile: Profile, *, at: datetime) -> list[Alike]:
    """The bodies most like this one, of those that are live at that moment. One query."""
    mine = {field: getattr(profile, field) for field in FIELDS}
    points: list[Expression] = [
        Case(When(trait.condition(value), then=Value(trait.counts)), default=Value(0))
        for trait in TRAITS
        for value in trait.values(mine)
    ]
    if not points:
        return []
    rows = (
        Profile.objects.live(at=at)
        .exclude(document=profile.document_id)
        .annotate(points=reduce(add, points, Value(0, output_field=IntegerField())))
        .filter(points__gt=0)
        .order_by("-points", Lower("title"), "document__slug")
        .values("document__slug", "title", "summary", *FIELDS)[:MOST]
    )
    return [Alike(row["document__slug"], row["title"], row["summary"], reason(mine, row)) for row in rows]


def reason(mine: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What two bodies share, what counts most first: “It works in the same field: leisure.”"""
    parts = [
        trait.said.format(_in_words(trait, shared))
        for trait in TRAITS
        if (shared := [value for value in trait.values(mine) if value in trait.values(other)])
    ]
    if not parts:
        return ""
    words = "; ".join(parts)
    return f"{words[0].upper()}{words[1:]}."


def _in_words(trait: Trait, values: Collection[str]) -> str:
    return ", ".join(trait.labels[value] for value in values)
