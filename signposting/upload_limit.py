"""Of a file that is too large, no more is stored than shows that it is too large.

Whoever chose it gets the form's message, and nobody fills our disk. Named in the FILE_UPLOAD_HANDLERS setting, before
those that store.
"""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from signposting.attachment_types import MAX_BYTES


class DropWhatIsTooMuch(FileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on while no more than the limit came before it: the last one passed crosses the limit."""
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
