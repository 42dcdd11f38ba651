"""One text as a reader gets it: words, numbered sources, what changed, and answers to what readers reported.

``read`` takes two queries, however long the history. A text is read now, or as it stood at the end of a past day;
what has been withdrawn since is read by nobody again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.safestring import SafeString

from guides import pictures
from guides.library import KEPT, Entry, Library
from guides.models import Document, Edition, Report, Source
from mutuals_portal import markup

TEXTS_KEPT = 512
"""As HTML in memory, some 10 MB: every page for every nation, and the glossary."""


@dataclass(frozen=True)
class NumberedSource:
    """A source as a page's notes number it. ``source`` is None when nothing is known of it any more."""

    number: int
    key: str
    source: Source | None


@dataclass(frozen=True)
class Change:
    """What an edition changed, in its editor's words."""

    on: date
    note: str


@dataclass(frozen=True)
class Answer:
    """What a reader reported, and what we say to it."""

    on: date
    words: str
    answer: str


@dataclass(frozen=True)
class Reading:
    edition: Edition
    html: SafeString
    sources: tuple[NumberedSource, ...]
    changes: tuple[Change, ...]
    answers: tuple[Answer, ...]
    first_shown_at: datetime
    changed_at: datetime
    is_past_review: bool


ALSO: dict[str, Callable[[datetime], Combinable]] = {}
"""What other apps hang on a text, by name: each makes an expression over editions, which costs no query more.

An app adds its own when it is set up, since the guides may not know of it.
"""


def end_of(day: date) -> datetime:
    """The last moment of a day in London."""
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return midnight - timedelta(microseconds=1)


def suffix(nation: str) -> str:
    """What links within the guides carry on."""
    return f"?nation={nation}" if nation else ""


def read(entry: Entry, *, library: Library, at: datetime, now: datetime, nation: str = "") -> Reading:
    """The text that stood there at ``at``, its links leading to what is there now.

    Raises Edition.DoesNotExist where nothing of it could be read at that moment, or may be read again.
    """
    return of(found(entry, at=at, now=now), library=library, now=now, nation=nation)


def as_if_live(edition: Edition, *, library: Library, now: datetime, nation: str = "") -> Reading:
    """What readers would get, were this edition published now."""
    return of(found_as_if_live(edition, now=now), library=library, now=now, nation=nation)


def found(entry: Entry, *, at: datetime, now: datetime, **also: Combinable) -> Any:
    """The edition that ``of`` makes a reading of, and ``also`` what else is asked of it. One query.

    Raises Edition.DoesNotExist as ``read`` does.
    """
    editions = Edition.objects.as_read(at=at).filter(document=entry.pk)
    return _with_what_hangs_on_it(editions, at=at, now=now, **also).get()


def found_as_if_live(edition: Edition, *, now: datetime, **also: Combinable) -> Any:
    shown = _with_what_hangs_on_it(Edition.objects.filter(pk=edition.pk), at=now, now=now, **also).get()
    if not shown.is_live(at=now):
        shown.shown_from = now
        note = shown.change_note if shown.change_is_public else ""
        shown.past.insert(0, {"at": now.isoformat(), "note": note})
    return shown


def of(
    edition: Any,
    *,
    library: Library,
    now: datetime,
    nation: str = "",
    numbered: Sequence[NumberedSource] | None = None,
) -> Reading:
    """``numbered``: the sources of a page that has more to say than its text, whose own are the first of them."""
    return Reading(
        edition=edition,
        html=words(edition.body, library=library, nation=nation),
        sources=tuple(sources([edition.body])[0] if numbered is None else numbered),
        changes=tuple(Change(_day(then["at"]), then["note"]) for then in edition.past if then["note"]),
        answers=tuple(
            Answer(_day(answer["at"]), answer["words"], answer["answer"]) for answer in edition.answers
        ),
        first_shown_at=datetime.fromisoformat(edition.past[-1]["at"]),
        changed_at=edition.shown_from,
        is_past_review=edition.is_past_review(on=timezone.localdate(now)),
    )


def words(body: str, *, library: Library, nation: str = "", anchors: str = "") -> SafeString:
    """Markdown as a page of the guides shows it."""
    return _writer(library)(body, nation, anchors)


@lru_cache(maxsize=KEPT)
def _writer(library: Library) -> Callable[[str, str, str], SafeString]:
    """Writes each text once: what it says is its own, and where its links lead and its terms stand is the library's."""

    @lru_cache(maxsize=TEXTS_KEPT)
    def write(body: str, nation: str, anchors: str) -> SafeString:
        return markup.html(
            body,
            names=library.names,
            terms=library.glossary,
            nation=nation,
            pictures=pictures.known(),
            suffix=suffix(nation),
            anchors=anchors,
        )

    return write


def sources(bodies: Sequence[str]) -> list[list[NumberedSource]]:
    """The sources of each text, numbered as its notes are. One query for all, none where no text has a note."""
    notes = [markup.compile(body).notes for body in bodies]
    keys = {note.key for numbered in notes for note in numbered}
    known = Source.objects.in_bulk(list(keys), field_name="key") if keys else {}
    return [
        [NumberedSource(note.number, note.key, known.get(note.key)) for note in numbered]
        for numbered in notes
    ]


def numbered_sources(
    texts: Iterable[str], *, keys: Iterable[str] = (), known: Iterable[Source] = ()
) -> Iterator[NumberedSource]:
    """Every source of a page once: those of its texts as they stand in them, then of ``keys``, then the others that are
    ``known``. One query at most."""
    at_hand = {source.key: source for source in known}
    named = dict.fromkeys(note.key for text in texts for note in markup.compile(text).notes)
    named |= dict.fromkeys(keys)
    missing = [key for key in named if key not in at_hand]
    at_hand |= Source.objects.in_bulk(missing, field_name="key") if missing else {}
    for number, key in enumerate(dict.fromkeys([*named, *at_hand]), start=1):
        yield NumberedSource(number, key, at_hand.get(key))


def withdrawn(*, kind: str, slug: str, guide: str, now: datetime) -> Edition | None:
    """The edition that was withdrawn, if that is why a reader finds nothing there.

    A stage or a page goes with what it belongs to. ``guide`` tells stages of the same name apart.
    """
    place = Q(kind=kind, slug=slug) & (Q(parent__slug=guide) if kind == Document.Kind.STAGE else Q())
    document = Document.objects.select_related("parent__parent").filter(place).first()
    while document:
        last = document.editions.ever_shown(at=now).order_by("-shown_from").first()
        if last is None:
            return None
        if last.withdrawn_at:
            return last
        document = document.parent
    return None


def withdrawn_at_that_time(entry: Entry, *, at: datetime) -> Edition | None:
    """The withdrawn edition that stood there at a past moment."""
    return Edition.objects.live(at=at).filter(document=entry.pk).exclude(withdrawn_at=None).first()


def first_day(entry: Entry, *, now: datetime) -> date:
    """The first day on which something could be read there that may still be read."""
    editions = Edition.objects.filter(document=entry.pk, withdrawn_at=None).ever_shown(at=now)
    return timezone.localdate(editions.earliest("shown_from").shown_from)


def _with_what_hangs_on_it(
    editions: QuerySet[Edition], *, at: datetime, now: datetime, **also: Combinable
) -> Any:
    """Editions with what was shown before them and with answered reports, all in one query."""
    is_told = Q(change_is_public=True, withdrawn_at=None)
    past = (
        Edition.objects.ever_shown(at=at)
        .filter(document=OuterRef("document"))
        .order_by("-shown_from")
        .values(
            json=JSONObject(at="shown_from", note=Case(When(is_told, then="change_note"), default=Value("")))
        )
    )
    answers = (
        Report.objects.shown(at=now)
        .filter(document=OuterRef("document"))
        .order_by("-answered_at", "-id")
        .values(json=JSONObject(at="answered_at", words="words", answer="answer"))
    )
    also |= {name: made(now) for name, made in ALSO.items()}
    return editions.annotate(past=ArraySubquery(past), answers=ArraySubquery(answers), **also)


def _day(moment: str) -> date:
    return timezone.localdate(datetime.fromisoformat(moment))
