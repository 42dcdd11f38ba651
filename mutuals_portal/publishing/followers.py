"""Who wants to know when what readers see of a document changes, now or at a moment to come.

The verbs call each follower with the document inside their transaction, so what a follower keeps is never out of step
with what is published. An app adds its own when it is set up.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

followers: list[Callable[[Any], None]] = []

_untold: ContextVar[list[Any] | None] = ContextVar("untold", default=None)


def tell(document: Any) -> None:
    untold = _untold.get()
    if untold is not None:
        untold.append(document)
        return
    for follower in followers:
        follower(document)


@contextmanager
def told_afterwards(tell_all: Callable[[list[Any]], object]) -> Iterator[None]:
    """Instead of the followers, ``tell_all`` hears of every document at once, when the block ends well.

    For whoever publishes hundreds of texts in one transaction, which must end after this block.
    """
    documents: list[Any] = []
    token = _untold.set(documents)
    try:
        yield
    finally:
        _untold.reset(token)
    tell_all(documents)
