"""What is new, for feed readers (Atom, RFC 4287): new texts and changes that their editor made public."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from guides.library import shelf
from guides.models import Document, Edition
from guides.views.pages import absent
from mutuals_portal.content_pages import content_page
from mutuals_portal.markup import INVISIBLE

ENTRIES = 50
SERVICE = "Mutuals Information Service"


@content_page
def guide_feed(request, guide):
    now = timezone.now()
    found = shelf(at=now).guide(guide)
    if found is None:
        return absent(request, Document.Kind.GUIDE, guide, guide, now)
    return _feed(request, found.in_reading_order, at=now, title=found.title, page=found.address)


@content_page
def policy_feed(request):
    now = timezone.now()
    return _feed(request, shelf(at=now).bulletins, at=now, title="Policy", page=reverse("guides:policy"))


def _feed(request, entries, *, at, title, page):
    own_address = f"{settings.PUBLIC_URL}{request.path}"
    feed = Atom1Feed(
        title=f"{title}: what is new",
        link=f"{settings.PUBLIC_URL}{page}",
        description=None,
        subtitle="New texts and changes",
        language="en-GB",
        author_name=SERVICE,
        feed_url=own_address,
        feed_guid=own_address,
    )
    by_document = {entry.pk: entry for entry in entries}
    for edition in _news(by_document, at=at):
        entry = by_document[edition.document_id]
        feed.add_item(
            title=_printable(edition.title),
            link=f"{settings.PUBLIC_URL}{entry.address}",
            description=escape(_printable(edition.summary if edition.is_first else edition.change_note)),
            unique_id=_tag(entry, edition),
            pubdate=edition.shown_from,
            updateddate=edition.shown_from,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _news(documents, *, at):
    """First editions and public changes of these documents, the newest first. What was withdrawn is no news."""
    shown = Edition.objects.ever_shown(at=at).filter(withdrawn_at=None)
    earlier = shown.filter(document=OuterRef("document"), shown_from__lt=OuterRef("shown_from"))
    return (
        shown.filter(document__in=documents)
        .annotate(is_first=~Exists(earlier))
        .filter(Q(is_first=True) | Q(change_is_public=True) & ~Q(change_note=""))
        .defer("body")
        .order_by("-shown_from", "document__position", "document__slug")[:ENTRIES]
    )


def _tag(entry, edition):
    """RFC 4151: stays when the page moves."""
    day = timezone.localdate(edition.shown_from)
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{day}:{entry.name}/{edition.number}"


def _printable(words):
    return INVISIBLE.sub("", words)
