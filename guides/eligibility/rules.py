"""What the tables say, as questions, answers, findings and outcomes.

A draft may say anything or nothing, and its editor looks at it all the same: what a row lacks is empty here, and
``checking`` names it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.eligibility import graph
from guides.tables import Fields, Row, Tables

TABLES: Fields = {
    "questions": ("key", "short", "text", "hint", "why"),
    "answers": ("question", "key", "text", "hint", "leads_to"),
    "findings": (
        "key",
        "when",
        "effect",
        "title",
        "reason",
        "leaves",
        "stays",
        "law",
        "nations",
        "checked",
        "next_step",
        "look_outs",
        "sources",
    ),
    "outcomes": ("key", "title", "text", "next_steps", "sources"),
}

END = "end"
"""What an answer leads to after which nothing more is asked."""

NOTE, CONDITION, ANOTHER_ROUTE, UNLIKELY = EFFECTS = ("note", "condition", "another-route", "unlikely")
"""What a finding does to the outcome, from nothing to the gravest."""

OUTCOMES = ("explore-now", "conditions", "not-yet", "another-route", "unlikely")


@dataclass(frozen=True)
class Answer:
    key: str
    text: str
    hint: str
    leads_to: str


@dataclass(frozen=True)
class Question:
    """``short`` is what lists and the picture call it."""

    key: str
    short: str
    text: str
    hint: str
    why: str
    answers: tuple[Answer, ...]

    def answer(self, key: str) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True)
class Condition:
    """Holds where a question was answered with one of these."""

    question: str
    answers: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        return answers.get(self.question) in self.answers


@dataclass(frozen=True)
class Finding:
    """What follows where all its conditions hold. ``leaves`` says what could still leave, ``stays`` what cannot."""

    key: str
    when: tuple[Condition, ...]
    effect: str
    title: str
    reason: str
    leaves: str
    stays: str
    law: str
    nations: tuple[str, ...]
    checked: str
    next_step: str
    look_outs: tuple[str, ...]
    sources: tuple[str, ...]

    def holds(self, answers: Mapping[str, str]) -> bool:
        return bool(self.when) and all(condition.holds(answers) for condition in self.when)


@dataclass(frozen=True)
class Outcome:
    key: str
    title: str
    text: str
    next_steps: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """The first question is the one that everybody is asked first."""

    questions: Mapping[str, Question]
    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]

    @property
    def first(self) -> str:
        return next(iter(self.questions), END)

    @property
    def edges(self) -> graph.Edges:
        """Which questions each question can lead to, the end and what does not exist left out."""
        return {
            key: tuple(
                dict.fromkeys(
                    answer.leads_to for answer in question.answers if answer.leads_to in self.questions
                )
            )
            for key, question in self.questions.items()
        }


def read(tables: Tables) -> Rules:
    questions = {
        key: _question(row, tables) for row in tables.get("questions", ()) if (key := _text(row, "key"))
    }
    outcomes = {key: _outcome(row) for row in tables.get("outcomes", ()) if (key := _text(row, "key"))}
    return Rules(questions, tuple(_finding(row) for row in tables.get("findings", ())), outcomes)


def conditions(lines: Sequence[str]) -> Iterator[Condition]:
    """“nation=england, wales” is one condition: either will do. Raises ValueError for a line that is none."""
    for line in lines:
        question, equals, answers = line.partition("=")
        named = tuple(dict.fromkeys(filter(None, (answer.strip() for answer in answers.split(",")))))
        if not (equals and question.strip() and named):
            raise ValueError(line)
        yield Condition(question.strip(), named)


def _question(row: Row, tables: Tables) -> Question:
    key = _text(row, "key")
    answers = {
        _text(each, "key"): Answer(*(_text(each, name) for name in ("key", "text", "hint", "leads_to")))
        for each in tables.get("answers", ())
        if _text(each, "question") == key and _text(each, "key")
    }
    words = {name: _text(row, name) for name in ("short", "text", "hint", "why")}
    return Question(key=key, answers=tuple(answers.values()), **words | {"short": words["short"] or key})


def _finding(row: Row) -> Finding:
    try:
        when = tuple(conditions(texts(row, "when")))
    except ValueError:
        when = ()
    return Finding(
        key=_text(row, "key"),
        when=when,
        effect=_text(row, "effect"),
        title=_text(row, "title"),
        reason=_text(row, "reason"),
        leaves=_text(row, "leaves"),
        stays=_text(row, "stays"),
        law=_text(row, "law"),
        nations=texts(row, "nations"),
        checked=_text(row, "checked"),
        next_step=_text(row, "next_step"),
        look_outs=texts(row, "look_outs"),
        sources=texts(row, "sources"),
    )


def _outcome(row: Row) -> Outcome:
    return Outcome(
        key=_text(row, "key"),
        title=_text(row, "title"),
        text=_text(row, "text"),
        next_steps=texts(row, "next_steps"),
        sources=texts(row, "sources"),
    )


def _text(row: Row, name: str) -> str:
    value = row.get(name, "")
    return value if isinstance(value, str) else ""


def texts(row: Row, name: str) -> tuple[str, ...]:
    """What a field lists. A file may name a single one without making a list of it."""
    value = row.get(name, ())
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value) if isinstance(value, list | tuple) else ()
