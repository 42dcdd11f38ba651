"""What the templates of case studies write often: marks that lead to sources, and parts of pictures."""

from typing import Any

from django import template
from django.utils.html import format_html

from case_studies import pictures
from guides.models import Source
from mutuals_portal import partial_date

register = template.Library()

register.filter("months_in_words", pictures.in_words)
register.filter("partial_date", partial_date.in_words)


@register.simple_tag
def source_mark(numbers: dict[str, int], source: Source | None) -> str:
    """A number that leads to the source in the list of the page, as the marks in texts do."""
    if source is None or source.key not in numbers:
        return ""
    return format_html(
        '<sup class="portal-note"><a class="govuk-link" href="#source-{0}">'
        '<span class="govuk-visually-hidden">source </span>[{0}]</a></sup>',
        numbers[source.key],
    )


@register.filter
def percent(value: Any) -> str:
    return f"{value.normalize():f}%"
