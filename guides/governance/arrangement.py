"""Who votes on what terms: classes of members with their votes or seats, and what a decision needs to pass."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor, lcm

from guides.governance.numbers import said
from guides.governance.power import Power, power

MOST_CLASSES = 12

GROUPS = {
    "employees": "Employees",
    "users": "Users",
    "public-body": "Public body",
    "community": "Community",
    "investors": "Investors",
    "independent": "Independent members",
    "other": "Others",
}
IN_A_SENTENCE = {
    "employees": "employees",
    "users": "users",
    "public-body": "the public body",
    "community": "the community",
    "investors": "investors",
    "independent": "independent members",
    "other": "the others",
}
"""A name of the reader's own stays as it is."""
THRESHOLDS = {
    "more-than-half": "More than half",
    "two-thirds": "At least two thirds",
    "three-quarters": "At least three quarters",
    "unanimous": "Everybody",
    "own": "Another share",
}
COUNTS = {"votes": "Votes of members", "seats": "Seats on the board"}


@dataclass(frozen=True)
class VotingClass:
    """``votes`` are each member's where ``each``, else those of the class together. ``members`` may be unknown."""

    group: str
    name: str
    members: int | None
    votes: Fraction
    each: bool = False

    @property
    def all_votes(self) -> Fraction:
        return self.votes * (self.members or 0) if self.each else self.votes

    @property
    def votes_to_cast(self) -> Fraction:
        """What nobody is there to cast still counts towards the whole, but passes nothing."""
        return Fraction(0) if self.members == 0 else self.all_votes


@dataclass(frozen=True)
class Threshold:
    """``share`` of all votes there are; ``or_more``: that share itself is enough."""

    kind: str
    share: Fraction
    or_more: bool

    def __str__(self) -> str:
        if self.kind == "own":
            return f"{'At least' if self.or_more else 'More than'} {said(self.share * 100)}%"
        return THRESHOLDS[self.kind]


OF_KIND = {
    "more-than-half": Threshold("more-than-half", Fraction(1, 2), or_more=False),
    "two-thirds": Threshold("two-thirds", Fraction(2, 3), or_more=True),
    "three-quarters": Threshold("three-quarters", Fraction(3, 4), or_more=True),
    "unanimous": Threshold("unanimous", Fraction(1), or_more=True),
}


@dataclass(frozen=True)
class Arrangement:
    classes: tuple[VotingClass, ...]
    threshold: Threshold
    count: str = "votes"

    @property
    def unit(self) -> str:
        return self.count

    @cached_property
    def total(self) -> Fraction:
        return sum((each.all_votes for each in self.classes), Fraction(0))

    @cached_property
    def to_cast(self) -> Fraction:
        return sum((each.votes_to_cast for each in self.classes), Fraction(0))

    @cached_property
    def parts(self) -> int:
        """Into how many equal parts a vote is cut, so that every class has a whole number of them."""
        return lcm(*(votes.all_votes.denominator for votes in self.classes))

    @cached_property
    def quota(self) -> int:
        """In parts of a vote. It is never nought: nothing passes without a vote for it."""
        needed = self.threshold.share * self.total * self.parts
        return max(ceil(needed) if self.threshold.or_more else floor(needed) + 1, 1)

    @property
    def needed(self) -> Fraction:
        """The least number of votes that passes a decision."""
        return Fraction(self.quota, self.parts)

    @property
    def to_stop(self) -> Fraction:
        """The least number of votes against that stops one, when all vote that can."""
        return self.to_cast - self.needed + Fraction(1, self.parts)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        return tuple(int(each.votes_to_cast * self.parts) for each in self.classes)

    @cached_property
    def power(self) -> Power:
        return power(self.weights, self.quota)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Of the classes, told apart where two have the same."""
        names: list[str] = []
        for each in self.classes:
            name, number = each.name, 1
            while name in names:
                number += 1
                name = f"{each.name} ({number})"
            names.append(name)
        return tuple(names)

    def named(self, places: Iterable[int]) -> str:
        """Within a sentence."""
        return listed([self._within(place) for place in places])

    def _within(self, place: int) -> str:
        name, each = self.names[place], self.classes[place]
        is_own = each.name != GROUPS[each.group]
        return name if is_own else name.replace(each.name, IN_A_SENTENCE[each.group], 1)

    def of_group(self, group: str) -> tuple[int, ...]:
        return tuple(place for place, each in enumerate(self.classes) if each.group == group)

    def pass_together(self, places: Iterable[int]) -> bool:
        return sum(self.weights[place] for place in places) >= self.quota


def sentence(words: str) -> str:
    """Begins with a capital letter."""
    return f"{words[:1].upper()}{words[1:]}"


def listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
