"""The cast: Edna edits, Ravi reviews, Ada advises groups and has no business here; root may do everything."""

import pytest
from django.db import connection
from django.urls import reverse

from tests.factories import make_adviser, make_organisation, make_user


@pytest.fixture
def edna(db):
    return make_user("editor", username="edna", first_name="Edna", last_name="Writes")


@pytest.fixture
def ravi(db):
    return make_user("reviewer", username="ravi", first_name="Ravi", last_name="Reads")


@pytest.fixture
def ada(db):
    return make_adviser(make_organisation(), username="ada")


@pytest.fixture
def root(db):
    return make_user(username="root", is_superuser=True)


@pytest.fixture
def address():
    """The address of a page about texts."""

    def of(name, *args):
        return reverse(f"admin:guides_document_{name}", args=args)

    return of


@pytest.fixture
def of(address):
    """The address of a page about one edition."""

    def of(name, edition):
        return address(name, edition.document_id, edition.pk)

    return of


@pytest.fixture
def send(of):
    """Send the form of an operation as a browser would: with the save that its page carried."""

    def post(client, verb, edition, **answers):
        return client.post(of(verb, edition), {"seen": edition.saves} | answers, follow=True)

    return post


@pytest.fixture
def empty_queue(db):
    """Jobs outlive the tests whose work is committed: no model of Django's owns their table, so nothing clears it."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
