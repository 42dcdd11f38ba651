"""Who can help, for pages that may not know of signposting: guides, case studies and tools.

    {% load who_can_help %}{% who_can_help nation stage=stage look_outs=look_outs asker=asker %}

With anything to go by it names a few offers that fit, with the reason, in one query; without, it leads to the
directory.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from signposting import directory
from signposting.matching import Wanted

register = template.Library()


@register.inclusion_tag("signposting/support/who_can_help.html")
def who_can_help(
    nation: str = "", stage: str = "", look_outs: Iterable[str] = (), asker: str = ""
) -> dict[str, Any]:
    """A template that lacks one of these passes what Django makes of it, which is empty."""
    wanted = Wanted(nation or "", stage or "", frozenset(look_outs or ()), asker or "")
    is_known = wanted != Wanted()
    return {
        "found": directory.fitting(wanted, at=timezone.now()) if is_known else [],
        "address": directory.address_for(wanted),
    }
