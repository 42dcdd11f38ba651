"""An enquiry that begins with a plan: which parts may go along, in which words, and what follows from them. Pure.

The group ticks the parts, and each goes as it was shown, to the letter; the plan's reference and code never do. What
holds words of the group's own is not ticked beforehand, since it may name an employer, nor is what colleagues have
answered, which is not the group's alone. What follows from the parts is only suggested: the group confirms it page by
page, as any other answer.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from guides.governance import address
from guides.keeping import LOOK_OUTS
from guides.planning import Logged, Part, Reading
from guides.readiness import Spread
from mutuals_portal import partial_date
from mutuals_portal.vocabulary import Nation, OwnershipIdea
from signposting.questions.the_request import QUESTION_MAX_LENGTH

LEFT_FOR_THE_QUESTION = 1_000
"""Characters. A plan tells what a group has done; what it wants to know is still to be asked."""
ROOM = QUESTION_MAX_LENGTH - LEFT_FOR_THE_QUESTION
WHO_HAS_A_SAY = "who-has-a-say"
BEGINS, ENDS = "From our plan", "Our question:"

STAFF = {"employees"}
PUBLIC = {"users", "community"}
NO_IDEA = {"other", "investors", "independent"}
"""Classes that say nothing of who should own a body, or that no idea of the list fits."""


@dataclass(frozen=True)
class Offered:
    """A part of a plan that may go along, in the words in which it would be sent."""

    key: str
    text: str
    is_ticked: bool = False

    @property
    def value(self) -> str:
        """What its box is called: another when the words are others, so that nothing is sent that was not shown."""
        return f"{self.key}.{hashlib.sha256(self.text.encode()).hexdigest()[:16]}"


def offered(reading: Reading, spreads: Iterable[Spread]) -> list[Offered]:
    found = [
        Offered(part.tool, _listed(part.title, part.lines), is_ticked=not _has_own_words(part, reading))
        for part in reading.parts
    ]
    found += [
        Offered(f"decision-{logged.decision.pk}", _listed(*_decision(logged))) for logged in reading.decisions
    ]
    if lines := [_spread(spread) for spread in spreads if spread.shares]:
        found.append(Offered("readiness", _listed("What colleagues say", lines)))
    return found


def question(chosen: Sequence[Offered]) -> str:
    """What stands in the question when its page is opened."""
    return "\n\n".join([BEGINS, *(part.text for part in chosen), ENDS])


def suggested(chosen: Sequence[Offered], reading: Reading) -> dict[str, dict[str, Any]]:
    """Answers to begin with, by step: the question, and what is clear from what goes along."""
    keys = {part.key for part in chosen}
    kept = {tool: part for tool, part in reading.plan.kept.items() if tool in keys}
    answers: dict[str, dict[str, Any]] = {"question": {"question": question(chosen)}}
    nations = {part["nation"] for part in kept.values()} & set(Nation.values)
    if len(nations) == 1:
        answers["where"] = {"nation": nations.pop()}
    if LOOK_OUTS in kept and reading.first:
        answers["topics"] = {"topics": [each.look_out.slug for each in reading.first]}
    if WHO_HAS_A_SAY in kept and (idea := _ownership(kept[WHO_HAS_A_SAY]["query"])):
        answers["ownership"] = {"ownership_idea": idea.value}
    return answers


def _ownership(query: str) -> OwnershipIdea | None:
    """The idea that fits the classes with a vote, where one does."""
    arrangement = address.read(parse_qs(query)).arrangement
    groups = {each.group for each in arrangement.classes if each.votes_to_cast} if arrangement else set()
    if not groups or groups & NO_IDEA:
        return None
    if groups - STAFF - PUBLIC:
        return OwnershipIdea.JOINT_WITH_PUBLIC_BODY if groups & (STAFF | PUBLIC) else None
    if groups == STAFF:
        return OwnershipIdea.EMPLOYEES_ONLY
    return OwnershipIdea.EMPLOYEES_AND_USERS if groups & STAFF else OwnershipIdea.USERS_OR_COMMUNITY


def _has_own_words(part: Part, reading: Reading) -> bool:
    """Only the classes of members can be given names of one's own."""
    if part.tool != WHO_HAS_A_SAY:
        return False
    return any(line.name for line in address.read(parse_qs(reading.plan.kept[part.tool]["query"])).lines)


def _decision(logged: Logged) -> tuple[str, Iterator[str]]:
    day = partial_date.in_words(logged.decision.decided_on)
    return f"Decided, {day}", filter(None, [logged.decision.words, logged.decision.reason])


def _spread(spread: Spread) -> str:
    counts = ", ".join(f"{share.answer.text} {share.count}" for share in spread.shares)
    return f"{spread.question.text} {counts} (of {spread.total})"


def _listed(title: str, lines: Iterable[str]) -> str:
    return "\n".join([title, *(f"- {line}" for line in lines)])
