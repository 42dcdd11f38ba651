"""The frame of our own admin pages: one navigation of all that a user may do, and who is logged in.

Each app registers its places where its admin is imported. What a user may not open is not offered to them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse


@dataclass(frozen=True)
class Place:
    """``right`` is what it takes to open it, none where every member of staff may. ``only_for`` narrows it further."""

    text: str
    address: str
    right: str = ""
    only_for: Callable[[User | AnonymousUser], bool] = lambda user: True

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        return (not self.right or user.has_perm(self.right)) and self.only_for(user)


ALL_PAGES = Place("All admin pages", "admin:index")
"""Comes last, whoever registers after whom."""

_places: list[Place] = []


def register(*places: Place) -> None:
    _places.extend(place for place in places if place not in _places)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    return [
        {"text": place.text, "href": reverse(place.address), "current": here == place.address}
        for place in (*_places, ALL_PAGES)
        if place.is_open_to(request.user)
    ]


def respond(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> TemplateResponse:
    """A page that extends admin/page.html."""
    frame = {"navigation": navigation(request)}
    return TemplateResponse(request, template, frame | context, status=status)
