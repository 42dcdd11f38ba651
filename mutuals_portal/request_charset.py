"""Requests are read as UTF-8, whatever character set they claim.

Our pages are UTF-8, so browsers send nothing else. Django would believe the claim: with UTF-16 it fails on a form,
and with "base64" while it makes the request, before any middleware could help. So the claim is dropped at the very
door. What then cannot be read is refused further in, by the form or by the check for forged requests.
"""

from collections.abc import Callable
from typing import Any


def read_as_utf_8(application: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a WSGI application. Of a Content-Type only the kind and, for files, the boundary are left."""

    def guarded(environ: dict[str, Any], *start_response: Any) -> Any:
        kind, *parameters = environ.get("CONTENT_TYPE", "").split(";")
        boundary = [each for each in parameters if each.strip().lower().startswith("boundary=")]
        environ["CONTENT_TYPE"] = ";".join([kind, *boundary[:1]])
        return application(environ, *start_response)

    return guarded
