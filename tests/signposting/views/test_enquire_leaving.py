"""Leaving and coming back: saved, resumed, deleted, expired; and cookies that somebody has tampered with."""

import base64
import uuid
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mutuals_portal.private_access import throttle
from signposting import draft_cookie
from signposting.models import Attachment, Enquiry, EnquiryDraft
from tests.signposting.views.journey import GOOD, Browser, a_body_that_answers, a_file, address

pytestmark = pytest.mark.django_db

START = reverse("signposting:enquiry-start")
SAVE = reverse("signposting:enquiry-save")
RESUME = reverse("signposting:enquiry-resume")
DELETE = reverse("signposting:enquiry-delete")
CHECK = reverse("signposting:enquiry-check")


@pytest.fixture
def browser():
    return Browser()


def saved(browser):
    """Reference and code as the page shows them."""
    page = browser.get(SAVE)
    return {"reference": page.context["draft"].reference, "code": page.context["code"]}


class TestSaving:
    def test_every_question_offers_it_and_it_keeps_what_was_just_written(self, browser):
        browser.answer_all(until="question")
        assertContains(browser.get(address("question")), "Save and come back later")
        response = browser.answer("question", question="Half a thought", then="save")
        assertRedirects(response, SAVE)
        assert browser.draft.answers["question"] == {"question": "Half a thought"}

    def test_an_untouched_question_is_no_obstacle(self, browser):
        browser.answer_all(until="question")
        assertRedirects(browser.post(address("question"), {"question": "", "then": "save"}), SAVE)
        assert "question" not in browser.draft.answers

    def test_an_answer_that_cannot_be_kept_is_not_lost_silently(self, browser):
        browser.answer_all(until="question")
        page = browser.answer("question", question="a" * 5001, then="save")
        assertContains(page, "must be 5,000 characters or fewer")

    def test_chosen_files_are_kept_too(self, browser):
        browser.answer_all(until="files")
        assertRedirects(browser.post(address("files"), {"files": a_file(), "then": "save"}), SAVE)
        assert browser.draft.attachments.count() == 1

    def test_the_page_shows_reference_code_and_until_when(self, browser):
        browser.answer_all(until="sector")
        page = browser.get(SAVE)
        given = saved(browser)
        assertContains(page, given["reference"])
        assertContains(page, given["code"])
        assertContains(page, timezone.localdate(browser.draft.expires_at).strftime("%-d %B %Y"))

    def test_closing_forgets_them_in_this_browser_and_keeps_them_on_ours(self, browser):
        browser.answer_all(until="sector")
        response = browser.post(SAVE, follow=True)
        assertContains(response, "Your answers are saved")
        assert browser.cookies[draft_cookie.IN_HAND.name].value == ""
        assert browser.draft.answers


@pytest.mark.django_db(transaction=True)
class TestComingBack:
    def test_on_another_device_with_reference_and_code(self, browser):
        browser.answer_all(until="sector")
        given = saved(browser)
        elsewhere = Browser()
        typed = {"reference": given["reference"].lower(), "code": given["code"].lower().replace("-", " ")}
        response = elsewhere.post(RESUME, typed)
        assertRedirects(response, f"{address('sector')}?because=resumed")
        assertContains(elsewhere.get(address("where")), "Inverness")
        assert saved(elsewhere) == given

    def test_the_same_code_is_shown_after_sending(self, browser):
        a_body_that_answers()
        browser.answer_all()
        given = saved(browser)
        elsewhere = Browser()
        elsewhere.post(RESUME, given)
        elsewhere.send()
        page = elsewhere.get(reverse("signposting:sent"))
        assertContains(page, given["code"])
        assertContains(page, given["reference"])

    def test_a_wrong_code_and_an_unknown_reference_look_alike(self, browser):
        browser.answer_all(until="sector")
        given = saved(browser)
        wrong_code = Browser().post(RESUME, given | {"code": "AAAA-AAAA-AAAA"})
        unknown = Browser().post(RESUME, given | {"reference": "MIS-2222-2222"})
        for page in (wrong_code, unknown):
            assertContains(page, "They do not belong together", count=2)
        assert wrong_code.context["form"].errors == unknown.context["form"].errors

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({"reference": "", "code": ""}, "Enter your reference"),
            ({"reference": "MIS-7K4P-Q2XR", "code": ""}, "Enter your code"),
            ({"reference": "no reference", "code": "x"}, "Enter a reference like MIS-7K4P-Q2XR"),
            ({"reference": "\x00", "code": "a code"}, "cannot read"),
            ({"reference": "9" * 999, "code": "9" * 999}, "Your code must be 200 characters or fewer"),
        ],
    )
    def test_bad_input_gets_a_message_by_the_field(self, browser, typed, message):
        assertContains(browser.post(RESUME, typed), message, count=2)

    def test_guessing_is_slowed_down(self, browser):
        browser.answer_all(until="sector")
        given = saved(browser)
        for _ in range(throttle.TRIES_PER_REFERENCE_AND_ADDRESS):
            Browser().post(RESUME, given | {"code": "AAAA-AAAA-AAAA"})
        page = Browser().post(RESUME, given)
        assertContains(page, "too many wrong codes", status_code=429, count=2)

    def test_not_after_seven_days(self, browser):
        browser.answer_all(until="sector")
        given = saved(browser)
        EnquiryDraft.objects.update(expires_at=timezone.now())
        assertContains(Browser().post(RESUME, given), "the 7 days are over")


class TestDeleting:
    def test_asks_first_and_then_deletes_answers_files_and_cookie(self, browser):
        browser.answer_all(until="exclusions")
        browser.post(address("files"), {"files": a_file()})
        assertContains(browser.get(DELETE), "Delete your answers and leave?")
        assert EnquiryDraft.objects.exists()
        page = browser.post(DELETE, follow=True)
        assertContains(page, "Your answers are deleted")
        assert not EnquiryDraft.objects.exists()
        assert not Attachment.objects.exists()
        assert browser.cookies[draft_cookie.IN_HAND.name].value == ""

    def test_works_when_there_is_nothing_to_delete(self, browser):
        assertContains(browser.post(DELETE, follow=True), "Your answers are deleted")


def expired(browser):
    EnquiryDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


def deleted(browser):
    EnquiryDraft.objects.all().delete()


@pytest.mark.parametrize("lose", [expired, deleted])
class TestADraftThatIsGone:
    @pytest.mark.parametrize("page", [address("where"), address("files"), CHECK, SAVE])
    def test_leads_to_the_start_and_says_why(self, browser, lose, page):
        browser.answer_all()
        lose(browser)
        response = browser.get(page, follow=True)
        assertRedirects(response, f"{START}?because=gone")
        assertContains(response, "Your answers are no longer there")
        assertContains(browser.get(page, follow=True), "We found no answers of yours")

    def test_keeps_the_answer_that_was_being_written(self, browser, lose):
        browser.answer_all(until="question")
        lose(browser)
        response = browser.answer("question", question="An hour’s work", follow=True)
        assertRedirects(response, f"{address('who')}?because=kept")
        assertContains(browser.get(response.url), "We have kept the one you just gave")
        kept = EnquiryDraft.objects.current(at=timezone.now()).get()
        assert kept.answers == {"question": {"question": "An hour’s work"}}
        assertContains(browser.get(address("who")), "Question 1 of 13")

    def test_sends_nothing(self, browser, lose):
        browser.answer_all()
        lose(browser)
        assertRedirects(browser.send(), f"{START}?because=gone")
        assert not Enquiry.objects.exists()


def altered(value):
    return value[:-2] + ("AA" if not value.endswith("AA") else "BB")


def of_another_key(value):
    return Fernet(Fernet.generate_key()).encrypt(f"{uuid.uuid4()} 2222-3333-4444".encode()).decode()


@pytest.mark.parametrize(
    "tamper",
    [
        altered,
        of_another_key,
        lambda value: "",
        lambda value: "\x00",
        lambda value: "é",
        lambda value: "a:b:c",
    ],
)
class TestATamperedCookie:
    @pytest.mark.parametrize(
        "page", [START, address("where"), address("files"), CHECK, SAVE, DELETE, "/enquiries/sent/"]
    )
    def test_opens_nothing_and_breaks_nothing(self, browser, tamper, page):
        browser.answer_all()
        browser.cookies[draft_cookie.IN_HAND.name] = tamper(browser.cookies[draft_cookie.IN_HAND.name].value)
        response = browser.get(page, follow=True)
        assert response.status_code == 200
        assertNotContains(response, "Inverness")

    def test_cannot_write_to_the_draft(self, browser, tamper):
        before = browser.answer_all()
        browser.cookies[draft_cookie.IN_HAND.name] = tamper(browser.cookies[draft_cookie.IN_HAND.name].value)
        browser.answer("where", place="Elsewhere")
        before.refresh_from_db()
        assert before.answers["where"]["place"] == "Inverness"


def test_the_cookie_is_for_us_alone_and_goes_with_the_window(browser):
    browser.start()
    cookie = browser.cookies[draft_cookie.IN_HAND.name]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/enquiries/"
    assert cookie["max-age"] == cookie["expires"] == ""


def test_the_cookie_is_secure_where_the_portal_is(browser, settings):
    settings.SESSION_COOKIE_SECURE = True
    browser.start()
    assert browser.cookies[draft_cookie.IN_HAND.name]["secure"]


def test_nothing_in_the_cookie_can_be_read_as_the_code(browser):
    browser.start()
    given = saved(browser)
    token = base64.urlsafe_b64decode(browser.cookies[draft_cookie.IN_HAND.name].value)
    for word in (given["code"], given["reference"], str(browser.draft.pk)):
        assert word.encode() not in token


def test_addresses_never_hold_reference_code_or_key(browser):
    browser.answer_all()
    given = saved(browser)
    secrets = [*given.values(), str(browser.draft.pk), browser.draft.pk.hex]
    for step in GOOD:
        page = browser.get(address(step))
        assert not any(secret in page.text for secret in secrets)


def test_a_form_without_its_cookie_gets_a_page_that_tells_how_to_mend_it():
    page = Browser(enforce_csrf_checks=True).post(START)
    assertContains(page, "allow cookies from this service", status_code=403)
