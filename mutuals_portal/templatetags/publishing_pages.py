"""Addresses of pages about a kind of text, whichever it is: ``{% text_url "edit" document.pk edition.pk %}``."""

from typing import Any

from django import template
from django.template.context import RequestContext

register = template.Library()


@register.simple_tag(takes_context=True)
def text_url(context: RequestContext, name: str, *args: Any) -> str:
    return context["texts"].url(name, *args)
