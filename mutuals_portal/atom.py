"""What is new, for feed readers (Atom, RFC 4287): new texts and changes that their editor made public."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from mutuals_portal.markup import INVISIBLE

ENTRIES = 50
SERVICE = "Mutuals Information Service"


@dataclass(frozen=True)
class About:
    """A document as an entry of a feed: its name stays when its address changes."""

    name: str
    address: str


def feed(
    request: HttpRequest,
    editions: Iterable[Any],
    *,
    title: str,
    subtitle: str,
    page: str,
    about: Callable[[Any], About],
) -> HttpResponse:
    """``editions`` come from ``news``. ``page`` is the address of the page whose news they are."""
    own_address = f"{settings.PUBLIC_URL}{request.path}"
    written = Atom1Feed(
        title=f"{title}: what is new",
        link=f"{settings.PUBLIC_URL}{page}",
        description=None,
        subtitle=subtitle,
        language="en-GB",
        author_name=SERVICE,
        feed_url=own_address,
        feed_guid=own_address,
    )
    for edition in editions:
        document = about(edition)
        written.add_item(
            title=_printable(edition.title),
            link=f"{settings.PUBLIC_URL}{document.address}",
            description=escape(_printable(edition.summary if edition.is_first else edition.change_note)),
            unique_id=_tag(document.name, edition),
            pubdate=edition.shown_from,
            updateddate=edition.shown_from,
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def news(editions: Any, *, at: datetime) -> QuerySet[Any]:
    """First editions and public changes, the newest first. What was withdrawn is no news."""
    shown = editions.ever_shown(at=at).filter(withdrawn_at=None)
    every = editions.model.objects.ever_shown(at=at).filter(withdrawn_at=None)
    earlier = every.filter(document=OuterRef("document"), shown_from__lt=OuterRef("shown_from"))
    return (
        shown.annotate(is_first=~Exists(earlier))
        .filter(Q(is_first=True) | Q(change_is_public=True) & ~Q(change_note=""))
        .select_related("document")
        .order_by("-shown_from", "document__slug")
    )


def _tag(name: str, edition: Any) -> str:
    """RFC 4151: stays when the page moves."""
    day = timezone.localdate(edition.shown_from)
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{day}:{name}/{edition.number}"


def _printable(words: str) -> str:
    return INVISIBLE.sub("", words)
