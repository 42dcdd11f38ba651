"""Sources in the admin. Edna edits, Ravi reviews."""

import pytest
from django.urls import reverse

from guides.models import Source
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:guides_source_changelist")
ADD = reverse("admin:guides_source_add")
WORDS = {"key": "pa33", "title": "Section 33", "publisher": "A body", "address": "", "kind": "law"}


@pytest.fixture
def source():
    return Source.objects.create(**WORDS)


def page_of(source):
    return reverse("admin:guides_source_change", args=[source.pk])


def test_an_editor_adds_a_source(client, edna):
    client.force_login(edna)
    assert client.post(ADD, WORDS).status_code == 302
    assert Source.objects.get().title == "Section 33"


def test_an_editor_changes_the_words_and_not_the_key(client, edna, source):
    client.force_login(edna)
    assert client.post(page_of(source), WORDS | {"key": "other", "title": "Mended"}).status_code == 302
    source.refresh_from_db()
    assert (source.key, source.title) == ("pa33", "Mended")


def test_an_address_without_a_scheme_is_taken_for_a_safe_one(client, edna, source):
    client.force_login(edna)
    client.post(page_of(source), WORDS | {"address": "www.example.org"})
    source.refresh_from_db()
    assert source.address == "https://www.example.org"


def test_a_reviewer_only_reads(client, ravi, source):
    client.force_login(ravi)
    assert client.get(page_of(source)).status_code == 200
    assert client.post(page_of(source), WORDS).status_code == 403
    assert client.post(ADD, WORDS | {"key": "new"}).status_code == 403


def test_nobody_deletes_what_texts_refer_to(client, root, source):
    client.force_login(root)
    assert (
        client.post(reverse("admin:guides_source_delete", args=[source.pk]), {"post": "yes"}).status_code
        == 403
    )


@pytest.mark.parametrize("group", ["adviser", "lead", "duty-desk"])
def test_others_do_not_see_them(client, group):
    client.force_login(make_user(group))
    assert client.get(LIST).status_code == 403


def test_the_list_costs_the_same_with_many(client, edna, django_assert_max_num_queries):
    client.force_login(edna)
    for number in range(120):
        Source.objects.create(**WORDS | {"key": f"key-{number}"})
    with django_assert_max_num_queries(9):
        client.get(LIST)
