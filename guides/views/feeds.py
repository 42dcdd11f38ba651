"""What is new in a guide, and in policy."""

from django.urls import reverse
from django.utils import timezone

from guides.library import shelf
from guides.models import Document, Edition
from guides.views.pages import absent
from mutuals_portal import atom
from mutuals_portal.content_pages import content_page


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
    about = {entry.pk: atom.About(entry.name, entry.address) for entry in entries}
    editions = atom.news(Edition.objects.filter(document__in=about), at=at).defer("body")
    ordered = editions.order_by("-shown_from", "document__position", "document__slug")
    return atom.feed(
        request,
        ordered[: atom.ENTRIES],
        title=title,
        subtitle="New texts and changes",
        page=page,
        about=lambda edition: about[edition.document_id],
    )
