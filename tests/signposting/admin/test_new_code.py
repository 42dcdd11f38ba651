"""Issuing a new code to somebody of a group, after a check."""

import pytest

from mutuals_portal.private_access import codes
from signposting import lifecycle, participation
from signposting.models import EnquiryEvent, Verb
from tests.factories import MONDAY, make_enquiry

CHECKED = "She rang from the number we knew and said what they asked."


@pytest.fixture
def issue(client, alice, sent):
    def issue(enquiry, **answers):
        client.force_login(alice)
        return sent(client, enquiry, Verb.ISSUE_CODE, **{"checked": CHECKED} | answers)

    return issue


def test_the_code_is_shown_once_and_works(client, alice, home, issue, address):
    enquiry = make_enquiry(to=home, code="OLD")
    sender = enquiry.participants.get()
    page = issue(enquiry, participant=sender.pk)
    code = page.context["code"]
    assert code in page.text
    sender.refresh_from_db()
    assert sender.code_digest == codes.digest(reference=enquiry.reference, code=code)
    again = client.get(address("new-code", enquiry.pk), follow=True)
    assert code not in again.text
    assert "shown only once" in again.text


def test_who_reads_the_table_of_sessions_reads_no_code(client, home, alice, address):
    enquiry = make_enquiry(to=home)
    client.force_login(alice)
    answers = {"checked": CHECKED, "participant": enquiry.participants.get().pk}
    client.post(address(Verb.ISSUE_CODE, enquiry.pk), answers | {"seen": enquiry.version})
    waiting = str(dict(client.session))
    code = client.get(address("new-code", enquiry.pk)).context["code"]
    assert code not in waiting


def test_how_it_was_checked_stays_on_record(home, issue):
    enquiry = make_enquiry(to=home)
    issue(enquiry, participant=enquiry.participants.get().pk)
    assert CHECKED in EnquiryEvent.objects.get(verb=Verb.ISSUE_CODE).reason


def test_a_double_click_issues_one_code(client, home, issue):
    enquiry = make_enquiry(to=home)
    sender = enquiry.participants.get()
    shown = issue(enquiry, participant=sender.pk).context["code"]
    issue(enquiry, participant=sender.pk)
    sender.refresh_from_db()
    assert sender.code_digest == codes.digest(reference=enquiry.reference, code=shown)
    assert EnquiryEvent.objects.filter(verb=Verb.ISSUE_CODE).count() == 1


@pytest.mark.parametrize("answers", [{"checked": ""}, {"participant": ""}, {"participant": "x"}])
def test_without_a_check_or_a_person_there_is_no_code(home, issue, answers):
    enquiry = make_enquiry(to=home)
    page = issue(enquiry, **{"participant": enquiry.participants.get().pk} | answers)
    assert "There is a problem" in page.text
    assert not EnquiryEvent.objects.filter(verb=Verb.ISSUE_CODE).exists()


def test_somebody_of_another_group_or_removed_is_no_choice(home, issue):
    enquiry = make_enquiry(to=home)
    stranger = make_enquiry(to=home).participants.get()
    sender = enquiry.participants.get()
    colleague, _ = participation.add_participant(enquiry, name="Jo", by=sender, at=MONDAY)
    participation.remove_participant(enquiry, participant=colleague, by=sender, at=MONDAY)
    enquiry.refresh_from_db()
    for person in (stranger, colleague):
        assert "There is a problem" in issue(enquiry, participant=person.pk).text


def test_it_can_be_done_in_every_status(home, alice, issue):
    enquiry = lifecycle.accept(make_enquiry(to=home), by=alice, at=MONDAY)
    enquiry = lifecycle.close(enquiry, reason_code="helped", text="", by=alice, at=MONDAY)
    assert "code" in issue(enquiry, participant=enquiry.participants.get().pk).context


def test_an_administrator_cannot(client, root, home, sent):
    enquiry = make_enquiry(to=home)
    client.force_login(root)
    answer = sent(
        client, enquiry, Verb.ISSUE_CODE, participant=enquiry.participants.get().pk, checked=CHECKED
    )
    assert answer.status_code == 403
