"""Which files a group may send along: judged by their name and by what is in them, and both must agree.

Pure and bounded: a file costs at most one pass over it, and never more than ``MAX_UNPACKED`` bytes of unpacking,
a piece at a time. Nothing is run, no XML is parsed, no picture is drawn, and no archive inside an archive is
opened. This is no virus scanner: advisers get files as downloads that their own computer must still check.

Plain text may be UTF-8, UTF-16 with its mark, or what older Windows programs write (Windows-1252). A PDF with a
password cannot be told from one that only forbids printing, so both are taken. Source: issue 2.
"""

import os
import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from signposting import office_files
from signposting.office_files import Damaged, HasMacros, HasPassword, TooLargeUnpacked

MAX_FILES = 5
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 90_000_000  # more than most cameras make; a browser needs 360 MB to show it
MAX_NAME = 150

_KINDS = {
    "pdf": "a PDF",
    "docx": "a Word document (.docx)",
    "odt": "an OpenDocument text (.odt)",
    "xlsx": "an Excel spreadsheet (.xlsx)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "txt": "plain text (.txt)",
    "png": "a PNG picture",
    "jpg": "a JPEG picture",
}
_OTHER_ENDINGS = {"jpeg": "jpg", "jpe": "jpg"}
_SAVE_AS = {"doc": "docx", "rtf": "docx", "docm": "docx", "xls": "xlsx", "xlsm": "xlsx", "csv": "xlsx"}
_BEGINNINGS = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "ole",
    b"{\\rtf": "rtf",
}
_PDF_ENDS_WITHIN = 2048
_JPEG_END = b"\xff\xd9"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What is neither printed nor a line's end, tab or new page has no place in a text, and is in every other file.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_NOT_SHOWN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


class Unacceptable(Exception):
    """The file cannot be taken. The message is one or two sentences for the person who chose it."""


@dataclass(frozen=True)
class Judged:
    """A file that can be taken: its kind (a value of ``Attachment.Kind``), a name safe to show, its bytes."""

    kind: str
    name: str
    size: int


def judge(name: str, content: BinaryIO) -> Judged:
    """Judge a file by the name it came with and all of its content, which is left at its beginning.

    Raises ``Unacceptable``, and nothing else, whatever is in the file.
    """
    shown = display_name(name)
    ending = _ending(shown)
    kind = _OTHER_ENDINGS.get(ending, ending)
    if kind not in _KINDS:
        raise Unacceptable(_wrong_ending(shown, ending))
    size = content.seek(0, os.SEEK_END)
    if size == 0:
        raise Unacceptable(f"“{shown}” is empty. Choose a file with something in it.")
    if size > MAX_BYTES:
        raise Unacceptable(f"“{shown}” is larger than 10 MB. Make it smaller, or send a part of it.")
    _check_content(shown, kind, content)
    content.seek(0)
    return Judged(kind, shown, size)


def display_name(name: str) -> str:
    """A file's own name without folders and without what could hide or reverse its ending: at most 150 characters."""
    last = re.split(r"[/\\]", name)[-1]
    visible = "".join(letter for letter in last if unicodedata.category(letter) not in _NOT_SHOWN)
    words = " ".join(unicodedata.normalize("NFC", visible).split())
    stem, dot, ending = words.rpartition(".")
    if not dot:
        return words[:MAX_NAME] or "file"
    ending = ending.strip()[:10]
    return f"{stem.strip(' .')[: MAX_NAME - len(ending) - 1] or 'file'}.{ending}"


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _wrong_ending(shown: str, ending: str) -> str:
    if ending in _SAVE_AS:
        return f"“{shown}” is a .{ending} file. Save it as .{_SAVE_AS[ending]} or PDF, and choose that."
    return f"“{shown}” must be one of: PDF, docx, odt, xlsx, ods, txt, png or jpg. Save it as one of these."


def _check_content(shown: str, kind: str, content: BinaryIO) -> None:
    check = {"pdf": _check_pdf, "txt": _check_text, "png": _check_picture, "jpg": _check_picture}
    try:
        check.get(kind, office_files.check)(kind, content)
    except HasPassword:
        raise Unacceptable(
            f"“{shown}” is protected with a password. Save it without one, and choose that."
        ) from None
    except HasMacros:
        raise Unacceptable(f"“{shown}” contains macros. Save it without them or as a PDF.") from None
    except TooLargeUnpacked:
        raise Unacceptable(
            f"“{shown}” holds too much to open safely. Save it as a PDF, or send a part."
        ) from None
    except _TooManyPixels:
        raise Unacceptable(f"“{shown}” has too many pixels. Save it smaller, and choose that.") from None
    except Exception:  # hostile bytes make the parsers of zip and picture files raise almost anything
        raise Unacceptable(_wrong_content(shown, kind, content)) from None


def _wrong_content(shown: str, kind: str, content: BinaryIO) -> str:
    """Why the content does not fit the name, and what to do about it."""
    content.seek(0)
    start = content.read(8)
    found = next((found for beginning, found in _BEGINNINGS.items() if start.startswith(beginning)), None)
    if found == "ole" and kind in office_files.KINDS:
        return (
            f"“{shown}” is protected with a password or in an older format. "
            f"Save it as .{kind} without a password, or as a PDF."
        )
    if found in _KINDS and found != kind:
        return f"“{shown}” is named .{_ending(shown)}, but it is {_KINDS[found]}. Give it the right ending."
    return f"“{shown}” is damaged, or not {_KINDS[kind]}. Open it, save it again and choose that."


def _check_pdf(_kind: str, content: BinaryIO) -> None:
    content.seek(0)
    begins_well = content.read(5) == b"%PDF-"
    size = content.seek(0, os.SEEK_END)
    content.seek(max(0, size - _PDF_ENDS_WITHIN))
    if not begins_well or b"%%EOF" not in content.read():
        raise Damaged


def _check_text(_kind: str, content: BinaryIO) -> None:
    content.seek(0)
    raw = content.read()
    if raw.startswith(tuple(_BEGINNINGS)) or _NOT_TEXT.search(_decoded(raw)):
        raise Damaged


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF_16_MARKS):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


class _TooManyPixels(Exception):
    """A small file that would fill a computer's memory when it is shown."""


def _check_picture(kind: str, content: BinaryIO) -> None:
    """Read a picture's header and check its parts. Opening it by class lets no other format in.

    Pillow's own limit on pixels only warns, up to twice as many.
    """
    content.seek(0)
    picture = PngImageFile(content) if kind == "png" else JpegImageFile(content)
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise _TooManyPixels
    if kind == "png":
        picture.verify()
    elif _JPEG_END not in content.read():  # opening it has read as far as the picture itself
        raise Damaged
