"""Searches that found nothing, counted by day and words, so that editors see what is missing or called otherwise.

No address, no cookie and no time of day is kept with them. What may be somebody's own is not kept at all.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max, Sum
from django.utils import timezone

from mutuals_portal.private_access import codes
from mutuals_portal.search import folding
from mutuals_portal.search.models import FruitlessSearch

KEPT_FOR = timedelta(days=396)
"""13 months: a month can be seen beside the same month of the year before."""
LONGEST = 100
MOST_A_DAY = 1_000
"""Different words a day. Machines that try addresses would fill the table."""
PERSONAL = re.compile(r"@|(?:\d[\W_]*){6}|\bmis[\W_]|[\w-]{30}")
"""An e-mail address; six digits, as telephone, account and insurance numbers have; the reference of an enquiry; a
private link."""
FOUR = f"[{codes.ALPHABET.lower()}]{{4}}"
CODE = re.compile(rf"\b(?=({FOUR}(?:[\W_]?{FOUR}){{1,2}})\b)")
"""The code of an enquiry or a plan, or a reference without its first letters. Without a digit or two hyphens it may
be words."""


@dataclass(frozen=True)
class Asked:
    words: str
    number: int
    last_on: date


def count(typed: str, *, at: datetime) -> None:
    """Count one search for what a reader typed, in one statement. May be called for whatever anybody types."""
    words = " ".join(folding.words(typed))
    if not words or max(len(typed), len(words)) > LONGEST or _may_be_personal(folding.fold(typed)):
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO search_fruitlesssearch (day, words, number)
            SELECT %(day)s, %(words)s, 1
            WHERE (SELECT count(*) FROM search_fruitlesssearch WHERE day = %(day)s) < %(most)s
                OR EXISTS (SELECT FROM search_fruitlesssearch WHERE day = %(day)s AND words = %(words)s)
            ON CONFLICT (day, words) DO UPDATE SET number = search_fruitlesssearch.number + 1
            """,
            {"day": timezone.localdate(at), "words": words, "most": MOST_A_DAY},
        )


def most_frequent(*, since: date, most: int) -> list[Asked]:
    """What was looked for since that day, the most frequent first."""
    rows = (
        FruitlessSearch.objects.filter(day__gte=since)
        .values_list("words")
        .annotate(number=Sum("number"), last_on=Max("day"))
        .order_by("-number", "-last_on", "words")
    )
    return [Asked(*row) for row in rows[:most]]


def forget(*, at: datetime) -> int:
    """Delete what has been kept for long enough."""
    return FruitlessSearch.objects.filter(day__lt=timezone.localdate(at - KEPT_FOR)).delete()[0]


def _may_be_personal(folded: str) -> bool:
    return bool(
        PERSONAL.search(folded)
        or any(found.count("-") == 2 or re.search(r"\d", found) for found in CODE.findall(folded))
    )
