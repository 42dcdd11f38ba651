"""One message a person and week, about what is theirs or nobody's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from case_studies import questioning
from guides import reporting, weekly_mail
from signposting import assuring
from signposting import reporting as entries
from tests.factories import (
    make_approved,
    make_document,
    make_draft,
    make_entry,
    make_live_document,
    make_profile,
    make_published,
    make_user,
)
from tests.signposting.owners import make_link, words_of

pytestmark = pytest.mark.django_db

BEFORE = datetime(2026, 5, 1, 9, tzinfo=UTC)
MONDAY_AT_EIGHT = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)  # eight o'clock in London
NEXT_WEEK = MONDAY_AT_EIGHT + timedelta(days=7)


def due(**kwargs):
    return make_live_document("term", at=BEFORE, review_by=date(2026, 6, 20), **kwargs)


@pytest.fixture
def editor():
    return make_user("editor", email="editor@example.org")


def test_an_owner_is_told_of_a_review_that_is_due_and_only_of_their_own():
    alice, bob = make_user(email="alice@example.org"), make_user(email="bob@example.org")
    due(owner=alice, title="Asset lock")
    due(owner=bob, title="Bencom")
    assert weekly_mail.send(at=MONDAY_AT_EIGHT) == 2
    to_alice = next(message for message in mail.outbox if message.to == ["alice@example.org"])
    assert "Asset lock: due by 20 June 2026" in to_alice.body
    assert "Bencom" not in to_alice.body


def test_what_nobody_owns_goes_to_everybody_who_may_edit(editor):
    make_user("reviewer", email="reviewer@example.org")
    due()
    weekly_mail.send(at=MONDAY_AT_EIGHT)
    assert [message.to for message in mail.outbox] == [["editor@example.org"]]


def test_a_review_that_is_past_is_called_so(editor):
    due(title="Asset lock")
    weekly_mail.send(at=datetime(2026, 7, 6, 9, tzinfo=UTC))
    assert "Asset lock: was due on 20 June 2026" in mail.outbox[0].body


def test_it_tells_of_reports_of_what_waits_and_of_what_will_be_published(editor):
    page = make_live_document("term", at=BEFORE, slug="asset-lock")
    reporting.receive(page, edition_number=1, words="This is wrong.", at=BEFORE)
    make_approved(make_document("term"), at=BEFORE, title="Approved text")
    make_published(
        make_document("term"), at=BEFORE, show_from=MONDAY_AT_EIGHT + timedelta(days=3), title="Text to come"
    )
    make_draft(make_document("term"), at=BEFORE, title="Half a thought")
    weekly_mail.send(at=MONDAY_AT_EIGHT)
    body = mail.outbox[0].body
    assert "term:asset-lock, on 1 May 2026" in body
    assert "Approved text: approved" in body
    assert "Text to come: 4 June 2026, 08:00" in body
    assert "Half a thought" not in body
    assert "This is wrong" not in body


def test_who_has_nothing_to_do_gets_no_message(editor):
    make_live_document("term", at=BEFORE)
    assert weekly_mail.send(at=MONDAY_AT_EIGHT) == 0


def test_who_has_no_address_or_has_left_gets_no_message():
    make_user("editor")
    make_user("editor", email="left@example.org", is_active=False)
    due()
    assert weekly_mail.send(at=MONDAY_AT_EIGHT) == 0


def test_a_week_has_one_message_and_the_next_week_another(editor):
    due()
    sent = [weekly_mail.send(at=MONDAY_AT_EIGHT + timedelta(hours=hours)) for hours in range(3)]
    assert sent == [1, 0, 0]
    assert weekly_mail.send(at=NEXT_WEEK) == 1


def test_a_message_that_the_mail_server_refused_goes_later(editor, monkeypatch):
    due()

    def refuse(*args, **kwargs):
        raise OSError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr(weekly_mail, "send_mail", refuse)
        with pytest.raises(OSError, match="no mail server"):
            weekly_mail.send(at=MONDAY_AT_EIGHT)
    assert weekly_mail.send(at=MONDAY_AT_EIGHT + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("at", "week"),
    [
        (MONDAY_AT_EIGHT, date(2026, 6, 1)),
        (MONDAY_AT_EIGHT - timedelta(minutes=1), None),
        (MONDAY_AT_EIGHT + timedelta(days=6), date(2026, 6, 1)),  # a portal that was down makes up for it
        (datetime(2026, 1, 5, 7, 59, tzinfo=UTC), None),  # winter: London is on UTC
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), date(2026, 1, 5)),
    ],
)
def test_messages_go_from_eight_on_monday_in_london(at, week):
    assert weekly_mail.week_of(at) == week


def test_the_queries_do_not_grow_with_the_texts(editor, django_assert_num_queries):
    for _ in range(12):
        due()
    with django_assert_num_queries(21):
        weekly_mail.work_by_owner(at=MONDAY_AT_EIGHT)


def test_it_tells_of_case_studies_too(editor):
    body = make_profile(at=BEFORE, slug="leaving", title="Leaving", review_by=date(2026, 6, 20)).document
    questioning.receive(body, claim_key="staff", edition_number=1, words="Is that so?", at=BEFORE)
    weekly_mail.send(at=MONDAY_AT_EIGHT)
    told = mail.outbox[0].body
    assert "Leaving: due by 20 June 2026" in told
    assert "case-study:leaving, on 1 May 2026" in told


def test_it_tells_of_entries_of_the_directory_and_of_what_readers_and_bodies_say_of_them(editor):
    entry = make_entry(at=BEFORE, title="Agency", review_by=date(2026, 6, 20))
    link = make_link(entry, at=BEFORE)
    entries.receive(entry.document, edition_number=1, words="It moved.", at=BEFORE)
    words = words_of(entry, summary="Other")
    assuring.propose(link, seen=1, words=words, note="", at=BEFORE + timedelta(days=1))
    weekly_mail.send(at=MONDAY_AT_EIGHT)
    told = mail.outbox[0].body
    assert "Agency: due by 20 June 2026" in told
    assert f"{entry.document}, on 1 May 2026" in told
    assert f"{entry.document}, on 2 May 2026" in told


def test_an_entry_that_its_body_has_confirmed_is_not_due(editor):
    entry = make_entry(at=BEFORE, title="Agency", review_by=date(2026, 6, 20))
    assuring.confirm(make_link(entry, at=BEFORE), seen=1, at=BEFORE)
    assert weekly_mail.send(at=MONDAY_AT_EIGHT) == 0
