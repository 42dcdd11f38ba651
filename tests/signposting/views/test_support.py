import pytest
from django.core.management import call_command

from signposting.models import Organisation
from tests.factories import make_adviser, make_duty_desk, make_organisation

pytestmark = pytest.mark.django_db

HELPER = Organisation.Kind.HELPER
HISTORIC = Organisation.Status.HISTORIC


def test_partners_and_other_bodies_are_listed_apart(client):
    make_organisation(name="Partner body A")
    make_organisation(name="Helper B", kind=HELPER)
    text = client.get("/support/").text
    assert (
        text.index("Partner bodies")
        < text.index("Partner body A")
        < text.index("Other bodies")
        < text.index("Helper B")
    )


def test_the_list_says_where_a_body_helps(client):
    make_organisation(nations=["england", "wales"])
    make_organisation(nations=[])
    text = client.get("/support/").text
    assert "Helps in England and Wales" in text
    assert "Helps in the whole of the UK" in text


def test_neither_the_duty_desk_nor_a_historic_body_is_offered(client):
    hidden = [make_duty_desk(), make_organisation(name="Gone since", status=HISTORIC)]
    text = client.get("/support/").text
    for body in hidden:
        assert body.name not in text
        assert client.get(f"/support/{body.slug}/").status_code == 404


def test_an_unknown_body_is_not_found(client):
    assert client.get("/support/nobody/").status_code == 404


def test_no_address_for_notices_is_ever_shown(client):
    body = make_organisation(contact_email="notices@example.org")
    assert (
        "notices@example.org" not in client.get("/support/").text + client.get(f"/support/{body.slug}/").text
    )


def test_a_page_tells_what_a_body_does_and_where_that_comes_from(client):
    body = make_organisation(
        offer="First part.\n\nSecond part.",
        website="https://body.example/",
        source="Its report",
        checked_on="2026-11-21",
    )
    text = client.get(f"/support/{body.slug}/").text
    assert '<p class="govuk-body">First part.</p>' in text
    assert '<p class="govuk-body">Second part.</p>' in text
    assert 'href="https://body.example/"' in text
    assert "Its report. Last checked on 21 November 2026." in text


def test_a_page_says_so_when_nobody_has_checked_it(client):
    body = make_organisation(name="Helpers", source="Its report")
    assert (
        "Its report. We have not yet checked this with Helpers itself."
        in client.get(f"/support/{body.slug}/").text
    )


def test_a_page_says_whether_the_body_takes_enquiries(client):
    taking, not_taking, helper = make_organisation(), make_organisation(), make_organisation(kind=HELPER)
    make_adviser(taking)
    assert "it answers enquiries that our rules send to it" in client.get(f"/support/{taking.slug}/").text
    assert (
        "takes no enquiries through this service at the moment"
        in client.get(f"/support/{not_taking.slug}/").text
    )
    assert "is not part of this service" in client.get(f"/support/{helper.slug}/").text


def test_what_an_editor_typed_is_shown_as_text(client):
    body = make_organisation(name="<b>Bold</b>", offer="<script>alert(1)</script>")
    text = client.get(f"/support/{body.slug}/").text
    assert "<b>" not in text
    assert "<script>alert" not in text


@pytest.mark.parametrize("count", [20, 200])
def test_the_list_asks_the_database_once(client, django_assert_num_queries, count):
    for _ in range(count):
        make_organisation()
    with django_assert_num_queries(1):
        client.get("/support/")


def test_a_page_of_a_body_asks_the_database_twice(client, django_assert_num_queries):
    body = make_organisation()
    with django_assert_num_queries(2):
        client.get(f"/support/{body.slug}/")


def test_every_body_that_comes_with_the_service_has_a_page(client):
    call_command("load_content", verbosity=0)
    for body in Organisation.objects.offering_help():
        assert body.summary in client.get(f"/support/{body.slug}/").text.replace("&#x27;", "’")
