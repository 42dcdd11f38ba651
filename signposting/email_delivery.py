"""Sending one mail that is owed, and what to do when it cannot be sent.

Only the worker calls this. A mail is tried for 72 hours, ever less often; then it has failed, and the adviser is
told. It can arrive twice, because a server that takes it and breaks off looks like one that never took it: its
Message-ID is then the same. Nothing from a server's answer is kept but its number: the rest may name the address.
"""

import re
import smtplib
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from signposting import owner_links
from signposting.emails import address_of, may_go_from
from signposting.models import OutboxMail

GIVE_UP_AFTER = timedelta(hours=72)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)

SUBJECTS = {
    OutboxMail.Kind.UPDATE: "There is something new for you to read",
    OutboxMail.Kind.BODY_NOTICE: "There is something waiting for you",
    OutboxMail.Kind.ENTRY_LINK: "Please check what we publish about you",
}
PAGES = {
    OutboxMail.Kind.UPDATE: "signposting:follow",
    OutboxMail.Kind.BODY_NOTICE: "admin:index",
    OutboxMail.Kind.ENTRY_LINK: "signposting:owner-entry",
}

log = structlog.get_logger("portal")


@transaction.atomic
def deliver(mail_id: str, *, at: datetime) -> datetime | None:
    """Send a mail if it is still owed and wanted. Returns when to try again, or None when it is settled.

    The row stays locked while the server is spoken to. A second worker waits, and then finds it settled.
    """
    mail = (
        OutboxMail.objects.pending()
        .select_related("participant__enquiry", "organisation", "owner_link__organisation")
        .select_for_update(of=("self",))
        .filter(pk=mail_id)
        .first()
    )
    if mail is None:
        return None
    address = address_of(mail)
    if not address:
        mail.dropped_at = at
        mail.save(update_fields=["dropped_at"])
        return None
    wanted_from = may_go_from(mail, at=at)
    if wanted_from > at:
        return wanted_from
    return _try(mail, address, at=at)


def compose(mail: OutboxMail, address: str) -> EmailMultiAlternatives:
    """The message, in plain text and HTML: the same words for everybody, and one link.

    A link to an entry alone is different for each, and names its body.
    """
    kind = OutboxMail.Kind(mail.kind)
    words: dict[str, Any] = {"subject": SUBJECTS[kind]} | _link(mail, PAGES[kind])
    message = EmailMultiAlternatives(
        subject=words["subject"],
        body=render_to_string(f"emails/{kind.value}.txt", words),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={
            "Message-ID": f"<{mail.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>",
            # Out-of-office notes would answer to nobody, and could tell the office.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(render_to_string(f"emails/{kind.value}.html", words), "text/html")
    return message


def _link(mail: OutboxMail, page: str) -> dict[str, Any]:
    link = mail.owner_link
    if link is None:
        return {"url": settings.PUBLIC_URL + reverse(page)}
    return {
        "url": settings.PUBLIC_URL + reverse(page, args=[owner_links.secret_of(link)]),
        "body": link.organisation.name,
        "page": settings.PUBLIC_URL + link.organisation.get_absolute_url(),
        "until": timezone.localdate(link.holds_until),
    }


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: a minute at first, twice as long each time, four hours at most."""
    doublings = min(attempts - 1, 10)
    return min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def _try(mail: OutboxMail, address: str, *, at: datetime) -> datetime | None:
    mail.attempts += 1
    again = None
    try:
        compose(mail, address).send()
    except Exception as error:  # whatever goes wrong, the try must be counted, or it would go on for ever
        mail.last_error = _reason(error)
        again = may_go_from(mail, at=at + wait_after(mail.attempts))
        if _is_final(error) or again > mail.created_at + GIVE_UP_AFTER:
            mail.failed_at, again = at, None
    else:
        mail.sent_at, mail.last_error = at, ""
    if mail.last_error:
        log.warning("mail_not_sent", mail=str(mail.pk), attempts=mail.attempts, reason=mail.last_error)
    mail.save(update_fields=["attempts", "last_error", "sent_at", "failed_at"])
    return again


def _is_final(error: Exception) -> bool:
    """Whether the server will never take this mail. What it says of us (who may log in, or send) can be mended."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return _answer(error)[0] >= 500
    return isinstance(error, ValueError)  # the address cannot be written in a message


def _reason(error: Exception) -> str:
    """One sentence for the adviser, without the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException):
        code, text = _answer(error)
        detail = re.search(rb"\b[245]\.\d{1,3}\.\d{1,3}\b", text)
        number = f"{code} {detail[0].decode()}" if detail else f"{code}"
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            return f"The mail server did not take the address ({number})."
        return f"The mail server did not take the message ({number})."
    if isinstance(error, OSError):
        return "The mail server could not be reached, or broke off."
    return f"The message could not be written ({type(error).__name__})."


def _answer(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> tuple[int, bytes]:
    """The number and the text of a server's answer. Each mail has one recipient, so there is one answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, text),) = error.recipients.values()
        return code, text
    answer = error.smtp_error
    return error.smtp_code, answer if isinstance(answer, bytes) else answer.encode()
