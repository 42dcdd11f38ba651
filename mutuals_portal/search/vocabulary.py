"""The words of all that can be found, each with how many texts have it. Kept in the transaction that changes them.

It also knows texts that are still to come, so no word is shown to a reader before a live text with it has been seen.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from mutuals_portal.search import folding
from mutuals_portal.search.models import SearchText, Word
from mutuals_portal.search.querying import Known

LONGEST = 30
NEAR = 12
"""Of the words that share most with a wrong one, so many are looked at more closely."""


class Lookup(NamedTuple):
    """``synonyms``: groups of words, as JSON. ``most``: how many texts have the commonest word."""

    synonyms: str
    most: int
    known: dict[str, Known]


GRAMS = "ARRAY(SELECT substr('  ' || {0} || ' ', at, 3) FROM generate_series(1, length({0}) + 1) AS at)"
STEM = "coalesce((tsvector_to_array(to_tsvector('english', {0})))[1], '')"


def words_of(rows: Iterable[SearchText]) -> Counter[str]:
    """In how many of these rows each word stands."""
    counted: Counter[str] = Counter()
    for row in rows:
        said = folding.words("\n".join((row.title, *row.names, row.summary, row.text)))
        counted.update({word for word in said if len(word) <= LONGEST})
    return counted


def change(more: Mapping[str, int]) -> None:
    """Count these words so many texts more, or fewer."""
    changed = sorted((word, number) for word, number in more.items() if number)
    if not changed:
        return
    words, numbers = (list(part) for part in zip(*changed, strict=True))
    with connection.cursor() as cursor:
        # Always in the order of the words, or two who publish at once could each wait for the other.
        cursor.execute(
            f"""
            INSERT INTO search_word (word, stem, documents, trigrams)
            SELECT word, stem, documents, {GRAMS.format("word")}
            FROM (
                SELECT word, {STEM.format("word")} AS stem, documents
                FROM unnest(%s::text[], %s::int[]) AS changed (word, documents)
            ) AS stemmed
            WHERE stem <> ''
            ORDER BY word
            ON CONFLICT (word) DO UPDATE SET documents = search_word.documents + excluded.documents
            """,  # noqa: S608 (our own words)
            [words, numbers],
        )
    Word.objects.filter(word__in=words, documents__lte=0).delete()


def look_up(words: Sequence[str]) -> Lookup:
    """What there is to know of these words before they are looked for, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT
                (SELECT coalesce(json_agg(words ORDER BY slug), '[]')::text FROM search_synonym WHERE is_used),
                (SELECT coalesce(max(documents), 0) FROM search_word),
                (SELECT coalesce(json_object_agg(word, json_build_array(stem, documents)), '{{}}')::text FROM (
                    SELECT word, stem,
                        (SELECT coalesce(max(documents), 0) FROM search_word WHERE stem = asked.stem) AS documents
                    FROM (
                        SELECT word, {STEM.format("word")} AS stem FROM unnest(%s::text[]) AS each (word)
                    ) AS asked
                ) AS known)
            """,  # noqa: S608 (our own words)
            [list(dict.fromkeys(words))],
        )
        synonyms, most, known = cursor.fetchone()
    return Lookup(synonyms, most, {word: Known(*each) for word, each in json.loads(known).items()})


def near(words: Sequence[str], *, beside: str, at: datetime) -> dict[str, list[tuple[str, int]]]:
    """For each of these words those that share most with it, and how many texts have them. One query.

    All of them lead somewhere: a live text has that word and says what ``beside`` asks for.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT asked.word, near.word, near.documents
            FROM (
                SELECT word, {GRAMS.format("word")} AS trigrams FROM unnest(%(words)s::text[]) AS each (word)
            ) AS asked,
            LATERAL (
                SELECT word, documents FROM search_word
                WHERE trigrams && asked.trigrams AND abs(length(word) - length(asked.word)) <= 2
                ORDER BY (SELECT count(*) FROM unnest(trigrams) AS gram WHERE gram = ANY (asked.trigrams)) DESC,
                    documents DESC, word
                LIMIT {NEAR}
            ) AS near
            WHERE EXISTS (
                SELECT FROM search_searchtext
                WHERE vector @@ (to_tsquery('english', near.word) && to_tsquery('english', %(beside)s))
                    AND shown_from <= %(at)s AND (shown_until IS NULL OR shown_until > %(at)s)
            )
            """,  # noqa: S608 (our own words)
            {"words": list(words), "beside": beside, "at": at},
        )
        rows = cursor.fetchall()
    found: dict[str, list[tuple[str, int]]] = {word: [] for word in words}
    for word, other, documents in rows:
        found[word].append((other, documents))
    return found
