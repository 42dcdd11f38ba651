"""The one query that finds, counts and ranks. It costs about as much for 100,000 texts as for 2,000:

- Every step is answered by an index and stops at a number: each condition that a reader can filter by is a word of the
  vector too, so PostgreSQL reads no text only to drop it.
- The first ``COUNTED`` texts that match are counted and offered as filters; beyond, we say that there are more.
- At most ``RANKED`` of them are weighed one against the other, since that means reading each one's words: first those
  that say it in their title, then kind by kind in the order of ``Kind``.

Where few texts have all the words, those that have half of the words that say most are found too.
``bench/search.py`` has PostgreSQL tell how it goes about it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from mutuals_portal.facets import Asked
from mutuals_portal.search.found import Kind
from mutuals_portal.search.narrowing import Group
from mutuals_portal.search.querying import Wanted, asked_alone
from mutuals_portal.search.vocabulary import STEM

ON_A_PAGE = 10
RANKED = 500
COUNTED = 2_000
FEW, FEW_FOR_A_QUESTION = 3, 30
"""So few texts with all the words are not enough, the second where there are more than two: people ask in sentences."""
IN_TEXT, IN_GIST, IN_TITLE, ALL_OF_TITLE, CALLED_SO, NEXT_KIND = 3, 2, 3, 1.5, 3, 0.05
"""What counts, in points: how much of what was asked, the rare words before the common ones, stands anywhere; in title,
names or summary; in title or names; how much else the title says; that it is called just so; and what a kind is behind
the one before it. The answer of the glossary stands above the list, so there it comes last."""
READ_OF_A_TEXT = 50_000
"""Characters of a text in which a passage to show is looked for."""


@dataclass(frozen=True)
class Hit:
    """``lacks``: places of the terms that it does not say, see ``Wanted.found``."""

    kind: str
    address: str
    title: str
    summary: str
    text: str
    part_of: str
    nations: Sequence[str]
    lacks: Sequence[int]

    @property
    def kind_in_words(self) -> str:
        return Kind(self.kind).label


@dataclass(frozen=True)
class Answer:
    """What a glossary says of the very thing that was asked for."""

    title: str
    summary: str
    address: str


@dataclass(frozen=True)
class Hits:
    """One page of what was found. ``number`` fit all that is chosen, ``RANKED`` + 1 standing for more; ``whole``
    have all of the words, whatever is chosen. ``groups`` is empty where there are too many to count. ``forms``: how
    else each word stands in texts."""

    number: int
    whole: int
    groups: tuple[Group, ...]
    page: tuple[Hit, ...]
    forms: Mapping[str, frozenset[str]]
    answer: Answer | None

    @property
    def is_over(self) -> bool:
        return self.number > RANKED

    @property
    def ranked(self) -> int:
        return min(self.number, RANKED)

    @property
    def pages(self) -> int:
        return -(-self.ranked // ON_A_PAGE)


LIVE = "shown_from <= %(at)s AND (shown_until IS NULL OR shown_until > %(at)s)"
FITS = """(
    (%(kind)s::text[] = '{}' OR kind = ANY (%(kind)s))
    AND (%(nation)s::text[] = '{}' OR nations::text[] && %(nation)s)
    AND (%(stage)s::text[] = '{}' OR stages = '{}' OR stages::text[] && %(stage)s)
)"""


def _kind_by_kind(sieve: str, exact: str) -> str:
    """Of each kind in turn what the sieve lets through, until there are enough, and of those what fits exactly."""
    return f"""
        SELECT id, kind, nations, stages, place FROM (
            SELECT each.*, kinds.place, {exact} AS exact
            FROM asked, kinds, LATERAL (
                SELECT id, kind, nations, stages, vector FROM search_searchtext
                WHERE vector @@ ({sieve} && kinds.mark) AND {LIVE}
                LIMIT {COUNTED + 1}
            ) AS each
            LIMIT {COUNTED + 1}
        ) AS sieved
        WHERE %(is_plain)s OR vector @@ exact
    """  # noqa: S608 (our own words)


SQL = f"""
WITH asked AS MATERIALIZED (
    SELECT
        to_tsquery('english', %(strict_sieve)s) AS strict_sieve,
        to_tsquery('english', %(strict_exact)s) AS strict_exact,
        to_tsquery('english', %(relaxed_sieve)s) AS relaxed_sieve,
        to_tsquery('english', %(relaxed_exact)s) AS relaxed_exact,
        to_tsquery('english', %(any)s) AS any_term,
        %(filters)s::tsquery AS filters
), kinds AS MATERIALIZED (
    SELECT format('''kind=%%s''', kind)::tsquery AS mark, place
    FROM unnest(%(kinds)s::text[]) WITH ORDINALITY AS each (kind, place)
), terms AS MATERIALIZED (
    SELECT to_tsquery('english', term) AS term, weight, place
    FROM unnest(%(terms)s::text[], %(weights)s::float[]) WITH ORDINALITY AS each (term, weight, place)
), titled AS MATERIALIZED (
    SELECT id, kind, nations, stages, 0::bigint AS place FROM asked, LATERAL (
        SELECT id, kind, nations, stages, vector FROM search_searchtext
        WHERE heading @@ strict_sieve AND {LIVE} LIMIT {RANKED}
    ) AS each
    WHERE vector @@ strict_exact
), whole AS MATERIALIZED (
    SELECT * FROM titled
    UNION ALL SELECT * FROM ({_kind_by_kind("strict_sieve", "strict_exact")}) AS each
    WHERE id NOT IN (SELECT id FROM titled)
), matching AS MATERIALIZED (
    SELECT * FROM whole
    UNION ALL SELECT * FROM ({_kind_by_kind("relaxed_sieve", "relaxed_exact")}) AS each
    WHERE %(may_relax)s AND (SELECT count(*) FROM whole) < %(few)s AND id NOT IN (SELECT id FROM whole)
), chosen AS MATERIALIZED (
    SELECT id, min(place) AS place FROM (
        SELECT id, place FROM matching WHERE {FITS}
        UNION ALL SELECT id, place FROM (
            {_kind_by_kind("filters && strict_sieve", "strict_exact")}
        ) AS filtered WHERE %(is_filtered)s AND (SELECT count(*) FROM matching) > {COUNTED}
    ) AS each
    GROUP BY id ORDER BY min(place), id LIMIT {RANKED + 1}
), read AS MATERIALIZED (
    -- Filtered, a vector is a copy in memory: each is fetched and unpacked once, not once a term.
    SELECT id, kind, title, called, heading,
        ts_filter(vector, '{{a,b,d}}') AS words, ts_filter(vector, '{{a,b}}') AS gist
    FROM (SELECT id FROM chosen LIMIT {RANKED}) AS each JOIN search_searchtext USING (id)
), ranked AS (
    SELECT read.id, read.title,
        {IN_TEXT} * weighed.in_text + {IN_GIST} * weighed.in_gist + {IN_TITLE} * weighed.in_title
        + {ALL_OF_TITLE} * least(1, weighed.titled / greatest(1.0, length(heading)))
        + ts_rank('{{0.1, 0.2, 0.4, 1.0}}', words, any_term, 1)
        + CASE WHEN NOT called && %(things)s THEN 0 WHEN kind = 'term' THEN -{CALLED_SO} ELSE {CALLED_SO} END
        - {NEXT_KIND} * array_position(%(kinds)s::text[], kind::text) AS strength
    FROM asked, read, LATERAL (
        SELECT
            coalesce(sum(weight) FILTER (WHERE words @@ term), 0) / sum(weight) AS in_text,
            coalesce(sum(weight) FILTER (WHERE gist @@ term), 0) / sum(weight) AS in_gist,
            coalesce(sum(weight) FILTER (WHERE heading @@ term), 0) / sum(weight) AS in_title,
            count(*) FILTER (WHERE heading @@ term) AS titled
        FROM terms
    ) AS weighed
), page AS (
    SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM ranked ORDER BY strength DESC, title, id
        LIMIT {ON_A_PAGE}
        OFFSET {ON_A_PAGE} * (
            SELECT least(%(page)s, greatest(1, (least(count(*), {RANKED}) + {ON_A_PAGE - 1}) / {ON_A_PAGE})) - 1
            FROM chosen
        )
    ) AS each
)
SELECT json_build_object(
    'number', (SELECT count(*) FROM chosen),
    'whole', (SELECT count(*) FROM whole),
    'groups', CASE WHEN (SELECT count(*) FROM matching) <= {COUNTED} THEN (
        SELECT json_agg(json_build_array(kind, nations, stages, number))
        FROM (SELECT kind, nations, stages, count(*) AS number FROM matching GROUP BY 1, 2, 3) AS each
    ) END,
    'page', (
        SELECT json_agg(json_build_object(
            'kind', kind, 'address', address, 'title', title, 'summary', summary, 'part_of', part_of,
            'text', left(text, {READ_OF_A_TEXT}), 'nations', nations,
            'lacks', (SELECT coalesce(json_agg(terms.place - 1), '[]') FROM terms WHERE NOT vector @@ term)
        ) ORDER BY page.place)
        FROM page JOIN search_searchtext USING (id)
    ),
    'forms', (
        SELECT json_object_agg(word, forms) FROM (
            SELECT word, (SELECT json_agg(known.word) FROM search_word AS known WHERE stem = asked.stem) AS forms
            FROM (SELECT word, {STEM.format("word")} AS stem FROM unnest(%(words)s::text[]) AS each (word)) AS asked
        ) AS each
    ),
    'answer', (
        SELECT json_build_array(title, summary, address) FROM search_searchtext
        WHERE called && %(things)s AND kind = 'term' AND {LIVE} ORDER BY title LIMIT 1
    )
)::text
"""  # noqa: S608 (our own words)


def find(wanted: Wanted, *, things: Sequence[str], asked: Asked, at: datetime) -> Hits:
    """``things``: what the question may be the name of."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, _parameters(wanted, things, asked, at))
        found = json.loads(cursor.fetchone()[0])
    return Hits(
        number=found["number"],
        whole=found["whole"],
        groups=tuple(
            Group(kind, tuple(nations), tuple(stages), number)
            for kind, nations, stages, number in found["groups"] or ()
        ),
        page=tuple(Hit(**each) for each in found["page"] or ()),
        forms={word: frozenset([word, *(forms or ())]) for word, forms in (found["forms"] or {}).items()},
        answer=Answer(*found["answer"]) if found["answer"] else None,
    )


def _parameters(wanted: Wanted, things: Sequence[str], asked: Asked, at: datetime) -> Mapping[str, Any]:
    chosen = {facet.name: list(asked.chosen.get(facet.name, ())) for facet in asked.facets}
    marks = [" | ".join(f"'{name}={value}'" for value in values) for name, values in chosen.items() if values]
    terms = [asked_alone(each.term) for each in wanted.found]
    return {
        **chosen,
        "at": at,
        "strict_sieve": wanted.strict.sieve,
        "strict_exact": wanted.strict.exact,
        "relaxed_sieve": wanted.relaxed.sieve,
        "relaxed_exact": wanted.relaxed.exact,
        "is_plain": wanted.strict == (wanted.strict.sieve,) * 2,
        "may_relax": bool(wanted.relaxed.sieve),
        "any": " | ".join(terms),
        "terms": terms or [""],
        "weights": [each.weight for each in wanted.found] or [1.0],
        "filters": " & ".join(f"({mark})" for mark in marks),
        "is_filtered": bool(marks),
        "kinds": Kind.values,
        "things": list(things),
        "few": FEW if len(wanted.found) < 3 else FEW_FOR_A_QUESTION,
        "words": wanted.words,
        "page": asked.page,
    }
