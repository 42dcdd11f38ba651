"""One body as its page in the directory tells of it: what it is, what it offers, and who has checked that, and when.

The day by which somebody has to check again is the later of what its entry says and what was said when somebody last
confirmed the entry. Past it, the page says so at the very next request.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import get_text_list

from case_studies.profiles import numbered_sources
from guides.library import Entry as Text
from guides.library import Library
from guides.reading import NumberedSource
from mutuals_portal import markup
from mutuals_portal.vocabulary import EnquirerKind, Stage
from signposting import matching
from signposting.models import Assurance, Entry, EntryReport, Offer, Organisation
from signposting.models.assurance import review_day


@dataclass(frozen=True)
class Checked:
    """Who has last said that an entry is right, and when. Nobody but us where ``assurance`` is None."""

    on: date
    review_by: date | None
    assurance: Assurance | None
    is_past_review: bool

    @property
    def by_the_body(self) -> bool:
        return self.assurance is not None and self.assurance.by == Assurance.By.BODY


@dataclass(frozen=True)
class Help:
    """An offer in words."""

    offer: Offer
    for_whom: str
    when: str
    where: str
    issues: tuple[Text, ...]


@dataclass(frozen=True)
class Told:
    entry: Entry
    html: SafeString
    help: tuple[Help, ...]
    where: str
    sources: tuple[NumberedSource, ...]
    checked: Checked
    answers: tuple[EntryReport, ...]
    takes_enquiries: bool

    @property
    def is_partner(self) -> bool:
        return self.entry.document.kind == Organisation.Kind.PARTNER

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each source on this page."""
        return {source.key: source.number for source in self.sources}


def with_offers(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    able = Organisation.objects.able().filter(pk=OuterRef("document"))
    return (
        entries.select_related("document")
        .annotate(takes_enquiries=Exists(able))
        .prefetch_related(Prefetch("offers", Offer.objects.select_related("source")))
    )


def tell(entry: Entry, *, library: Library, now: datetime) -> Told:
    """``entry`` comes from ``with_offers``. Three queries more: sources, who confirmed it last, answered reports."""
    offers = list(entry.offers.all())
    sources = tuple(numbered_sources([entry.body], known=[offer.source for offer in offers]))
    numbers = {source.key: source.number for source in sources}
    return Told(
        entry=entry,
        html=markup.html(entry.body, names=library.names, terms=library.glossary, numbers=numbers),
        help=tuple(_help(offer, library) for offer in offers),
        where=matching.where(entry.nations or [value for value, _ in Entry.NATIONS]),
        sources=sources,
        checked=checked(entry, on=timezone.localdate(now)),
        answers=tuple(
            EntryReport.objects.shown(at=now)
            .filter(document=entry.document_id)
            .order_by("-answered_at", "-id")
        ),
        takes_enquiries=entry.takes_enquiries,  # type: ignore[attr-defined]  # see with_offers
    )


def checked(entry: Entry, *, on: date) -> Checked:
    """One query."""
    newest = Assurance.objects.filter(organisation=entry.document_id).newest_first().first()
    return told_by(entry, newest, on=on)


def told_by(entry: Entry, newest: Assurance | None, *, on: date) -> Checked:
    """``newest``: the last assurance of the body, whenever it was given."""
    shown_on = timezone.localdate(entry.shown_from) if entry.shown_from else on
    counts = newest if newest and entry.shown_from and newest.assured_at >= entry.shown_from else None
    review_by = review_day(entry.review_by, newest)
    return Checked(
        on=counts.assured_on if counts else shown_on,
        review_by=review_by,
        assurance=counts,
        is_past_review=review_by is not None and review_by < on,
    )


def _help(offer: Offer, library: Library) -> Help:
    askers = [matching.ASKERS[EnquirerKind(value)] for value in EnquirerKind if value in offer.askers]
    stages = [matching.inside(Stage(value).label) for value in Stage if value in offer.stages]
    return Help(
        offer=offer,
        for_whom="anybody" if offer.is_for_anybody else get_text_list(askers, "and"),
        when="at any stage" if offer.is_at_any_stage else get_text_list(stages, "and"),
        where=matching.where(offer.nations),
        issues=tuple(_issues(offer, library)),
    )


def _issues(offer: Offer, library: Library) -> Iterator[Text]:
    for issue in library.look_outs:
        if issue.slug in offer.look_outs:
            yield issue
