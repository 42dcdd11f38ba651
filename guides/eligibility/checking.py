"""What keeps the tables from being published, one sentence each, for the editor who can mend it. Pure.

Once it is published every path ends, every question can be reached, nothing goes round in a circle, every finding can
hold for somebody, and every outcome and finding names its source.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from guides.eligibility import graph
from guides.eligibility.rules import (
    EFFECTS,
    END,
    OUTCOMES,
    Condition,
    Finding,
    Rules,
    conditions,
    read,
    texts,
)
from guides.eligibility.walking import RESERVED
from guides.tables import Known, Row, Tables, called, missing, twice, unknown_links
from mutuals_portal.markup import NATIONS, SPECIAL

MOST = {"questions": 40, "answers": 200, "findings": 120, "outcomes": len(OUTCOMES)}
"""So many rows of each table at most. With keys of 40 characters a whole path fits into an address."""
SHAPE_OF_KEY = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)


def problems(tables: Tables, known: Known) -> Iterator[str]:
    rules = read(tables)
    for name, most in MOST.items():
        if len(tables.get(name, ())) > most:
            yield f"{name.capitalize()}: {most} rows at most."
    yield from _questions(tables, rules)
    yield from _answers(tables, rules)
    yield from _ways(rules)
    yield from _findings(tables, rules, known)
    yield from _outcomes(tables, known)


def can_hold(finding: Finding, rules: Rules) -> bool:
    """Whether some path meets all its conditions. Needs a graph without circles.

    The questions that the conditions name are taken in the order in which paths pass them. From the answers that one
    of them allows, the next must be in reach; no other condition lies between, so nothing else can be in the way.
    """
    allowed: dict[str, frozenset[str]] = {}
    for condition in finding.when:
        answers = frozenset(condition.answers)
        allowed[condition.question] = allowed.get(condition.question, answers) & answers
    edges, here = rules.edges, frozenset({rules.first})
    for key in (key for key in graph.in_order(edges) if key in allowed):
        if not any(key in graph.reachable(edges, start) for start in here):
            return False
        here = frozenset(
            answer.leads_to for answer in rules.questions[key].answers if answer.key in allowed[key]
        )
        if not here:
            return False
    return allowed.keys() <= rules.questions.keys()


def _questions(tables: Tables, rules: Rules) -> Iterator[str]:
    rows = tables.get("questions", ())
    if not rows:
        yield "Questions: write at least one."
    asked_for = {"key": "enter a key", "short": "enter a short name", "text": "enter the question"}
    yield from missing("Question", rows, asked_for, named="key")
    yield from twice("Question", rows, "key")
    yield from _keys("Question", rows)
    for key, question in rules.questions.items():
        if key in (*RESERVED, END):
            yield f"Question “{key}”: the page needs this word itself. Choose another key."
        if len(question.answers) < 2:
            yield f"Question “{key}”: give it two answers or more."


def _answers(tables: Tables, rules: Rules) -> Iterator[str]:
    rows = tables.get("answers", ())
    asked_for = {
        "question": "say which question it answers",
        "key": "enter a key",
        "text": "enter the answer",
        "leads_to": f"say which question it leads to, or “{END}”",
    }
    yield from missing("Answer", rows, asked_for, named="key")
    yield from twice("Answer", rows, "question", "key")
    yield from _keys("Answer", rows)
    for place, row in enumerate(rows, start=1):
        name = f"{called('Answer', row, place, named='key')} of “{row.get('question', '')}”"
        if row.get("question") and row["question"] not in rules.questions:
            yield f"{name}: there is no such question."
        if row.get("leads_to") and row["leads_to"] not in (*rules.questions, END):
            yield f"{name}: it leads to “{row['leads_to']}”, which is not a question."


def _keys(noun: str, rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows, start=1):
        if row.get("key") and not SHAPE_OF_KEY.fullmatch(str(row["key"])):
            name = called(noun, row, place, named="key")
            yield f"{name}: write its key in small letters, numbers and hyphens, 40 at most."


def _ways(rules: Rules) -> Iterator[str]:
    edges = rules.edges
    if steps := graph.circle(edges):
        yield f"Questions: these lead round in a circle: {' → '.join(steps)}. Every path must come to an end."
    reached = graph.reachable(edges, rules.first)
    for key in rules.questions:
        if key not in reached:
            yield f"Question “{key}”: no path from the first question leads to it."


def _findings(tables: Tables, rules: Rules, known: Known) -> Iterator[str]:
    rows = tables.get("findings", ())
    asked_for = {
        "key": "enter a key",
        "when": "say for which answers it holds",
        "title": "enter a title",
        "reason": "enter the reason",
        "sources": "name its source",
    }
    yield from missing("Finding", rows, asked_for, named="key")
    yield from twice("Finding", rows, "key")
    yield from _keys("Finding", rows)
    yield from unknown_links("Finding", rows, known, named="key")
    is_sound = not graph.circle(rules.edges)
    for place, (row, finding) in enumerate(zip(rows, rules.findings, strict=True), start=1):
        name = called("Finding", row, place, named="key")
        for sentence in (*_when(row, rules), *_law(finding), *_sources(finding.sources, known)):
            yield f"{name}: {sentence}"
        if finding.effect not in EFFECTS:
            yield f"{name}: choose what it does to the outcome."
        if (
            is_sound
            and finding.when
            and _names_what_is_there(finding.when, rules)
            and not can_hold(finding, rules)
        ):
            yield f"{name}: no path through the questions gives all of these answers, so it can never hold."


def _when(row: Row, rules: Rules) -> Iterator[str]:
    try:
        found = tuple(conditions(texts(row, "when")))
    except ValueError as problem:
        yield f"“{problem}” is not a question and its answers, such as “nation=england, wales”."
        return
    for condition in found:
        if condition.question not in rules.questions:
            yield f"there is no question “{condition.question}”."
            continue
        question = rules.questions[condition.question]
        for answer in condition.answers:
            if not question.answer(answer):
                yield f"“{condition.question}” has no answer “{answer}”."


def _names_what_is_there(when: tuple[Condition, ...], rules: Rules) -> bool:
    return all(
        condition.question in rules.questions
        and all(rules.questions[condition.question].answer(answer) for answer in condition.answers)
        for condition in when
    )


def _law(finding: Finding) -> Iterator[str]:
    for nation in finding.nations:
        if nation not in NATIONS:
            yield f"“{nation}” is not a nation."
    if finding.law and not finding.nations:
        yield "say in which nations the law applies."
    if finding.law and not finding.checked:
        yield "enter the day on which you checked the law."
    if finding.checked and not _is_day(finding.checked):
        yield f"“{finding.checked}” is not a day such as 2026-11-22."


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sources(keys: tuple[str, ...], known: Known) -> Iterator[str]:
    for key in keys:
        if key not in known.sources and key not in SPECIAL:
            yield f"“{key}” is not the key of a source."


def _outcomes(tables: Tables, known: Known) -> Iterator[str]:
    rows = tables.get("outcomes", ())
    asked_for = {"title": "enter a title", "text": "say what it means", "sources": "name its source"}
    yield from missing("Outcome", rows, asked_for, named="key")
    yield from twice("Outcome", rows, "key")
    written = [row.get("key") for row in rows]
    for key in OUTCOMES:
        if key not in written:
            yield f"Outcome “{key}”: write it."
    for place, row in enumerate(rows, start=1):
        name = called("Outcome", row, place, named="key")
        if row.get("key") not in OUTCOMES:
            yield f"{name}: it must be one of {', '.join(OUTCOMES)}."
        for sentence in _sources(texts(row, "sources"), known):
            yield f"{name}: {sentence}"
