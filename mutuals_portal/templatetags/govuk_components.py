"""GOV.UK components that hold HTML of the page, as block tags, and what forms need outside `{% crispy %}`.

    {% inset_text %}<p>…</p>{% endinset_text %}      {% warning_text %}…{% endwarning_text %}
    {% details "Why we ask" %}…{% enddetails %}      {% panel "Enquiry sent" %}Your reference …{% endpanel %}
    {% notification_banner kind="success" %}…{% endnotification_banner %}
    {% error_summary form %}                         {% govuk_field form.answer size="m" %}

Components that hold only plain values are includes: templates/components/README.md lists them all.
"""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.template.loader import get_template

from mutuals_portal.govuk_controls import control_id
from mutuals_portal.govuk_layout import Field

register = template.Library()


def component(name: str, **values: Any) -> str:
    return get_template(f"components/{name}.html").render(values)


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> str:
    return component("details", summary=summary, open=open, text=content)


@register.simple_block_tag
def inset_text(content: str) -> str:
    return component("inset_text", text=content)


@register.simple_block_tag
def warning_text(content: str) -> str:
    return component("warning_text", text=content)


@register.simple_block_tag
def panel(content: str, title: str) -> str:
    return component("panel", title=title, text=content)


@register.simple_block_tag
def notification_banner(content: str, kind: str = "", title: str = "") -> str:
    return component("notification_banner", kind=kind, title=title, html=content)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    return {"errors": list(errors_in_page_order(form))}


@register.simple_tag
def govuk_field(bound: BoundField, **look: Any) -> str:
    return Field(bound.name, **look).render(bound.form)


def errors_in_page_order(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    """Each message with the link to its control. What no control can answer has no link."""
    for message in form.errors.get(NON_FIELD_ERRORS, ()):
        yield {"text": str(message)}
    for name in form.fields:
        if messages := form.errors.get(name):
            bound = form[name]
            own = "" if bound.is_hidden else control_id(bound)
            for text, mistake in zip(messages, messages.as_data(), strict=True):
                # A field of several controls says at which of them something is wrong.
                control = getattr(mistake, "control", own)
                yield {"text": str(text), "href": control and f"#{control}"}
