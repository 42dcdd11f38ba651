"""One profile as a reader gets it: texts with their figures, pictures, sources in one list, questions and answers.

``read`` is the only way to a profile's page, so that a page, its past and its preview say the same. Every figure in
it is a claim's, with its source and its date, and says from the day after it should have been checked that it has not
been.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString

from case_studies import pictures, wording
from case_studies.models import Claim, Evidence, Milestone, OwnershipShare, Profile, Question
from case_studies.models.profile import Kind
from guides.library import Library
from guides.models import Source
from guides.reading import Answer, Change, NumberedSource, numbered_sources
from mutuals_portal import markup, partial_date


@dataclass(frozen=True)
class Figure:
    """A claim as it stands on a page: its value says when nobody has checked it in time."""

    claim: Claim
    on: date

    @property
    def is_past_review(self) -> bool:
        return self.claim.is_past_review(on=self.on)

    @property
    def value(self) -> str:
        late = f" (not checked since {self.claim.review_by:%-d %B %Y})" if self.is_past_review else ""
        return f"{self.claim.value}{late}"

    @property
    def source_key(self) -> str:
        return self.claim.source_key

    @property
    def as_of(self) -> str:
        """“March 2004”, or the day on which we read a source without a date."""
        day = partial_date.in_words(self.claim.as_of)
        return f"No date in the source. Read on {day}" if self.claim.is_undated else day


@dataclass(frozen=True)
class Met:
    """An issue that the body met, and how."""

    evidence: Evidence
    address: str
    """Of the issue, if readers can open it."""
    how: SafeString
    written: str


@dataclass(frozen=True)
class Asked:
    """What a reader asked about a figure, and what we answered."""

    label: str
    answer: Answer


@dataclass(frozen=True)
class Reading:
    """``written`` is the Markdown of ``texts`` with its figures filled in, for whoever makes something else of it."""

    edition: Profile
    texts: Mapping[str, SafeString]
    written: Mapping[str, str]
    figures: tuple[Figure, ...]
    sizes: tuple[pictures.Bar, ...]
    ownership: tuple[pictures.Ownership, ...]
    road: tuple[pictures.StageOnTheRoad, ...]
    months_out: int | None
    met: tuple[Met, ...]
    sources: tuple[NumberedSource, ...]
    asked: tuple[Asked, ...]
    changes: tuple[Change, ...]
    first_shown_from: datetime
    is_past_review: bool

    @property
    def is_spin_out(self) -> bool:
        return self.edition.kind == Kind.STAFF_SPIN_OUT

    @property
    def started(self) -> Figure | None:
        return next(iter(of_measure(self.figures, Claim.Measure.STARTED)), None)

    @property
    def staff(self) -> Figure | None:
        """The newest figure."""
        return next(reversed(of_measure(self.figures, Claim.Measure.STAFF)), None)

    @property
    def look_outs(self) -> set[str]:
        """The issues that the body met."""
        return {each.evidence.look_out.slug for each in self.met}

    @property
    def hindered(self) -> list[Met]:
        return [each for each in self.met if each.evidence.effect == Evidence.Effect.HINDERED]

    @property
    def helped(self) -> list[Met]:
        return [each for each in self.met if each.evidence.effect == Evidence.Effect.HELPED]

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each source on this page."""
        return {source.key: source.number for source in self.sources}


def with_parts(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
    """Profiles with everything that hangs on them. One query for each kind of part."""
    return profiles.select_related("document", "last_known_source").prefetch_related(
        Prefetch("claims", Claim.objects.select_related("source")),
        Prefetch("shares", OwnershipShare.objects.select_related("source")),
        Prefetch("milestones", Milestone.objects.select_related("source")),
        Prefetch("evidence", Evidence.objects.select_related("source", "look_out")),
    )


def read(edition: Profile, *, library: Library, at: datetime, now: datetime) -> Reading:
    """``edition`` comes from ``with_parts``. Three queries more: sources, questions, and what was shown before."""
    on = timezone.localdate(now)
    figures = figures_of(edition, on=on)
    by_key = {figure.claim.key: figure for figure in figures}
    texts = {name: wording.filled(getattr(edition, name), by_key) for name in Profile.TEXTS}
    evidence = [(each, how_it_met(each, figures)) for each in edition.evidence.all()]
    written = [*texts.values(), *(how for _, how in evidence)]
    sources = tuple(numbered_sources(written, known=_sources_of_parts(edition)))
    numbers = {source.key: source.number for source in sources}
    sizes = of_measure(figures, Claim.Measure.STAFF)
    milestones = list(edition.milestones.all())
    changes, first_shown_from = _history(edition, at=at)
    return Reading(
        edition=edition,
        texts={
            name: markup.html(
                text,
                names=library.names,
                terms=library.glossary,
                anchors=f"{name}-",
                title_level=2,
                numbers=numbers,
            )
            for name, text in texts.items()
        },
        written=texts,
        figures=tuple(figures),
        sizes=pictures.bars([(figure, figure.claim.number or Decimal(0)) for figure in sizes]),
        ownership=pictures.ownership(edition.shares.all()),
        road=pictures.road(milestones),
        months_out=pictures.months_out(milestones, started=started_on(figures)),
        met=tuple(
            Met(
                evidence=each,
                address=issue.address if (issue := library.look_out(each.look_out.slug)) else "",
                how=markup.html(how, names=library.names, anchors=f"met-{place}-", numbers=numbers),
                written=how,
            )
            for place, (each, how) in enumerate(evidence, start=1)
        ),
        sources=sources,
        asked=tuple(_asked(edition, by_key)),
        changes=changes,
        first_shown_from=first_shown_from,
        is_past_review=edition.is_past_review(on=on),
    )


def figures_of(edition: Profile, *, on: date) -> list[Figure]:
    return [Figure(claim, on) for claim in edition.claims.all()]


def of_measure(figures: Iterable[Figure], measure: str) -> list[Figure]:
    """The figures of one kind, the oldest first."""
    return sorted(
        (f for f in figures if f.claim.measure == measure), key=lambda f: f.claim.day or f.claim.as_of
    )


def started_on(figures: Iterable[Figure]) -> str:
    return next((figure.claim.day for figure in of_measure(figures, Claim.Measure.STARTED)), "")


def how_it_met(evidence: Evidence, figures: Iterable[Figure]) -> str:
    """How it met the issue, with its source at the end unless the words give it themselves."""
    how = wording.filled(evidence.how, {figure.claim.key: figure for figure in figures}).strip()
    mark = f"[^{evidence.source.key}]"
    return how if mark in how else f"{how} {mark}"


def _sources_of_parts(edition: Profile) -> Iterator[Source]:
    if edition.last_known_source:
        yield edition.last_known_source
    for part in (edition.claims, edition.shares, edition.milestones, edition.evidence):
        yield from (row.source for row in part.all())


def _asked(edition: Profile, figures: Mapping[str, Figure]) -> Iterator[Asked]:
    """What readers asked and may read, in the order of the figures. One query."""
    order = list(figures)
    questions = [
        question
        for question in Question.objects.answered().filter(document=edition.document_id)
        if question.claim_key in figures
    ]
    for question in sorted(questions, key=lambda question: order.index(question.claim_key)):
        answer = Answer(timezone.localdate(question.answered_at), question.words, question.answer)
        yield Asked(figures[question.claim_key].claim.label, answer)


def _history(edition: Profile, *, at: datetime) -> tuple[tuple[Change, ...], datetime]:
    """What editions up to this one changed for readers, the newest first, and when the first was shown. One query."""
    shown = Profile.objects.ever_shown(at=at).filter(document=edition.document_id, withdrawn_at=None)
    rows = list(shown.order_by("-shown_from").values_list("shown_from", "change_note", "change_is_public"))
    changes = tuple(
        Change(timezone.localdate(moment), note) for moment, note, is_public in rows if is_public and note
    )
    return changes, (rows[-1][0] if rows else None) or at
