"""The rules in words: all questions with where each answer leads, and all findings with when they hold. Pure."""

from dataclasses import dataclass

from guides.eligibility import graph
from guides.eligibility.rules import EFFECTS, Answer, Condition, Finding, Question, Rules


@dataclass(frozen=True)
class ListedQuestion:
    number: int
    question: Question
    answers: tuple[tuple[Answer, int | None], ...]
    """Each with the number of the question that it leads to, or None for the end."""


@dataclass(frozen=True)
class ListedFinding:
    finding: Finding
    when: tuple[str, ...]
    """“Nation: England or Wales”, one for each condition."""


def questions(rules: Rules) -> tuple[ListedQuestion, ...]:
    """Every question before those that it leads to."""
    order = graph.in_order(rules.edges)
    numbers = {key: number for number, key in enumerate(order, start=1)}
    return tuple(
        ListedQuestion(
            numbers[key],
            rules.questions[key],
            tuple((answer, numbers.get(answer.leads_to)) for answer in rules.questions[key].answers),
        )
        for key in order
    )


def findings(rules: Rules) -> tuple[tuple[str, tuple[ListedFinding, ...]], ...]:
    """By what they do to the outcome, the gravest first."""
    return tuple(
        (effect, listed)
        for effect in reversed(EFFECTS)
        if (
            listed := tuple(
                ListedFinding(finding, tuple(_in_words(each, rules) for each in finding.when))
                for finding in rules.findings
                if finding.effect == effect
            )
        )
    )


def _in_words(condition: Condition, rules: Rules) -> str:
    question = rules.questions.get(condition.question)
    if question is None:
        return condition.question
    answers = [answer.text for answer in question.answers if answer.key in condition.answers]
    return f"{question.short}: {' or '.join(answers)}"
