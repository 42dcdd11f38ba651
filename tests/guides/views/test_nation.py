"""The nation that somebody reads for."""

import pytest

from guides.views import nation
from tests.factories import make_live_document, make_organisation

pytestmark = pytest.mark.django_db

BODY = "See [the other](page:other).\n\n::: nation scotland\nOnly there.\n:::\n"


@pytest.fixture
def path():
    other = make_live_document(slug="other")
    page = make_live_document(slug="here", parent=other.parent, body=BODY)
    return page.get_absolute_url()


def test_what_applies_is_marked_and_nothing_is_hidden(client, path):
    assert "Applies in Scotland" in client.get(f"{path}?nation=scotland").text
    elsewhere = client.get(f"{path}?nation=wales").text
    assert "Does not apply in Wales" in elsewhere
    assert "Only there." in elsewhere


def test_links_within_the_guides_carry_it_on(client, path):
    text = client.get(f"{path}?nation=wales").text
    guide = path.split("/")[2]
    for address in (f"/guides/{guide}/", path.replace("/here/", "/other/"), "/guides/"):
        assert f'href="{address}?nation=wales"' in text


def test_the_switch_says_which_nation_is_chosen(client, path):
    text = client.get(f"{path}?nation=wales").text
    assert '<strong aria-current="true">Wales</strong>' in text
    assert 'href="?nation=scotland"' in text


@pytest.mark.parametrize("value", ["all", "france", "", "uk-wide", "wales'--"])
def test_another_value_gives_the_plain_page(client, path, value):
    text = client.get(path, {"nation": value}).text
    assert "Remember on this device" not in text
    assert "Applies in" not in text


def test_the_choice_is_remembered_only_when_the_reader_asks(client, path):
    assert not client.get(f"{path}?nation=wales").cookies
    response = client.post("/guides/nation/", {"page": path, "nation": "wales"})
    assert response["Location"] == f"{path}?nation=wales"
    cookie = response.cookies[nation.COOKIE]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == ("wales", "/guides/", "Lax")
    assert cookie["max-age"] == nation.KEPT_FOR.total_seconds()
    assert cookie["httponly"]


def test_a_device_that_remembers_is_sent_to_the_address_of_its_nation(client, path):
    client.post("/guides/nation/", {"page": path, "nation": "wales"})
    response = client.get(f"{path}?as_of=2026-11-01")
    assert response.status_code == 302
    assert response["Location"] == f"{path}?as_of=2026-11-01&nation=wales"
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]


def test_another_nation_can_be_read_without_forgetting(client, path):
    client.post("/guides/nation/", {"page": path, "nation": "wales"})
    assert client.get(f"{path}?nation=scotland").status_code == 200
    assert client.get(f"{path}?nation=all").status_code == 200
    assert client.get(path).status_code == 302


def test_it_can_be_forgotten(client, path):
    client.post("/guides/nation/", {"page": path, "nation": "wales"})
    response = client.post("/guides/nation/", {"page": path, "nation": ""})
    assert response["Location"] == path
    assert client.get(path).status_code == 200


def test_a_cookie_that_somebody_made_up_does_nothing(client, path):
    client.cookies[nation.COOKIE] = "france"
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example", "/admin/", ""]
)
def test_it_leads_back_to_the_guides_and_nowhere_else(client, page):
    response = client.post("/guides/nation/", {"page": page, "nation": "wales"})
    assert response["Location"] == "/guides/?nation=wales"


def test_it_is_changed_by_a_press_and_not_by_a_link(client):
    assert client.get("/guides/nation/").status_code == 405


def test_a_device_that_remembers_is_known_on_no_other_page(client, path):
    make_organisation()
    client.cookies[nation.COOKIE] = "wales"
    for elsewhere in ("/", "/glossary/", "/policy/", "/support/"):
        assert client.get(elsewhere).status_code == 200
