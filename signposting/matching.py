"""Which help fits whom, and in what order. The one function that ranks offers, wherever they are shown. Pure.

What fits comes first: help for one's own nation alone before help for several, help with more of one's issues, help
meant for one's stage, help meant for people like oneself. Where two fit alike, commercial firms come after all others;
then what we could not confirm comes after what we could, partner bodies of the service come before other bodies, and
names decide. So nothing but fit can put a commercial offer above another. Bodies that have ended and bodies that the
asker has ruled out are never among them. ``templates/signposting/support/how_we_rank.html`` tells readers the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.utils.text import get_text_list

from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage

ALL_NATIONS = len(Nation) - 1
"""More than one nation is no nation of its own."""

FIRST_ISSUES = frozenset({"case-for-change", "legal-form", "governance"})
"""What every group meets first: slugs of look-outs that come with the service."""

ASKERS = {
    EnquirerKind.STAFF: "staff",
    EnquirerKind.MANAGER: "managers",
    EnquirerKind.COMMISSIONER: "commissioners",
    EnquirerKind.COUNCIL_OFFICER: "council officers",
    EnquirerKind.UNION_REP: "union representatives",
    EnquirerKind.CITIZEN: "users, carers and citizens",
    EnquirerKind.BOARD_OR_ELECTED: "board or elected members",
}


@dataclass(frozen=True)
class Wanted:
    """Who looks for help. Whatever is empty is open: it keeps nothing out and puts nothing first."""

    nation: str = ""
    stage: str = ""
    look_outs: frozenset[str] = frozenset()
    asker: str = ""
    excluded_bodies: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """What ranking needs of an offer. Its lists hold every value that it is for."""

    key: int
    title: str
    body: str
    body_name: str
    nations: Collection[str]
    stages: Collection[str]
    look_outs: Collection[str]
    askers: Collection[str]
    is_commercial: bool = False
    is_partner: bool = False
    is_unverified: bool = False
    is_historic: bool = False


class Fit(NamedTuple):
    """How well an offer fits. Compared in this order; more is better."""

    own_nation: int
    issues: int
    stage: int
    asker: int


@dataclass(frozen=True)
class Match:
    candidate: Candidate
    fit: Fit
    wanted: Wanted

    @cached_property
    def shared_issues(self) -> tuple[str, ...]:
        return tuple(sorted(self.wanted.look_outs & set(self.candidate.look_outs)))

    def reason(self, look_outs: Mapping[str, str]) -> str:
        """Why it is here, in one sentence. ``look_outs``: what each issue is called."""
        said = [f"Works {where(self.candidate.nations)}"]
        if self.shared_issues:
            names = [inside(look_outs.get(slug, slug)) for slug in self.shared_issues]
            said.append(f"helps with {get_text_list(names, 'and')}")
        meant = []
        if self.fit.asker:
            meant.append(f"for {ASKERS[EnquirerKind(self.wanted.asker)]}")
        if self.fit.stage:
            meant.append(f"for the stage “{Stage(self.wanted.stage).label}”")
        if meant:
            said.append(f"is meant {' and '.join(meant)}")
        return (
            f"{get_text_list(said, 'and') if len(said) < 3 else ', '.join(said[:-1]) + ' and ' + said[-1]}."
        )


def rank(offers: Iterable[Candidate], wanted: Wanted) -> list[Match]:
    """All offers that may be shown to whoever looks, the best first. The order they come in never matters."""
    matches = [Match(offer, fit(offer, wanted), wanted) for offer in offers if is_open_to(offer, wanted)]
    return sorted(matches, key=_order)


def is_open_to(offer: Candidate, wanted: Wanted) -> bool:
    """Whether an offer may be shown to whoever looks. Issues keep nothing out: groups meet more than they name."""
    return (
        not offer.is_historic
        and offer.body not in wanted.excluded_bodies
        and (wanted.nation in ("", Nation.UK_WIDE) or wanted.nation in offer.nations)
        and (not wanted.stage or wanted.stage in offer.stages)
        and (not wanted.asker or wanted.asker in offer.askers)
    )


def fit(offer: Candidate, wanted: Wanted) -> Fit:
    """A nation, stage or asker counts where the offer is meant for it, not where it is for everybody."""
    return Fit(
        own_nation=_is_for_it_alone(offer, wanted.nation),
        issues=len(wanted.look_outs.intersection(offer.look_outs)),
        stage=int(wanted.stage in offer.stages and len(offer.stages) < len(Stage)),
        asker=int(wanted.asker in offer.askers and len(offer.askers) < len(EnquirerKind)),
    )


def short_list(offers: Iterable[Candidate], wanted: Wanted, most: int) -> list[Match]:
    """A few of them, each body once. Up to half help with the issues that were named; the others with ``FIRST_ISSUES``,
    so that whoever asks about pensions is also told who helps in their nation with all that comes before."""
    offers = list(offers)
    on_issue = [match for match in rank(offers, wanted) if match.fit.issues]
    begins = list(islice(_first_of_each(on_issue), most // 2))
    goes_on = rank(offers, replace(wanted, look_outs=FIRST_ISSUES))
    return list(islice(_first_of_each([*begins, *goes_on]), most))


def where(nations: Collection[str]) -> str:
    """“in Wales”, “in England and Wales”, “in the whole of the UK”."""
    if len(nations) == ALL_NATIONS:
        return "in the whole of the UK"
    return f"in {get_text_list([nation.label for nation in Nation if nation in nations], 'and')}"


def _is_for_it_alone(offer: Candidate, nation: str) -> int:
    if nation == Nation.UK_WIDE:
        return int(len(offer.nations) == ALL_NATIONS)
    return int(list(offer.nations) == [nation])


def _order(match: Match) -> tuple[object, ...]:
    offer = match.candidate
    return (
        *(-points for points in match.fit),
        offer.is_commercial,
        offer.is_unverified,
        not offer.is_partner,
        offer.body_name.casefold(),
        offer.title.casefold(),
        offer.body,
        offer.key,
    )


def _first_of_each(matches: Iterable[Match]) -> Iterator[Match]:
    seen: set[str] = set()
    for match in matches:
        if match.candidate.body not in seen:
            seen.add(match.candidate.body)
            yield match


def inside(title: str) -> str:
    """A title inside a sentence: “Pensions” is “pensions”, “VAT” and “TUPE” stay."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
