"""The directory: who can help, and what each body does."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import get_text_list

from mutuals_portal.content_pages import content_page
from mutuals_portal.vocabulary import Nation
from signposting.models import Organisation


@content_page
def organisations(request):
    bodies = [
        {"body": body, "where": where(body), "is_partner": body.kind == Organisation.Kind.PARTNER}
        for body in Organisation.objects.offering_help()
    ]
    context = {
        "partners": [listed for listed in bodies if listed["is_partner"]],
        "helpers": [listed for listed in bodies if not listed["is_partner"]],
    }
    return render(request, "signposting/support/list.html", context)


@content_page
def organisation(request, slug):
    body = get_object_or_404(Organisation.objects.offering_help(), slug=slug)
    context = {
        "breadcrumbs": [
            {"text": "Who can help", "href": reverse("signposting:support")},
            {"text": body.name},
        ],
        "body": body,
        "where": where(body),
        "offer": [paragraph for paragraph in body.offer.split("\n\n") if paragraph.strip()],
        "is_partner": body.kind == Organisation.Kind.PARTNER,
        "takes_enquiries": Organisation.objects.able().filter(pk=body.pk).exists(),
    }
    return render(request, "signposting/support/organisation.html", context)


def where(body):
    """The nations that a body helps in, as part of a sentence."""
    if not body.nations:
        return "the whole of the UK"
    return get_text_list([Nation(nation).label for nation in body.nations], "and")
