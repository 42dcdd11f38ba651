"""The nation that somebody reads for: part of the page's address, and in a cookie only if the reader asks for it.

So a page is the same for everybody who opens its address, and any cache may keep it. For the same reason a plain
page that a browser has kept is shown again, for five minutes at most, after its reader has asked to be remembered.
"""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guides.reading import suffix
from mutuals_portal.content_pages import content_page
from mutuals_portal.markup import NATIONS

COOKIE = "nation"
PATH = "/guides/"
KEPT_FOR = timedelta(days=365)
EVERY = "all"
"""Asked for by a reader whose device remembers a nation and who wants no marks this time."""


def chosen(request):
    return _known(request.GET.get("nation"))


def nation_page(view):
    """Decorator: a content page that marks what applies in a nation.

    A device that remembers a nation is sent on to the address that names it.
    """
    page = content_page(view)

    @wraps(view)
    def respond(request, *args, **kwargs):
        remembered = _known(request.COOKIES.get(COOKIE))
        if remembered and "nation" not in request.GET and request.method in ("GET", "HEAD"):
            return _to_remembered(request, remembered)
        return page(request, *args, **kwargs)

    return respond


def switch(request, nation):
    """The links of the switch. They keep the rest of what was asked for, such as a past day."""
    choices = NATIONS | ({EVERY: "No marks"} if nation else {})
    links = []
    for value, label in choices.items():
        query = request.GET.copy()
        query["nation"] = value
        links.append({"text": label, "href": f"?{query.urlencode()}", "current": value == nation})
    return links


# Without a token: another website could at worst choose a nation, which the reader sees and can change. A token
# would need a cookie on pages that are to set none.
@csrf_exempt
@require_POST
@never_cache
def remember(request):
    """Remember a nation on this device, or forget it, and go back to the page."""
    page = request.POST.get("page", "")
    if not (page.startswith(PATH) and url_has_allowed_host_and_scheme(page, None)):
        page = reverse("guides:guides")
    nation = _known(request.POST.get("nation"))
    response = redirect(f"{page}{suffix(nation)}")
    if nation:
        response.set_cookie(
            COOKIE,
            nation,
            max_age=KEPT_FOR,
            path=PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    return response


@never_cache
def _to_remembered(request, nation):
    query = request.GET.copy()
    query["nation"] = nation
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def _known(nation):
    return nation if nation in NATIONS else ""
