"""The issues that groups meet, in any order, and the texts that help with each."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from guides.library import Bulletin, shelf
from guides.models import LookOut
from mutuals_portal.content_pages import content_page


@content_page
def look_outs(request):
    return render(request, "guides/look_outs.html", {"look_outs": LookOut.objects.all()})


@content_page
def look_out(request, look_out):
    issue = get_object_or_404(LookOut, slug=look_out)
    helping = shelf(at=timezone.now()).helping_with([issue.slug])
    context = {
        "breadcrumbs": [
            {"text": "What to look out for", "href": reverse("guides:look-outs")},
            {"text": issue.title},
        ],
        "look_out": issue,
        "pages": [entry for entry in helping if not isinstance(entry, Bulletin)],
        "bulletins": [entry for entry in helping if isinstance(entry, Bulletin)],
    }
    return render(request, "guides/look_out.html", context)
