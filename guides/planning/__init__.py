"""A group's plan: what it kept of the tools and what it decided, opened with a reference and a code.

Views import the package and say ``planning.keep(...)``. Nobody but the group can see a plan: no page of the admin shows
it, and no mail about it is ever sent. A plan goes twelve months after its last change, or when the group says so.
"""

from guides.planning.opening import COOKIE, open_with, plans_open, replace_code
from guides.planning.reading import Logged, Part, Reading, read
from guides.planning.verbs import (
    CODE_SHOWN_FOR,
    DECISIONS_AT_MOST,
    KEPT_FOR,
    AlreadyStarted,
    ChangedMeanwhile,
    Full,
    Gone,
    decide,
    delete,
    delete_expired,
    drop,
    forget_wrong_codes,
    keep,
    start,
    undo,
)

__all__ = [
    "CODE_SHOWN_FOR",
    "COOKIE",
    "DECISIONS_AT_MOST",
    "KEPT_FOR",
    "AlreadyStarted",
    "ChangedMeanwhile",
    "Full",
    "Gone",
    "Logged",
    "Part",
    "Reading",
    "decide",
    "delete",
    "delete_expired",
    "drop",
    "forget_wrong_codes",
    "keep",
    "open_with",
    "plans_open",
    "read",
    "replace_code",
    "start",
    "undo",
]
