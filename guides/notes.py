"""Where the facts on one page come from: sources by number, and what is said in words instead. Pure."""

from dataclasses import dataclass

from mutuals_portal.markup import SPECIAL, special


@dataclass(frozen=True)
class Mark:
    """What follows a fact: the number of its source, or words."""

    number: int = 0
    words: str = ""


class Notes:
    """Numbers sources in the order in which they are met. ``keys``: those that a text above has numbered already."""

    def __init__(self, keys: tuple[str, ...] = ()) -> None:
        self._numbers = {key: number for number, key in enumerate(keys, start=1)}
        self._said: set[str] = set()

    def mark(self, source: str) -> Mark:
        """``source``: a key, or one of the words that stand for no source; nothing has no mark."""
        if source in SPECIAL:
            return Mark(words=special(source, self._said))
        if not source:
            return Mark()
        return Mark(number=self._numbers.setdefault(source, len(self._numbers) + 1))

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each source; the first has the number 1."""
        return tuple(self._numbers)
