"""Can our service spin out?"""

from collections.abc import Iterator

from guides.tables import Fields, Known, Tables

TABLES: Fields = {
    "questions": ("key", "text", "hint", "why"),
    "answers": ("question", "key", "text", "hint", "leads_to"),
    "findings": (
        "key",
        "when",
        "effect",
        "title",
        "reason",
        "stays",
        "law",
        "nations",
        "next_step",
        "look_outs",
        "source",
    ),
    "outcomes": ("effect", "title", "text", "next_steps", "source"),
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    """What keeps these rules from being published, one sentence each."""
    yield from ()
