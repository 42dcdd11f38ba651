"""What an address asks: ``?count=votes&pass=two-thirds&who1=employees&members1=60&who2=users&members2=30``.

Each class has a number of its own; what stands at its default is left out. An address may hold anything: what makes
no sense is told to the reader, and as long as a number is not one, nothing is worked out from it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from urllib.parse import urlencode

from guides.governance import numbers
from guides.governance.arrangement import (
    COUNTS,
    GROUPS,
    MOST_CLASSES,
    OF_KIND,
    THRESHOLDS,
    Arrangement,
    Threshold,
    VotingClass,
)
from mutuals_portal.markup import NATIONS

FIELDS = ("who", "name", "members", "votes", "per")
RULES = {"more-than": "more than", "at-least": "at least"}
PER = {"member": "for each member", "class": "for the class as a whole"}
NUMBERED = re.compile(rf"({'|'.join(FIELDS)})([0-9]{{1,4}})", re.ASCII)
LINE_NUMBERS = {str(number) for number in range(1, MOST_CLASSES + 1)}
FEWEST_LINES = 3
LONGEST_NAME = 40
LONGEST_NAME_BYTES = 80
"""As an address spells them, twelve names are then still short of what servers take."""
LONGEST_NUMBER = 20
LONGEST_READ = 200
"""What comes after that is no name and no number."""
LONGEST_QUOTE = 40
MOST_PROBLEMS = 12

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Problem:
    """``field``: the id of what it is about, "" where it is nothing in the form."""

    field: str
    words: str


@dataclass(frozen=True)
class Line:
    """A class of members as it was typed."""

    number: int
    who: str = ""
    name: str = ""
    members: str = ""
    votes: str = ""
    per: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.who or self.name or self.members or self.votes)

    @property
    def called(self) -> str:
        return self.name or GROUPS.get(self.who) or f"Class {self.number}"


@dataclass(frozen=True)
class Asked:
    lines: tuple[Line, ...]
    count: str = "votes"
    threshold: str = "more-than-half"
    rule: str = "more-than"
    percent: str = ""
    nation: str = ""
    arrangement: Arrangement | None = None
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def filled(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.is_blank)

    @property
    def query(self) -> str:
        """The plain address of this, with what was typed wrongly as it was typed."""
        return urlencode(list(self._pairs()))

    def query_with_one_more(self) -> str:
        """The same, with an empty line more to fill."""
        return urlencode([*self._pairs(), ("rows", min(len(self.lines) + 1, MOST_CLASSES))])

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.count != "votes":
            yield "count", self.count
        if self.threshold != "more-than-half":
            yield "pass", self.threshold
        if self.threshold == "own" and self.rule != "more-than":
            yield "rule", self.rule
        if self.percent:
            yield "percent", _plain(self.percent)
        if self.nation:
            yield "nation", self.nation
        for number, line in enumerate(self.filled, start=1):
            for name in FIELDS:
                value = getattr(line, name)
                if value and not (name == "per" and (value == "member" or self.count == "seats")):
                    yield f"{name}{number}", _plain(value) if name in ("members", "votes") else value


def read(query: Query) -> Asked:
    return _Reader(query).read()


class _Reader:
    """Collects what is wrong while it reads."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.problems: list[Problem] = []
        self.is_complete = True

    def read(self) -> Asked:
        lines = self._lines()
        asked = Asked(
            lines,
            count=self._one_of("count", COUNTS, "Votes or seats"),
            threshold=self._one_of("pass", THRESHOLDS, "What a decision needs"),
            rule=self._one_of("rule", RULES, "More than or at least"),
            percent=self._text("percent").rstrip("% "),
            nation=self._one_of("nation", NATIONS, "Nation", default=""),
        )
        asked = self._with_own_share(asked)
        threshold = self._threshold(asked)
        classes = [self._class(line, asked.count) for line in asked.filled]
        arrangement = None
        if self.is_complete and threshold and classes:
            found = tuple(filter(None, classes))
            arrangement = Arrangement(found, threshold, asked.count)
        return replace(asked, arrangement=arrangement, problems=self._told())

    def _told(self) -> tuple[Problem, ...]:
        """Those of a field together, in the order in which the fields were read."""
        order = list(dict.fromkeys(problem.field for problem in self.problems))
        return tuple(sorted(self.problems, key=lambda problem: order.index(problem.field))[:MOST_PROBLEMS])

    def _lines(self) -> tuple[Line, ...]:
        last = 0
        for key, values in self.query.items():
            if (found := NUMBERED.fullmatch(key)) and any(value.strip() for value in values):
                if found[2] in LINE_NUMBERS:
                    last = max(last, int(found[2]))
                else:
                    self._say(
                        "", f"Classes are numbered from 1 to {MOST_CLASSES}. We left {_quoted(key)} out."
                    )
        rows = self._text("rows")
        if rows and not (rows.isascii() and rows.isdigit() and 1 <= int(rows) <= MOST_CLASSES):
            self._say("", f"We cannot show {_quoted(rows)} classes.")
            rows = ""
        shown = max(FEWEST_LINES, last, int(rows or 0))
        return tuple(self._line(number) for number in range(1, shown + 1))

    def _line(self, number: int) -> Line:
        line = Line(
            number,
            who=self._one_of(f"who{number}", GROUPS, f"Class {number}", default=""),
            name=self._name(number),
            members=self._text(f"members{number}"),
            votes=self._text(f"votes{number}"),
            per=self._one_of(f"per{number}", PER, f"Votes of class {number}"),
        )
        return replace(line, who="other") if line.name and not line.who else line

    def _name(self, number: int) -> str:
        name = self._text(f"name{number}")
        short = name[:LONGEST_NAME].encode()[:LONGEST_NAME_BYTES].decode(errors="ignore").strip()
        if short != name:
            self._say(f"name{number}", f"Class {number}: we cut its name short, to {_quoted(short)}.")
        return short

    def _with_own_share(self, asked: Asked) -> Asked:
        """A share that was typed is meant, unless another threshold was chosen."""
        if asked.percent and not self._text("pass"):
            return replace(asked, threshold="own")
        if asked.percent and asked.threshold != "own":
            used = THRESHOLDS[asked.threshold].lower()
            words = f"You entered a share of your own but chose “{used}”. We used “{used}”."
            self._say("percent", words)
            return replace(asked, percent="")
        return asked

    def _threshold(self, asked: Asked) -> Threshold | None:
        if asked.threshold != "own":
            return OF_KIND[asked.threshold]
        if not asked.percent:
            self._incomplete("percent", "Enter the share of votes that a decision needs, such as 60.")
            return None
        share = self._number("percent", asked.percent, "The share of votes")
        if share is None:
            return None
        if share > 100:
            self._incomplete("percent", "The share of votes must be 100 or less.")
            return None
        or_more = asked.rule == "at-least"
        if or_more and not share:
            words = "The share of votes must be above 0, or a decision would pass with no vote for it."
            self._incomplete("percent", words)
            return None
        return Threshold("own", share / 100, or_more)

    def _class(self, line: Line, count: str) -> VotingClass | None:
        """Raises nothing: what is missing is said, and None makes the whole incomplete."""
        at, seats, each = line.number, count == "seats", count == "votes" and line.per == "member"
        members = self._number(f"members{at}", line.members, f"{line.called}: members", whole=True)
        noun = "seats" if seats else "votes"
        votes = self._number(f"votes{at}", line.votes, f"{line.called}: {noun}", whole=seats)
        if each and members is None and not line.members:
            unless = ", or count its votes for the class as a whole"
            self._incomplete(f"members{at}", f"{line.called}: enter how many members there are{unless}.")
        if not each and votes is None and not line.votes:
            self._incomplete(f"votes{at}", f"{line.called}: enter its {noun}, 0 if it has none.")
        if each and not line.votes:
            votes = Fraction(1)
        if votes is None:
            return None
        return VotingClass(
            line.who or "other", line.called, None if members is None else int(members), votes, each
        )

    def _number(self, key: str, text: str, called: str, *, whole: bool = False) -> Fraction | None:
        if not text:
            return None
        try:
            return numbers.read(text, whole=whole)
        except numbers.NotANumber as fault:
            self._incomplete(key, f"{called} {fault}. You entered {_quoted(text)}.")
            return None

    def _one_of(
        self, key: str, options: Mapping[str, str], called: str, *, default: str | None = None
    ) -> str:
        value = self._text(key)
        default = next(iter(options)) if default is None else default
        if value and value not in options:
            self._say(key, f"{called}: we do not know {_quoted(value)}, so we left that out.")
        return value if value in options else default

    def _text(self, key: str) -> str:
        """The last that is said under a key, without what cannot be read."""
        values = [value for value in self.query.get(key, ()) if value]
        if len(values) > 1 and len(set(values)) > 1:
            self._say(key, f"The address says “{key}” more than once. We took the last.")
        given = (values or [""])[-1][:LONGEST_READ]
        readable = "".join(character if character.isprintable() else " " for character in given)
        return " ".join(readable.split())

    def _incomplete(self, key: str, words: str) -> None:
        self.is_complete = False
        self._say(key, words)

    def _say(self, key: str, words: str) -> None:
        if not any(problem.words == words for problem in self.problems):
            self.problems.append(Problem(key, words))


def _plain(text: str) -> str:
    """A number as an address spells it. What is none stays as it was typed."""
    try:
        return numbers.typed(numbers.read(text))
    except numbers.NotANumber:
        return text if len(text) <= LONGEST_NUMBER else f"{text[:LONGEST_NUMBER].strip()}…"


def _quoted(text: str) -> str:
    readable = "".join(character for character in text[:LONGEST_QUOTE] if character.isprintable())
    return f"“{readable}{'…' if len(text) > LONGEST_QUOTE else ''}”"
