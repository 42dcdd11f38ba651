"""Look-outs in the admin. Edna is an editor, Ravi a reviewer."""

import pytest
from django.urls import reverse

from guides.models import Document, Edition, LookOut
from tests.factories import make_document, make_draft, make_look_out, make_user

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


def new_text(slug):
    return {"kind": "look-out", "slug": slug, "parent": "", "position": "1", "owner": ""}


def test_an_editor_begins_the_text_of_an_issue_and_of_nothing_else(client, edna, look_out, address):
    client.force_login(edna)
    refused = client.post(address("add"), new_text("luck")).text
    assert "The address of a look-out must be one of the list of look-outs" in refused
    client.post(address("add"), new_text("pensions"))
    assert Document.objects.get(kind="look-out").get_absolute_url() == "/tools/look-outs/pensions/"


def test_its_text_says_at_which_stages_and_in_which_sectors_it_comes_up(client, edna, of):
    draft = make_draft(make_document("look-out", slug="pensions"), by=edna)
    client.force_login(edna)
    words = {
        "title": "Pensions",
        "summary": "It.",
        "body": "Words.",
        "nations": ["wales"],
        "review_by": "1/1/2099",
    }
    chosen = {"stages": ["appraisal"], "sectors": ["libraries", "leisure"]}
    client.post(of("edit", draft), {"seen": draft.saves} | words | chosen)
    after = Edition.objects.get(pk=draft.pk)
    assert (after.stages, after.sectors) == (["appraisal"], ["libraries", "leisure"])
    assert "Pensions</h1>" in client.get(of("preview", draft)).text


def test_a_text_without_its_issue_cannot_be_published():
    draft = make_draft(make_document("look-out", slug="pensions"))
    assert draft.problems(at=draft.saved_at) == []
    LookOut.objects.all().delete()
    assert draft.problems(at=draft.saved_at) == ["“pensions” is not a look-out. Add it to the look-outs."]


def test_a_text_cannot_link_to_an_issue_that_nobody_can_open():
    make_look_out("tupe", is_live=False)
    make_look_out("vat")
    draft = make_draft(make_document("look-out"), body="See [staff](look-out:tupe) and [tax](look-out:vat).")
    (problem,) = draft.problems(at=draft.saved_at)
    assert "look-out:tupe" in problem
