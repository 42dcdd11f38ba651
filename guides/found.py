"""How the texts of the guides and the tools are found."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from guides import tools
from guides.models import Document, Edition, Tool, ToolEdition
from mutuals_portal import markup
from mutuals_portal.search.found import Found, Kind, Searchable, register
from mutuals_portal.vocabulary import FOUR_NATIONS

Period = tuple[datetime, datetime | None]

KINDS = {
    Document.Kind.GUIDE: Kind.GUIDE,
    Document.Kind.STAGE: Kind.GUIDE,
    Document.Kind.PAGE: Kind.GUIDE,
    Document.Kind.BULLETIN: Kind.BULLETIN,
    Document.Kind.TERM: Kind.TERM,
    Document.Kind.LOOK_OUT: Kind.LOOK_OUT,
}


def _affected(document: Document) -> list[Document]:
    """A text and all that belongs to it, which is hidden with it."""
    found, above = [document], [document.pk]
    while below := list(Document.objects.filter(parent__in=above)):
        found += below
        above = [each.pk for each in below]
    return found


def _texts(documents: Iterable[Document]) -> Iterator[Found]:
    rows = Document.objects.filter(pk__in=[each.pk for each in documents]).select_related("parent__parent")
    placed = {row.pk: row for row in rows}
    wanted = {each.pk for row in placed.values() for each in (*row.above(), row)}
    editions: dict[int, list[Edition]] = {}
    for edition in _to_be_read(Edition).filter(document__in=wanted):
        editions.setdefault(edition.document_id, []).append(edition)
    for document in placed.values():
        above = [[_period(each) for each in editions.get(upper.pk, [])] for upper in document.above()]
        for edition in editions.get(document.pk, []):
            for begins, ends in _within(_period(edition), above):
                yield _found(document, edition, begins, ends, part_of=_title(editions, document))


def _title(editions: dict[int, list[Edition]], document: Document) -> str:
    """Of the guide that it is in; "" where that is about to change, since a text may outlast the old title."""
    of_guide = editions.get(document.above()[0].pk, []) if document.parent else []
    return of_guide[0].title if len(of_guide) == 1 else ""


def _found(
    document: Document, edition: Edition, begins: datetime, ends: datetime | None, *, part_of: str
) -> Found:
    stage = document if document.kind == Document.Kind.STAGE else document.parent
    return Found(
        key=document.name,
        kind=KINDS[Document.Kind(document.kind)],
        address=document.get_absolute_url(),
        title=edition.title,
        names=tuple(edition.also),
        summary=edition.summary,
        text=markup.words_of(edition.body[: markup.LONGEST]),
        nations=tuple(edition.nations),
        stages=(stage.slug,) if stage else tuple(edition.stages),
        part_of=part_of,
        shown_from=begins,
        shown_until=ends,
    )


def _tools(documents: Iterable[Tool]) -> Iterator[Found]:
    for edition in _to_be_read(ToolEdition).filter(document__in=list(documents)).select_related("document"):
        begins, ends = _period(edition)
        yield Found(
            key=edition.document.name,
            kind=Kind.TOOL,
            address=edition.document.get_absolute_url(),
            title=edition.title,
            summary=edition.summary,
            text="\n".join([markup.words_of(edition.body[: markup.LONGEST]), *tools.words(edition.tables)]),
            nations=FOUR_NATIONS,
            shown_from=begins,
            shown_until=ends,
        )


def _to_be_read(model: Any) -> Any:
    """Editions that are live or still to come."""
    ever = model.objects.filter(shown_from__isnull=False, withdrawn_at=None)
    return ever.exclude(shown_until__lte=timezone.now()).order_by("document", "shown_from")


def _period(edition: Any) -> Period:
    return edition.shown_from, edition.shown_until


def _within(period: Period, above: list[list[Period]]) -> list[Period]:
    """The parts of a period in which everything above is shown too."""
    parts = [period]
    for periods in above:
        joined = _joined(periods)
        parts = [cut for part in parts for other in joined if (cut := _cut(part, other))]
    return parts


def _joined(periods: list[Period]) -> list[Period]:
    """Periods in order, those that follow one another without a gap as one."""
    joined: list[Period] = []
    for begins, ends in periods:
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return joined


def _cut(one: Period, other: Period) -> Period | None:
    begins = max(one[0], other[0])
    ends = min((end for end in (one[1], other[1]) if end), default=None)
    return None if ends and ends <= begins else (begins, ends)


register(Document, Searchable(_affected, lambda document: document.name, _texts))
register(Tool, Searchable(lambda tool: [tool], lambda tool: tool.name, _tools))
