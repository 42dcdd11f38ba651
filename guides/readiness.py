"""How ready colleagues feel: what they are asked, how their answers are counted, and which counts may be seen.

Answers are numbers and nothing else: how many gave which answer to which question. A question's numbers are shown when
four answers to it have come, and change only when four more have. So two looks at them are alike, or differ by at least
four answers, and no single answer can be worked out from the difference (issue 5). Numbers that wait are shown to
nobody: not to the group, not to staff. Every other number beside them moves in fours as well, see ``at_least``.
Questions are counted apart from each other, and a question that somebody left out counts nothing.

What this cannot hide is said on the page before anybody answers: four who agree are seen to agree, and whoever gives
three of the four answers knows the fourth. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guides.tables import Fields, Known, Row, Tables, called, missing, twice, unknown_links

ENOUGH = 4
"""Answers to one question before anything of them is shown, and again before anything changes. Source: issue 5."""
QUESTIONS_AT_MOST = 15
ANSWERS_AT_MOST = 6
"""The more answers there are to choose from, the more a spread of four says of each who gave them."""
SHAPE_OF_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)

TABLES: Fields = {
    "readiness": ("key", "text", "why", "look_out", "source"),
    "scale": ("key", "text"),
}

Counts = Mapping[str, Mapping[str, int]]
"""How many gave an answer, by question and answer."""


@dataclass(frozen=True)
class Answer:
    key: str
    text: str


@dataclass(frozen=True)
class Question:
    """``why`` it matters is told to the group, not to those who answer: it might lead them. Without a ``source`` it is
    our own advice. ``look_out`` is the issue that it is about."""

    key: str
    text: str
    why: str = ""
    look_out: str = ""
    source: str = ""


@dataclass(frozen=True)
class Tallies:
    """``shown`` may be seen by the group, ``waiting`` by nobody."""

    shown: Counts = field(default_factory=dict)
    waiting: Counts = field(default_factory=dict)


@dataclass(frozen=True)
class Share:
    """How many of all who answered gave one answer."""

    answer: Answer
    count: int
    of: int

    @property
    def percent(self) -> float:
        return round(self.count * 100 / self.of, 1)


@dataclass(frozen=True)
class Spread:
    """How the answers to one question are spread. No shares before there are enough of them."""

    question: Question
    shares: tuple[Share, ...] = ()

    @property
    def total(self) -> int:
        return sum(share.count for share in self.shares)


def questions(tables: Tables) -> tuple[Question, ...]:
    fields = TABLES["readiness"]
    return tuple(Question(*(row.get(name, "") for name in fields)) for row in tables.get("readiness", ()))


def scale(tables: Tables) -> tuple[Answer, ...]:
    """The answers that can be given to every question, in their order."""
    return tuple(Answer(row.get("key", ""), row.get("text", "")) for row in tables.get("scale", ()))


def counted(tallies: Tallies, answers: Mapping[str, str]) -> Tallies:
    """The tallies with one colleague's answers, by question. What has become enough is shown from now on."""
    shown, waiting = dict(tallies.shown), dict(tallies.waiting)
    for question, answer in answers.items():
        waits = _sum(waiting.get(question, {}), {answer: 1})
        if sum(waits.values()) >= ENOUGH:
            shown[question] = _sum(shown.get(question, {}), waits)
            waiting.pop(question, None)
        else:
            waiting[question] = waits
    return Tallies(shown, waiting)


def at_least(number: int) -> int:
    """What may be said of a number that stands beside spreads: it too changes by ``ENOUGH`` or not at all."""
    return number - number % ENOUGH


def spreads(tables: Tables, shown: Counts) -> tuple[Spread, ...]:
    """What the group sees, for every question that is asked now. Counts of other questions stay as they are."""
    return tuple(Spread(each, _shares(scale(tables), shown.get(each.key, {}))) for each in questions(tables))


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    asked, answers = tables.get("readiness", ()), tables.get("scale", ())
    if not asked:
        yield "Readiness: enter at least one question."
    if len(asked) > QUESTIONS_AT_MOST:
        yield f"Readiness: ask {QUESTIONS_AT_MOST} questions or fewer."
    if not 2 <= len(answers) <= ANSWERS_AT_MOST:
        yield f"Readiness: offer from 2 to {ANSWERS_AT_MOST} answers."
    words = {"key": "enter a key", "text": "enter the question", "why": "say why it matters"}
    yield from missing("Question", asked, words, named="key")
    yield from missing("Answer", answers, {"key": "enter a key", "text": "enter its words"}, named="key")
    for noun, rows in (("Question", asked), ("Answer", answers)):
        yield from twice(noun, rows, "key")
        yield from _misshapen(noun, rows)
    yield from unknown_links("Question", asked, known, named="key")


def _sum(some: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {key: some.get(key, 0) + more.get(key, 0) for key in {**some, **more}}


def _shares(offered: tuple[Answer, ...], counts: Mapping[str, int]) -> tuple[Share, ...]:
    """With a count for every answer that is offered, and for those that are not any more but were given."""
    if not counts:
        return ()
    total = sum(counts.values())
    shares = [Share(answer, counts.get(answer.key, 0), total) for answer in offered]
    if gone := total - sum(share.count for share in shares):
        shares.append(Share(Answer("", "An answer that is not offered any more"), gone, total))
    return tuple(shares)


def _misshapen(noun: str, rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        if row.get("key") and not SHAPE_OF_KEY.fullmatch(row["key"]):
            yield f"{called(noun, row, place, named='key')}: a key has small letters, numbers and hyphens only."
