"""Who can help, for pages that may not know of signposting: guides, case studies and tools.

    {% load who_can_help %}{% who_can_help nation stage=stage look_outs=look_outs asker=asker %}

With anything to go by it names a few offers that fit, with the reason, in one query; without, it leads to the
directory.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import directory
from signposting.matching import Wanted

register = template.Library()


@register.inclusion_tag("signposting/support/who_can_help.html")
def who_can_help(
    nation: str = "", stage: str = "", look_outs: Iterable[str] = (), asker: str = ""
) -> dict[str, Any]:
    """What a template does not have, or what is no word of ours, such as the stage of another guide, is left open."""
    wanted = Wanted(
        nation if nation in Nation.values else "",
        stage if stage in Stage.values else "",
        frozenset(look_outs or ()),
        asker if asker in EnquirerKind.values else "",
    )
    is_known = wanted != Wanted()
    return {
        "found": directory.fitting(wanted, at=timezone.now()) if is_known else [],
        "address": directory.address_for(wanted),
    }
