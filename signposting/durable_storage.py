"""Where uploads are kept: on the disk itself before the row that names them is committed.

Without this a power cut just after a page has said "we have your file" could leave a row with an empty file.
"""

import os
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class DurableFileSystemStorage(FileSystemStorage):
    """Files that are written through to the disk, and with them the folders that name them."""

    def _save(self, name, content):
        kept_as = super()._save(name, content)
        path = Path(self.path(kept_as))
        _write_through(path)
        for folder in path.parents:
            _write_through(folder)
            if folder == Path(self.location).parent:  # names the location itself, which the first file made
                break
        return kept_as


def _write_through(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
