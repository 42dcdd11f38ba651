"""Questions about one figure: received once, answered once, public with the answer unless an editor says no."""

import pytest

from case_studies import questioning
from case_studies.models import Question
from mutuals_portal import reader_reports
from tests.factories import MONDAY, make_case_study, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_case_study()


def receive(body, words="Is that so?", key="staff"):
    return questioning.receive(body, claim_key=key, edition_number=1, words=words, at=MONDAY)


def answer(question, *, is_public=True):
    return questioning.answer(question, by=make_user(), at=MONDAY, text="Yes.", is_public=is_public)


def test_a_second_click_is_the_same_question_and_another_figure_is_another(body):
    assert receive(body) == receive(body)
    assert receive(body, key="started") != receive(body)


def test_one_body_cannot_be_flooded(body):
    for number in range(reader_reports.WAITING_AT_MOST):
        receive(body, words=f"Question {number}")
    with pytest.raises(questioning.TooMany, match="more questions than we can answer"):
        receive(body, words="One more")
    receive(make_case_study())


def test_question_and_answer_are_public_together(body):
    question = receive(body)
    assert not Question.objects.answered().exists()
    answer(question)
    assert Question.objects.answered().get() == question
    with pytest.raises(questioning.Refused, match="answered already"):
        answer(question)


def test_an_editor_can_keep_them_off_the_page_and_show_them_again(body):
    question = answer(receive(body), is_public=False)
    assert not Question.objects.answered().exists()
    questioning.show(question)
    assert Question.objects.answered().exists()
    questioning.hide(question)
    assert not Question.objects.answered().exists()
