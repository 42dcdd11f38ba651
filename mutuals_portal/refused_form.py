"""What happens to a form without a good token against forged requests: it is refused, and its texts are shown again.

A page that was open for hours, or a browser that keeps no cookies, must not cost anybody an hour's writing. The texts
are only shown, to be copied: sending them on with one click would be what the protection is there to prevent.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

WORTH_COPYING = 30
"""Characters. What is shorter is quickly typed again, and may be a password or a code."""


@never_cache
def refuse(request: HttpRequest, reason: str = "") -> HttpResponse:
    texts = [value for values in dict(request.POST.lists()).values() for value in values]
    typed = [text for text in texts if len(text) >= WORTH_COPYING and " " in text]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)
