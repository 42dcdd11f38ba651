"""Requests are in UTF-8. One that claims another character set is refused before anything reads its fields.

Our pages are UTF-8, so browsers send nothing else. Django would decode the fields as claimed, and fails with
a server error where the claim is UTF-16 or no text encoding at all.
"""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

UTF_8 = {"utf-8", "utf8"}


def utf_8_only(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        claimed = request.content_params.get("charset", "utf-8")
        if claimed.lower() not in UTF_8:
            request.encoding = "utf-8"  # whoever still looks at the request, such as a log, can read it
            raise BadRequest("The request is not in UTF-8.")
        return get_response(request)

    return middleware
