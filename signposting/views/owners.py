"""The page behind a private link: a body sees its own entry, and says that all of it is right or what has changed.

It has no token against forged requests, because the link is the secret that such a token would be: so it sets no
cookie. Opening a link changes nothing, whoever opens it: mail scanners do.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from guides.library import shelf
from mutuals_portal.client_address import client_address
from mutuals_portal.database_outage import keeps_answers
from mutuals_portal.private_access import throttle
from mutuals_portal.private_access.forms import too_many_tries
from mutuals_portal.private_access.pages import private
from signposting import assuring, bodies, owner_links
from signposting.models import Entry, OwnerLink, Proposal
from signposting.owner_form import ChangesForm, with_more_rows

LONGEST_NUMBER = 9
WORTH_COPYING = 3
"""Characters. What is shorter is quickly typed again."""


def with_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: the view gets the link instead of its secret. A link that opens nothing loses nothing typed."""

    @csrf_exempt
    @private
    @keeps_answers
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, secret: str) -> HttpResponse:
        try:
            link = owner_links.open_link(secret, address=client_address(request), at=timezone.now())
            return view(request, link, secret)
        except (
            throttle.WrongCode,
            owner_links.Gone,
            Entry.DoesNotExist,
        ):  # the last: withdrawn in this very moment
            return _closed(request, status=404)
        except throttle.TooManyTries as refused:
            return _closed(request, status=429, reason=too_many_tries(refused.until))

    return opened


@with_link
def entry(request, link, secret):
    return _show(request, link, secret)


@with_link
def confirm(request, link, secret):
    if request.method == "POST":
        number = request.POST.get("number", "")
        is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        try:
            assuring.confirm(link, seen=int(number) if is_number else 0, at=timezone.now())
        except assuring.Refused as refusal:
            return _show(request, link, secret, refusal=refusal)
    return redirect("signposting:owner-entry", secret)


@with_link
def changes(request, link, secret):
    live = _live(link)
    proposal = Proposal.objects.open().filter(document=link.organisation_id).select_related("edition").first()
    if request.method != "POST":
        return _ask(request, secret, ChangesForm(edition=_as_proposed(proposal) if proposal else live), live)
    if "more" in request.POST:
        return _ask(request, secret, ChangesForm(with_more_rows(request.POST), edition=live), live)
    form = ChangesForm(request.POST, edition=live)
    if form.is_valid():
        seen, note = form.cleaned_data["number"], form.cleaned_data["note"]
        try:
            assuring.propose(link, seen=seen, words=form.words(), note=note, at=timezone.now())
        except assuring.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("signposting:owner-entry", secret)
    return _ask(request, secret, form, live)


def _show(
    request: HttpRequest, link: OwnerLink, secret: str, *, refusal: object = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    found = bodies.with_offers(Entry.objects.live(at=now).filter(document=link.organisation_id)).get()
    told = bodies.tell(found, library=shelf(at=now), now=now)
    sent = Proposal.objects.filter(document=link.organisation_id).exclude(superseded_at__isnull=False)
    newest = sent.order_by("-received_at", "-pk").first()
    context = {
        "secret": secret,
        "entry": found,
        "told": told,
        "refusal": refusal,
        "waiting": newest if newest and newest.is_open else None,
        "decided": newest if newest and not newest.is_open else None,
        "outcome": _outcome(newest) if newest and not newest.is_open else [],
        "confirmed_today": told.checked.by_the_body and told.checked.on == timezone.localdate(now),
        "holds_until": link.holds_until,
    }
    return render(request, "signposting/owners/entry.html", context, status=status)


def _ask(request: HttpRequest, secret: str, form: ChangesForm, live: Entry) -> HttpResponse:
    context = {"form": form, "entry": live, "secret": secret}
    return render(request, "signposting/owners/changes.html", context)


def _as_proposed(proposal: Proposal) -> Entry:
    """What the entry would say if all that waits were accepted. Never saved."""
    edition = proposal.edition
    for name, value in proposal.words.items():
        setattr(edition, name, value)
    return edition


def _outcome(proposal: Proposal) -> list[dict[str, str]]:
    fields = ChangesForm.base_fields
    return [
        {"field": str(fields[name].label), "reason": proposal.outcome[name]}
        for name in Entry.WORDS
        if name in proposal.outcome
    ]


def _live(link: OwnerLink) -> Entry:
    return Entry.objects.live(at=timezone.now()).select_related("document").get(document=link.organisation_id)


def _closed(request: HttpRequest, *, status: int, reason: str = "") -> HttpResponse:
    texts = [value for values in dict(request.POST.lists()).values() for value in values]
    context = {
        "reason": reason,
        "typed": [text for text in texts if len(text) > WORTH_COPYING and " " in text],
    }
    return render(request, "signposting/owners/closed.html", context, status=status)
