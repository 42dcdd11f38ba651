"""“Is something wrong with this entry?”, as a reader meets it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal import publishing, reader_reports
from signposting import reporting
from signposting.models import EntryReport
from tests.factories import MONDAY, make_entry, make_entry_draft, make_organisation, make_user

pytestmark = pytest.mark.django_db

PAGE = "/support/agency/report/"


@pytest.fixture
def entry():
    return make_entry(at=MONDAY, slug="agency", title="Agency")


def answered(entry, *, days_ago=0, is_public=True):
    at = timezone.now() - timedelta(days=days_ago)
    report = reporting.receive(entry.document, edition_number=1, words="It has <moved>.", at=at)
    return reporting.answer(report, by=make_user(), at=at, text="So it has.", is_public=is_public)


def test_the_entry_leads_to_the_form_and_the_form_to_thanks(client, entry):
    assert f'href="{PAGE}"' in client.get("/support/agency/").text
    assert "Agency" in client.get(PAGE).text
    for _ in range(2):
        response = client.post(PAGE, {"edition": "1", "words": "It has moved."}, follow=True)
    assert "We have your report about" in response.text
    report = EntryReport.objects.get()
    assert (report.document.slug, report.edition_number, report.words) == ("agency", 1, "It has moved.")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Tell us what is wrong"),
        ({"edition": "1", "words": " "}, "Tell us what is wrong"),
        ({"edition": "1", "words": "x" * 2_001}, "must be 2,000 characters or fewer"),
        ({"edition": "1", "words": "a\x00b"}, "Delete or retype the character"),
        ({"edition": "x", "words": "Wrong."}, "There is a problem"),
    ],
)
def test_a_bad_report_is_refused_with_a_sentence(client, entry, answers, told):
    response = client.post(PAGE, answers)
    assert response.status_code == 200
    assert told in response.text
    assert not EntryReport.objects.exists()


def test_an_edition_that_is_still_to_come_is_not_what_the_reader_saw(client, entry):
    client.post(PAGE, {"edition": "99", "words": "Wrong."})
    assert EntryReport.objects.get().edition_number == 1


def test_it_is_capped_and_says_so_with_the_words_kept(client, entry):
    for number in range(reader_reports.WAITING_AT_MOST):
        reporting.receive(entry.document, edition_number=1, words=f"{number}", at=timezone.now())
    text = client.post(PAGE, {"edition": "1", "words": "One more fault"}).text
    assert "more reports than we can answer" in text
    assert "One more fault" in text


def test_what_is_not_public_has_no_form(client, entry):
    make_entry_draft(make_organisation(kind="helper", slug="drafted"))
    publishing.withdraw(entry.document, by=make_user(), at=timezone.now(), reason="Gone.")
    for slug in ("drafted", "agency", "nobody", "x" * 4_000):
        for page in ("report/", "report/sent/"):
            assert client.get(f"/support/{slug}/{page}").status_code == 404


@pytest.mark.parametrize(("days", "shown"), [(0, True), (89, True), (90, False)])
def test_a_public_answer_stands_with_the_entry_for_90_days(client, entry, days, shown):
    answered(entry, days_ago=days)
    text = client.get("/support/agency/").text
    assert ("It has &lt;moved&gt;." in text) is shown
    assert ("So it has." in text) is shown


def test_an_answer_that_is_not_public_or_was_taken_off_is_not_shown(client, entry):
    answered(entry, is_public=False)
    reporting.hide_answer(answered(entry))
    assert "So it has." not in client.get("/support/agency/").text


def test_a_report_is_answered_once(entry):
    with pytest.raises(reporting.Refused, match="answered already"):
        reporting.answer(answered(entry), by=make_user(), at=timezone.now(), text="Again", is_public=True)
