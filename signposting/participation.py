"""What a group changes about itself: colleagues, codes, how we may reach them, and whether others may see the case.

None of it moves the case; each leaves an event all the same. The rules of ``lifecycle`` on locking, refusing and
mail hold here too.
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from mutuals_portal.private_access import codes
from signposting.case_record import (
    Actor,
    NotAllowed,
    Refused,
    Standing,
    add_event,
    atomic,
    lock,
    require_adviser,
    require_participant,
    require_words,
    tell_group,
)
from signposting.models import ContactChoice, Enquiry, Participant, Verb

MAX_PARTICIPANTS = 12
"""A group that follows together, not a mailing list; it also bounds what one wrong code costs us."""


@atomic
def add_participant(
    enquiry: Enquiry, *, name: str, by: Participant, at: datetime, secret: str = ""
) -> tuple[Participant, str]:
    """The sender lets a colleague follow. Returns the colleague and a code, which is shown once and not kept.

    The code follows from ``secret``. A second call with the same one returns the same colleague and code.
    """
    enquiry = lock(enquiry)
    sender = _require_sender(enquiry, by)
    code = codes.code_from(secret or codes.new_secret())
    digest = codes.digest(reference=enquiry.reference, code=code)
    added = enquiry.participants.filter(code_digest=digest).first()
    if added and added.is_current and not added.is_sender:
        return added, code
    if added:
        raise Refused("This form has been used. Open the page again to add a colleague.")
    if not enquiry.is_open:
        raise Refused("This enquiry has ended. Open it again before you add a colleague.")
    if enquiry.participants.current().count() >= MAX_PARTICIPANTS:
        raise Refused(f"{MAX_PARTICIPANTS} people already follow this enquiry. Remove somebody first.")
    colleague = Participant.objects.create(
        enquiry=enquiry,
        name=name.strip(),
        code_digest=digest,
        code_issued_at=at,
        added_at=at,
    )
    add_event(
        enquiry,
        Verb.ADD_PARTICIPANT,
        Standing.of(enquiry),
        by=sender,
        at=at,
        reason=f"{colleague} can follow this enquiry.",
    )
    return colleague, code


@atomic
def remove_participant(
    enquiry: Enquiry, *, participant: Participant, by: Participant, at: datetime
) -> Enquiry:
    """The sender stops a colleague from following. The colleague's code and address are of no use from then on."""
    enquiry = lock(enquiry)
    sender = _require_sender(enquiry, by)
    colleague = require_participant(enquiry, participant)
    if colleague.is_sender:
        raise Refused(
            "The person who sent the enquiry cannot be removed. You can withdraw the enquiry instead."
        )
    Participant.objects.filter(pk=colleague.pk).update(
        removed_at=at, contact_choice=ContactChoice.NO_EMAIL, email="", contact_note=""
    )
    add_event(
        enquiry,
        Verb.REMOVE_PARTICIPANT,
        Standing.of(enquiry),
        by=sender,
        at=at,
        reason=f"{colleague} can no longer follow this enquiry.",
    )
    return enquiry


@atomic
def change_contact(
    enquiry: Enquiry,
    *,
    participant: Participant,
    contact_choice: str,
    email: str,
    contact_note: str,
    by: Participant,
    at: datetime,
) -> Enquiry:
    """Somebody of the group changes how we may reach them. Mail that is still waiting follows the new choice."""
    enquiry = lock(enquiry)
    require_participant(enquiry, by)
    if participant.pk != by.pk:
        raise NotAllowed("You can only change how we reach you yourself.")
    if (contact_choice == ContactChoice.NO_EMAIL) != (not email):
        raise Refused("Give an e-mail address if you want e-mail, and none if you do not.")
    Participant.objects.filter(pk=by.pk).update(
        contact_choice=contact_choice, email=email, contact_note=contact_note.strip()
    )
    add_event(enquiry, Verb.CHANGE_CONTACT, Standing.of(enquiry), by=by, at=at)
    return enquiry


@atomic
def change_consent(enquiry: Enquiry, *, may_share: bool, by: Participant, at: datetime) -> Enquiry:
    """The sender agrees, or no longer agrees, that other partner bodies may be shown the enquiry from now on."""
    enquiry = lock(enquiry)
    sender = _require_sender(enquiry, by)
    if enquiry.may_share == may_share:
        return enquiry
    enquiry.may_share = may_share
    enquiry.save(update_fields=["may_share"])
    reason = (
        "Other partner bodies may be shown this enquiry."
        if may_share
        else "No other partner body may be shown this enquiry."
    )
    add_event(enquiry, Verb.CHANGE_CONSENT, Standing.of(enquiry), by=sender, at=at, reason=reason)
    return enquiry


@atomic
def issue_code(
    enquiry: Enquiry,
    *,
    participant: Participant,
    checked: str,
    by: User,
    at: datetime,
    seen: int | None = None,
    secret: str = "",
) -> str:
    """An adviser who has checked who is asking gives somebody a new code. The old one dies at once.

    ``checked`` says how the adviser made sure; it stays on record. Returns the code, which is shown once and not
    kept. It follows from ``secret``.
    """
    enquiry = lock(enquiry, seen=seen)
    adviser = require_adviser(enquiry, by)
    person = require_participant(enquiry, participant)
    how = require_words(checked)
    code = codes.code_from(secret or codes.new_secret())
    _set_code(enquiry, person, code, at=at)
    add_event(
        enquiry,
        Verb.ISSUE_CODE,
        Standing.of(enquiry),
        by=adviser,
        at=at,
        reason=f"{person} was given a new code. How we checked who was asking: {how}",
    )
    tell_group(enquiry, at=at)
    return code


@atomic
def choose_words(enquiry: Enquiry, *, words: str, by: Participant, at: datetime) -> Enquiry:
    """Somebody of the group chooses words of their own instead of the code. Raises ``WordsTooWeak``, ``Refused``."""
    codes.check_own_words(words)
    enquiry = lock(enquiry)
    person = require_participant(enquiry, by)
    _set_code(enquiry, person, words, at=at)
    add_event(
        enquiry,
        Verb.ISSUE_CODE,
        Standing.of(enquiry),
        by=person,
        at=at,
        reason=f"{person} chose words of their own instead of the code.",
    )
    return enquiry


def _set_code(enquiry: Enquiry, person: Participant, code: str, *, at: datetime) -> None:
    digest = codes.digest(reference=enquiry.reference, code=code)
    try:
        with transaction.atomic():
            Participant.objects.filter(pk=person.pk).update(code_digest=digest, code_issued_at=at)
    except IntegrityError as error:
        # Only words of one's own can meet another's. Saying so would give the other's words away.
        raise Refused("Choose other words. These cannot be used.") from error


def _require_sender(enquiry: Enquiry, by: Actor) -> Participant:
    participant = require_participant(enquiry, by)
    if not participant.is_sender:
        raise NotAllowed("Only the person who sent the enquiry can do that.")
    return participant
