"""What can be found: each app says how its published documents are found. Nothing here knows any of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


class Kind(models.TextChoices):
    """What a reader gets."""

    GUIDE = "guide", "Guide page"
    LOOK_OUT = "look-out", "Look-out"
    TOOL = "tool", "Tool"
    TERM = "term", "Glossary term"
    BULLETIN = "policy", "Policy bulletin"
    CASE_STUDY = "case-study", "Case study"
    ORGANISATION = "organisation", "Who can help"


@dataclass(frozen=True, kw_only=True)
class Found:
    """One edition that readers can or will open, from one moment to another. No draft ever becomes one.

    ``names``: other words that it is called by. ``text``: all else that it says, without marks. ``part_of``: the title
    of what it belongs to. No ``stages`` means any. What hides it, such as the guide that a page belongs to, has already
    cut ``shown_from`` and ``shown_until``.
    """

    key: str
    kind: Kind
    address: str
    title: str
    summary: str
    names: tuple[str, ...] = ()
    text: str
    nations: tuple[str, ...]
    stages: tuple[str, ...] = ()
    part_of: str = ""
    shown_from: datetime
    shown_until: datetime | None


@dataclass(frozen=True)
class Searchable:
    """``affected``: the documents whose place in the search may change with one, itself among them.
    ``key``: the one key of a document. ``found``: what there is to find of documents."""

    affected: Callable[[Any], Iterable[Any]]
    key: Callable[[Any], str]
    found: Callable[[Iterable[Any]], Iterable[Found]]


_kinds: dict[type[models.Model], Searchable] = {}


def register(model: type[models.Model], searchable: Searchable) -> None:
    _kinds[model] = searchable


def searchable(document: Any) -> Searchable | None:
    # Editors may have it before them as a proxy, as bodies are in the directory.
    return _kinds.get(document._meta.concrete_model)


def registered() -> dict[type[models.Model], Searchable]:
    return dict(_kinds)
