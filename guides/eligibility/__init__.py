"""Can our service spin out? Questions whose answers lead to further ones, and what follows from the answers. Pure.

- ``rules`` reads the tables that editors write into questions, answers, findings and outcomes;
- ``graph`` knows which question leads to which;
- ``walking`` follows the answers of an address through the questions;
- ``results`` tells what comes of them;
- ``checking`` names what keeps the tables from being published;
- ``drawing`` lays the questions out as a picture.
"""

from collections.abc import Mapping, Sequence

from guides.eligibility.checking import problems
from guides.eligibility.results import result
from guides.eligibility.rules import TABLES, read
from guides.eligibility.walking import walk
from guides.kept import Kept
from guides.tables import Tables

__all__ = ["TABLES", "kept", "problems"]


def kept(tables: Tables, query: Mapping[str, Sequence[str]]) -> Kept:
    """The answers that still apply, and what came of them where all are given."""
    rules = read(tables)
    walked = walk(rules, query)
    if not walked.settled:
        return Kept()
    lines = [f"{question.short}: {answer.text}" for question, answer in walked.settled]
    if walked.asked is None:
        found = result(rules, walked.answers)
        lines.append(f"What came out: {found.outcome.title}")
        lines += [f"{finding.title}" for finding in found.reasons]
    nation = walked.answers.get("nation", "")
    return Kept(query=walked.query, lines=tuple(lines), nation=nation)
