"""The order of an enquiry's questions, and which one comes next.

A step is answered once its page has been sent, even when all on it is optional. Any answered step can be opened
again, and the first that is not; the rest wait. Changing an early answer leaves the later ones as they are.
"""

from collections.abc import Container
from dataclasses import dataclass

from signposting.questions.question import Question
from signposting.questions.the_request import WhatYouNeed, WhoShouldOwnIt, YourFiles, YourQuestion
from signposting.questions.the_service import (
    HowFar,
    HowManyStaff,
    WhatItDoes,
    WhereItIs,
    WhoRunsIt,
    WhoYouAre,
)
from signposting.questions.your_safety import HowToReachYou, WhoMayShare, WhoMustNotSee


@dataclass(frozen=True)
class Step:
    slug: str
    question: type[Question]


STEPS = (
    Step("who", WhoYouAre),
    Step("where", WhereItIs),
    Step("employer", WhoRunsIt),
    Step("sector", WhatItDoes),
    Step("staff", HowManyStaff),
    Step("stage", HowFar),
    Step("topics", WhatYouNeed),
    Step("ownership", WhoShouldOwnIt),
    Step("question", YourQuestion),
    Step("files", YourFiles),
    Step("exclusions", WhoMustNotSee),
    Step("contact", HowToReachYou),
    Step("consent", WhoMayShare),
)
BY_SLUG = {step.slug: step for step in STEPS}


def first_unanswered(answered: Container[str]) -> Step | None:
    """None when every step is answered."""
    return next((step for step in STEPS if step.slug not in answered), None)


def can_open(step: Step, answered: Container[str]) -> bool:
    """Whether everything before the step is answered."""
    return all(earlier.slug in answered for earlier in STEPS[: number_of(step) - 1])


def number_of(step: Step) -> int:
    """Counted from 1, as people see it."""
    return STEPS.index(step) + 1


def after(step: Step) -> Step | None:
    """None after the last."""
    return STEPS[number_of(step)] if number_of(step) < len(STEPS) else None


def before(step: Step) -> Step | None:
    """None before the first."""
    return STEPS[number_of(step) - 2] if number_of(step) > 1 else None
