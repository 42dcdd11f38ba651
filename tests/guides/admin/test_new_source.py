"""A new source in the admin: one page has one key."""

import pytest
from django.urls import reverse

from guides.models import Source
from tests.factories import make_source

pytestmark = pytest.mark.django_db

ADD = reverse("admin:guides_source_add")
NEW = {
    "key": "leisure-2",
    "title": "Pools and libraries",
    "publisher": "A council",
    "address": "http://example.org/pools",
    "kind": "report",
}


@pytest.fixture(autouse=True)
def have(client, edna):
    client.force_login(edna)
    return make_source("leisure", title="Leisure", address="https://www.example.org/pools/")


def test_a_source_that_may_be_there_already_is_pointed_out_before_it_is_added(client, have):
    page = client.post(ADD, NEW).text
    link = reverse("admin:guides_source_change", args=[have.pk])
    assert f'This may be there already: <a href="{link}">Leisure (leisure)</a>' in page
    assert 'type="checkbox" name="is_another"' in page
    assert Source.objects.get() == have


def test_whoever_has_looked_adds_it_all_the_same(client):
    assert client.post(ADD, NEW | {"is_another": "on"}).status_code == 302
    assert Source.objects.count() == 2


def test_a_source_that_is_like_no_other_is_added_at_once(client):
    page = client.get(ADD).text
    assert "It is another source" not in page or 'type="hidden" name="is_another"' in page
    assert client.post(ADD, NEW | {"address": "https://example.org/other"}).status_code == 302


def test_changing_a_source_asks_nothing(client, have):
    page = reverse("admin:guides_source_change", args=[have.pk])
    assert client.post(page, NEW).status_code == 302
    have.refresh_from_db()
    assert (have.key, have.title) == ("leisure", "Pools and libraries")
