"""Each guide as a PDF: tagged, numbered, dated, the same bytes for the same text, and never older than the text.

- ``present`` is the PDF of what a guide says now, or None while it is still to be made;
- ``make_missing`` makes what is missing: the worker does that every minute;
- ``ask_for`` has the worker do it at once.

A PDF becomes stale in ways that no verb of publishing knows of: a scheduled text comes up, a source is corrected, a
page that it links to moves, the service itself is updated. So nothing tells a PDF that it is stale. Each has the
digest of what it was made from; who wants it compares that with the present digest, and a minute later the worker has
done the same. ``publishing`` therefore knows nothing of PDFs, and no signal is sent. Whoever has just published
something (the guides' admin, load_content) may call ``ask_for`` to save readers that minute; to forget it costs
no more.
"""

from guides.pdf.keeping import JOB, ask_for, digest, make, make_missing, present

__all__ = ["JOB", "ask_for", "digest", "make", "make_missing", "present"]
