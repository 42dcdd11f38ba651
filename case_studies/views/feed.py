"""New case studies and public changes to them."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from case_studies.models import Profile
from mutuals_portal import atom
from mutuals_portal.content_pages import content_page


@content_page
def feed(request):
    now = timezone.now()
    live = Profile.objects.live(at=now).filter(document=OuterRef("document"))
    editions = atom.news(Profile.objects.filter(Exists(live)), at=now).defer(*Profile.TEXTS)
    return atom.feed(
        request,
        editions[: atom.ENTRIES],
        title="Case studies",
        subtitle="New case studies and changes",
        page=reverse("case_studies:directory"),
        about=lambda edition: atom.About(edition.document.name, edition.document.get_absolute_url()),
    )
