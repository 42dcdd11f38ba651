"""What to search for, offered while a reader types: titles first, then terms, synonyms and words.

Each of them finds a live text: what a draft or a text still to come alone says is never offered. Two queries at most.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection

from mutuals_portal.search import asking, folding
from mutuals_portal.search.asking import Term
from mutuals_portal.search.found import Kind
from mutuals_portal.search.models import Synonym
from mutuals_portal.search.querying import asked_alone

MOST = 8
MOST_TITLES = 4
"""Of texts other than glossary terms, so that terms and words have room."""
SHORTEST, LONGEST = 2, 80
"""Characters that something is offered for. Fewer begin too many words, and nobody types more and waits for help."""
WORDS_LOOKED_AT, WORDS_OFFERED, TEXTS_LOOKED_AT = 30, 4, 200


@dataclass(frozen=True)
class Suggestion:
    """``kind`` tells in words what it is the title of; "" for words."""

    words: str
    kind: str = ""


@dataclass(frozen=True)
class Way:
    """One way to say a thing: as an editor wrote it, folded, and what PostgreSQL is asked for all ways at once."""

    written: str
    folded: str
    query: str


LIVE = "shown_from <= %(at)s AND (shown_until IS NULL OR shown_until > %(at)s)"
SQL = f"""
WITH begun AS MATERIALIZED (
    SELECT word, stem, documents FROM search_word WHERE word LIKE %(beginning)s
    ORDER BY documents DESC, word LIMIT {WORDS_LOOKED_AT}
), ends AS MATERIALIZED (
    -- What is begun may be longer than the stem that is kept (governan, govern), or begin too many words to list.
    SELECT concat_ws(' | ', %(last)s || ':*', string_agg(DISTINCT quote_literal(stem), ' | '))::tsquery
        AS any_of_them
    FROM begun
), titles AS (
    SELECT title, kind, row_number() OVER (
        PARTITION BY kind = 'term'
        ORDER BY NOT EXISTS (SELECT FROM unnest(called) AS name WHERE starts_with(name, %(typed)s)),
            array_position(%(kinds)s::text[], kind::text), length(title), title
    ) AS place
    FROM ends, LATERAL (
        SELECT title, kind, called FROM search_searchtext
        WHERE heading @@ (to_tsquery('english', %(before)s) && any_of_them) AND {LIVE}
            AND EXISTS (SELECT FROM unnest(called) AS name WHERE ' ' || name LIKE '%% ' || %(beginning)s)
        LIMIT {TEXTS_LOOKED_AT}
    ) AS each
), words AS (
    SELECT DISTINCT ON (stem) word, documents FROM begun
    WHERE %(before)s <> '' OR word <> %(typed)s
    ORDER BY stem, documents DESC, word
)
SELECT json_build_object(
    'titles', (SELECT json_agg(json_build_array(title, kind) ORDER BY place) FROM titles WHERE place <= {MOST}),
    'ways', (
        SELECT json_agg(place - 1 ORDER BY place)
        FROM unnest(%(ways)s::text[]) WITH ORDINALITY AS each (way, place)
        WHERE EXISTS (SELECT FROM search_searchtext WHERE vector @@ to_tsquery('english', way) AND {LIVE})
    ),
    'words', (
        SELECT json_agg(word ORDER BY documents DESC, word)
        FROM (SELECT * FROM words ORDER BY documents DESC, word LIMIT {WORDS_OFFERED}) AS each
        WHERE EXISTS (
            SELECT FROM (
                SELECT vector FROM search_searchtext
                WHERE vector @@ (to_tsquery('english', %(before)s) && to_tsquery('english', quote_literal(word)))
                    AND {LIVE}
                LIMIT {TEXTS_LOOKED_AT}
            ) AS both_said
            WHERE vector @@ to_tsquery('english', %(beside)s || quote_literal(word))
        )
    )
)::text
"""  # noqa: S608 (our own words)


def suggest(text: str, *, at: datetime) -> list[Suggestion]:
    """What may be meant by the beginning of a question, the likeliest first; nothing for phrases and exclusions."""
    if len(text) > LONGEST:
        return []
    question = asking.read(text)
    words = folding.words(question.typed)
    if len("".join(words)) < SHORTEST or question.excluded or any(term.is_exact for term in question.terms):
        return []
    typed = " ".join(words)
    ways = _ways(typed)
    found = _look_up(words, ways, at=at)
    return list(_distinct(_in_order(words, ways, found), typed))[:MOST]


@lru_cache(maxsize=4)
def known(groups: tuple[tuple[str, ...], ...]) -> tuple[Way, ...]:
    found = []
    for group in groups:
        ways = tuple(way for each in group if (way := tuple(folding.words(each))))
        query = asked_alone(Term(ways, is_exact=True)) if ways else ""
        found += [Way(each, " ".join(folding.words(each)), query) for each in group if query]
    return tuple(found)


def _ways(typed: str) -> list[Way]:
    groups = Synonym.objects.filter(is_used=True).order_by("slug").values_list("words", flat=True)
    all_ways = known(tuple(tuple(words) for words in groups))
    return [each for each in all_ways if each.folded.startswith(typed)][:MOST]


def _look_up(words: Sequence[str], ways: Sequence[Way], *, at: datetime) -> dict[str, list]:
    """``titles`` with their kinds, the places of ``ways`` that find something, and ``words`` that end as begun."""
    *before, last = words
    with connection.cursor() as cursor:
        cursor.execute(
            SQL,
            {
                "at": at,
                "beginning": f"{last}%",  # letters and digits alone, so nothing in it is a pattern
                "last": last,
                "before": " & ".join(f"'{word}'" for word in before),
                "beside": "".join(f"'{word}' <-> " for word in before),
                "typed": " ".join(words),
                "kinds": Kind.values,
                "ways": [each.query for each in ways],
            },
        )
        return {name: each or [] for name, each in json.loads(cursor.fetchone()[0]).items()}


def _in_order(words: Sequence[str], ways: Sequence[Way], found: dict[str, list]) -> Iterator[Suggestion]:
    titles = [Suggestion(title, Kind(kind).label) for title, kind in found["titles"]]
    terms = [each for each in titles if each.kind == Kind.TERM.label]
    yield from [each for each in titles if each not in terms][:MOST_TITLES]
    yield from terms[:MOST_TITLES]
    for place in found["ways"]:
        yield Suggestion(ways[place].written)
    for word in found["words"]:
        yield Suggestion(" ".join([*words[:-1], word]))


def _distinct(suggestions: Iterator[Suggestion], typed: str) -> Iterator[Suggestion]:
    """Each once, and not what is typed already."""
    seen = {typed}
    for each in suggestions:
        folded = " ".join(folding.words(each.words))
        if folded not in seen:
            seen.add(folded)
            yield each
