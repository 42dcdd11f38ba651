"""A draft: what it keeps, for how long, and what goes with it."""

import threading
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections

from mutuals_portal.private_access import codes
from signposting import drafting
from signposting.attachment_types import Judged
from signposting.models import Attachment, EnquiryDraft
from tests.factories import MONDAY

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def offered(*names):
    return [(Judged("txt", name, 4), ContentFile(name.encode(), name)) for name in names]


@pytest.fixture
def draft():
    return drafting.start(at=MONDAY)[0]


def test_a_draft_keeps_the_digest_of_its_code_and_never_the_code():
    draft, code = drafting.start(at=MONDAY)
    assert draft.code_digest == codes.digest(reference=draft.reference, code=code)
    assert code not in str(EnquiryDraft.objects.values().get())


def test_saving_an_answer_leaves_the_others_alone(draft):
    drafting.save(draft.pk, step="who", answer={"enquirer_kind": "staff"}, at=MONDAY)
    drafting.save(draft.pk, step="where", answer={"nation": "wales", "place": ""}, at=MONDAY)
    drafting.save(draft.pk, step="who", answer={"enquirer_kind": "manager"}, at=MONDAY)
    draft.refresh_from_db()
    assert draft.answers == {
        "who": {"enquirer_kind": "manager"},
        "where": {"nation": "wales", "place": ""},
    }


def test_a_draft_lives_seven_days_after_its_last_answer(draft):
    fifth_day = MONDAY + timedelta(days=5)
    assert drafting.save(draft.pk, step="who", answer={}, at=fifth_day)
    assert drafting.find(draft.pk, at=fifth_day + timedelta(days=7) - MINUTE) == draft
    assert drafting.find(draft.pk, at=fifth_day + timedelta(days=7)) is None


def test_an_expired_draft_takes_no_answer_and_no_file(draft):
    later = MONDAY + timedelta(days=7)
    assert not drafting.save(draft.pk, step="who", answer={}, at=later)
    assert not drafting.attach(draft.pk, files=offered("a.txt"), at=later)
    assert not Attachment.objects.exists()


def test_files_are_kept_under_names_that_say_nothing(draft):
    drafting.attach(draft.pk, files=offered("our plan.txt"), at=MONDAY)
    attachment = draft.attachments.get()
    assert attachment.name == "our plan.txt"
    assert attachment.file.name == f"attachments/{attachment.pk}"
    with attachment.file.open() as stored:
        assert stored.read() == b"our plan.txt"


def test_the_sixth_file_is_refused_and_the_first_five_are_kept(draft):
    names = [f"{number}.txt" for number in range(1, 7)]
    with pytest.raises(drafting.TooManyFiles) as refused:
        drafting.attach(draft.pk, files=offered(*names), at=MONDAY)
    assert refused.value.names == ["6.txt"]
    assert {attachment.name for attachment in draft.attachments.all()} == set(names[:5])


def test_the_same_file_twice_is_one_file(draft):
    drafting.attach(draft.pk, files=offered("a.txt", "b.txt"), at=MONDAY)
    drafting.attach(draft.pk, files=offered("b.txt", "c.txt"), at=MONDAY)
    assert sorted(attachment.name for attachment in draft.attachments.all()) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_of_the_same_name_and_length_but_other_content_is_another_file(draft):
    judged = Judged("txt", "a.txt", 4)
    for content in (b"Mon.", b"Tue."):
        drafting.attach(draft.pk, files=[(judged, ContentFile(content, "a.txt"))], at=MONDAY)
    assert draft.attachments.count() == 2


def test_a_removed_file_leaves_nothing_on_disk(draft, django_capture_on_commit_callbacks):
    drafting.attach(draft.pk, files=offered("a.txt", "b.txt"), at=MONDAY)
    gone, stays = draft.attachments.order_by("name")
    with django_capture_on_commit_callbacks(execute=True):
        drafting.detach(draft.pk, attachment=gone.pk)
    assert list(draft.attachments.all()) == [stays]
    assert not default_storage.exists(gone.file.name)
    assert default_storage.exists(stays.file.name)


def test_nobody_removes_a_file_of_another_draft(draft):
    other, _ = drafting.start(at=MONDAY)
    drafting.attach(other.pk, files=offered("a.txt"), at=MONDAY)
    drafting.detach(draft.pk, attachment=other.attachments.get().pk)
    assert other.attachments.exists()


def test_a_discarded_draft_takes_its_files_along(draft, django_capture_on_commit_callbacks):
    drafting.attach(draft.pk, files=offered("a.txt"), at=MONDAY)
    stored = draft.attachments.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        drafting.discard(draft.pk)
    assert not EnquiryDraft.objects.exists()
    assert not Attachment.objects.exists()
    assert not default_storage.exists(stored)


def test_discarding_what_is_gone_does_nothing(draft):
    drafting.discard(draft.pk)
    drafting.discard(draft.pk)
    assert not EnquiryDraft.objects.exists()


def test_only_drafts_whose_time_is_over_are_discarded(draft):
    young, _ = drafting.start(at=MONDAY + timedelta(days=1))
    assert drafting.discard_expired(at=MONDAY + timedelta(days=7)) == 1
    assert EnquiryDraft.objects.get() == young


def test_a_file_whose_row_cannot_be_written_is_not_left_behind(draft, settings, uploads_folder):
    too_long = Judged("txt", "a" * 151, 4)
    with pytest.raises(Exception, match="too long"):
        drafting.attach(draft.pk, files=[(too_long, ContentFile(b"text", "a.txt"))], at=MONDAY)
    assert not [path for path in uploads_folder.rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_do_not_exceed_the_limit():
    draft, _ = drafting.start(at=MONDAY)
    together = threading.Barrier(2)

    def upload(prefix):
        together.wait()
        try:
            files = offered(*(f"{prefix}{number}.txt" for number in range(4)))
            drafting.attach(draft.pk, files=files, at=MONDAY)
        except drafting.TooManyFiles:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload, args=(prefix,)) for prefix in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert draft.attachments.count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_save_at_once_keep_both_answers():
    draft, _ = drafting.start(at=MONDAY)
    together = threading.Barrier(2)

    def save(step):
        together.wait()
        drafting.save(draft.pk, step=step, answer={"from": step}, at=MONDAY)
        connections.close_all()

    threads = [threading.Thread(target=save, args=(step,)) for step in ("who", "where")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    draft.refresh_from_db()
    assert set(draft.answers) == {"who", "where"}
