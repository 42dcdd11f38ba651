"""The list of policy bulletins: how things stand, and how we got here."""

from django.shortcuts import render
from django.utils import timezone

from guides.library import shelf
from guides.models import Edition
from mutuals_portal.content_pages import content_page


@content_page
def policy(request):
    now = timezone.now()
    bulletins = shelf(at=now).bulletins
    context = {
        "bulletins": bulletins,
        "eras": [
            (label, [bulletin for bulletin in bulletins if bulletin.era == era])
            for era, label in Edition.Era.choices
        ],
        "today": timezone.localdate(now),
    }
    return render(request, "guides/policy.html", context)
