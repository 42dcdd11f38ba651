"""The private link by which a body checks its own entry: once a year by itself, or when an editor sends one.

A link has one long secret, which follows from its row and our key: a mail that has to be tried again is the same mail,
and a stolen database opens nothing. It holds until a newer one is sent, until somebody else is to check the entry, or
for 60 days after its year. ``send`` is for those with the right ``signposting.change_listing``; ``open_link`` is for
whoever has a link. A link that never was, one that is over and one of a body that is not listed answer alike.
"""

import base64
import hashlib
from datetime import datetime, timedelta

import structlog
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from mutuals_portal.private_access import throttle
from signposting import emails
from signposting.models import Entry, FailedAccess, Organisation, OwnerLink

A_YEAR = timedelta(days=365)
AGAIN_AFTER = timedelta(hours=1)
"""A second press within it sends nothing more."""
AFTER_FAILURE = timedelta(days=7)
"""A mail that could not be delivered in 72 hours is followed by another a week after the first."""
AT_ONCE = 200

log = structlog.get_logger("portal")


class Refused(Exception):
    """What was asked is not possible. The message says why, to an editor."""


class Gone(Exception):
    """The link opens nothing, or nothing any more."""


def secret_of(link: OwnerLink) -> str:
    """43 characters, 256 bits."""
    made = salted_hmac("signposting.owner-link", str(link.pk), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


@transaction.atomic
def send(organisation: Organisation, *, by: User | None, at: datetime) -> OwnerLink:
    """Make a new link and owe it to whoever checks the entry; the one before opens nothing from now on.

    ``by`` is None where a year has gone by. Sent again within the hour, to the same address, it is one.
    """
    body = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not body.entry_email:
        raise Refused("Nobody checks this entry yet. Enter the e-mail of somebody who does.")
    if not Entry.objects.live(at=at).filter(document=body).exists():
        raise Refused("This body is not listed at the moment, so there is nothing to check.")
    links = OwnerLink.objects.filter(organisation=body, replaced_at=None)
    if just_sent := links.filter(sent_to=body.entry_email, made_at__gt=at - AGAIN_AFTER).first():
        return just_sent
    links.update(replaced_at=at, sent_to="")
    link = OwnerLink(organisation=body, sent_to=body.entry_email, made_at=at, made_by=by)
    link.digest = _digest(secret_of(link))
    link.save()
    emails.owe(link=link, at=at)
    return link


def due(*, at: datetime) -> QuerySet[Organisation]:
    """Listed bodies that nobody has asked for a year. A mail that never arrived asked nobody."""
    failed = Q(mails__failed_at__isnull=False, made_at__lte=at - AFTER_FAILURE)
    asked = OwnerLink.objects.filter(
        organisation=OuterRef("pk"),
        sent_to=OuterRef("entry_email"),
        replaced_at=None,
        made_at__gt=at - A_YEAR,
    ).exclude(failed)
    listed = Entry.objects.live(at=at).filter(document=OuterRef("pk")).exclude(activity="historic")
    return Organisation.objects.filter(Exists(listed), ~Exists(asked)).exclude(entry_email="")


def send_yearly(*, at: datetime) -> int:
    """Send every link that is due. One that cannot be sent does not stop the rest."""
    sent = 0
    for body in due(at=at).order_by("pk")[:AT_ONCE]:
        try:
            send(body, by=None, at=at)
        except Refused:
            continue  # somebody changed it in this very moment
        except Exception:
            log.exception("owner_link_not_sent", body=body.slug)
        else:
            sent += 1
    return sent


def forget_addresses(*, at: datetime) -> int:
    """Of those who check no entry any more. Their links are over."""
    over = OwnerLink.objects.exclude(sent_to="").exclude(sent_to=F("organisation__entry_email"))
    # One update cannot look into another table.
    ids = list(over.values_list("pk", flat=True)[:AT_ONCE])
    return OwnerLink.objects.filter(pk__in=ids).update(
        sent_to="", replaced_at=Coalesce("replaced_at", Value(at))
    )


def open_link(secret: str, *, address: str, at: datetime) -> OwnerLink:
    """Raises ``throttle.WrongCode``, or ``TooManyTries`` for whoever tries out links. It changes nothing."""
    digest = _digest(secret)
    with throttle.guarded(FailedAccess.objects.all(), reference=digest, address=address, at=at):
        link = _opening(at=at).filter(digest=digest).first()
        if link is None:
            raise throttle.WrongCode
    return link


def held(link: OwnerLink, *, at: datetime) -> OwnerLink:
    """The link as it is now, its body held until the end of the transaction. Raises ``Gone``."""
    Organisation.objects.select_for_update().get(pk=link.organisation_id)
    found = _opening(at=at).filter(pk=link.pk).first()
    if found is None:
        raise Gone
    return found


def _opening(*, at: datetime) -> QuerySet[OwnerLink]:
    listed = Entry.objects.live(at=at).filter(document=OuterRef("organisation"))
    return OwnerLink.objects.current(at=at).filter(Exists(listed)).select_related("organisation")


def _digest(secret: str) -> str:
    """A quick one: the secret is long and random, so there is nothing to guess."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
