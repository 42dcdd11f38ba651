import io
import random
import struct
import time
import tracemalloc
import unicodedata
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from signposting import office_files
from signposting.attachment_types import MAX_BYTES, MAX_NAME, Unacceptable, display_name, judge
from signposting.models import Attachment
from tests.signposting import sample_files
from tests.signposting.sample_files import SAMPLES, archive, docx, forged_docx, odt, xlsx


def deflate(content, *, ends=True):
    """Content as an archive packs it; without its end it is what a broken disk leaves."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(zlib.Z_FINISH if ends else zlib.Z_SYNC_FLUSH)


def verdict(name, content):
    """The kind a file is taken as, or the sentence it is refused with."""
    try:
        return judge(name, io.BytesIO(content)).kind
    except Unacceptable as refusal:
        return str(refusal)


def test_the_kinds_are_those_of_an_attachment():
    assert set(SAMPLES) == set(Attachment.Kind.values)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_of_each_kind_is_taken(kind):
    content = io.BytesIO(SAMPLES[kind])

    judged = judge(f"Our plan.{kind}", content)

    assert (judged.kind, judged.name, judged.size) == (kind, f"Our plan.{kind}", len(SAMPLES[kind]))
    assert content.tell() == 0


@pytest.mark.parametrize("named", SAMPLES)
@pytest.mark.parametrize("actual", SAMPLES)
def test_a_file_of_one_kind_is_refused_under_the_name_of_another(named, actual):
    if named != actual:
        assert verdict(f"plan.{named}", SAMPLES[actual]).startswith(f"“plan.{named}” is ")


def test_the_name_may_be_in_capitals_or_spell_jpeg_in_full():
    assert verdict("SCAN.PDF", SAMPLES["pdf"]) == "pdf"
    assert verdict("photo.jpeg", SAMPLES["jpg"]) == "jpg"


def test_the_refusal_names_the_kind_that_the_file_really_is():
    assert verdict("plan.png", SAMPLES["pdf"]) == (
        "“plan.png” is named .png, but it is a PDF. Give it the right ending."
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("plan.doc", "Save it as .docx or PDF"),
        ("plan.xlsm", "Save it as .xlsx or PDF"),
        ("plan.exe", "must be one of: PDF, docx"),
        ("plan.pdf.exe", "must be one of: PDF, docx"),
        ("plan", "must be one of: PDF, docx"),
        ("", "must be one of: PDF, docx"),
    ],
)
def test_another_ending_is_refused_with_advice(name, advice):
    assert advice in verdict(name, SAMPLES["pdf"])


def test_an_empty_file_is_refused():
    assert verdict("plan.pdf", b"") == "“plan.pdf” is empty. Choose a file with something in it."


def test_a_file_may_have_10_mb_and_no_more():
    assert verdict("plan.txt", b"a" * MAX_BYTES) == "txt"
    assert "larger than 10 MB" in verdict("plan.txt", b"a" * (MAX_BYTES + 1))


@pytest.mark.parametrize("kind", sorted(set(SAMPLES) - {"txt"}))
def test_a_file_cut_short_is_refused(kind):
    assert "damaged" in verdict(f"plan.{kind}", SAMPLES[kind][:-12])


def test_a_photo_whose_upload_broke_off_is_refused():
    assert "damaged" in verdict("photo.jpg", SAMPLES["jpg"][:-2])


def test_a_pdf_begins_at_its_first_byte():
    assert "damaged" in verdict("plan.pdf", b"MZ" + SAMPLES["pdf"])


# Plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_may_be_written_in_what_people_have(encoding):
    assert verdict("plan.txt", "Costs: £1,000 – “about”\r\n\tmore\f".encode(encoding)) == "txt"


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\x1b[31m", b"\x81\x8d", b"\xff\xfe\x00", "£".encode("utf-16-be")]
)
def test_text_that_is_none_is_refused(content):
    assert "damaged, or not plain text" in verdict("plan.txt", content)


# Pictures


def test_a_picture_with_too_many_pixels_is_refused_without_being_drawn():
    assert "too many pixels" in verdict("plan.png", sample_files.png_claiming(width=60_000, height=60_000))
    assert "too many pixels" in verdict("plan.png", sample_files.png_claiming(width=10_000, height=9_001))
    assert verdict("plan.png", sample_files.png_claiming(width=10_000, height=9_000)) == "png"


def test_a_photo_may_carry_more_than_the_picture():
    """Phones put a small picture before the large one, and films behind it."""
    thumbnail = Image.Exif()
    thumbnail[0x010E] = "text with \xff\xd9 in it"
    photo = io.BytesIO()
    Image.new("RGB", (8, 8)).save(photo, "JPEG", exif=thumbnail)
    assert verdict("photo.jpg", photo.getvalue() + b"film") == "jpg"


def test_a_picture_with_a_broken_part_is_refused():
    content = bytearray(SAMPLES["png"])
    content[40] ^= 1
    assert "damaged" in verdict("plan.png", bytes(content))


# Office files


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", docx(("word/vbaProject.bin", b"x"))),
        ("docx", docx(("word/VBAPROJECT.BIN", b"x"))),
        ("docx", docx(main=sample_files.WORD_WITH_MACROS)),
        ("xlsx", xlsx(("xl/macrosheets/sheet1.xml", b"x"))),
        ("odt", odt(("Basic/Standard/Module1.xml", b"x"))),
        ("odt", odt(("Scripts/python/run.py", b"x"))),
    ],
)
def test_macros_are_refused(kind, content):
    assert "contains macros" in verdict(f"plan.{kind}", content)


def test_the_empty_list_of_macros_that_libreoffice_writes_is_no_macro():
    assert (
        verdict("plan.odt", odt(("Basic/script-lc.xml", b"x"), ("Basic/Standard/script-lb.xml", b"x")))
        == "odt"
    )


def test_a_password_is_refused():
    content = docx()
    start = content.index(b"PK\x01\x02")
    locked = content[: start + 8] + b"\x01" + content[start + 9 :]
    assert "protected with a password" in verdict("plan.docx", locked)
    assert "protected with a password" in verdict("plan.docx", sample_files.OLD_OFFICE)
    assert "protected with a password" in verdict("plan.odt", odt(manifest=b"<encryption-data/>"))


@pytest.mark.parametrize("name", ["/etc/passwd", "../../evil", "a/../../b", "C:evil", "..", "a\\..\\b"])
def test_an_entry_that_points_elsewhere_is_refused(name):
    content = docx(("X" * len(name), b"x")).replace(b"X" * len(name), name.encode())
    assert "damaged" in verdict("plan.docx", content)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("docx", archive(("word/document.xml", b"x"))),
        ("odt", archive(("mimetype", b"application/vnd.oasis.opendocument.text"))),
        ("odt", odt().replace(b"content.xml", b"contain.xml")),
        ("odt", odt(kind="text-template")),
    ],
)
def test_an_archive_that_lacks_what_makes_it_a_document_is_refused(kind, content):
    assert "damaged" in verdict(f"plan.{kind}", content)


def test_two_entries_of_one_name_are_refused():
    content = docx(("word/Document.xml", b"another"))
    assert "damaged" in verdict("plan.docx", content)


def test_an_entry_must_have_one_name_at_both_ends():
    content = docx(("word/harmless", b"x")).replace(b"word/harmless", b"vbaProject.bi", 1)
    assert "damaged" in verdict("plan.docx", content)


def test_what_stands_before_or_after_the_archive_is_refused():
    assert "damaged" in verdict("plan.docx", b"MZ" + docx())
    assert "damaged" in verdict("plan.docx", docx() + b"MZ")
    assert "damaged" in verdict("plan.docx", docx()[:4] + b"MZ" + docx()[4:])
    assert "damaged" in verdict("plan.docx", xlsx() + docx())


def test_a_program_that_carries_an_archive_is_refused():
    program = io.BytesIO(b"MZ" * 20)
    with zipfile.ZipFile(program, "a") as archived, zipfile.ZipFile(io.BytesIO(docx())) as document:
        for name in document.namelist():
            archived.writestr(name, document.read(name))
    assert "damaged" in verdict("plan.docx", program.getvalue())


def test_a_second_directory_that_only_some_programs_read_is_refused():
    """A zip64 record may name another directory than the one at the end, whose size is what we limit."""
    content = docx()
    count, length, start = struct.unpack("<HII", content[-12:-2])
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, start + length, 1)
    end = content[-22:-10] + struct.pack("<IIH", length + len(record + locator), start, 0)
    twofold = content[:-22] + record + locator + end
    with zipfile.ZipFile(io.BytesIO(twofold)) as trusting:
        assert len(trusting.namelist()) == count
    assert "damaged" in verdict("plan.docx", twofold)


def test_an_archive_inside_is_left_closed():
    inner = archive(("bomb", bytes(8 * 1024 * 1024)))
    assert verdict("plan.docx", docx(("word/embeddings/chart.xlsx", inner))) == "docx"


def test_xml_is_never_read():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert verdict("plan.docx", docx(("word/settings.xml", laughs))) == "docx"


# Zip bombs


def test_a_file_that_owns_up_to_being_too_large_is_refused():
    assert "too much to open safely" in verdict("plan.docx", docx(("word/a.xml", bytes(160 * 1024 * 1024))))


def test_a_ratio_that_no_document_has_is_refused():
    assert "too much to open safely" in verdict("plan.docx", docx(("word/a.xml", bytes(20 * 1024 * 1024))))


def test_a_file_that_understates_its_size_is_caught_in_the_act():
    content = docx(("word/a.xml", bytes(40 * 1024 * 1024)))
    lying = content.replace(struct.pack("<I", 40 * 1024 * 1024), struct.pack("<I", 1000))
    assert lying != content
    assert "too much to open safely" in verdict("plan.docx", lying)


def test_a_file_that_understates_its_size_with_the_right_checksum_is_caught_too():
    content = docx(("word/a.xml", bytes(40 * 1024 * 1024)))
    size, checksum = (
        struct.pack("<I", 40 * 1024 * 1024),
        struct.pack("<I", zlib.crc32(bytes(40 * 1024 * 1024))),
    )
    lying = content.replace(size, struct.pack("<I", 1000)).replace(
        checksum, struct.pack("<I", zlib.crc32(bytes(1000)))
    )
    with zipfile.ZipFile(io.BytesIO(lying)) as trusting:
        assert len(trusting.read("word/a.xml")) == 1000
    assert "too much to open safely" in verdict("plan.docx", lying)


def test_too_many_entries_are_refused():
    many = [(f"word/{number}", b"") for number in range(office_files.MAX_ENTRIES + 1)]
    assert "too much to open safely" in verdict("plan.docx", docx(*many))


def test_more_entries_than_the_archive_admits_are_refused():
    content = docx(*[(f"{number}", b"") for number in range(office_files.MAX_ENTRIES + 1)])
    lying = content[:-14] + struct.pack("<HH", 3, 3) + content[-10:]
    assert "damaged" in verdict("plan.docx", lying)


def test_a_size_that_only_a_large_file_could_have_is_refused_before_anything_is_unpacked():
    content = docx(("word/a.bin", random.Random(1).randbytes(2_000_000)), ("word/b.xml", bytes(1000)))
    lying = content.replace(struct.pack("<I", 1000), struct.pack("<I", 200 * 1024 * 1024))
    assert lying != content
    assert "too much to open safely" in verdict("plan.docx", lying)


def test_an_entry_that_is_what_it_says_is_taken():
    assert verdict("plan.docx", forged_docx(deflate(b"words"), claims=b"words")) == "docx"


@pytest.mark.parametrize(
    ("packed", "claims"),
    [
        pytest.param(deflate(b"words"), b"sword", id="other words of the same length"),
        pytest.param(deflate(b"words"), b"words and more", id="longer than it is"),
        pytest.param(deflate(b"words") + b"more", b"words", id="something behind it"),
        pytest.param(deflate(b"words", ends=False), b"words", id="without an end"),
    ],
)
def test_an_entry_that_is_not_what_it_says_is_refused(packed, claims):
    assert "damaged" in verdict("plan.docx", forged_docx(packed, claims=claims))


def test_a_bomb_that_passes_for_plain_content_in_front_is_refused():
    bomb = deflate(bytes(40 * 1024 * 1024))
    assert "damaged" in verdict("plan.docx", forged_docx(bomb, claims=bomb, deflated_in_front=False))


def test_an_entry_that_says_it_holds_more_than_the_file_is_refused():
    content = docx(("word/a.xml", b"x"))
    start = content.rindex(b"PK\x01\x02")
    lying = content[: start + 20] + struct.pack("<I", 2**31) + content[start + 24 :]
    assert "damaged" in verdict("plan.docx", lying)


def test_the_worst_that_is_unpacked_costs_little_time_and_memory():
    part = zlib.compress(b"", 9) + bytes(range(256)) * 4096
    heavy = docx(*[(f"word/{number}.xml", part * 2) for number in range(60)])
    tracemalloc.start()
    started = time.monotonic()

    assert verdict("plan.docx", heavy) == "docx"

    assert time.monotonic() - started < 5
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    tracemalloc.stop()


# Names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("plan\x00\r\n.pdf", "plan.pdf"),
        ("plan\u202efdp.pdf", "planfdp.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("  our   plan .pdf", "our plan.pdf"),
        (".pdf", "file.pdf"),
        ("", "file"),
        ("\ud800.pdf", "file.pdf"),
        ("a" * 500 + ".pdf", "a" * 146 + ".pdf"),
        ("a." + "b" * 500, "a." + "b" * 10),
        ("cynllun gwasanaeth ŵ.odt", "cynllun gwasanaeth ŵ.odt"),
    ],
)
def test_a_name_is_made_safe_to_show(name, shown):
    assert display_name(name) == shown


@given(st.text())
def test_a_shown_name_is_always_short_visible_and_only_a_name(name):
    shown = display_name(name)

    assert 0 < len(shown) <= MAX_NAME
    assert not set("/\\\0\r\n") & set(shown)
    assert all(unicodedata.category(letter)[0] != "C" for letter in shown)
    assert display_name(shown) == shown


# Whatever comes


@st.composite
def spoilt(draw):
    """A sound file of some kind with a few bytes changed, cut out or put in."""
    content = bytearray(SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        end = at + draw(st.integers(0, 4))
        content[at:end] = draw(st.binary(max_size=6))
    return bytes(content)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.binary(max_size=400) | spoilt())
def test_no_content_raises_anything_but_unacceptable(kind, content):
    assert verdict(f"plan.{kind}", content)


@given(st.text())
def test_no_name_raises_anything_but_unacceptable(name):
    assert verdict(name, b"words")
