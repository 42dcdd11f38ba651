"""Readers' reports in the admin: read, answered once, taken off the page."""

import pytest
from django.urls import reverse

from guides import reporting
from guides.models import Report
from tests.factories import MONDAY, make_live_document

LIST = reverse("admin:guides_report_changelist")
ANSWER = {"text": "You are right. We mended it.", "is_public": "on"}


@pytest.fixture
def report(db):
    page = make_live_document("policy", title="Fair Deal")
    return reporting.receive(page, edition_number=1, words="The date is wrong.", at=MONDAY)


def page_of(report):
    return reverse("admin:guides_report_change", args=[report.pk])


@pytest.mark.parametrize("name", ["edna", "ravi"])
def test_an_editor_or_reviewer_answers_a_report(client, report, request, name):
    client.force_login(request.getfixturevalue(name))
    assert "The date is wrong." in client.get(LIST).text
    text = client.get(page_of(report)).text
    assert "Fair Deal" in text
    response = client.post(page_of(report), ANSWER, follow=True)
    assert "Nobody is waiting for an answer." in response.text
    report.refresh_from_db()
    assert (report.answer, report.answer_is_public) == (ANSWER["text"], True)
    assert ANSWER["text"] in client.get(page_of(report)).text
    assert "Fair Deal" in client.get(LIST, {"show": "answered"}).text


def test_an_answer_without_words_is_refused_by_the_field(client, report, edna):
    client.force_login(edna)
    assert "Write an answer" in client.post(page_of(report), {"text": " "}).text
    assert Report.objects.open().exists()


def test_the_second_of_two_answers_is_kept_for_copying(client, report, edna, ravi):
    reporting.answer(report, by=ravi, at=MONDAY, text="Done.", is_public=False)
    client.force_login(edna)
    text = client.post(page_of(report), ANSWER).text
    assert "answered already" in text
    assert ANSWER["text"] in text
    report.refresh_from_db()
    assert report.answer == "Done."


def test_a_shown_answer_is_taken_off_the_page(client, report, edna):
    client.force_login(edna)
    client.post(page_of(report), ANSWER)
    response = client.post(reverse("admin:guides_report_hide", args=[report.pk]), follow=True)
    assert "It is not on the page." in response.text
    report.refresh_from_db()
    assert not report.answer_is_public


def test_an_adviser_has_no_business_here(client, report, ada):
    client.force_login(ada)
    for address in (LIST, page_of(report), reverse("admin:guides_report_hide", args=[report.pk])):
        assert client.get(address).status_code == 403
        assert client.post(address, ANSWER).status_code == 403
    assert Report.objects.open().exists()


def test_a_stranger_is_asked_to_log_in_and_an_unknown_report_is_not_there(client, report, edna):
    assert client.get(LIST).status_code == 302
    client.force_login(edna)
    assert client.get(reverse("admin:guides_report_change", args=[report.pk + 1])).status_code == 404


@pytest.mark.parametrize("number", [3, 20])
def test_the_queries_of_the_list_do_not_grow(client, edna, django_assert_num_queries, number):
    for _ in range(number):
        reporting.receive(make_live_document("policy"), edition_number=1, words="Wrong.", at=MONDAY)
    client.force_login(edna)
    client.get(LIST)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_a_long_list_has_pages(client, edna):
    for number in range(26):
        words = f"Wrong {number}"
        reporting.receive(make_live_document("policy"), edition_number=1, words=words, at=MONDAY)
    client.force_login(edna)
    assert 'href="?page=2"' in client.get(LIST).text
    assert "Wrong 25" in client.get(LIST, {"page": "2"}).text
    assert client.get(LIST, {"page": "10" * 400}).status_code == 200
