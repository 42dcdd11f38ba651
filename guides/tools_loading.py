"""The rules of the tools that come with the service. ``load_content`` calls it.

A YAML file a tool: its title, summary, introduction and review-by date, then its tables as lists of rows. All that
publishing refuses is refused here. A tool that anybody here has written in, or withdrawn, is the editors' from then on.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from guides import tools
from guides.models import Tool, ToolEdition
from mutuals_portal import content_files, markup, publishing
from mutuals_portal.content_files import Entry, Outcome

CONTENT = Path(__file__).parent / "content" / "tools"
FIELDS = ("title", "summary", "body", "review_by")


@dataclass(frozen=True)
class ToolFile:
    slug: str
    entry: Entry
    tables: dict[str, list[dict[str, Any]]]

    @property
    def words(self) -> dict[str, Any]:
        return self.entry.values | {"tables": self.tables}


def read_tools(
    *,
    look_outs: Collection[str],
    sources: Collection[str],
    names: Collection[str],
    case_studies: Collection[str] = (),
    folder: Path = CONTENT,
) -> list[ToolFile]:
    """The tools in the order of their slugs. Raises ContentError for what may not be published."""
    known = tools.Known(sources, look_outs, names, case_studies)
    return [_read(path, known) for path in sorted(folder.glob("*.yaml"))]


def write_tools(files: list[ToolFile], *, at: datetime) -> Outcome:
    """Publish what is new or has changed in the files, where nobody has edited it. Call it in a transaction."""
    rows = {tool.slug: tool for tool in Tool.objects.select_for_update()}
    edited, digests = _editions()
    loaded = unchanged = kept = 0
    for file in files:
        tool = rows.get(file.slug) or Tool.objects.create(slug=file.slug)
        digest = content_files.digest(ToolEdition, file.words)
        if tool.pk in edited:
            kept += 1
        elif digests.get(tool.pk) == digest:
            unchanged += 1
        else:
            publishing.publish_loaded(tool, at=at, digest=digest, **file.words)
            loaded += 1
    return Outcome(loaded, unchanged, kept)


def _read(path: Path, known: tools.Known) -> ToolFile:
    slug = path.stem
    fields = tools.tables_of(slug) if slug in Tool.Slug.values else {}
    entry, listed = content_files.read_with_rows(path, ToolEdition, FIELDS, fields)
    if slug not in Tool.Slug.values:
        entry.refuse(f"“{slug}” is not a tool.")
    if not isinstance(entry.values["review_by"], date):
        entry.refuse("review_by must be a date such as 2027-11-21.", at="review_by")
    tables = {name: [row.values for row in rows] for name, rows in listed.items() if rows}
    for sentence in _problems(entry, slug, tables, known):
        entry.refuse(sentence)
    return ToolFile(slug, entry, json.loads(json.dumps(tables)))


def _problems(entry: Entry, slug: str, tables: dict[str, Any], known: tools.Known) -> Iterator[str]:
    for problem in markup.problems(entry.values["body"], names=known.names, sources=known.sources):
        yield str(problem)
    yield from tools.problems(slug, tables, known)


def _editions() -> tuple[set[int], dict[int, str]]:
    """Which tools somebody has edited or withdrawn, and what the files last said of the others."""
    edited: set[int] = set()
    digests: dict[int, str] = {}
    rows = ToolEdition.objects.order_by("number").values_list("document", "loaded_digest", "withdrawn_at")
    for document, digest, withdrawn_at in rows:
        digests[document] = digest
        if not digest or withdrawn_at:
            edited.add(document)
    return edited, digests
