"""Look-outs in the admin. Edna is an editor, Ravi a reviewer."""

import pytest
from django.urls import reverse

from guides.models import LookOut
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:guides_lookout_changelist")
MENDED = {"title": "Pensions", "summary": "Which scheme your staff can stay in.", "position": 1}


@pytest.fixture
def look_out():
    return LookOut.objects.create(slug="pensions", title="Pension", summary="Schemes.", position=1)


def page_of(look_out):
    return reverse("admin:guides_lookout_change", args=[look_out.pk])


def test_an_editor_changes_the_words_and_not_the_slug(client, look_out):
    client.force_login(make_user("editor"))
    assert client.post(page_of(look_out), MENDED | {"slug": "other"}).status_code == 302
    look_out.refresh_from_db()
    assert (look_out.title, look_out.slug) == ("Pensions", "pensions")


def test_a_reviewer_only_reads(client, look_out):
    client.force_login(make_user("reviewer"))
    assert client.get(page_of(look_out)).status_code == 200
    assert client.post(page_of(look_out), MENDED).status_code == 403


@pytest.mark.parametrize("group", ["adviser", "lead", "duty-desk"])
def test_others_do_not_see_them(group, client, look_out):
    client.force_login(make_user(group))
    assert client.get(LIST).status_code == 403


def test_the_list_costs_the_same_with_many(client, django_assert_max_num_queries):
    client.force_login(make_user("editor"))
    for number in range(60):
        LookOut.objects.create(slug=f"issue-{number}", title="Issue", summary="It.", position=number)
    with django_assert_max_num_queries(8):
        client.get(LIST)
