"""Files of every kind that a group may send, and of many that it may not. All are made here; none is kept."""

import io
import struct
import zipfile
import zlib

from PIL import Image

OPEN_XML = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def pdf() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
    )


def docx(*more: tuple[str, bytes], main: str = WORD) -> bytes:
    return archive(("[Content_Types].xml", content_types(main)), ("word/document.xml", b"<document/>"), *more)


def xlsx(*more: tuple[str, bytes], main: str = EXCEL) -> bytes:
    return archive(("[Content_Types].xml", content_types(main)), ("xl/workbook.xml", b"<workbook/>"), *more)


def odt(*more: tuple[str, bytes], kind: str = "text", manifest: bytes = b"<manifest/>") -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    parts = [("mimetype", mimetype), ("content.xml", b"<content/>"), ("META-INF/manifest.xml", manifest)]
    return archive(*parts, *more)


def ods() -> bytes:
    return odt(kind="spreadsheet")


def txt() -> bytes:
    return "We are a home-care team. Costs: £1,000 – “about”.\r\n".encode()


def png(*, size: tuple[int, int] = (8, 8)) -> bytes:
    return _picture("PNG", size)


def jpg(*, size: tuple[int, int] = (8, 8)) -> bytes:
    return _picture("JPEG", size)


def forged_docx(packed: bytes, *, claims: bytes, deflated_in_front: bool = True) -> bytes:
    """A document with one more entry, made of ``packed`` as it is and said to be ``claims`` when unpacked.

    An entry says what it is twice, before its content and in the directory at the end.
    """
    file = io.BytesIO(docx())
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED) as archived:
        archived.writestr("word/forged.xml", packed)
    forged = bytearray(file.getvalue())
    front, back = forged.rindex(b"PK\x03\x04"), forged.rindex(b"PK\x01\x02")
    struct.pack_into(
        "<H", forged, front + 8, zipfile.ZIP_DEFLATED if deflated_in_front else zipfile.ZIP_STORED
    )
    struct.pack_into("<H", forged, back + 10, zipfile.ZIP_DEFLATED)
    for checksum, size in ((front + 14, front + 22), (back + 16, back + 24)):
        struct.pack_into("<I", forged, checksum, zlib.crc32(claims))
        struct.pack_into("<I", forged, size, len(claims))
    return bytes(forged)


def archive(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts:
            packed.writestr(name, content)
    return file.getvalue()


def content_types(main: str) -> bytes:
    return f'<Types xmlns="{OPEN_XML}"><Override PartName="/main.xml" ContentType="{main}"/></Types>'.encode()


def png_claiming(*, width: int, height: int) -> bytes:
    """A picture of 64 bytes that says it has as many pixels as asked."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def _picture(kind: str, size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


SAMPLES = {
    "pdf": pdf(),
    "docx": docx(),
    "odt": odt(),
    "xlsx": xlsx(),
    "ods": ods(),
    "txt": txt(),
    "png": png(),
    "jpg": jpg(),
}
