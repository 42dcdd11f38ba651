"""How people are named on these pages."""

from collections.abc import Iterable

from django.contrib.auth.models import User


def name_of(user: User | None) -> str:
    """A full name where there is one. Nobody is "": what came with the service was written by nobody here."""
    return (user.get_full_name() or user.get_username()) if user else ""


def names_of(users: Iterable[User]) -> list[tuple[str, str]]:
    """As choices, in the order of the names."""
    choices = [(str(user.pk), name_of(user)) for user in users]
    return sorted(choices, key=lambda choice: choice[1].casefold())
