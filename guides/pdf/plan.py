"""What the PDF of a plan holds: all that its page says, in the same order. No reference and no code."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from guides.pdf import frame, typesetting
from guides.pdf.writing import Block, Run
from guides.planning import Logged, Part, Reading
from guides.planning.reading import TooEarly

TEMPLATE = Path(__file__).with_name("plan.typ")
SECTION, PART = 1, 2
"""Levels of headings."""

NotMade = typst.TypstError


def make(values: dict[str, Any]) -> typesetting.Made:
    """Raises NotMade where typst refuses what no change of ours could mend."""
    return typesetting.make(TEMPLATE, values)


def contents(reading: Reading) -> dict[str, Any]:
    """Everything that the PDF says."""
    day = timezone.localdate(reading.plan.changed_at)
    return {
        "title": "Plan",
        "service": frame.SERVICE,
        "summary": "What we ticked, chose and decided.",
        "keywords": [],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "edition": f"as of {day.day} {day:%B %Y}",
        "blocks": list(_blocks(reading)),
    }


def _blocks(reading: Reading) -> Iterator[Block]:
    if reading.is_empty:
        yield _paragraph("Nothing has been kept in this plan yet.")
    for part in reading.parts:
        yield from _part(part)
    if reading.favourite_too_early:
        yield _warning("You marked a legal form as your favourite.", reading.favourite_too_early)
    if reading.first:
        yield _heading("Worth settling first", SECTION)
        for each in reading.first:
            yield _heading(each.look_out.title, PART)
            yield _list(f"{because.after.title}: {because.why}" for because in each.because)
    yield from _titles("Open now", [issue.title for issue in reading.open_now])
    yield from _titles("Settled", [each.look_out.title for each in reading.settled])
    if reading.decisions:
        yield _heading("Decisions", SECTION)
        for logged in reading.decisions:
            yield from _decision(logged)


def _part(part: Part) -> Iterator[Block]:
    yield _heading(part.title, SECTION)
    kept = timezone.localdate(part.kept_at)
    yield _paragraph(f"Kept on {kept.day} {kept:%B %Y}.")
    yield _list(part.shown)


def _decision(logged: Logged) -> Iterator[Block]:
    decision = logged.decision
    yield _heading(decision.words, PART)
    settles = f" Settles: {logged.look_out.title}." if logged.look_out else ""
    yield _paragraph(f"Decided: {logged.decided_on}.{settles}")
    for line in decision.reason.splitlines():
        if line.strip():
            yield _paragraph(line)
    if logged.too_early:
        yield _warning("This may be early.", logged.too_early)


def _warning(words: str, too_early: Sequence[TooEarly]) -> Block:
    said = (f"{each.first.title} is still open. {each.why}" for each in too_early)
    return {
        "is": "box",
        "kind": "warning",
        "short": True,
        "label": words,
        "blocks": [_list(said)],
        "foot": [],
    }


def _titles(heading: str, titles: Sequence[str]) -> Iterator[Block]:
    if titles:
        yield _heading(heading, SECTION)
        yield _list(titles)


def _list(lines: Iterable[str]) -> Block:
    return {"is": "list", "start": None, "items": [[_paragraph(line)] for line in lines]}


def _heading(words: str, level: int) -> Block:
    return {"is": "heading", "level": level, "runs": _words(words)}


def _paragraph(words: str) -> Block:
    return {"is": "paragraph", "runs": _words(words)}


def _words(words: str) -> list[Run]:
    return [{"text": words}]
