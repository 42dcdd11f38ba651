"""What a group changes about itself. Sam sent the enquiry; Cora is a colleague."""

import pytest

from mutuals_portal.private_access import codes
from signposting import lifecycle, participation
from signposting.models import Enquiry, Participant, Verb
from tests.factories import MONDAY, make_accepted_enquiry, make_adviser, make_enquiry, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cds():
    return make_organisation(slug="cds", name="CDS")


@pytest.fixture
def enquiry(cds):
    return make_accepted_enquiry(to=cds)


@pytest.fixture
def sam(enquiry):
    return enquiry.participants.get()


@pytest.fixture
def cora(enquiry, sam):
    colleague, _code = participation.add_participant(enquiry, name="Cora", by=sam, at=MONDAY)
    return colleague


def opens(enquiry, code):
    digest = codes.digest(reference=enquiry.reference, code=code)
    return enquiry.participants.current().filter(code_digest=digest).exists()


def test_a_colleague_gets_a_code_that_only_its_digest_remembers(enquiry, sam):
    colleague, code = participation.add_participant(enquiry, name="Cora", by=sam, at=MONDAY)
    assert opens(enquiry, code)
    assert code not in str(Participant.objects.filter(pk=colleague.pk).values())
    assert enquiry.events.last().verb == Verb.ADD_PARTICIPANT


def test_only_the_sender_adds_and_removes(enquiry, sam, cora):
    with pytest.raises(lifecycle.NotAllowed):
        participation.add_participant(enquiry, name="Chris", by=cora, at=MONDAY)
    with pytest.raises(lifecycle.NotAllowed):
        participation.remove_participant(enquiry, participant=sam, by=cora, at=MONDAY)


def test_there_is_an_end_to_colleagues(enquiry, sam):
    for _ in range(participation.MAX_PARTICIPANTS - 1):
        participation.add_participant(enquiry, name="", by=sam, at=MONDAY)
    with pytest.raises(lifecycle.Refused, match="already follow"):
        participation.add_participant(enquiry, name="", by=sam, at=MONDAY)


def test_nobody_joins_an_enquiry_that_has_ended(enquiry, sam):
    lifecycle.withdraw(enquiry, by=sam, at=MONDAY)
    with pytest.raises(lifecycle.Refused, match="has ended"):
        participation.add_participant(enquiry, name="", by=sam, at=MONDAY)


def test_a_removed_colleague_can_do_nothing_and_leaves_no_address(enquiry, sam, cora):
    participation.change_contact(
        enquiry,
        participant=cora,
        contact_choice="any-time",
        email="cora@example.org",
        contact_note="",
        by=cora,
        at=MONDAY,
    )
    participation.remove_participant(enquiry, participant=cora, by=sam, at=MONDAY)
    cora.refresh_from_db()
    assert (cora.is_current, cora.email) == (False, "")
    with pytest.raises(lifecycle.NotAllowed):
        lifecycle.reply(enquiry, text="Hello", by=cora, at=MONDAY)


def test_the_sender_stays(enquiry, sam):
    with pytest.raises(lifecycle.Refused, match="cannot be removed"):
        participation.remove_participant(enquiry, participant=sam, by=sam, at=MONDAY)


def test_everyone_chooses_for_themselves_how_to_be_reached(enquiry, sam, cora):
    choice = {"contact_choice": "no-email", "email": "", "contact_note": "", "at": MONDAY}
    with pytest.raises(lifecycle.NotAllowed):
        participation.change_contact(enquiry, participant=cora, by=sam, **choice)


@pytest.mark.parametrize(("choice", "email"), [("no-email", "a@example.org"), ("any-time", "")])
def test_an_address_is_kept_only_to_be_used(choice, email, enquiry, sam):
    with pytest.raises(lifecycle.Refused, match="e-mail"):
        participation.change_contact(
            enquiry, participant=sam, contact_choice=choice, email=email, contact_note="", by=sam, at=MONDAY
        )


def test_consent_can_be_taken_back(enquiry, sam):
    participation.change_consent(enquiry, may_share=False, by=sam, at=MONDAY)
    assert Enquiry.objects.get(pk=enquiry.pk).may_share is False
    with pytest.raises(lifecycle.ConsentMissing):
        lifecycle.refer(
            enquiry,
            to=make_adviser(make_organisation()).adviser.organisation,
            reason_code="conflict",
            reason="We know them.",
            by=enquiry.adviser,
            at=MONDAY,
        )


def test_the_same_consent_again_leaves_no_event(enquiry, sam):
    version = enquiry.version
    assert participation.change_consent(enquiry, may_share=True, by=sam, at=MONDAY).version == version


def test_a_new_code_kills_the_old_one_and_says_who_checked(enquiry, sam):
    _, old = participation.add_participant(enquiry, name="Cora", by=sam, at=MONDAY)
    cora = enquiry.participants.get(name="Cora")
    new = participation.issue_code(
        enquiry, participant=cora, checked="Called back on a number we knew.", by=enquiry.adviser, at=MONDAY
    )
    assert opens(enquiry, new)
    assert not opens(enquiry, old)
    assert "Called back on a number we knew." in enquiry.events.last().reason


def test_a_new_code_takes_a_check_and_an_adviser_of_the_holder(enquiry, sam):
    with pytest.raises(lifecycle.Refused, match="Write something"):
        participation.issue_code(enquiry, participant=sam, checked=" ", by=enquiry.adviser, at=MONDAY)
    stranger = make_adviser(make_organisation())
    with pytest.raises(lifecycle.NotAllowed):
        participation.issue_code(enquiry, participant=sam, checked="Yes", by=stranger, at=MONDAY)


def test_a_new_code_goes_to_nobody_of_another_enquiry(enquiry, cds):
    theirs = make_enquiry().participants.get()
    with pytest.raises(lifecycle.NotAllowed):
        participation.issue_code(enquiry, participant=theirs, checked="Yes", by=enquiry.adviser, at=MONDAY)


def test_a_group_may_choose_its_own_words(enquiry, sam):
    participation.choose_words(enquiry, words="purple kettle on Tuesday", by=sam, at=MONDAY)
    assert opens(enquiry, "Purple kettle on tuesday")


def test_two_people_cannot_have_the_same_words_and_are_not_told_so(enquiry, sam, cora):
    participation.choose_words(enquiry, words="purple kettle on Tuesday", by=sam, at=MONDAY)
    with pytest.raises(lifecycle.Refused, match=r"^Choose other words\. These cannot be used\.$"):
        participation.choose_words(enquiry, words="purple kettle on Tuesday", by=cora, at=MONDAY)
