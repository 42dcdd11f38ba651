"""What base.html asks about the page it frames: its place in the navigation, its address, and data about it."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Text, the address it leads to, and how the names of the addresses begin that belong to it.
NAVIGATION = (
    ("Home", "home", ("home",)),
    (
        "Guides",
        "guides:guides",
        (
            "guides:guide",
            "guides:stage",
            "guides:page",
            "guides:print",
            "guides:glossary",
            "guides:policy",
            "guides:bulletin",
            "guides:report",
        ),
    ),
    (
        "Tools",
        "guides:tools",
        (
            "guides:tools",
            "guides:can-we-spin-out",
            "guides:look-out",
            "guides:legal-forms",
            "guides:who-has-a-say",
            "guides:plan",
            "guides:keep",
            "guides:readiness",
        ),
    ),
    ("Case studies", "case_studies:directory", ("case_studies:",)),
    (
        "Who can help",
        "signposting:support",
        (
            "signposting:support",
            "signposting:bodies",
            "signposting:how-we-rank",
            "signposting:organisation",
            "signposting:open-data",
        ),
    ),
    ("Ask us", "signposting:enquiry-start", ("signposting:enquiry", "signposting:sent")),
    ("Follow an enquiry", "signposting:follow", ("signposting:follow",)),
)

NOT_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


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


@register.simple_tag
def linked_data(data: dict[str, Any]) -> str:
    """Data for search engines. No word of it can end the element or begin another one."""
    escaped = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(NOT_IN_A_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(escaped))  # noqa: S308 (escaped)
