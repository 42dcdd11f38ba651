import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile


@pytest.fixture
def written_through(monkeypatch):
    """What reached the disk itself, in order."""
    paths = []
    monkeypatch.setattr(
        os, "fsync", lambda handle: paths.append(Path(os.readlink(f"/proc/self/fd/{handle}")))
    )
    return paths


@pytest.fixture(params=["in memory", "on disk"])
def upload(request):
    """What Django makes of a small file, and of one that does not fit in memory: that is moved, not written."""
    if request.param == "in memory":
        yield ContentFile(b"words")
        return
    with TemporaryUploadedFile("plan.pdf", "application/pdf", 5, None) as file:
        file.write(b"words")
        file.seek(0)
        yield file


def test_a_file_and_the_folders_that_name_it_are_written_through(uploads_folder, written_through, upload):
    default_storage.save("attachments/plan", upload)

    path = uploads_folder / "attachments" / "plan"
    assert path.read_bytes() == b"words"
    assert written_through == [path, path.parent, uploads_folder, uploads_folder.parent]


def test_only_the_portal_can_read_a_file(uploads_folder, upload):
    default_storage.save("attachments/plan", upload)

    folder = uploads_folder / "attachments"
    assert stat.S_IMODE((folder / "plan").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_never_takes_the_place_of_another():
    names = {default_storage.save("attachments/plan", ContentFile(b"words")) for _ in range(2)}

    assert len(names) == 2


def test_nothing_is_written_outside_the_uploads():
    with pytest.raises(SuspiciousFileOperation):
        default_storage.save("../plan", ContentFile(b"words"))
