"""Handing out a file that a group sent along. It is somebody's upload: a browser must never open it as a page."""

from pathlib import Path

from django.http import FileResponse, Http404

from signposting.models import Attachment

CONTENT_TYPES = {
    Attachment.Kind.PDF: "application/pdf",
    Attachment.Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Attachment.Kind.ODT: "application/vnd.oasis.opendocument.text",
    Attachment.Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Attachment.Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Attachment.Kind.TXT: "text/plain; charset=utf-8",
    Attachment.Kind.PNG: "image/png",
    Attachment.Kind.JPG: "image/jpeg",
}


def hand_out(attachment: Attachment) -> FileResponse:
    """The file as a download. Whoever calls this has checked who is asking. Raises ``Http404`` if it is gone."""
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as error:
        raise Http404("The file is gone.") from error
    response = FileResponse(
        content,
        as_attachment=True,
        filename=Path(attachment.name).name,
        content_type=CONTENT_TYPES[Attachment.Kind(attachment.kind)],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
