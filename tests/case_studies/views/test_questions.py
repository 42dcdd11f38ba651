"""A reader questions a figure."""

import pytest
from django.utils import timezone

from case_studies import questioning
from case_studies.models import Question
from tests.factories import (
    make_case_study,
    make_figure,
    make_profile,
    make_profile_draft,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

PAGE = "/case-studies/leaving/question/?claim=staff"
SENT = "/case-studies/leaving/question/sent/?claim=staff"


@pytest.fixture(autouse=True)
def body():
    source = make_source("gma", title="Annual report", address="https://example.org/report").key
    return make_profile(
        slug="leaving", title="Leaving", claims=[make_figure("staff", source=source)]
    ).document


def send(client, **answers):
    return client.post(PAGE, {"edition": 1, "words": "Is that all staff?"} | answers)


def test_the_form_names_the_figure_and_its_source(client):
    text = client.get(PAGE).text
    assert "Staff: 40 people" in text
    assert '<a class="govuk-link" href="https://example.org/report" rel="noopener">Annual report' in text
    assert 'href="/case-studies/leaving/#figure-staff"' in text


def test_what_is_sent_waits_for_an_answer(client, body):
    response = send(client)
    assert response["Location"] == SENT
    question = Question.objects.open().get()
    assert (question.document, question.claim_key, question.edition_number) == (body, "staff", 1)
    assert question.words == "Is that all staff?"
    assert "Leaving" in client.get(SENT).text


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"words": " "}, "Write your question"),
        ({"words": "x" * 2001}, "Your question must be 2,000 characters or fewer"),
    ],
)
def test_what_cannot_be_sent_is_explained(client, answers, message):
    assert message in send(client, **answers).text
    assert not Question.objects.exists()


def test_too_many_are_refused_with_the_words_kept(client, body):
    for number in range(30):
        send(client, words=f"Question {number}")
    text = send(client, words="And one more?").text
    assert "more questions than we can answer" in text
    assert "And one more?" in text


@pytest.mark.parametrize(
    "address",
    [
        "/case-studies/leaving/question/",
        "/case-studies/leaving/question/?claim=other",
        "/case-studies/leaving/question/?claim=%00",
        "/case-studies/leaving/question/?claim=" + "x" * 5000,
        "/case-studies/nowhere/question/?claim=staff",
        "/case-studies/draft/question/?claim=staff",
        "/case-studies/leaving/question/sent/?claim=other",
    ],
)
def test_what_readers_cannot_see_cannot_be_questioned(client, address):
    make_profile_draft(make_case_study(slug="draft"), claims=[make_figure("staff")])
    assert client.get(address).status_code == 404


def test_no_question_is_about_an_edition_that_is_still_to_come(client):
    send(client, edition=99)
    assert Question.objects.get().edition_number == 1


def test_no_cache_keeps_the_form(client):
    assert "no-cache" in client.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize(("is_public", "shown"), [(True, True), (False, False)])
def test_question_and_answer_stand_on_the_page(client, body, is_public, shown):
    send(client)
    questioning.answer(
        Question.objects.get(), by=make_user(), at=timezone.now(), text="They are.", is_public=is_public
    )
    text = client.get("/case-studies/leaving/").text
    assert ("Is that all staff?" in text, "They are." in text) == (shown, shown)
