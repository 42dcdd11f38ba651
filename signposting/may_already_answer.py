"""What may already answer an enquiry, so that nobody waits for what is there to read.

Shown before sending and again after it. An empty list shows nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from guides.library import shelf
from mutuals_portal.vocabulary import Nation
from signposting import directory
from signposting.matching import Wanted

MOST_PAGES = 3


@dataclass(frozen=True)
class Pointer:
    """A page worth a look."""

    title: str
    address: str
    summary: str


def pointers_for(
    *,
    nation: str,
    topics: Collection[str],
    at: datetime,
    stage: str = "",
    asker: str = "",
    excluded_bodies: Collection[str] = (),
) -> list[Pointer]:
    """What to read on the look-outs that the group chose, then bodies that help."""
    wanted = Wanted(nation, stage, frozenset(topics), asker, frozenset(excluded_bodies))
    return pages_for(nation=nation, topics=topics, at=at) + bodies_for(wanted, at=at)


def pages_for(*, nation: str, topics: Collection[str], at: datetime) -> list[Pointer]:
    """Guide pages and bulletins that hold in the nation, those that help with most of the topics first."""
    if not topics:
        return []
    return [
        Pointer(entry.title, entry.address, entry.summary)
        for entry in shelf(at=at).helping_with(topics)
        if nation == Nation.UK_WIDE or nation in entry.nations
    ][:MOST_PAGES]


def bodies_for(wanted: Wanted, *, at: datetime) -> list[Pointer]:
    """Bodies whose help fits, with the reason; never one that was ruled out."""
    return [
        Pointer(found.body, found.address, f"{found.title}. {found.reason}")
        for found in directory.fitting(wanted, at=at)
    ]
