"""What is deleted, and when. Each function can run at any time and as often as one likes, and says how much it did.

Drafts live for seven days (``drafting``). An upload lives as long as its row, and a row as long as its draft or
enquiry; what has lost its owner was left behind by something that broke off. Wrong codes are forgotten once they
slow nobody down. A sent enquiry is kept until somebody with a right to it asks us to erase it (UK GDPR, article 17).
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from mutuals_portal.private_access import throttle
from signposting.models import Attachment, Enquiry, EnquiryEvent, FailedAccess, Message

FAILED_LOG_INS_KEPT_FOR = timedelta(days=1)
# An upload is written before its row is committed: a young one may be about to get its row.
ROWLESS_FILES_KEPT_FOR = timedelta(days=1)
BATCH = 500


@transaction.atomic
def erase(enquiry: Enquiry) -> None:
    """Delete an enquiry with all that was ever said in it, for good. Its files go once that is certain.

    Only for a group that asks us to, and whose reference and code we have seen. Events and messages refuse to be
    deleted in any other way.
    """
    _let_records_go(True)
    files = [attachment.file for attachment in enquiry.attachments.all()]
    Message.objects.filter(event__enquiry=enquiry).delete()
    EnquiryEvent.objects.filter(enquiry=enquiry).delete()
    enquiry.attachments.all().delete()
    enquiry.participants.all().delete()
    enquiry.delete()
    _let_records_go(False)
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))


def _let_records_go(yes: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('signposting.erasing', %s, true)", ["on" if yes else "off"])


def forget_wrong_codes(*, at: datetime) -> int:
    return throttle.forget_wrong_codes(FailedAccess.objects.all(), at=at)


def forget_failed_log_ins(*, at: datetime) -> int:
    """django-axes keeps names and addresses of failed log-ins, and deletes old ones only when somebody logs in."""
    return AccessAttempt.objects.filter(attempt_time__lt=at - FAILED_LOG_INS_KEPT_FOR).delete()[0]


def delete_expired_sessions(*, at: datetime) -> int:
    """A session says what somebody was doing. Django itself deletes an expired one only if they come back."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def delete_ownerless_uploads(*, at: datetime) -> int:
    """Delete the rows of uploads that belong to nothing, and then every file that is not a row's any more."""
    Attachment.objects.filter(draft=None, enquiry=None).delete()
    deleted = 0
    for batch in _batches(_old_files(Path(settings.MEDIA_ROOT) / "attachments", at=at)):
        ids = [uuid.UUID(path.name) for path in batch if _is_uuid(path.name)]
        kept = {str(pk) for pk in Attachment.objects.filter(pk__in=ids).values_list("pk", flat=True)}
        for path in batch:
            if path.name not in kept:
                path.unlink(missing_ok=True)
                deleted += 1
    return deleted


def _old_files(folder: Path, *, at: datetime) -> Iterator[Path]:
    limit = (at - ROWLESS_FILES_KEPT_FOR).timestamp()
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < limit:
                    yield Path(entry.path)


def _is_uuid(name: str) -> bool:
    try:
        return str(uuid.UUID(name)) == name
    except ValueError:
        return False


def _batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    paths = iter(paths)
    while batch := list(islice(paths, BATCH)):
        yield batch
