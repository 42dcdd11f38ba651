"""The cast of the pages that follow an enquiry."""

import pytest
from django.utils import timezone

from signposting import participation
from tests.factories import make_accepted_enquiry, make_enquiry, make_organisation
from tests.signposting.views.following import CODE, Device


@pytest.fixture
def body(db):
    return make_organisation(slug="helpers", name="Helpers together")


@pytest.fixture
def carol(body, enquiry):
    """The adviser of the body that has the enquiry."""
    return enquiry.adviser


@pytest.fixture
def enquiry(body):
    return make_accepted_enquiry(to=body, at=timezone.now(), code=CODE, question="How do we begin?")


@pytest.fixture
def sender(enquiry):
    return enquiry.participants.get(is_sender=True)


@pytest.fixture
def alice(enquiry):
    """She sent the enquiry, and follows it."""
    device = Device()
    device.open(enquiry.reference)
    return device


@pytest.fixture
def bob_and_code(enquiry, sender):
    return participation.add_participant(enquiry, name="Bob", by=sender, at=timezone.now())


@pytest.fixture
def bob(enquiry, bob_and_code):
    """Her colleague, on his own device."""
    device = Device()
    device.open(enquiry.reference, bob_and_code[1])
    return device


@pytest.fixture
def other_enquiry(enquiry):
    return make_enquiry(at=timezone.now(), code="AAAA-BBBB-CCCC", question="A matter of another group")


@pytest.fixture
def mallory(other_enquiry):
    """She follows the enquiry of another group."""
    device = Device()
    device.open(other_enquiry.reference, "AAAA-BBBB-CCCC")
    return device
