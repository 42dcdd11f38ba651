"""How one entry is kept true: who checks it, when they were asked, who confirmed it; and the two things editors can do
about that, to send the link anew and to say that they have checked the entry with the body themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mutuals_portal import admin_page
from mutuals_portal.publishing_admin.texts import Texts
from signposting import assuring, bodies, owner_links
from signposting.models import Assurance, Entry, OwnerLink, Proposal

SHOWN = 20
LONGEST_NUMBER = 9


def show(texts: Texts, request: HttpRequest, pk: int) -> HttpResponse:
    document = texts.find(pk)
    if request.method == "POST" and texts.may(request.user, "settle"):
        return _carry_out(texts, request, document)
    now = timezone.now()
    live = Entry.objects.live(at=now).filter(document=document).first()
    context = {
        "title": (live and live.title) or document.slug,
        "document": document,
        "live": live,
        "checked": bodies.checked(live, on=timezone.localdate(now)) if live else None,
        "links": _links(document),
        "assurances": Assurance.objects.filter(organisation=document)
        .select_related("given_by")
        .newest_first()[:SHOWN],
        "proposal": Proposal.objects.open().filter(document=document).first(),
    }
    frame = {"texts": texts, "may_settle": texts.may(request.user, "settle")}
    return admin_page.respond(request, "admin/signposting/checking.html", frame | context)


def _links(document: Any) -> Any:
    links = OwnerLink.objects.filter(organisation=document).select_related("made_by", "organisation")
    return links.prefetch_related("mails").order_by("-made_at")[:SHOWN]


def _carry_out(texts: Texts, request: HttpRequest, document: Any) -> HttpResponse:
    now = timezone.now()
    try:
        if "send" in request.POST:
            owner_links.send(document, by=request.user, at=now)
            messages.success(request, "The link is on its way. Older ones open nothing any more.")
        elif "checked" in request.POST:
            number = request.POST["checked"]
            is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
            assuring.check(document, seen=int(number) if is_number else 0, by=request.user, at=now)
            messages.success(request, "Readers see that you checked this entry with the body today.")
    except (owner_links.Refused, assuring.Refused) as refusal:
        messages.warning(request, str(refusal))
    return redirect(texts.url("checking", document.pk))
