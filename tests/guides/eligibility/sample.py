"""A small tool with all that a large one has: a short way, an early end, a finding on two answers."""

from typing import Any

import yaml

from guides.tables import Known
from guides.tools_loading import CONTENT

KNOWN = Known(sources={"a-report"}, look_outs={"pensions"})


def shipped() -> dict[str, Any]:
    """What comes with the service."""
    written = yaml.safe_load((CONTENT / "can-we-spin-out.yaml").read_text())
    return {name: rows for name, rows in written.items() if isinstance(rows, list)}


def answer(question: str, key: str, leads_to: str) -> dict[str, Any]:
    return {"question": question, "key": key, "text": key.capitalize(), "leads_to": leads_to}


def question(key: str) -> dict[str, Any]:
    return {"key": key, "short": key.capitalize(), "text": f"Which {key}?"}


def finding(key: str, effect: str, *when: str, **more: Any) -> dict[str, Any]:
    words = {
        "key": key,
        "when": list(when),
        "effect": effect,
        "title": key.capitalize(),
        "reason": "Because.",
    }
    return words | {"sources": ["a-report"]} | more


def tables(**changed: Any) -> dict[str, Any]:
    """nation → job → (rank →) mood → the end; a guard ends early."""
    outcomes = ("explore-now", "conditions", "not-yet", "another-route", "unlikely")
    return {
        "questions": [question(key) for key in ("nation", "job", "rank", "mood")],
        "answers": [
            answer("nation", "north", "job"),
            answer("nation", "south", "job"),
            answer("job", "guard", "end"),
            answer("job", "nurse", "rank"),
            answer("job", "cook", "mood"),
            answer("rank", "chief", "mood"),
            answer("rank", "new", "mood"),
            answer("mood", "good", "end"),
            answer("mood", "bad", "end"),
        ],
        "findings": [
            finding("guards", "unlikely", "job=guard"),
            finding("nurses", "note", "nation=north", "job=nurse, cook"),
            finding("moods", "condition", "mood=bad"),
        ],
        "outcomes": [
            {"key": key, "title": f"It is {key}", "text": "So it is.", "sources": ["a-report"]}
            for key in outcomes
        ],
    } | changed
