"""What the templates of case studies write often, and what pages of the guides show of case studies.

{% load case_studies %}
{{ edition.met_by|of_look_out:look_out }}   the issues of a guide's text: “met by 7 of 22 bodies: hindered 4, helped 3”
"""

from typing import Any

from django import template
from django.utils.html import format_html

from case_studies import evidence, pictures
from guides.library import Issue
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
def lower_first(words: str) -> str:
    """Within a sentence. Names and abbreviations further on stay as they are."""
    return f"{words[:1].lower()}{words[1:]}"


@register.filter
def percent(value: Any) -> str:
    return f"{value.normalize():f}%"


@register.filter
def of_look_out(met: Any, look_out: Issue) -> evidence.Tally | str:
    return evidence.tallied(met or ()).get(look_out.slug, "")
