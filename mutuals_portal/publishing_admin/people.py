"""Who can own a text, and how people are named on these pages."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

RIGHTS_FROM = "django.contrib.auth.backends.ModelBackend"


def name_of(user: User | None) -> str:
    """A full name where there is one. Nobody is "": what came with the service was written by nobody here."""
    return (user.get_full_name() or user.get_username()) if user else ""


def names_of(users: Iterable[User]) -> list[tuple[str, str]]:
    """As choices, in the order of the names."""
    choices = [(str(user.pk), name_of(user)) for user in users]
    return sorted(choices, key=lambda choice: choice[1].casefold())


def possible_owners(rights: Iterable[str], *, present: int | None) -> QuerySet[User]:
    """Who has one of these rights and can be told that something is to be done, and whoever is the owner now."""
    able = Q(pk=present)
    for right in rights:
        able |= Q(pk__in=User.objects.with_perm(right, backend=RIGHTS_FROM).values("pk"))
    return User.objects.filter(able).order_by("last_name", "username")
