"""Many texts to be searched at once, plainly made up, for measuring. They are in the search alone and lead nowhere.

They are the same each time. As in real texts a few words stand in nearly all of them and most words in hardly any.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from mutuals_portal.search import folding, index, vocabulary
from mutuals_portal.search.found import Found, Kind
from mutuals_portal.search.models import SearchText, Word
from mutuals_portal.vocabulary import FOUR_NATIONS, Stage

AT_A_TIME = 500
KEY = "made-up:"
REAL_WORDS = folding.words(
    """
    mutual service staff council contract pension library transfer board member guide care health leisure youth
    governance finance asset lease insurance union vote share surplus nation scotland wales england procurement tax
    loan grant mentor training risk plan price cost payroll data school housing fire probation museum charity company
    society trust partnership commissioner citizen carer manager adviser report review notice law duty right policy
    """
)
SYLLABLES = ("ba", "do", "fi", "ga", "ke", "lo", "mu", "ni", "pa", "ro", "sa", "te", "vo", "wi", "ze")
WORDS_OF_A_TEXT = 120


@transaction.atomic
def make(number: int, *, at: datetime) -> None:
    """Make so many, after those that there are."""
    first = SearchText.objects.filter(key__startswith=KEY).count() + 1
    more = vocabulary.words_of(())
    with _indexed_at_the_end():
        for begin in range(first, first + number, AT_A_TIME):
            places = range(begin, min(begin + AT_A_TIME, first + number))
            more.update(vocabulary.words_of(index.write(_found(place, at=at) for place in places)))
        vocabulary.change(more)


@transaction.atomic
def remove() -> int:
    """Take away what ``make`` made. Returns how many texts that were."""
    made = SearchText.objects.filter(key__startswith=KEY)
    fewer = vocabulary.words_of(())
    fewer.subtract(vocabulary.words_of(made.only("title", "names", "summary", "text").iterator()))
    vocabulary.change(fewer)
    return made.delete()[0]


@contextmanager
def _indexed_at_the_end() -> Iterator[None]:
    """To make the indexes at once takes a tenth of the time that it takes to bring them up to date row by row."""
    indexes = [(model, each) for model in (SearchText, Word) for each in model._meta.indexes]
    with connection.schema_editor() as editor:
        for model, each in indexes:
            editor.remove_index(model, each)
    yield
    with connection.schema_editor() as editor:
        for model, each in indexes:
            editor.add_index(model, each)


def _found(place: int, *, at: datetime) -> Found:
    words = list(_words(place))
    return Found(
        key=f"{KEY}{place}",
        kind=Kind(Kind.values[place % len(Kind)]),
        address=f"/made-up/{place}/",
        title=f"Made-up text {place}: {' '.join(words[:3])}",
        summary=f"{' '.join(words[3:15]).capitalize()}.",
        text=f"{' '.join(words[15:])}.",
        nations=FOUR_NATIONS if place % 3 else (FOUR_NATIONS[place // 3 % len(FOUR_NATIONS)],),
        stages=() if place % 2 else (Stage.values[place // 2 % len(Stage)],),
        shown_from=at,
        shown_until=None,
    )


def _words(place: int) -> Iterator[str]:
    """The first words of ``REAL_WORDS`` are common. The rest are rare, and no language's."""
    chance = place * 2_654_435_761 % 2**32 or 1
    for _ in range(WORDS_OF_A_TEXT):
        chance = (chance * 1_664_525 + 1_013_904_223) % 2**32
        share = chance / 2**32
        if share < 0.6:
            yield REAL_WORDS[int((share / 0.6) ** 3 * len(REAL_WORDS))]
        else:
            at = int(((share - 0.6) / 0.4) ** 2 * len(SYLLABLES) ** 4)
            yield "".join(SYLLABLES[at // len(SYLLABLES) ** part % len(SYLLABLES)] for part in range(4))
