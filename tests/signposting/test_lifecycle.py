"""The life of an enquiry, verb by verb. CDS holds; the EOA could; Co-operatives UK must see nothing."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from signposting import casework, hand_over, lifecycle
from signposting.lifecycle import TRANSITIONS
from signposting.models import Enquiry, EnquiryDraft, Message, Reason, Status, Verb
from tests.factories import (
    MONDAY,
    make_accepted_enquiry,
    make_adviser,
    make_duty_desk,
    make_enquiry,
    make_organisation,
    make_rule_set,
    make_submission,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=2)


@pytest.fixture
def cds():
    organisation = make_organisation(slug="cds", name="CDS", home_nation="scotland")
    make_adviser(organisation, username="ailsa")
    return organisation


@pytest.fixture
def eoa():
    organisation = make_organisation(slug="eoa", name="EOA")
    make_adviser(organisation, username="edith")
    return organisation


def adviser_of(organisation):
    return organisation.advisers.order_by("pk").first().user


def sender_of(enquiry):
    return enquiry.participants.get(is_sender=True)


def in_status(status, cds):
    """An enquiry of CDS (or the duty desk) that has come to a status."""
    if status == Status.UNROUTED:
        desk = make_duty_desk()
        if not desk.advisers.exists():
            make_adviser(desk, group="duty-desk")
        return make_enquiry()
    if status == Status.OFFERED:
        return make_enquiry(to=cds)
    enquiry = make_accepted_enquiry(to=cds)
    by = adviser_of(cds)
    if status == Status.ASKED:
        return lifecycle.ask(enquiry, text="How many of you are there?", by=by, at=LATER)
    if status == Status.ANSWERED:
        return lifecycle.answer(enquiry, text="Begin with your colleagues.", by=by, at=LATER)
    if status == Status.CLOSED:
        return lifecycle.close(enquiry, reason_code=Reason.HELPED, text="", by=by, at=LATER)
    if status == Status.WITHDRAWN:
        return lifecycle.withdraw(enquiry, by=sender_of(enquiry), at=LATER)
    return enquiry


def attempt(verb, enquiry, *, other):
    """Do one thing to an enquiry, as whoever may do it."""
    holder, sender = enquiry.holder.advisers.first().user, sender_of(enquiry)
    late = LATER + timedelta(days=30)
    calls = {
        Verb.OFFER: lambda: lifecycle.offer(enquiry, to=other, reason="They know this.", by=holder, at=late),
        Verb.ACCEPT: lambda: lifecycle.accept(enquiry, by=holder, at=late),
        Verb.DECLINE: lambda: lifecycle.decline(
            enquiry, to=other, reason_code=Reason.NO_CAPACITY, reason="We are full.", by=holder, at=late
        ),
        Verb.REFER: lambda: lifecycle.refer(
            enquiry, to=other, reason_code=Reason.OTHER_SUBJECT, reason="They know this.", by=holder, at=late
        ),
        Verb.ASK: lambda: lifecycle.ask(enquiry, text="Who pays?", by=holder, at=late),
        Verb.ANSWER: lambda: lifecycle.answer(enquiry, text="It depends.", by=holder, at=late),
        Verb.REPLY: lambda: lifecycle.reply(enquiry, text="Thank you.", by=sender, at=late),
        Verb.CLOSE: lambda: lifecycle.close(enquiry, reason_code=Reason.HELPED, text="", by=holder, at=late),
        Verb.WITHDRAW: lambda: lifecycle.withdraw(enquiry, by=sender, at=late),
        Verb.REOPEN: lambda: lifecycle.reopen(enquiry, text="One more thing.", by=sender, at=late),
        Verb.RETURN_UNANSWERED: lambda: lifecycle.return_unanswered(enquiry, at=late),
    }
    return calls[verb]()


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", [verb for verb in TRANSITIONS if verb is not Verb.SUBMIT])
def test_every_verb_in_every_status_follows_the_table(verb, status, cds, eoa):
    enquiry = in_status(status, cds)
    if status in TRANSITIONS[verb].sources:
        after = attempt(verb, enquiry, other=eoa)
        assert after.status in TRANSITIONS[verb].results
        assert after.events.get(number=after.version).verb == verb
        return
    with pytest.raises(lifecycle.InvalidTransition):
        attempt(verb, enquiry, other=eoa)
    untouched = Enquiry.objects.get(pk=enquiry.pk)
    assert (untouched.status, untouched.version) == (status, enquiry.version)


@pytest.mark.parametrize("status", Status.values)
def test_what_is_shown_as_allowed_is_what_the_table_allows(status, cds, eoa):
    enquiry = in_status(status, cds)
    adviser = enquiry.holder.advisers.first().user
    shown = {verb for verb in lifecycle.allowed(enquiry, by=adviser) if verb in TRANSITIONS}
    assert shown == {
        verb
        for verb, transition in TRANSITIONS.items()
        if lifecycle.Who.ADVISER in transition.who and status in transition.sources
    }
    assert lifecycle.allowed(enquiry, by=adviser_of(eoa)) == []


class TestSubmit:
    def test_the_rule_decides_who_is_offered_it_and_the_reason_is_kept(self, cds):
        make_duty_desk()
        make_rule_set({"body": cds, "nation": "scotland", "reason": "CDS answers for Scotland."})
        enquiry = lifecycle.submit(submission=make_submission(nation="scotland"), at=MONDAY)
        event = enquiry.events.get()
        assert (enquiry.status, enquiry.holder, event.reason) == ("offered", cds, "CDS answers for Scotland.")
        assert event.by_participant == sender_of(enquiry)

    def test_without_a_rule_the_duty_desk_takes_it(self, cds):
        desk = make_duty_desk()
        make_rule_set({"body": cds, "nation": "scotland"})
        enquiry = lifecycle.submit(submission=make_submission(nation="wales"), at=MONDAY)
        assert (enquiry.status, enquiry.holder) == (Status.UNROUTED, desk)

    def test_a_body_that_cannot_act_is_never_chosen(self):
        nobody_there = make_organisation(slug="nobody-there")
        desk = make_duty_desk()
        make_rule_set({"body": nobody_there})
        assert lifecycle.submit(submission=make_submission(), at=MONDAY).holder == desk

    def test_an_excluded_body_is_passed_over(self, cds, eoa):
        make_duty_desk()
        make_rule_set({"body": cds}, {"body": eoa})
        enquiry = lifecycle.submit(submission=make_submission(excluded_bodies=("cds",)), at=MONDAY)
        assert enquiry.holder == eoa

    def test_one_key_makes_one_enquiry(self, cds):
        submission = make_submission()
        first = make_enquiry(to=cds, **{"key": submission.key, "reference": submission.reference})
        again = lifecycle.submit(submission=submission, at=LATER)
        assert again.pk == first.pk
        assert Enquiry.objects.count() == 1

    def test_the_draft_goes_and_its_files_stay(self, cds):
        key = uuid.uuid4()
        draft = EnquiryDraft.objects.create(
            key=key, reference="MIS-2222-3333", code_digest="x", created_at=MONDAY, expires_at=LATER
        )
        draft.attachments.create(name="plan.pdf", kind="pdf", size=10, uploaded_at=MONDAY)
        enquiry = make_enquiry(to=cds, key=key, reference=draft.reference)
        assert enquiry.attachments.get().draft is None
        assert not EnquiryDraft.objects.exists()

    def test_an_adviser_may_record_what_came_by_phone(self, cds):
        adviser = adviser_of(cds)
        enquiry = make_enquiry(to=cds, by=adviser, channel="phone")
        event = enquiry.events.get()
        assert (enquiry.channel, event.by_user, event.by_participant) == ("phone", adviser, None)


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_make_one_enquiry(cds):
    make_duty_desk()
    make_rule_set({"body": cds})
    submission, sent = make_submission(), []
    together = threading.Barrier(4)

    def send():
        together.wait()
        sent.append(lifecycle.submit(submission=submission, at=MONDAY).reference)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sent == [submission.reference] * 4
    assert Enquiry.objects.count() == 1


class TestWhoMayAct:
    def test_an_adviser_of_another_body_may_not(self, cds, eoa):
        enquiry = make_enquiry(to=cds)
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.accept(enquiry, by=adviser_of(eoa), at=LATER)

    def test_an_adviser_without_the_right_may_not(self, cds):
        enquiry = make_enquiry(to=cds)
        onlooker = make_adviser(cds, group="editor")
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.accept(enquiry, by=onlooker, at=LATER)

    def test_a_superuser_of_no_body_may_not(self, cds):
        enquiry = make_enquiry(to=cds)
        root = make_adviser(make_organisation(), is_superuser=True)
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.accept(enquiry, by=root, at=LATER)

    def test_the_group_of_another_enquiry_may_not(self, cds):
        ours, theirs = make_enquiry(to=cds), make_enquiry()
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.reply(ours, text="Hello", by=sender_of(theirs), at=LATER)

    def test_only_a_lead_gives_a_case_to_a_colleague(self, cds):
        enquiry = make_accepted_enquiry(to=cds)
        lead, colleague = make_adviser(cds, group="lead"), make_adviser(cds)
        with pytest.raises(lifecycle.NotAllowed):
            casework.assign(enquiry, to=lead, by=colleague, at=LATER)
        assert casework.assign(enquiry, to=colleague, by=lead, at=LATER).adviser == colleague

    def test_a_case_stays_within_its_body(self, cds, eoa):
        enquiry, lead = make_accepted_enquiry(to=cds), make_adviser(cds, group="lead")
        with pytest.raises(lifecycle.Refused, match="your own body"):
            casework.assign(enquiry, to=adviser_of(eoa), by=lead, at=LATER)


class TestTwoAtOnce:
    def test_the_second_adviser_is_told_and_nothing_is_overwritten(self, cds):
        enquiry = make_enquiry(to=cds)
        seen, second = enquiry.version, make_adviser(cds)
        lifecycle.accept(enquiry, by=adviser_of(cds), at=LATER, seen=seen)
        with pytest.raises(lifecycle.ChangedMeanwhile, match="accepted"):
            lifecycle.accept(enquiry, by=second, at=LATER, seen=seen)
        assert Enquiry.objects.get(pk=enquiry.pk).adviser == adviser_of(cds)

    def test_a_reply_sent_twice_is_one_message(self, cds):
        enquiry, key = make_accepted_enquiry(to=cds), uuid.uuid4()
        for _ in range(2):
            lifecycle.reply(enquiry, text="Forty of us.", by=sender_of(enquiry), at=LATER, key=key)
        assert Message.objects.filter(event__enquiry=enquiry).count() == 1


class TestHandOver:
    def refer(self, enquiry, to, **kwargs):
        given = {"reason_code": Reason.OTHER_SUBJECT, "reason": "They know this.", "at": LATER} | kwargs
        return lifecycle.refer(enquiry, to=to, by=enquiry.adviser, **given)

    def test_it_takes_the_groups_consent(self, cds, eoa):
        enquiry = make_accepted_enquiry(to=cds, may_share=False)
        with pytest.raises(lifecycle.ConsentMissing):
            self.refer(enquiry, eoa)

    def test_the_duty_desk_needs_no_consent(self, cds):
        enquiry = make_accepted_enquiry(to=cds, may_share=False)
        assert self.refer(enquiry, None).holder == make_duty_desk()

    def test_nor_does_a_body_that_has_seen_it_before(self, cds):
        enquiry = make_accepted_enquiry(to=cds, may_share=False)
        desk = make_adviser(make_duty_desk(), group="duty-desk")
        back = self.refer(enquiry, None)
        again = lifecycle.offer(back, to=cds, reason="They have room now.", by=desk, at=LATER)
        assert again.holder == cds

    def test_the_duty_desk_cannot_go_round_a_refusal(self, cds, eoa):
        enquiry = make_accepted_enquiry(to=cds, may_share=False)
        desk = make_adviser(make_duty_desk(), group="duty-desk")
        back = self.refer(enquiry, None)
        with pytest.raises(lifecycle.ConsentMissing):
            lifecycle.offer(back, to=eoa, reason="They know this.", by=desk, at=LATER)

    def test_an_excluded_body_can_never_be_given_it(self, cds, eoa):
        enquiry = make_accepted_enquiry(to=cds, excluded_bodies=("eoa",))
        with pytest.raises(lifecycle.BodyCannotAct, match="asked that EOA does not see"):
            self.refer(enquiry, eoa)
        assert eoa not in hand_over.possible_bodies(enquiry)

    @pytest.mark.parametrize("code", ["", "helped", "because"])
    def test_it_takes_a_coded_reason(self, code, cds, eoa):
        with pytest.raises(lifecycle.Refused, match="Choose why"):
            self.refer(make_accepted_enquiry(to=cds), eoa, reason_code=code)

    def test_it_takes_words_for_the_group(self, cds, eoa):
        with pytest.raises(lifecycle.Refused, match="Write something"):
            self.refer(make_accepted_enquiry(to=cds), eoa, reason="  ")

    def test_the_new_body_has_to_accept_it_and_the_old_adviser_is_gone(self, cds, eoa):
        moved = self.refer(make_accepted_enquiry(to=cds), eoa)
        assert (moved.status, moved.holder, moved.adviser) == (Status.OFFERED, eoa, None)


class TestReturnUnanswered:
    def test_an_offer_goes_back_after_three_working_days(self, cds):
        enquiry = make_enquiry(to=cds)
        returned = lifecycle.return_unanswered(enquiry, at=MONDAY + timedelta(days=4))
        assert (returned.status, returned.holder) == (Status.UNROUTED, make_duty_desk())
        assert "3 working days" in returned.events.last().reason

    def test_never_while_there_is_time(self, cds):
        enquiry = make_enquiry(to=cds)
        with pytest.raises(lifecycle.Refused, match="still has time"):
            lifecycle.return_unanswered(enquiry, at=MONDAY + timedelta(days=3))


class TestEnd:
    @pytest.mark.parametrize("code", ["", "no-capacity", "because"])
    def test_closing_takes_a_coded_reason(self, code, cds):
        enquiry = make_accepted_enquiry(to=cds)
        with pytest.raises(lifecycle.Refused, match="Choose why"):
            lifecycle.close(enquiry, reason_code=code, text="", by=enquiry.adviser, at=LATER)

    def test_a_colleague_cannot_withdraw_what_the_sender_sent(self, cds):
        enquiry = make_enquiry(to=cds)
        colleague = enquiry.participants.create(code_digest="y", code_issued_at=MONDAY, added_at=MONDAY)
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.withdraw(enquiry, by=colleague, at=LATER)
        assert Verb.WITHDRAW not in lifecycle.allowed(enquiry, by=colleague)

    def test_a_closed_case_comes_back_to_its_adviser(self, cds):
        enquiry = in_status(Status.CLOSED, cds)
        back = lifecycle.reopen(enquiry, text="One more thing.", by=sender_of(enquiry), at=LATER)
        assert (back.status, back.holder, back.adviser) == (Status.IN_HAND, cds, adviser_of(cds))

    def test_or_to_the_duty_desk_when_the_body_can_no_longer_act(self, cds):
        enquiry = in_status(Status.CLOSED, cds)
        User.objects.filter(adviser__organisation=cds).update(is_active=False)
        back = lifecycle.reopen(enquiry, text="One more thing.", by=sender_of(enquiry), at=LATER)
        assert (back.status, back.holder) == (Status.UNROUTED, make_duty_desk())


class TestNotes:
    def test_a_note_moves_nothing(self, cds):
        enquiry = make_accepted_enquiry(to=cds)
        noted = casework.note(enquiry, text="Seems to be in a hurry.", by=enquiry.adviser, at=LATER)
        assert (noted.status, noted.adviser, noted.respond_by) == (
            enquiry.status,
            enquiry.adviser,
            enquiry.respond_by,
        )

    def test_the_group_and_the_next_body_never_see_it(self, cds, eoa):
        enquiry = make_accepted_enquiry(to=cds)
        casework.note(enquiry, text="Seems to be in a hurry.", by=enquiry.adviser, at=LATER)
        messages = Message.objects.filter(event__enquiry=enquiry)
        assert not messages.shown_to_enquirer().exists()
        assert not enquiry.events.shown_to_enquirer().filter(verb=Verb.NOTE).exists()
        assert not messages.shown_to(eoa).exists()
        assert not messages.shown_to(None).exists()
        assert messages.shown_to(cds).count() == 1
