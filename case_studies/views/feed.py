"""New case studies and public changes to them, for feed readers (Atom, RFC 4287)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from case_studies.models import Profile
from mutuals_portal.content_pages import content_page
from mutuals_portal.markup.parsing import INVISIBLE

ENTRIES = 50
SERVICE = "Mutuals Information Service"


@content_page
def feed(request):
    own_address = f"{settings.PUBLIC_URL}{request.path}"
    news = Atom1Feed(
        title="Case studies: what is new",
        link=f"{settings.PUBLIC_URL}{reverse('case_studies:directory')}",
        description=None,
        subtitle="New case studies and changes",
        language="en-GB",
        author_name=SERVICE,
        feed_url=own_address,
        feed_guid=own_address,
    )
    for edition in _news(at=timezone.now()):
        news.add_item(
            title=_printable(edition.title),
            link=f"{settings.PUBLIC_URL}{edition.document.get_absolute_url()}",
            description=escape(_printable(edition.summary if edition.is_first else edition.change_note)),
            unique_id=_tag(edition),
            pubdate=edition.shown_from,
            updateddate=edition.shown_from,
        )
    return HttpResponse(news.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _news(*, at):
    """First editions and public changes of what can be read now, the newest first."""
    shown = Profile.objects.ever_shown(at=at).filter(withdrawn_at=None)
    earlier = shown.filter(document=OuterRef("document"), shown_from__lt=OuterRef("shown_from"))
    live = Profile.objects.live(at=at).filter(document=OuterRef("document"))
    return (
        shown.filter(Exists(live))
        .annotate(is_first=~Exists(earlier))
        .filter(Q(is_first=True) | Q(change_is_public=True) & ~Q(change_note=""))
        .select_related("document")
        .defer(*Profile.TEXTS)
        .order_by("-shown_from", "document__slug")[:ENTRIES]
    )


def _tag(edition):
    """RFC 4151."""
    day = timezone.localdate(edition.shown_from)
    return f"tag:{urlsplit(settings.PUBLIC_URL).hostname},{day}:{edition.document.name}/{edition.number}"


def _printable(words):
    return INVISIBLE.sub("", words)
