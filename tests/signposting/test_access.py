"""Who sees which rows. Ailsa works for CDS, Edith for the EOA, Dora at the duty desk."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from signposting import access, casework, lifecycle
from signposting.models import Message
from tests.factories import (
    MONDAY,
    make_accepted_enquiry,
    make_adviser,
    make_duty_desk,
    make_enquiry,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cds():
    return make_organisation(slug="cds", name="CDS")


@pytest.fixture
def ailsa(cds):
    return make_adviser(cds, username="ailsa")


@pytest.fixture
def edith():
    return make_adviser(make_organisation(slug="eoa", name="EOA"), username="edith")


def test_an_adviser_sees_what_the_body_holds_and_nothing_else(cds, ailsa, edith):
    ours = make_enquiry(to=cds)
    assert list(access.visible_enquiries(ailsa)) == [ours]
    assert not access.visible_enquiries(edith).exists()


def test_a_body_that_hands_over_no_longer_sees_it(cds, ailsa):
    enquiry = make_accepted_enquiry(to=cds)
    lifecycle.refer(enquiry, to=None, reason_code="conflict", reason="We know them.", by=ailsa, at=MONDAY)
    dora = make_adviser(make_duty_desk(), group="duty-desk")
    assert not access.visible_enquiries(ailsa).exists()
    assert list(access.visible_enquiries(dora)) == [enquiry]


def test_a_superuser_sees_all(cds):
    enquiry = make_enquiry(to=cds)
    assert list(access.visible_enquiries(make_user(is_superuser=True))) == [enquiry]


@pytest.mark.parametrize("group", ["editor", "reviewer", "administrator", ""])
def test_other_staff_see_none_even_of_the_same_body(group, cds):
    make_enquiry(to=cds)
    assert not access.visible_enquiries(make_adviser(cds, group=group)).exists()
    assert not access.visible_enquiries(make_user(group)).exists()


def test_nobody_sees_anything_without_an_account_or_with_a_closed_one(cds, ailsa):
    make_enquiry(to=cds)
    ailsa.is_active = False
    assert not access.visible_enquiries(ailsa).exists()
    assert not access.visible_enquiries(AnonymousUser()).exists()
    assert not access.visible_enquiries(make_user(is_superuser=True, is_active=False)).exists()


def test_everything_that_hangs_on_an_enquiry_is_as_visible_as_it(cds, ailsa, edith):
    enquiry = make_accepted_enquiry(to=cds, contact_choice="any-time", email="group@example.org")
    lifecycle.answer(enquiry, text="It depends.", by=ailsa, at=MONDAY)
    enquiry.attachments.create(name="plan.pdf", kind="pdf", size=1, uploaded_at=MONDAY)
    for rows in (
        access.visible_events,
        access.visible_messages,
        access.visible_participants,
        access.visible_attachments,
        access.visible_mails,
    ):
        assert rows(ailsa).exists(), rows
        assert not rows(edith).exists(), rows


def test_a_note_stays_within_the_body_that_wrote_it(cds, ailsa, edith):
    enquiry = make_accepted_enquiry(to=cds)
    casework.note(enquiry, text="Between us.", by=ailsa, at=MONDAY)
    lifecycle.refer(
        enquiry,
        to=edith.adviser.organisation,
        reason_code="other-subject",
        reason="They know this.",
        by=ailsa,
        at=MONDAY,
    )
    assert not access.visible_messages(edith).filter(side=Message.Side.NOTE).exists()
    assert not access.visible_events(edith).filter(verb="note").exists()


def test_groups_are_made_with_exactly_their_rights():
    access.sync_groups()
    Group.objects.get(name="editor").permissions.clear()
    access.sync_groups()
    for name, rights in access.GROUPS.items():
        permissions = Group.objects.get(name=name).permissions.select_related("content_type")
        assert {f"{p.content_type.app_label}.{p.codename}" for p in permissions} == set(rights)


def test_no_group_can_delete_an_enquiry_or_make_an_account():
    rights = {right for group in access.GROUPS.values() for right in group}
    assert "signposting.delete_enquiry" not in rights
    assert not {right for right in rights if right.startswith("auth.")}
