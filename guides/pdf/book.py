"""What the PDF of a whole guide holds: every chapter, with contents and a cover."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from guides.library import Library
from guides.pdf import frame, typesetting
from guides.pdf.writing import TextWriter
from guides.whole_guide import Chapter, WholeGuide

TEMPLATE = Path(__file__).with_name("book.typ")


def contents(whole: WholeGuide, *, library: Library) -> dict[str, Any]:
    """Everything that the PDF says."""
    names = frame.whole_addresses(whole.names(library))
    return frame.framed(
        title=whole.guide.title,
        summary=whole.guide.summary,
        address=whole.guide.address,
        changed_at=whole.changed_at,
        version=whole.version,
        sources=whole.sources,
        keywords=[chapter.entry.title for chapter in whole.chapters if chapter.level == 1],
        chapters=[
            {
                "level": chapter.level,
                "title": chapter.title,
                "anchor": chapter.anchor,
                "where": chapter.where,
                "dates": _dates(chapter),
                "blocks": TextWriter(
                    chapter.body, level=chapter.level, names=names, numbers=whole.numbers
                ).blocks,
            }
            for chapter in whole.chapters
        ],
    )


def make(book: dict[str, Any]) -> typesetting.Made:
    """Raises typst.TypstError where typst refuses what no change of ours could mend."""
    return typesetting.make(TEMPLATE, book)


def _dates(chapter: Chapter) -> str:
    entry = chapter.entry
    updated = timezone.localdate(entry.shown_from)
    dates = f"Last updated on {updated.day} {updated:%B %Y}."
    if entry.review_by:
        dates += f" We will check it again by {entry.review_by.day} {entry.review_by:%B %Y}."
    return dates
