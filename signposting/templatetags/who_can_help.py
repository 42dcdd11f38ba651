"""Who can help, for pages that may not know of signposting: the guides.

    {% load who_can_help %}{% who_can_help nation %}

With a nation it names the bodies nearest to it, in one query; without one it leads to the directory.
"""

from typing import Any

from django import template

from signposting.may_already_answer import bodies_for

register = template.Library()


@register.inclusion_tag("signposting/support/who_can_help.html")
def who_can_help(nation: str = "") -> dict[str, Any]:
    return {"bodies": bodies_for(nation=nation) if nation else []}
