"""The issues that groups meet, and what helps with each."""

import pytest

from guides.models import LookOut
from tests.factories import make_draft, make_live_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def pensions():
    return LookOut.objects.create(slug="pensions", title="Pensions", summary="Ask early.", position=1)


def test_the_list_names_every_issue(client, pensions):
    text = client.get("/tools/look-outs/").text
    assert '<a class="govuk-link" href="/tools/look-outs/pensions/">Pensions</a><br>Ask early.' in text


def test_an_issue_leads_to_the_pages_and_bulletins_that_help_with_it(client, pensions):
    page = make_live_document(title="Council pensions", look_outs=["pensions"])
    make_draft(page, title="Draft title", look_outs=["pensions"])
    make_live_document("policy", slug="fair-deal", title="The Fair Deal", look_outs=["pensions"])
    make_live_document(title="Something else")
    text = client.get("/tools/look-outs/pensions/").text
    assert f'href="{page.get_absolute_url()}">Council pensions</a>' in text
    assert 'href="/policy/fair-deal/">The Fair Deal</a>' in text
    assert "Something else" not in text
    assert "Draft title" not in text


def test_an_issue_that_nothing_helps_with_yet_says_so(client, pensions):
    assert "We have nothing to read on this yet." in client.get("/tools/look-outs/pensions/").text


def test_an_unknown_issue_is_not_found(client):
    assert client.get("/tools/look-outs/nothing/").status_code == 404
