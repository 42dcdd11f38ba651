"""The kinds of text that there are, for what looks after all of them at once. Each app registers its own."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    editions: type[Any]
    sent_in: tuple[type[Any], ...] = ()
    """What others sent in about them, such as ``reader_reports`` tells of: each with what is ``open``."""
    related: tuple[str, ...] = ("document",)
    """The document, and what its name needs of other rows."""

    @property
    def documents(self) -> type[Any]:
        return self.editions._meta.get_field("document").related_model

    @property
    def right_to_write(self) -> str:
        return f"{self.editions._meta.app_label}.change_{self.editions._meta.model_name}"


_kinds: list[Kind] = []


def register(kind: Kind) -> None:
    if kind not in _kinds:
        _kinds.append(kind)


def kinds() -> tuple[Kind, ...]:
    return tuple(_kinds)
