"""A whole guide made into a PDF: what the book holds, and the call of typst.

The PDF is tagged (PDF/UA-1), and the same text gives the same bytes: its date is the text's, its fonts are typst's
own. Typst sees one folder with our template, the words as data and our pictures, and nothing else.
"""

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.utils import timezone

from guides import pictures
from guides.library import Library
from guides.pdf.writing import ChapterWriter, Run
from guides.reading import NumberedSource
from guides.whole_guide import Chapter, WholeGuide
from mutuals_portal import markup

TEMPLATE = Path(__file__).with_name("book.typ")
SERVICE = "Mutuals Information Service"
STANDARD: Literal["ua-1"] = "ua-1"
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Made:
    content: bytes
    pages: int


def contents(whole: WholeGuide, *, library: Library) -> dict[str, Any]:
    """Everything that the PDF says."""
    names = {
        name: markup.Target(_whole_address(target.address), target.title)
        for name, target in whole.names(library).items()
    }
    day = timezone.localdate(whole.changed_at)
    book = {
        "title": whole.guide.title,
        "service": SERVICE,
        "summary": whole.guide.summary,
        "keywords": [chapter.entry.title for chapter in whole.chapters if chapter.level == 1],
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "edition": f"edition of {day.day} {day:%B %Y}, version {whole.version}",
        "chapters": [
            {
                "level": chapter.level,
                "title": chapter.title,
                "anchor": chapter.anchor,
                "where": chapter.where,
                "dates": _dates(chapter),
                "blocks": ChapterWriter(chapter, names=names, numbers=whole.numbers).blocks,
            }
            for chapter in whole.chapters
        ],
        "cover": [_where_to_find_it(whole)],
        "sources": [{"number": source.number, "runs": _source(source)} for source in whole.sources],
    }
    return book | {"fingerprint": hashlib.sha256(_as_json(book)).hexdigest()[:12]}


def make(book: dict[str, Any]) -> Made:
    """Raises typst.TypstError where typst refuses what no change of ours could mend."""
    try:
        return _typeset(book)
    except typst.TypstError:
        printable = _printable(book)
        if printable == book:
            raise
        return _typeset(printable)


def _printable(value: Any) -> Any:
    """The same with a mark for every sign that no font has. Only looked for when typst has refused: that takes time."""
    match value:
        case str():
            return "".join(sign if is_printable(sign) else UNPRINTABLE for sign in value)
        case list():
            return [_printable(each) for each in value]
        case dict():
            return {name: _printable(each) for name, each in value.items()}
    return value


@lru_cache(maxsize=10_000)
def is_printable(sign: str) -> bool:
    """Whether one of the fonts has it: PDF/UA allows no text without a glyph."""
    if sign.isascii():
        return sign.isprintable() or sign.isspace()
    probe = typst.Compiler(
        b'#set document(title: "x")\n#sys.inputs.sign',
        ignore_system_fonts=True,
        sys_inputs={"sign": f"x{sign}"},
    )
    try:
        probe.compile(format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True


def _typeset(book: dict[str, Any]) -> Made:
    with tempfile.TemporaryDirectory(prefix="guide-pdf-") as name:
        folder = Path(name)
        shutil.copy(TEMPLATE, folder / "book.typ")
        (folder / "book.json").write_bytes(_as_json(book))
        for picture in pictures.FOLDER.glob("*.svg"):
            shutil.copy(picture, folder)
        compiler = typst.Compiler(
            str(folder / "book.typ"), root=name, ignore_system_fonts=True, package_path=name
        )
        compiler.compile(
            output=str(folder / "book.pdf"),
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=datetime(**book["date"], tzinfo=UTC),
        )
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
        return Made((folder / "book.pdf").read_bytes(), pages)


def _as_json(book: dict[str, Any]) -> bytes:
    return json.dumps(book, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _whole_address(address: str) -> str:
    return address if address.startswith("#") else f"{settings.PUBLIC_URL}{address}"


def _dates(chapter: Chapter) -> str:
    entry = chapter.entry
    updated = timezone.localdate(entry.shown_from)
    dates = f"Last updated on {updated.day} {updated:%B %Y}."
    if entry.review_by:
        dates += f" We will check it again by {entry.review_by.day} {entry.review_by:%B %Y}."
    return dates


def _where_to_find_it(whole: WholeGuide) -> list[Run]:
    address = _whole_address(whole.guide.address)
    return [{"text": "The newest text is at "}, {"link": address, "runs": [{"text": address}]}]


def _source(numbered: NumberedSource) -> list[Run]:
    source = numbered.source
    if source is None:
        return [{"text": "We no longer list this source."}]
    runs: list[Run] = [{"text": f"{source.title}, {source.publisher}"}]
    if source.address:
        runs += [{"text": " "}, {"link": source.address, "runs": [{"text": source.address}]}]
    return runs
