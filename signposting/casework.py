"""What the advisers of a body do with a case among themselves. It moves nothing, and the group does not see it."""

import uuid
from datetime import datetime

from django.contrib.auth.models import User

from signposting import access
from signposting.case_record import (
    NotAllowed,
    Refused,
    Standing,
    Words,
    add_event,
    atomic,
    has_been_written,
    lock,
    require_adviser,
    require_words,
)
from signposting.models import Enquiry, Message, Status, Verb


@atomic
def assign(enquiry: Enquiry, *, to: User, by: User, at: datetime, seen: int | None = None) -> Enquiry:
    """A lead gives a claimed case to a colleague of the same body."""
    enquiry = lock(enquiry, seen=seen)
    adviser = require_adviser(enquiry, by)
    if not adviser.has_perm("signposting.assign_enquiry"):
        raise NotAllowed("Only a lead adviser can give an enquiry to a colleague.")
    if enquiry.is_unclaimed or not enquiry.is_open:
        raise Refused("Only an accepted enquiry that is still open has an adviser.")
    if not access.colleagues(adviser).filter(pk=to.pk).exists():
        raise Refused("Choose an adviser of your own body.")
    standing = Standing(Status(enquiry.status), enquiry.holder, to)
    add_event(enquiry, Verb.ASSIGN, standing, by=adviser, at=at)
    return enquiry


@atomic
def note(enquiry: Enquiry, *, text: str, by: User, at: datetime, key: uuid.UUID | None = None) -> Enquiry:
    """An internal note, for advisers of the same body. The group never sees it. It can be made in any status."""
    enquiry = lock(enquiry)
    adviser = require_adviser(enquiry, by)
    if has_been_written(enquiry, key):
        return enquiry
    words = Words(Message.Side.NOTE, require_words(text), enquiry.holder, key)
    add_event(enquiry, Verb.NOTE, Standing.of(enquiry), by=adviser, at=at, words=words)
    return enquiry
