import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from signposting import drafting, lifecycle, retention
from signposting.models import (
    Attachment,
    Enquiry,
    EnquiryDraft,
    EnquiryEvent,
    FailedAccess,
    Message,
    OutboxMail,
    Participant,
)
from tests.factories import MONDAY, make_accepted_enquiry, make_enquiry, make_organisation

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=2)


def make_attachment(*, at=MONDAY, **kwargs):
    """A file and its row. Its time on disk is ``at``, as if it had been uploaded then."""
    attachment = Attachment(name="plan.txt", kind="txt", size=5, uploaded_at=at, **kwargs)
    attachment.file.save("plan.txt", ContentFile(b"words"))
    set_age(attachment.file.path, at)
    return attachment


def set_age(path, at):
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.fixture
def draft():
    return drafting.start(at=MONDAY)[0]


def test_a_draft_and_its_files_go_after_seven_days(draft):
    attachment = make_attachment(draft=draft)
    young, _ = drafting.start(at=MONDAY + timedelta(days=1))

    drafting.discard_expired(at=MONDAY + timedelta(days=7))
    retention.delete_ownerless_uploads(at=MONDAY + timedelta(days=7))

    assert list(EnquiryDraft.objects.all()) == [young]
    assert not Attachment.objects.exists()
    assert not os.path.exists(attachment.file.path)


def test_the_files_of_a_draft_and_of_an_enquiry_stay(draft):
    kept = [make_attachment(draft=draft), make_attachment(enquiry=make_enquiry(to=make_organisation()))]

    assert retention.delete_ownerless_uploads(at=LATER) == 0

    assert all(os.path.exists(attachment.file.path) for attachment in kept)
    assert Attachment.objects.count() == 2


def test_a_file_without_a_row_goes_after_a_day(uploads_folder, draft):
    path = make_attachment(draft=draft).file.path
    Attachment.objects.all().delete()

    assert retention.delete_ownerless_uploads(at=MONDAY + timedelta(hours=23)) == 0
    assert os.path.exists(path)
    assert retention.delete_ownerless_uploads(at=MONDAY + timedelta(hours=25)) == 1
    assert not os.path.exists(path)


def test_a_row_without_an_owner_goes_with_its_file():
    attachment = make_attachment()

    assert retention.delete_ownerless_uploads(at=LATER) == 1

    assert not Attachment.objects.exists()
    assert not os.path.exists(attachment.file.path)


@pytest.mark.parametrize(
    "name", ["half-written.tmp", "9E98CD7A-2DF4-4CAF-B626-5560915B5697", "9e98cd7a2df44cafb6265560915b5697"]
)
def test_a_file_that_no_row_could_name_goes(uploads_folder, name):
    folder = uploads_folder / "attachments"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(b"words")
    set_age(folder / name, MONDAY)

    assert retention.delete_ownerless_uploads(at=LATER) == 1


def test_what_is_outside_the_folder_is_never_touched(uploads_folder, tmp_path):
    folder = uploads_folder / "attachments"
    (folder / "inner").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.write_bytes(b"words")
    os.symlink(outside, folder / "link")
    set_age(outside, MONDAY)

    assert retention.delete_ownerless_uploads(at=LATER) == 0

    assert outside.exists()
    assert (folder / "inner").is_dir()


def test_without_uploads_there_is_nothing_to_delete(uploads_folder):
    assert not uploads_folder.exists()
    assert retention.delete_ownerless_uploads(at=LATER) == 0


def test_many_files_take_one_query_a_batch(uploads_folder, django_assert_num_queries):
    folder = uploads_folder / "attachments"
    folder.mkdir(parents=True)
    for _ in range(retention.BATCH + 1):
        path = folder / str(uuid.uuid4())
        path.touch()
        set_age(path, MONDAY)

    with django_assert_num_queries(3):  # the ownerless rows, and two batches
        assert retention.delete_ownerless_uploads(at=LATER) == retention.BATCH + 1

    assert list(folder.iterdir()) == []


def test_wrong_codes_are_forgotten_after_a_day():
    FailedAccess.objects.create(subject="a", at=MONDAY)
    young = FailedAccess.objects.create(subject="b", at=MONDAY + timedelta(hours=2))

    assert retention.forget_wrong_codes(at=MONDAY + timedelta(hours=25)) == 1

    assert list(FailedAccess.objects.all()) == [young]


def test_only_expired_sessions_are_deleted():
    Session.objects.create(session_key="old", session_data="", expire_date=MONDAY)
    Session.objects.create(session_key="young", session_data="", expire_date=LATER)

    assert retention.delete_expired_sessions(at=MONDAY + timedelta(days=1)) == 1

    assert Session.objects.get().session_key == "young"


def test_failed_log_ins_are_forgotten_after_a_day(client):
    client.post("/admin/login/", {"username": "alice", "password": "wrong"})
    now = timezone.now()
    assert retention.forget_failed_log_ins(at=now + timedelta(hours=23)) == 0
    assert retention.forget_failed_log_ins(at=now + timedelta(hours=25)) == 1
    assert not AccessAttempt.objects.exists()


class TestErasing:
    @pytest.fixture
    def enquiry(self):
        enquiry = make_accepted_enquiry(
            to=make_organisation(), contact_choice="any-time", email="group@example.org"
        )
        lifecycle.answer(enquiry, text="It depends.", by=enquiry.adviser, at=MONDAY)
        enquiry.attachments.create(
            name="plan.txt", kind="txt", size=4, uploaded_at=MONDAY, file=ContentFile(b"plan", "plan.txt")
        )
        return enquiry

    def test_nothing_of_the_enquiry_is_left(self, enquiry, django_capture_on_commit_callbacks):
        file = Path(enquiry.attachments.get().file.path)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("erase_enquiry", enquiry.reference, yes=True)
        for model in (Enquiry, EnquiryEvent, Message, Participant, Attachment):
            assert not model.objects.exists(), model
        assert not OutboxMail.objects.exclude(participant=None).exists()
        assert not file.exists()

    def test_others_stay(self, enquiry):
        other = make_enquiry()
        retention.erase(enquiry)
        assert Enquiry.objects.get() == other

    def test_a_reference_that_does_not_exist_is_said(self):
        with pytest.raises(CommandError, match="There is no enquiry MIS-2222-3333"):
            call_command("erase_enquiry", "MIS-2222-3333", yes=True)

    def test_a_wrong_answer_erases_nothing(self, enquiry, monkeypatch):
        monkeypatch.setattr("builtins.input", lambda _: "yes")
        with pytest.raises(CommandError, match="Nothing was erased"):
            call_command("erase_enquiry", enquiry.reference)
        assert Enquiry.objects.exists()
