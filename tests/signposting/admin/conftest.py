"""The cast: Alice and Bob advise for one body, Lena leads there; Carol advises for another, Eddie only edits."""

import pytest
from django.urls import reverse

from tests.factories import make_adviser, make_duty_desk, make_organisation, make_user


@pytest.fixture
def home(db):
    return make_organisation(slug="home-body", name="Home Body")


@pytest.fixture
def other(db):
    return make_organisation(slug="other-body", name="Other Body")


@pytest.fixture
def alice(home):
    return make_adviser(home, username="alice")


@pytest.fixture
def bob(home):
    return make_adviser(home, username="bob")


@pytest.fixture
def lena(home):
    return make_adviser(home, username="lena", group="lead")


@pytest.fixture
def carol(other):
    return make_adviser(other, username="carol")


@pytest.fixture
def desk(db):
    return make_adviser(make_duty_desk(), username="desk", group="duty-desk")


@pytest.fixture
def eddie(db):
    return make_user("editor", username="eddie")


@pytest.fixture
def root(db):
    return make_user(username="root", is_superuser=True)


@pytest.fixture
def address():
    """The address of a page of an enquiry."""

    def of(name, *args):
        return reverse(f"admin:signposting_enquiry_{name}", args=args)

    return of


@pytest.fixture
def sent(address):
    """Send the form of an operation as a browser would: with the version that its page carried."""

    def send(client, enquiry, verb, *, seen=None, **answers):
        answers["seen"] = enquiry.version if seen is None else seen
        return client.post(address(verb, enquiry.pk), answers, follow=True)

    return send
