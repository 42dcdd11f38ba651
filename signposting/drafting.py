"""An enquiry while it is being written: begun, saved answer by answer, left, found again, thrown away.

A draft lives for seven days after the last answer. It belongs to whoever holds its key, which an encrypted cookie
carries (``draft_cookie``); its reference and code give that cookie back. Views import the module and say
``drafting.save(...)``. A draft ends in ``lifecycle.submit`` or here; it is never an enquiry by itself.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import F, Func, JSONField, Value

from mutuals_portal.private_access import codes
from signposting.attachment_types import MAX_FILES, Judged
from signposting.lifecycle import Submission
from signposting.models import Attachment, ContactChoice, EnquiryDraft

KEPT_FOR = timedelta(days=7)
"""Issue 2: a draft can be left and resumed within 7 days."""
DISCARDED_AT_ONCE = 5_000
"""So that a run ends in well under a minute, even the first one after a long stop."""
CODE_SHOWN_FOR = timedelta(minutes=30)
"""How long the page after sending shows the code again, so that a reload or Back does not lose it."""


class TooManyFiles(Exception):
    """No more than ``MAX_FILES`` can be kept. ``names`` are those that were not."""

    def __init__(self, names: list[str]):
        super().__init__(f"{len(names)} too many")
        self.names = names


def start(*, at: datetime, suggested: dict[str, dict[str, Any]] | None = None) -> tuple[EnquiryDraft, str]:
    """A new draft and its code, which is kept nowhere. The digest is slow, so it is made here and never again.

    What is ``suggested`` stands on the pages of its steps, and is an answer only once it is sent from there.
    """
    reference, code = codes.new_reference(), codes.new_code()
    draft = EnquiryDraft.objects.create(
        reference=reference,
        code_digest=codes.digest(reference=reference, code=code),
        suggested=suggested or {},
        created_at=at,
        expires_at=at + KEPT_FOR,
    )
    return draft, code


def find(key: uuid.UUID, *, at: datetime) -> EnquiryDraft | None:
    return EnquiryDraft.objects.current(at=at).filter(pk=key).first()


def hold(key: uuid.UUID, *, at: datetime) -> EnquiryDraft | None:
    """The draft as it is now. Nobody else can send, delete or add to it until the transaction ends."""
    return EnquiryDraft.objects.current(at=at).select_for_update().filter(pk=key).first()


def save(key: uuid.UUID, *, step: str, answer: dict[str, Any], at: datetime) -> bool:
    """Keep the answer of one step; False when the draft is gone.

    One statement that touches no other answer: two windows of the same browser cannot undo each other.
    """
    merged = Func(
        F("answers"),
        Value({step: answer}, output_field=JSONField()),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=JSONField(),
    )
    changed = EnquiryDraft.objects.current(at=at).filter(pk=key)
    return changed.update(answers=merged, refused={}, expires_at=at + KEPT_FOR) == 1


def set_aside(key: uuid.UUID, *, step: str, refused: dict[str, list[str]], at: datetime) -> bool:
    """Keep what a step refused, until it is mended; False when the draft is gone.

    The page that shows it again is then an ordinary one. The answer to a form would not do: it is kept by no cache,
    so Back could not return to it.
    """
    # PostgreSQL keeps no NUL. Its stand-in is refused like any character that cannot be read.
    readable = {name: [value.replace("\0", "\ufffd") for value in values] for name, values in refused.items()}
    changed = EnquiryDraft.objects.current(at=at).filter(pk=key)
    return changed.update(refused={"step": step, "given": readable}) == 1


def attach(key: uuid.UUID, *, files: Iterable[tuple[Judged, File]], at: datetime) -> bool:
    """Keep files that ``attachment_types.judge`` accepted; False when the draft is gone.

    Keeps as many as there is room for and raises ``TooManyFiles`` for the rest. A file that is there already is
    not kept twice, so an upload can be repeated. The draft is locked: two uploads at once cannot exceed the limit,
    and none can slip in while the enquiry is being sent.
    """
    stored: list[Attachment] = []
    try:
        with transaction.atomic():
            draft = hold(key, at=at)
            if draft is None:
                return False
            kept = list(draft.attachments.all())
            new = [(judged, content) for judged, content in files if not _is_among(kept, judged, content)]
            room = MAX_FILES - len(kept)
            for judged, content in new[:room]:
                attachment = Attachment(
                    draft=draft, name=judged.name, kind=judged.kind, size=judged.size, uploaded_at=at
                )
                attachment.file.save(judged.name, content, save=False)
                stored.append(attachment)
            Attachment.objects.bulk_create(stored)
    except BaseException:
        _delete_files(stored)
        raise
    if new[room:]:
        raise TooManyFiles([judged.name for judged, _ in new[room:]])
    return True


def detach(key: uuid.UUID, *, attachment: uuid.UUID) -> None:
    """Remove one file from a draft. What is gone already stays gone."""
    with transaction.atomic():
        _delete(Attachment.objects.select_for_update().filter(draft_id=key, pk=attachment))


def discard(key: uuid.UUID) -> None:
    """Delete a draft, its answers and its files, unless it was sent meanwhile."""
    with transaction.atomic():
        draft = EnquiryDraft.objects.select_for_update().filter(pk=key).first()
        if draft:
            _delete(draft.attachments.all())
            draft.delete()


def discard_expired(*, at: datetime) -> int:
    """Delete drafts whose seven days are over, oldest first, and say how many. For a job that runs every so often."""
    expired = EnquiryDraft.objects.expired(at=at).order_by("expires_at")
    keys = list(expired.values_list("pk", flat=True)[:DISCARDED_AT_ONCE])
    for key in keys:
        discard(key)
    return len(keys)


def submission_of(draft: EnquiryDraft) -> Submission:
    """The finished enquiry. Every step must have been answered."""
    asked: dict[str, Any] = {}
    for answer in draft.answers.values():
        asked |= answer
    return Submission(
        key=draft.pk,
        reference=draft.reference,
        code_digest=draft.code_digest,
        enquirer_kind=asked["enquirer_kind"],
        nation=asked["nation"],
        place=asked["place"],
        employer_type=asked["employer_type"],
        employer_name=asked["employer_name"],
        sector=asked["sector"],
        staff_count=asked["staff_count"],
        stage=asked["stage"],
        topics=tuple(asked["topics"]),
        ownership_idea=asked["ownership_idea"],
        question=asked["question"],
        excluded_bodies=tuple(asked["excluded_bodies"]),
        may_share=asked["may_share"] == "yes",
        sender_name=asked["sender_name"],
        contact_choice=ContactChoice(asked["contact_choice"]),
        email=asked["email"],
        contact_note=asked["contact_note"],
    )


def _is_among(kept: Iterable[Attachment], judged: Judged, content: File) -> bool:
    for attachment in kept:
        if (attachment.name, attachment.size) == (judged.name, judged.size):
            with attachment.file.open() as stored:
                content.seek(0)
                if stored.read() == content.read():
                    return True
    return False


def _delete(attachments: Iterable[Attachment]) -> None:
    """Delete rows now and their files once that is certain."""
    gone = list(attachments)
    for attachment in gone:
        attachment.delete()
    transaction.on_commit(lambda: _delete_files(gone))


def _delete_files(attachments: Iterable[Attachment]) -> None:
    for attachment in attachments:
        attachment.file.delete(save=False)
