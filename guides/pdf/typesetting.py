"""The call of typst, which makes a PDF of a template of ours and plain values.

The PDF is tagged (PDF/UA-1), and the same values give the same bytes: its date is the text's, its fonts are typst's
own. Typst sees one folder with the template, the layout that all templates share, the values and our pictures, and
nothing else.
"""

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from guides import pictures

LAYOUT = Path(__file__).with_name("layout.typ")
STANDARD: Literal["ua-1"] = "ua-1"
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Made:
    content: bytes
    pages: int


def make(template: Path, values: dict[str, Any]) -> Made:
    """``values`` come from ``frame.framed``. Raises typst.TypstError for what no change of ours could mend."""
    try:
        return _typeset(template, values)
    except typst.TypstError:
        printable = _printable(values)
        if printable == values:
            raise
        return _typeset(template, printable)


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


def _typeset(template: Path, values: dict[str, Any]) -> Made:
    with tempfile.TemporaryDirectory(prefix="pdf-") as name:
        folder = Path(name)
        for file in (template, LAYOUT, *pictures.FOLDER.glob("*.svg")):
            shutil.copy(file, folder)
        (folder / "values.json").write_bytes(as_json(values))
        compiler = typst.Compiler(
            str(folder / template.name), root=name, ignore_system_fonts=True, package_path=name
        )
        compiler.compile(
            output=str(folder / "made.pdf"),
            format="pdf",
            pdf_standards=[STANDARD],
            timestamp=datetime(**values["date"], tzinfo=UTC),
        )
        pages = json.loads(compiler.query("<pages>", field="value", one=True))
        return Made((folder / "made.pdf").read_bytes(), pages)


def as_json(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
