"""Word, Excel and OpenDocument files: zip archives, checked without trusting a word they say of themselves.

Checked before anything is unpacked: one plain archive from the first byte to the last, few entries, no odd names,
no password, no macros. Then every entry is unpacked once, in pieces that are counted and thrown away, and must be
exactly as long as it says, so that a bomb goes off here and is small.
"""

import os
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

KINDS = ("docx", "odt", "xlsx", "ods")

MAX_ENTRIES = 2_000
MAX_DIRECTORY = 512 * 1024
MAX_UNPACKED = 150 * 1024 * 1024
# Spreadsheets with many equal rows come to about 100. Zip's own limit, which only a bomb comes near, is 1032.
MAX_RATIO = 250
SMALL = 10 * 1024 * 1024  # unpacked, this harms nobody whatever its ratio
MAX_PART = 1024 * 1024
PIECE = 64 * 1024

_END = b"PK\x05\x06"
_END_LENGTH = 22
_ZIP64_LOCATOR = b"PK\x06\x07"
_ZIP64_LOCATOR_LENGTH = 20
_LOCAL = b"PK\x03\x04"
_LOCAL_LENGTH = 30
_ENCRYPTED = 0x1
_NAME_IS_UTF_8 = 0x800

_OPEN_XML_MAIN_PARTS = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
_OPEN_DOCUMENT_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
_TELLING_PARTS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "content.xml")
_MACRO_FILES = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/", "xl/macrosheets/")
# LibreOffice writes these lists even when there is no macro to list.
_EMPTY_LISTS = ("", "script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml")


class Damaged(Exception):
    """Not a whole file of its kind."""


class HasPassword(Exception):
    """Nobody could open it without a password."""


class HasMacros(Exception):
    """It carries programs."""


class TooLargeUnpacked(Exception):
    """It would grow beyond all measure when opened."""


def check(kind: str, content: BinaryIO) -> None:
    """Check an office file. Raises one of the exceptions above, or whatever ``zipfile`` makes of hostile bytes."""
    _check_outline(content)
    with zipfile.ZipFile(content) as archive:
        entries = archive.infolist()
    _check_names(entries)
    _check_sizes(entries)
    parts = {}
    for entry in entries:
        start = _unpack(content, entry)
        if entry.filename in _TELLING_PARTS:
            parts[entry.filename] = start
    if kind in _OPEN_XML_MAIN_PARTS:
        _check_open_xml(kind, parts["[Content_Types].xml"])
    else:
        _check_open_document(kind, parts)


def _check_outline(content: BinaryIO) -> None:
    """Refuse what reading the directory would trip over, before ``zipfile`` reads all of it.

    Office programs write no archive comment and need no zip64 below 4 GB.
    """
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    if size < _LOCAL_LENGTH + _END_LENGTH or content.read(4) != _LOCAL:
        raise Damaged
    content.seek(size - _END_LENGTH)
    end = content.read(_END_LENGTH)
    entries = int.from_bytes(end[10:12], "little")
    length = int.from_bytes(end[12:16], "little")
    start = int.from_bytes(end[16:20], "little")
    if not end.startswith(_END) or end[20:] != b"\0\0" or start + length + _END_LENGTH != size:
        raise Damaged
    content.seek(max(0, size - _END_LENGTH - _ZIP64_LOCATOR_LENGTH))
    if content.read(4) == _ZIP64_LOCATOR:
        raise Damaged
    if entries > MAX_ENTRIES or length > MAX_DIRECTORY:
        raise TooLargeUnpacked


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.orig_filename for entry in entries]
    if not names or len(names) > MAX_ENTRIES or len({name.lower() for name in names}) != len(names):
        raise Damaged
    for name in names:
        is_odd = name.startswith("/") or "\\" in name or "\0" in name or ":" in name
        if is_odd or ".." in name.split("/"):
            raise Damaged
        if _is_macro(name.lower()):
            raise HasMacros


def _is_macro(name: str) -> bool:
    file = name.rpartition("/")[2]
    return file in _MACRO_FILES or (name.startswith(_MACRO_FOLDERS) and file not in _EMPTY_LISTS)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise HasPassword
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * packed):
        raise TooLargeUnpacked


def _unpack(content: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """Unpack an entry in pieces and return the first ``MAX_PART`` bytes of it.

    It must come out as long as declared and not one byte longer; ``zipfile`` itself stops at the declared length
    and would never see that more is to come.
    """
    length, checksum, kept = 0, 0, b""
    for piece in _pieces(content, entry):
        length += len(piece)
        if length > entry.file_size:
            raise TooLargeUnpacked
        checksum = zlib.crc32(piece, checksum)
        if length <= MAX_PART:
            kept += piece
    if length != entry.file_size or checksum != entry.CRC:
        raise Damaged
    return kept


def _pieces(content: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked content of an entry, never more than a ``PIECE`` at a time."""
    content.seek(entry.header_offset)
    header = content.read(_LOCAL_LENGTH)
    name = content.read(int.from_bytes(header[26:28], "little"))
    content.seek(int.from_bytes(header[28:30], "little"), os.SEEK_CUR)
    method = int.from_bytes(header[8:10], "little")
    encoding = "utf-8" if entry.flag_bits & _NAME_IS_UTF_8 else "cp437"
    # Programs that read from the front must find what those find that read the directory at the end.
    agrees = method == entry.compress_type and name == entry.orig_filename.encode(encoding)
    if (
        not header.startswith(_LOCAL)
        or not agrees
        or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ):
        raise Damaged
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    left = entry.compress_size
    while left:
        packed = content.read(min(PIECE, left))
        if not packed:
            raise Damaged
        left -= len(packed)
        if method == zipfile.ZIP_STORED:
            yield packed
        else:
            yield from _inflated(inflate, packed)
    if method == zipfile.ZIP_DEFLATED and (not inflate.eof or inflate.unused_data):
        raise Damaged


def _inflated(inflate: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    while piece := inflate.decompress(packed, PIECE):
        yield piece
        packed = inflate.unconsumed_tail


def _check_open_xml(kind: str, types: bytes) -> None:
    if _OPEN_XML_MAIN_PARTS[kind] in types:
        return
    raise HasMacros if b"macroEnabled" in types else Damaged


def _check_open_document(kind: str, parts: dict[str, bytes]) -> None:
    if b"encryption-data" in parts["META-INF/manifest.xml"]:
        raise HasPassword
    if parts["mimetype"].strip() != _OPEN_DOCUMENT_TYPES[kind] or "content.xml" not in parts:
        raise Damaged
