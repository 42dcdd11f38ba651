"""What the database refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from signposting import casework
from signposting.models import (
    Attachment,
    Enquiry,
    EnquiryDraft,
    EnquiryEvent,
    Message,
    Organisation,
    OutboxMail,
    RuleSet,
)
from tests.factories import (
    MONDAY,
    make_accepted_enquiry,
    make_duty_desk,
    make_enquiry,
    make_organisation,
    make_rule_set,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cds():
    return make_organisation(slug="cds")


@pytest.fixture
def enquiry(cds):
    return make_accepted_enquiry(to=cds)


def refuses(action):
    """Do something in a transaction of its own, as far as its end, where the deferred checks run."""
    with pytest.raises(IntegrityError), transaction.atomic():  # noqa: PT012
        action()
        connection.check_constraints()


def test_events_are_never_changed_or_deleted(enquiry):
    events = EnquiryEvent.objects.filter(enquiry=enquiry)
    refuses(lambda: events.update(reason="Rewritten"))
    refuses(lambda: events.last().delete())


def test_messages_are_never_changed_or_deleted(enquiry):
    casework.note(enquiry, text="Between us.", by=enquiry.adviser, at=MONDAY)
    messages = Message.objects.filter(event__enquiry=enquiry)
    refuses(lambda: messages.update(text="Rewritten"))
    refuses(lambda: messages.get().delete())


def test_an_enquiry_cannot_be_deleted_with_its_record(enquiry):
    refuses(enquiry.delete)


@pytest.mark.parametrize(
    "change",
    [{"status": "asked", "respond_by": None}, {"version": 9}, {"adviser": None}],
    ids=["status", "version", "adviser"],
)
def test_the_standing_cannot_differ_from_the_latest_event(change, enquiry):
    refuses(lambda: Enquiry.objects.filter(pk=enquiry.pk).update(**change))


def test_the_holder_cannot_differ_from_the_latest_event(enquiry):
    other = make_organisation()
    refuses(lambda: Enquiry.objects.filter(pk=enquiry.pk).update(holder=other))


def test_an_event_alone_does_not_move_an_enquiry(enquiry):
    refuses(
        lambda: EnquiryEvent.objects.create(
            enquiry=enquiry, number=9, verb="close", at=MONDAY, status="closed", holder=enquiry.holder
        )
    )


@pytest.mark.parametrize(
    "change", [{"question": "Another"}, {"nation": "wales"}, {"excluded_bodies": ["eoa"]}]
)
def test_the_facts_of_an_enquiry_are_fixed(change, enquiry):
    refuses(lambda: Enquiry.objects.filter(pk=enquiry.pk).update(**change))


def test_published_rules_are_fixed(cds):
    rule_set = make_rule_set({"body": cds})
    refuses(lambda: rule_set.rules.update(nation="wales"))
    refuses(lambda: rule_set.rules.all().delete())
    refuses(lambda: rule_set.rules.create(position=9, body=cds, reason="Slipped in."))
    refuses(lambda: RuleSet.objects.filter(pk=rule_set.pk).update(published_at=None))


def test_there_is_one_duty_desk():
    make_duty_desk()
    refuses(lambda: make_organisation(slug="another-desk", kind=Organisation.Kind.DUTY_DESK))


def test_only_partner_bodies_accept_enquiries():
    refuses(lambda: make_organisation(kind=Organisation.Kind.HELPER, accepts_enquiries=True))


@pytest.mark.parametrize("reference", ["MIS-0000-1111", "mis-2222-3333", "MIS-2222-333", "2222-3333"])
def test_a_reference_has_its_shape(reference):
    refuses(lambda: make_enquiry(reference=reference))


def test_one_person_sent_it(enquiry):
    refuses(
        lambda: enquiry.participants.create(
            is_sender=True, code_digest="other", code_issued_at=MONDAY, added_at=MONDAY
        )
    )


def test_the_sender_stays(enquiry):
    refuses(lambda: enquiry.participants.update(removed_at=MONDAY))


@pytest.mark.parametrize(("choice", "email"), [("no-email", "a@example.org"), ("any-time", "")])
def test_an_address_is_kept_only_to_be_used(choice, email, enquiry):
    refuses(lambda: enquiry.participants.update(contact_choice=choice, email=email))


def test_a_mail_has_one_recipient_and_one_end(enquiry, cds):
    person = enquiry.participants.get()
    refuses(lambda: OutboxMail.objects.create(kind="update", created_at=MONDAY))
    refuses(
        lambda: OutboxMail.objects.create(
            kind="update", created_at=MONDAY, participant=person, organisation=cds
        )
    )
    for ends in (("sent_at", "failed_at"), ("sent_at", "dropped_at"), ("failed_at", "dropped_at")):
        both = dict.fromkeys(ends, MONDAY)
        refuses(
            lambda both=both: OutboxMail.objects.create(
                kind="update", created_at=MONDAY, participant=person, **both
            )
        )


def test_a_file_belongs_to_a_draft_or_to_an_enquiry(enquiry):
    draft = EnquiryDraft.objects.create(
        reference="MIS-2222-3333", code_digest="x", created_at=MONDAY, expires_at=MONDAY + timedelta(days=7)
    )
    refuses(
        lambda: Attachment.objects.create(
            draft=draft, enquiry=enquiry, name="plan.pdf", kind="pdf", size=1, uploaded_at=MONDAY
        )
    )


def test_a_rule_set_published_by_somebody_was_published_at_some_time(django_user_model):
    somebody = django_user_model.objects.create_user("somebody")
    refuses(lambda: RuleSet.objects.create(version=999, note="", created_at=MONDAY, published_by=somebody))
