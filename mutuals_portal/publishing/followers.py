"""Who wants to know when what readers see of a document changes, now or at a moment to come.

The verbs call each follower with the document inside their transaction, so what a follower keeps is never out of step
with what is published. An app adds its own when it is set up.
"""

from collections.abc import Callable
from typing import Any

followers: list[Callable[[Any], None]] = []


def tell(document: Any) -> None:
    for follower in followers:
        follower(document)
