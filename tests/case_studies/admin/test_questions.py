"""Questions of readers in the admin: read, answered once, shown with the figure or not."""

import pytest
from django.urls import reverse

from case_studies import questioning
from case_studies.models import Question
from tests.factories import MONDAY, make_figure, make_profile

pytestmark = pytest.mark.django_db

LIST = reverse("admin:case_studies_question_changelist")
ANSWER = {"text": "Yes, by its report.", "is_public": "on"}


def ask(title="Leaving", words="Is that so?"):
    body = make_profile(title=title, claims=[make_figure("staff", label="All staff")]).document
    return questioning.receive(body, claim_key="staff", edition_number=1, words=words, at=MONDAY)


def page_of(question, name="change"):
    return reverse(f"admin:case_studies_question_{name}", args=[question.pk])


@pytest.fixture
def question(db):
    return ask()


@pytest.mark.parametrize("name", ["edna", "ravi"])
def test_an_editor_or_reviewer_answers(client, question, request, name):
    client.force_login(request.getfixturevalue(name))
    assert "Leaving: All staff" in client.get(LIST).text
    page = client.get(page_of(question)).text
    assert "Is that so?" in page
    assert 'name="is_public" type="checkbox" value="on" checked' in page
    assert "Nobody is waiting for an answer." in client.post(page_of(question), ANSWER, follow=True).text
    question.refresh_from_db()
    assert (question.answer, question.is_public) == (ANSWER["text"], True)
    assert "Readers see it with the figure." in client.get(page_of(question)).text


def test_question_and_answer_go_off_the_page_and_on_again(client, question, edna):
    client.force_login(edna)
    client.post(page_of(question), ANSWER)
    assert "It is not on the page." in client.post(page_of(question, "hide"), follow=True).text
    assert not Question.objects.answered().exists()
    assert "Readers see it with the figure." in client.post(page_of(question, "show"), follow=True).text
    assert Question.objects.answered().exists()


def test_looking_changes_nothing(client, question, edna):
    client.force_login(edna)
    client.post(page_of(question), ANSWER)
    client.get(page_of(question, "hide"))
    assert Question.objects.answered().exists()


def test_an_adviser_has_no_business_here(client, question, ada):
    client.force_login(ada)
    for there in (LIST, page_of(question), page_of(question, "hide"), page_of(question, "show")):
        assert client.get(there).status_code == 403
        assert client.post(there, ANSWER).status_code == 403
    assert question in Question.objects.open()


@pytest.mark.parametrize("number", [3, 20])
def test_the_list_costs_the_same(client, edna, number, django_assert_num_queries):
    for place in range(number):
        ask(title=f"Body {place}")
    client.force_login(edna)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
