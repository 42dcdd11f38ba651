"""The queue of enquiries: which ones stand in which view, in which order, and how many.

The caller passes enquiries that are already scoped (``access.visible_enquiries``); nothing here widens them. A page
costs the same at any depth and any size of the table: rows come in the order of the index
``signposting_open_queue``, a page starts where the last one ended (no OFFSET), and counting stops at ``COUNT_CAP``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, IntegerField, Q, QuerySet, TextChoices

from mutuals_portal.private_access.codes import ALPHABET
from signposting.custody import working_days_left
from signposting.models import Enquiry
from signposting.models.enquiry import ENDED
from signposting.working_days import calendar_of

PAGE_SIZE = 25
COUNT_CAP = 1_001
"""One more than is ever shown: reaching it means "over 1,000"."""

REFERENCE_PREFIX_LENGTH = 4
"""Fewer letters would find half the table, and hide the words somebody meant."""


class View(TextChoices):
    OPEN = "open", "All open"
    MINE = "mine", "Mine"
    UNCLAIMED = "unclaimed", "Not yet accepted"
    OVERDUE = "overdue", "Overdue"
    WAITING = "waiting", "Waiting for the group"
    ENDED = "ended", "Ended"
    EVERYTHING = "everything", "Open and ended"


STANDING_VIEWS = tuple(view for view in View if view is not View.EVERYTHING)
"""What always has its tab. Open and ended together are only of use to a search."""

NEWEST_FIRST = (View.ENDED, View.EVERYTHING)
ALWAYS_DATED = (View.UNCLAIMED, View.OVERDUE)
"""No enquiry without a date stands here, which PostgreSQL would only find by reading all that wait for the group."""


@dataclass(frozen=True)
class Page:
    """Up to ``PAGE_SIZE`` enquiries, and the places to ask for the pages around them; empty when there is none."""

    enquiries: list[Enquiry]
    previous: str
    next: str


def select(enquiries: QuerySet[Enquiry], view: View, *, user: User, on: date) -> QuerySet[Enquiry]:
    """The enquiries of one view.

    Open ones say so in the words of the partial index, or it would not serve them; those that wait for the group are
    the ones without a date, as a constraint holds.
    """
    chosen: Mapping[View, Callable[[], QuerySet[Enquiry]]] = {
        View.OPEN: lambda: enquiries.open(),
        View.MINE: lambda: enquiries.open().filter(adviser=user),
        View.UNCLAIMED: lambda: enquiries.open().unclaimed(),
        View.OVERDUE: lambda: enquiries.open().overdue(on=on),
        View.WAITING: lambda: enquiries.open().waiting_for_enquirer().filter(respond_by=None),
        View.ENDED: lambda: enquiries.filter(status__in=ENDED),
        View.EVERYTHING: lambda: enquiries,
    }
    return chosen[view]()


def search(enquiries: QuerySet[Enquiry], text: str) -> QuerySet[Enquiry]:
    """Enquiries with this reference, or its beginning, or with these words in question, employer or place."""
    words = Q(words=SearchQuery(text, config="english", search_type="websearch"))
    prefix = reference_prefix(text)
    if not prefix:
        return enquiries.filter(words)
    reference = Q(reference__startswith=prefix)
    return enquiries.filter(reference if _says_mis(text) else reference | words)


def reference_prefix(text: str) -> str:
    """How a reference would begin if this text were the beginning of one; empty when it cannot be."""
    letters = re.sub(r"[\s\-–—]", "", text).upper()
    letters = letters.removeprefix("MIS") if _says_mis(text) else letters
    if not REFERENCE_PREFIX_LENGTH <= len(letters) <= 8 or not set(letters) <= set(ALPHABET):
        return ""
    return f"MIS-{letters[:4]}-{letters[4:]}" if len(letters) > 4 else f"MIS-{letters}"


def counts(enquiries: QuerySet[Enquiry], views: Iterable[View], *, user: User, on: date) -> dict[View, int]:
    """How many enquiries these views have, none counted beyond ``COUNT_CAP``. One query for all of them."""
    views = list(views)
    sizes = {
        view.value: Func(
            ArraySubquery(select(enquiries, view, user=user, on=on).order_by().values("pk")[:COUNT_CAP]),
            function="CARDINALITY",
            output_field=IntegerField(),
        )
        for view in views
    }
    # The user's own row stands in for a SELECT without a table, which the ORM cannot say.
    row = User.objects.filter(pk=user.pk).values(**sizes).get()
    return {view: row[view.value] for view in views}


def page(enquiries: QuerySet[Enquiry], view: View, *, after: str = "", before: str = "") -> Page:
    """One page of a view. ``after`` and ``before`` are what another ``Page`` gave; anything else means the first."""
    place = _place_from(before or after)
    backwards = bool(before) and place is not None
    rows: list[Enquiry] = []
    for part in _parts(enquiries, view, place, backwards=backwards):
        rows += part[: PAGE_SIZE + 1 - len(rows)]
        if len(rows) > PAGE_SIZE:
            break
    more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else place is not None
    has_next = bool(rows) if backwards else more
    return Page(
        rows,
        previous=_place_of(rows[0]) if rows and has_previous else "",
        next=_place_of(rows[-1]) if rows and has_next else "",
    )


def time_left(enquiry: Enquiry, *, on: date) -> str:
    """How much time the holder has, in words: colour alone tells nothing to many people."""
    if enquiry.respond_by is None:
        return enquiry.get_status_display()
    calendar = calendar_of(enquiry.holder.home_nation)
    days = working_days_left(enquiry.respond_by, on=on, calendar=calendar)
    if enquiry.is_overdue(on=on):
        return f"Overdue by {_working_days(-days)}" if days else "Overdue since the last working day"
    return f"{_working_days(days)} left" if days else "Due today"


def capped(count: int) -> str:
    return "over 1,000" if count >= COUNT_CAP else f"{count:,}"


def _parts(
    enquiries: QuerySet[Enquiry], view: View, place: tuple[date | None, int] | None, *, backwards: bool
) -> list[QuerySet[Enquiry]]:
    """What to read, one part after the other, from a place on.

    Dates first and then those without one: each part is a plain range of the index, which one condition over both
    (with its OR and NULL) would not be.
    """
    if view in NEWEST_FIRST:
        ordered = enquiries.order_by("id" if backwards else "-id")
        if place is None:
            return [ordered]
        return [ordered.filter(id__gt=place[1]) if backwards else ordered.filter(id__lt=place[1])]
    if place is None:
        return [enquiries.order_by("respond_by", "id")]  # PostgreSQL puts NULL last, as the index does
    day, pk = place
    ordered = (
        enquiries.order_by("-respond_by", "-id") if backwards else enquiries.order_by("respond_by", "id")
    )
    undated = ordered.filter(respond_by=None)
    if backwards:
        if day is None:
            return [undated.filter(id__lt=pk), ordered.filter(respond_by__isnull=False)]
        return [ordered.filter(~Q(respond_by=day, id__gte=pk), respond_by__lte=day)]
    if day is None:
        return [undated.filter(id__gt=pk)]
    dated = ordered.filter(~Q(respond_by=day, id__lte=pk), respond_by__gte=day)
    return [dated] if view in ALWAYS_DATED else [dated, undated]


def _place_of(enquiry: Enquiry) -> str:
    return f"{enquiry.respond_by or ''}_{enquiry.pk}"


def _place_from(text: str) -> tuple[date | None, int] | None:
    """The place that ``_place_of`` wrote; None for anything that somebody else did."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)?_(\d{1,18})", text, re.ASCII)
    if not match:
        return None
    try:
        return (date.fromisoformat(match[1]) if match[1] else None, int(match[2]))
    except ValueError:
        return None


def _says_mis(text: str) -> bool:
    return re.match(r"\s*mis[\s\-–—]", text, re.IGNORECASE) is not None


def _working_days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"
