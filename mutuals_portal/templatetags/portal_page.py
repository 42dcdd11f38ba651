"""What base.html asks about the page it frames: its place in the navigation and its public address."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import reverse

register = template.Library()

# Text, the address it leads to, and how the names of the addresses begin that belong to it.
NAVIGATION = (
    ("Home", "home", ("home",)),
    ("Who can help", "signposting:support", ("signposting:support", "signposting:organisation")),
    ("Ask us", "signposting:enquiry-start", ("signposting:enquiry", "signposting:sent")),
    ("Follow an enquiry", "signposting:follow", ("signposting:follow",)),
)


@register.inclusion_tag("components/service_navigation.html", takes_context=True)
def service_navigation(context: RequestContext) -> dict[str, Any]:
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    items = [
        {"text": text, "href": reverse(name), "current": here == name, "active": here.startswith(section)}
        for text, name, section in NAVIGATION
    ]
    return {"items": items}


@register.simple_tag(takes_context=True)
def public_address(context: RequestContext) -> str:
    """The page's one address for search engines and shared links, without its query; "" on an error page."""
    request = context.get("request")
    return f"{settings.PUBLIC_URL}{request.path}" if request else ""
