"""Reports of what is wrong with a page: received once, answered once, shown for 90 days if the editor says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from guides import reporting
from guides.models import Report
from tests.factories import MONDAY, make_live_document, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return make_live_document("policy")


def receive(page, words="The date is wrong.", at=MONDAY):
    return reporting.receive(page, edition_number=1, words=words, at=at)


def answer(report, *, is_public=True, at=MONDAY):
    return reporting.answer(report, by=make_user(), at=at, text="You are right.", is_public=is_public)


def test_a_report_waits_with_its_page_and_edition(page):
    report = receive(page)
    assert (report.document, report.edition_number, report.is_open) == (page, 1, True)
    assert list(Report.objects.open()) == [report]


def test_a_second_click_is_the_same_report(page):
    assert receive(page) == receive(page)
    assert receive(page, words="And the name too.") != receive(page)


def test_one_page_cannot_be_flooded(page):
    for number in range(reporting.WAITING_AT_MOST):
        receive(page, words=f"Wrong {number}")
    with pytest.raises(reporting.TooMany, match="more reports than we can answer"):
        receive(page, words="One more")
    receive(make_live_document("policy"))


def test_all_pages_together_cannot_be_flooded_on_one_day(page, monkeypatch):
    monkeypatch.setattr(reporting, "A_DAY_AT_MOST", 2)
    receive(page, words="One")
    receive(page, words="Two")
    with pytest.raises(reporting.TooMany):
        receive(make_live_document("policy"))
    receive(page, words="Three", at=MONDAY + timedelta(days=1))


def test_a_report_is_answered_once(page):
    report = answer(receive(page))
    assert (report.answer, report.is_open) == ("You are right.", False)
    with pytest.raises(reporting.Refused, match="answered already"):
        answer(report)


@pytest.mark.parametrize(("days", "shown"), [(0, True), (89, True), (90, False), (400, False)])
def test_a_public_answer_is_shown_for_90_days(page, days, shown):
    answer(receive(page))
    assert Report.objects.shown(at=MONDAY + timedelta(days=days)).exists() == shown


def test_an_answer_that_is_not_public_is_not_shown(page):
    answer(receive(page), is_public=False)
    assert not Report.objects.shown(at=MONDAY).exists()


def test_a_shown_answer_can_be_taken_off_the_page(page):
    reporting.hide_answer(answer(receive(page)))
    assert not Report.objects.shown(at=MONDAY).exists()


def test_the_database_refuses_half_an_answer(page):
    with pytest.raises(IntegrityError, match="guides_report_answered"):
        Report.objects.filter(pk=receive(page).pk).update(answer="You are right.")
