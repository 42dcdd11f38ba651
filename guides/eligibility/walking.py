"""Following the answers of an address through the questions. Pure.

An address may hold anything, in any order. The walk begins at the first question and goes on for as long as the
address has an answer. A later answer stays in the address while its question can still come up, so whoever changes
an earlier one is asked only what is new; what can come up no longer is left out, and the reader is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from guides.eligibility import graph
from guides.eligibility.rules import Answer, Question, Rules

CHANGE, ASKED, SHOW = RESERVED = ("change", "asked", "show")
"""Names in an address that are no questions: the question to answer anew, the one that was on the page, and the page
with all questions."""

Answered = tuple[Question, Answer]
Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Walk:
    """``settled`` led to ``asked``, the question to ask now, or to the end. ``waiting`` may apply again after it."""

    settled: tuple[Answered, ...]
    asked: Question | None
    waiting: tuple[Answered, ...] = ()
    dropped: tuple[Answered, ...] = ()
    present: Answer | None = None
    """The answer that is being changed."""
    unknown: tuple[str, ...] = ()
    """What the address has that makes no sense, in sentences."""
    most_left: int = 0
    """How many questions can come at most, this one included."""

    @property
    def answers(self) -> dict[str, str]:
        return {question.key: answer.key for question, answer in self.settled}

    @property
    def kept(self) -> tuple[Answered, ...]:
        return (*self.settled, *self.waiting)

    @property
    def query(self) -> str:
        """The one plain query of these answers."""
        return urlencode([(question.key, answer.key) for question, answer in self.kept])


def walk(rules: Rules, query: Query) -> Walk:
    """``query``: all values of each key of an address."""
    given, unknown = _read(rules, query)
    settled, asked = _follow(rules, given)
    present = None
    change = (list(query.get(CHANGE, ())) or [""])[-1]
    places = [question.key for question, _ in settled]
    if change in places:
        place = places.index(change)
        asked, present = settled[place]
        settled = settled[:place]
    may_come = graph.reachable(rules.edges, asked.key) if asked else frozenset()
    done = {question.key for question, _ in settled} | ({asked.key} if asked else set())
    rest = [(rules.questions[key], answer) for key, answer in given.items() if key not in done]
    return Walk(
        settled=tuple(settled),
        asked=asked,
        waiting=tuple(each for each in rest if each[0].key in may_come),
        dropped=tuple(each for each in rest if each[0].key not in may_come),
        present=present,
        unknown=tuple(unknown),
        most_left=graph.longest(rules.edges, asked.key) if asked else 0,
    )


def _follow(rules: Rules, given: Mapping[str, Answer]) -> tuple[list[Answered], Question | None]:
    """The answers on the way, and the first question without one. Ends in a draft that goes round in a circle."""
    settled: list[Answered] = []
    been: set[str] = set()
    key = rules.first
    while key in rules.questions and key not in been:
        question = rules.questions[key]
        if key not in given:
            return settled, question
        been.add(key)
        settled.append((question, given[key]))
        key = given[key].leads_to
    return settled, None


def _read(rules: Rules, query: Query) -> tuple[dict[str, Answer], list[str]]:
    given: dict[str, Answer] = {}
    unknown: list[str] = []
    for key in graph.in_order(rules.edges):
        question = rules.questions[key]
        values = list(dict.fromkeys(filter(None, query.get(key, ()))))
        answer = question.answer(values[0]) if len(values) == 1 else None
        if answer:
            given[key] = answer
        elif values:
            many = "more than one answer" if len(values) > 1 else "an answer that we do not know"
            unknown.append(f"{question.short}: the address has {many}, so we left it out.")
    return given, unknown + list(_not_asked(rules, query))


def _not_asked(rules: Rules, query: Query) -> Iterator[str]:
    number = len([key for key in query if key not in rules.questions and key not in RESERVED])
    if number:
        what = "something" if number == 1 else f"{number:,} things"
        yield f"The address has {what} that we do not ask about. We left that out."
