"""What a case study says from one moment to another. Figures are not in its texts: they are claims.

What is not known is left empty and shown as “not known”. Nothing is filled in.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils.text import capfirst

from case_studies import rows, wording
from case_studies.models.case_study import CaseStudy
from guides.models import LookOut, Source
from mutuals_portal import publishing
from mutuals_portal.partial_date import PartialDateField
from mutuals_portal.vocabulary import Nation, Sector


class Region(models.TextChoices):
    """The regions of England, and the other nations whole."""

    EAST_MIDLANDS = "east-midlands", "East Midlands"
    EAST = "east-of-england", "East of England"
    LONDON = "london", "London"
    NORTH_EAST = "north-east", "North East"
    NORTH_WEST = "north-west", "North West"
    SOUTH_EAST = "south-east", "South East"
    SOUTH_WEST = "south-west", "South West"
    WEST_MIDLANDS = "west-midlands", "West Midlands"
    YORKSHIRE = "yorkshire-and-the-humber", "Yorkshire and the Humber"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    SEVERAL = "several", "Several regions"


class Kind(models.TextChoices):
    """How the body came to be. Several well-known examples are not staff spin-outs."""

    STAFF_SPIN_OUT = "staff-spin-out", "Staff spin-out from a public body"
    FORMER_STAFF = "former-staff", "Founded by former staff"
    EMPLOYEE_OWNED_FIRM = "employee-owned-firm", "Private firm that its employees took over"
    JOINT_VENTURE = "joint-venture", "Joint venture with government and a private company"
    COUNCIL_OWNED = "council-owned", "Owned by councils"
    PUBLIC_TRADING_ARM = "public-trading-arm", "Trading arm of a public body"
    PRACTICE_MEMBERSHIP = "practice-membership", "Membership of GP practices"
    STOCK_TRANSFER = "stock-transfer", "Housing transfer to tenants and staff"
    CONVERTED_CHARITY = "converted-charity", "Charity that became a co-operative"
    CHARITY_SPIN_OUT = "charity-spin-out", "Spun out of a charity"
    PILOT = "pilot", "Government pilot"
    NOT_KNOWN = "not-known", "Not known"


class LegalForm(models.TextChoices):
    CO_OPERATIVE_SOCIETY = "co-operative-society", "Co-operative society"
    COMMUNITY_BENEFIT_SOCIETY = "community-benefit-society", "Community benefit society"
    CIC_SHARES = "cic-shares", "Community interest company limited by shares"
    CIC_GUARANTEE = "cic-guarantee", "Community interest company limited by guarantee"
    CIC = "cic", "Community interest company (which type is not known)"
    COMPANY_GUARANTEE = "company-guarantee", "Company limited by guarantee"
    COMPANY_SHARES = "company-shares", "Company limited by shares"
    COMPANY_AND_TRUST = "company-and-trust", "Company with an employee ownership trust"
    CHARITY = "charity", "Charity (legal form not known)"
    NOT_KNOWN = "not-known", "Not known"


class LastKnown(models.TextChoices):
    """As last evidenced: never more than the newest source says."""

    OPERATING = "operating", "Operating when last evidenced"
    CONTRACT_LOST = "contract-lost", "Lost or ended its main contract"
    CLOSED = "closed", "Closed"
    NOT_KNOWN = "not-known", "Not known"


Links = Mapping[str, Mapping[str, int]]
"""The primary keys of sources and look-outs by their keys."""


def links_of(*profiles: "Profile") -> Links:
    """What the rows of profiles name, in two queries."""
    written = [row for profile in profiles for name in Profile.PARTS for row in profile.written(name)]
    sources = Source.objects.filter(key__in=rows.links(written, "source"))
    look_outs = LookOut.objects.filter(slug__in=rows.links(written, "look_out"))
    return {
        "source": dict(sources.values_list("key", "pk")),
        "look_out": dict(look_outs.values_list("slug", "pk")),
    }


def _linked(row: rows.Row, links: Links) -> dict[str, Any]:
    values = dict(row)
    for name, known in links.items():
        if name in values:
            key = values.pop(name)
            if key not in known:
                raise publishing.Refused(f"“{key}” is no {name.replace('_', '-')} any more. Choose another.")
            values[f"{name}_id"] = known[key]
    return values


class Profile(publishing.Edition):  # type: ignore[django-manager-missing]  # ``history`` is made at run time
    TEXTS = ("what_it_does", "governance", "road_out", "results", "standing_now", "lessons")
    """Markdown without figures: ``{key}`` stands for a claim, with its source."""

    PARTS = tuple(rows.FIELDS)

    WORDS = (
        "title",
        "summary",
        "kind",
        "nation",
        "region",
        "place",
        "sectors",
        "parent_body",
        "legal_form",
        "last_known",
        "last_known_as_of",
        "last_known_source",
        *TEXTS,
        *(f"written_{name}" for name in PARTS),
    )

    document = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120, verbose_name="name")
    summary = models.CharField(
        max_length=300, help_text="One sentence without figures, for lists and search engines."
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    nation = models.CharField(max_length=16, choices=Nation.choices)
    region = models.CharField(max_length=24, choices=Region.choices)
    place = models.CharField(
        max_length=120, help_text="Where it works, in words: Salford, Greater Manchester."
    )
    sectors = ArrayField(models.CharField(max_length=20, choices=Sector.choices), default=list)
    parent_body = models.CharField(
        max_length=160,
        blank=True,
        help_text="The public body it came out of. Leave it empty if it is not known.",
    )
    legal_form = models.CharField(max_length=26, choices=LegalForm.choices)
    last_known = models.CharField(
        max_length=13, choices=LastKnown.choices, verbose_name="how it stood when last evidenced"
    )
    last_known_as_of = PartialDateField(blank=True, help_text="When the newest source says so.")
    last_known_source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what_it_does = models.TextField(blank=True)
    governance = models.TextField(blank=True, verbose_name="how it is governed")
    road_out = models.TextField(blank=True, verbose_name="the road out")
    results = models.TextField(blank=True)
    standing_now = models.TextField(blank=True, verbose_name="how it stands, as last evidenced")
    lessons = models.TextField(blank=True)

    # The rows of its parts as they are written, see ``rows``. ``settle`` makes the parts of them.
    written_claims = models.JSONField(default=list, blank=True, verbose_name="figures")
    written_shares = models.JSONField(default=list, blank=True, verbose_name="who owns it")
    written_milestones = models.JSONField(default=list, blank=True, verbose_name="steps on the road out")
    written_evidence = models.JSONField(default=list, blank=True, verbose_name="what it met")

    # What lists sort and count by. ``take_over`` takes it from the rows; a published edition never changes again.
    start_year = models.PositiveSmallIntegerField(null=True, editable=False)
    staff = models.PositiveIntegerField(null=True, editable=False)
    owners = ArrayField(models.CharField(max_length=11), default=list, blank=True, editable=False)
    stages = ArrayField(models.CharField(max_length=14), default=list, blank=True, editable=False)

    objects = publishing.EditionQuerySet.as_manager()

    class Meta(publishing.Edition.Meta):
        permissions = [("approve_profile", "Can approve what somebody else wrote")]
        indexes = [
            *publishing.Edition.Meta.indexes,
            models.Index(
                # The directory counts every live profile by all of these, and reads nothing else of it.
                fields=["shown_from"],
                include=[
                    "shown_until",
                    "nation",
                    "region",
                    "sectors",
                    "kind",
                    "legal_form",
                    "owners",
                    "staff",
                    "stages",
                    "last_known",
                ],
                condition=models.Q(shown_from__isnull=False),
                name="case_studies_profile_facets",
            ),
            models.Index(
                Lower("title"),
                "document",
                condition=models.Q(shown_from__isnull=False),
                name="case_studies_profile_by_name",
            ),
        ]

    def __str__(self):
        return f"{self.title} (edition {self.number})"

    def written(self, name: str) -> list[dict[str, Any]]:
        """The rows of one part as they are written."""
        return getattr(self, f"written_{name}")

    def settle(self) -> None:
        """Make the parts anew of what is written. A row that is not whole waits, and ``problems`` names it."""
        for name in self.PARTS:
            getattr(self, name).all().delete()
        for model, parts in self.made_parts(links_of(self)).items():
            model._default_manager.bulk_create(parts)

    def take_over(self) -> None:
        """What lists sort and count by."""
        written = {name: rows.whole(name, self.written(name)) for name in self.PARTS}
        for name, value in rows.summary(written).items():
            setattr(self, name, value)

    def made_parts(self, links: Links) -> dict[type[models.Model], list[models.Model]]:
        """The parts of this edition, not saved. Raises Refused where a source or look-out is there no more."""
        made: dict[type[models.Model], list[models.Model]] = {}
        for name in self.PARTS:
            model: Any = self._meta.get_field(name).related_model
            made[model] = [
                model(profile=self, position=place, **_linked(row, links))
                for place, row in enumerate(rows.whole(name, self.written(name)), start=1)
            ]
        return made

    def problems(self, *, at: datetime) -> list[str]:
        return [*super().problems(at=at), *self._missing(), *self._problems_of_parts()]

    def _missing(self) -> Iterator[str]:
        for name in (
            "title",
            "summary",
            "kind",
            "nation",
            "region",
            "place",
            "legal_form",
            "last_known",
            "what_it_does",
        ):
            if not getattr(self, name).strip():
                yield f"{self._label(name)}: enter it, or say that it is not known."
        if not self.sectors:
            yield "Sectors: select at least one."
        if self.last_known != LastKnown.NOT_KNOWN and not (self.last_known_as_of and self.last_known_source):
            yield "How it stood when last evidenced: say when that was, and by which source."

    def _label(self, name: str) -> str:
        labels = {field.name: field.verbose_name for field in self._meta.concrete_fields}
        return capfirst(str(labels[name]))

    def _problems_of_parts(self) -> Iterator[str]:
        for name in self.PARTS:
            written = self.written(name)
            for place, faults in enumerate(rows.faults(name, written), start=1):
                if faults:
                    yield f"{rows.title(name, written[place - 1], place)}: {', '.join(faults)}."
        keys = {claim.get("key") for claim in self.written_claims}
        sources = set(Source.objects.values_list("key", flat=True))
        texts = {self._label(name): getattr(self, name) for name in ("summary", "place", *self.TEXTS)}
        for row in self.written_evidence:
            texts[f"Evidence on “{row.get('look_out', '')}”"] = row.get("how", "")
        for label, text in texts.items():
            for problem in wording.problems(text, claims=keys, sources=sources):
                yield f"{label}: {problem}"


class ProfileSave(
    pghistory.create_event_model(  # type: ignore[misc]  # a class made at run time
        Profile,
        pghistory.InsertEvent("began"),
        pghistory.UpdateEvent("saved"),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        context_field=None,
        append_only=True,
    )
):
    """A profile's texts as one save left them, written by the database itself."""

    def __str__(self):
        return f"{self.title} (edition {self.number}, save {self.saves})"
