"""What case studies know of look-outs: which bodies met an issue, and how.

The guides may not know of case studies. Here they say what they ask of them, and ``case_studies`` answers once it is
set up, as with ``reading.ALSO``. Until then there are none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from guides.models.source import Source


@dataclass(frozen=True)
class CaseStudy:
    """One that readers can open."""

    slug: str
    title: str
    address: str


@dataclass(frozen=True)
class Meeting:
    """A body that met an issue: when, to what effect, and how, in Markdown that ends with its source."""

    case_study: CaseStudy
    effect: str
    stage: str
    how: str
    source: Source


@dataclass(frozen=True)
class Met:
    """``tally``: “met by 7 of 22 bodies: hindered 4, helped 3”, or empty. ``named``: those that were asked for."""

    tally: str = ""
    meetings: tuple[Meeting, ...] = ()
    has_more: bool = False
    named: Mapping[str, CaseStudy] = field(default_factory=dict)


class CaseStudies(Protocol):
    """Each takes one query at most."""

    def slugs(self, *, at: datetime) -> frozenset[str]:
        """Of all that readers can open."""

    def named(self, slugs: Collection[str], *, at: datetime) -> Mapping[str, CaseStudy]:
        """Those of these that readers can open."""

    def tallies(self, *, at: datetime) -> Mapping[str, object]:
        """How many bodies met each issue, said in words by ``str``."""

    def met(self, look_out: str, *, named: Collection[str], at: datetime) -> Met:
        """Which bodies met one issue, and besides them the case studies that are ``named``."""


class _None:
    def slugs(self, *, at: datetime) -> frozenset[str]:
        return frozenset()

    def named(self, slugs: Collection[str], *, at: datetime) -> Mapping[str, CaseStudy]:
        return {}

    def tallies(self, *, at: datetime) -> Mapping[str, object]:
        return {}

    def met(self, look_out: str, *, named: Collection[str], at: datetime) -> Met:
        return Met()


_answering: list[CaseStudies] = [_None()]


def case_studies() -> CaseStudies:
    return _answering[-1]


def answered_by(answering: CaseStudies) -> None:
    """Call it when an app is set up."""
    _answering[:] = [answering]
