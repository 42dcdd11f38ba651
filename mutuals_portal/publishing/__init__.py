"""How a text becomes public: written, read by a second person, shown from one moment to another, or withdrawn.

What has an address is a document; what it says, from when to when, is an edition of it. Editions follow one
another: draft → in review → approved → published. A published edition never changes again. Readers are only ever
given editions that are live at the moment of asking, so no job has to run for a scheduled text to appear, and no
view can show a draft by mistake.

``guides`` and ``case_studies`` derive their models from the two in ``editions``. Nothing but ``verbs`` sets a status.
Second pair of eyes: the practice of GOV.UK's content designers; the database holds it too.
"""

from mutuals_portal.publishing.editions import Document, Edition, EditionQuerySet, Standing
from mutuals_portal.publishing.followers import followers, told_afterwards
from mutuals_portal.publishing.kinds import Kind, kinds, register
from mutuals_portal.publishing.verbs import (
    SECOND_PERSON,
    ChangedMeanwhile,
    NotReady,
    Refused,
    Verb,
    approve,
    cancel_schedule,
    discard,
    may_start,
    possible,
    publish,
    publish_loaded,
    send_back,
    send_for_review,
    start,
    withdraw,
    worked_on,
    write,
)

__all__ = [
    "SECOND_PERSON",
    "ChangedMeanwhile",
    "Document",
    "Edition",
    "EditionQuerySet",
    "Kind",
    "NotReady",
    "Refused",
    "Standing",
    "Verb",
    "approve",
    "cancel_schedule",
    "discard",
    "followers",
    "kinds",
    "may_start",
    "possible",
    "publish",
    "publish_loaded",
    "register",
    "send_back",
    "send_for_review",
    "start",
    "told_afterwards",
    "withdraw",
    "worked_on",
    "write",
]
