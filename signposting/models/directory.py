"""What the directory tells of a body from one moment to another, and what help it offers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Self

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from guides.models import Document, LookOut, Source
from guides.tables import Known
from mutuals_portal import markup, publishing
from mutuals_portal.partial_date import PartialDateField
from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import offers

from .assurance import Assurance
from .organisation import Organisation

NATIONS = [(nation.value, nation.label) for nation in Nation if nation in offers.FOUR_NATIONS]


class BodyKind(models.TextChoices):
    """What sort of body it is. Readers are told in these words, never by a colour alone."""

    PUBLIC_BODY = "public-body", "Public body"
    REGULATOR = "regulator", "Regulator"
    DEVELOPMENT_AGENCY = "development-agency", "Development agency"
    NETWORK = "network", "Network or membership body"
    TRADE_UNION = "trade-union", "Trade union"
    MENTORS = "mentors", "Mentors"
    LENDER = "lender", "Lender or investor"
    COMMERCIAL = "commercial", "Commercial firm"


class Activity(models.TextChoices):
    """Whether it still does what its entry says."""

    ACTIVE = "active", "Active"
    UNVERIFIED = "unverified", "Not confirmed"
    HISTORIC = "historic", "Ended"


class Cost(models.TextChoices):
    FREE = "free", "Free"
    SOME_FREE = "some-free", "Some of it free"
    MEMBERSHIP = "membership", "For members"
    PAID = "paid", "You pay for it"
    NOT_KNOWN = "not-known", "Not known: ask"


class EntryQuerySet(publishing.EditionQuerySet):
    def with_review_day(self) -> Self:
        """What ``assurance.review_day`` says of one."""
        newest = Assurance.objects.filter(organisation=OuterRef("document")).newest_first()
        return self.annotate(review_day=Greatest("review_by", Subquery(newest.values("review_by")[:1])))


class Entry(publishing.Edition):  # type: ignore[django-manager-missing]  # ``history`` is made at run time
    """What the directory says of a body. Its ``activity`` is the one word on whether the body has ended."""

    Kind = BodyKind
    Activity = Activity
    NATIONS = NATIONS

    WORDS = (
        "title",
        "former_names",
        "kind",
        "activity",
        "ended",
        "nations",
        "website",
        "summary",
        "body",
        "written_offers",
    )

    document = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=120, verbose_name="name")
    former_names = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    kind = models.CharField(max_length=18, choices=BodyKind.choices, verbose_name="kind of body")
    activity = models.CharField(
        max_length=10,
        choices=Activity.choices,
        default=Activity.ACTIVE,
        verbose_name="whether it still works",
    )
    ended = PartialDateField(
        blank=True, help_text="When it closed, ended or merged. Leave it empty if not known."
    )
    nations = ArrayField(
        models.CharField(max_length=16, choices=NATIONS),
        default=list,
        blank=True,
        help_text="Where it helps. None selected means everywhere in the UK.",
    )
    website = models.URLField(max_length=300, blank=True)
    summary = models.CharField(max_length=300, help_text="One sentence, for lists and search engines.")
    body = models.TextField(blank=True, help_text="Markdown.")
    written_offers = models.JSONField(default=list, blank=True, verbose_name="offers")

    objects = EntryQuerySet.as_manager()

    class Meta(publishing.Edition.Meta):
        verbose_name_plural = "entries"
        permissions = [("approve_entry", "Can approve what somebody else wrote")]
        indexes = [
            *publishing.Edition.Meta.indexes,
            models.Index(
                # What the list of offers needs of the live entries, and nothing else of them.
                fields=["shown_from"],
                include=["id", "document", "shown_until", "activity"],
                condition=Q(shown_from__isnull=False),
                name="signposting_entry_live",
            ),
        ]
        constraints = [
            *publishing.Edition.Meta.constraints,
            models.CheckConstraint(
                condition=Q(activity="historic") | Q(ended=""), name="signposting_entry_ended"
            ),
        ]

    def __str__(self):
        return f"{self.title} (edition {self.number})"

    @property
    def is_historic(self) -> bool:
        return self.activity == Activity.HISTORIC

    @property
    def is_unverified(self) -> bool:
        return self.activity == Activity.UNVERIFIED

    @property
    def is_commercial(self) -> bool:
        return self.kind == BodyKind.COMMERCIAL

    def settle(self) -> None:
        """Make the offers anew of what is written. A row that is not whole waits, and ``problems`` names it."""
        self.offers.all().delete()
        keys = {row["source"] for row in offers.whole(self.written_offers)}
        sources = dict(Source.objects.filter(key__in=keys).values_list("key", "pk"))
        Offer.objects.bulk_create(self.made_offers(sources))

    def made_offers(self, sources: Mapping[str, int]) -> list["Offer"]:
        """The offers of this edition, not saved. Raises Refused where a source is there no more."""
        made = []
        for place, row in enumerate(offers.whole(self.written_offers), start=1):
            facts = offers.meant(row, nations=self.nations)
            key = facts.pop("source")
            if key not in sources:
                raise publishing.Refused(f"“{key}” is no source any more. Choose another.")
            made.append(
                Offer(entry=self, position=place, body_kind=self.kind, source_id=sources[key], **facts)
            )
        return made

    def problems(self, *, at: datetime) -> list[str]:
        sources = frozenset(Source.objects.values_list("key", flat=True))
        look_outs = frozenset(LookOut.objects.values_list("slug", flat=True))
        names = frozenset(Document.objects.live(at=at).names() | {f"look-out:{slug}" for slug in look_outs})
        known = Known(sources=sources, look_outs=look_outs, names=names)
        return [*super().problems(at=at), *self.faults(known)]

    def faults(self, known: Known) -> Iterator[str]:
        """What is missing or wrong in the words themselves. Files that come with the service are asked too."""
        for label, value in (
            ("Name", self.title),
            ("Kind of body", self.kind),
            ("Summary", self.summary),
            ("Text", self.body),
        ):
            if not value.strip():
                yield f"{label}: enter it."
            elif markup.INVISIBLE.search(value):
                yield f"{label}: an invisible control character stands in it. Type it again."
        if self.ended and not self.is_historic:
            yield "When it ended: a body that still works has no such day."
        if self.is_historic and self.written_offers:
            yield "Offers: a body that has ended offers no help. Delete them."
        if self.activity == Activity.ACTIVE and not self.written_offers:
            yield "Offers: enter at least one, or say that the body has ended or is not confirmed."
        yield from offers.problems(self.written_offers, known, nations=self.nations)
        for problem in markup.problems(self.body, names=known.names, sources=known.sources):
            yield str(problem)


class OfferQuerySet(models.QuerySet):
    def help(self, *, at: datetime) -> Self:
        """What readers may be pointed to at that moment: of live entries, and never of a body that has ended."""
        return self.filter(
            Q(entry__shown_until=None) | Q(entry__shown_until__gt=at), entry__shown_from__lte=at
        ).exclude(entry__activity=Activity.HISTORIC)


class Offer(models.Model):
    """One kind of help that a body gives. A row of one edition, and never changed without it.

    Its lists say all that it is for: what its editors left open holds every value.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="offers")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=120)
    what = models.CharField(max_length=400)
    askers = ArrayField(
        models.CharField(max_length=16, choices=EnquirerKind.choices), default=list, blank=True
    )
    stages = ArrayField(models.CharField(max_length=14, choices=Stage.choices), default=list, blank=True)
    look_outs = ArrayField(models.SlugField(), default=list, blank=True)
    nations = ArrayField(models.CharField(max_length=16, choices=NATIONS), default=list, blank=True)
    cost = models.CharField(max_length=10, choices=Cost.choices)
    how = models.CharField(max_length=300)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    body_kind = models.CharField(max_length=18, choices=BodyKind.choices, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.title

    @property
    def is_everywhere(self) -> bool:
        return len(self.nations) == len(NATIONS)

    @property
    def is_for_anybody(self) -> bool:
        return len(self.askers) == len(EnquirerKind)

    @property
    def is_at_any_stage(self) -> bool:
        return len(self.stages) == len(Stage)


class EntrySave(
    pghistory.create_event_model(  # type: ignore[misc]  # a class made at run time
        Entry,
        pghistory.InsertEvent("began"),
        pghistory.UpdateEvent("saved"),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        context_field=None,
        append_only=True,
    )
):
    """An entry as one save left it, written by the database itself."""

    def __str__(self):
        return f"{self.title} (edition {self.number}, save {self.saves})"
