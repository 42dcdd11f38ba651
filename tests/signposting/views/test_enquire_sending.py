"""Sending: exactly once, however often it is clicked, and a page that says who has it and why."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mutuals_portal.private_access import codes
from mutuals_portal.vocabulary import Nation
from signposting import draft_cookie, drafting, lifecycle, participation
from signposting.models import Enquiry, EnquiryDraft, Organisation
from signposting.views.enquire import check
from tests.factories import make_duty_desk, make_entry, make_rule_set
from tests.signposting.views.journey import GOOD, Browser, a_body_that_answers, address

pytestmark = pytest.mark.django_db

SENT = reverse("signposting:sent")
CHECK = reverse("signposting:enquiry-check")
START = reverse("signposting:enquiry-start")
DELETE = reverse("signposting:enquiry-delete")


@pytest.fixture
def body():
    return a_body_that_answers(name="Body that answers")


@pytest.fixture
def browser(body):
    browser = Browser()
    browser.answer_all()
    return browser


def code_of(browser):
    return codes.as_shown(browser.get(reverse("signposting:enquiry-save")).context["code"])


def test_an_enquiry_holds_what_was_answered(browser):
    browser.send()
    enquiry = Enquiry.objects.get()
    assert enquiry.nation == Nation.SCOTLAND
    assert enquiry.place == "Inverness"
    assert enquiry.staff_count == 40
    assert enquiry.question == GOOD["question"]["question"]
    assert enquiry.may_share is True
    assert not EnquiryDraft.objects.exists()


def test_the_sent_page_has_reference_code_body_and_reason(browser):
    code = code_of(browser)
    assertRedirects(browser.send(), SENT)
    page = browser.get(SENT)
    enquiry = Enquiry.objects.get()
    for words in (
        enquiry.reference,
        code,
        "Body that answers",
        "It helps groups in Scotland.",
        "3 working days",
    ):
        assertContains(page, words)
    assertContains(page, f"{enquiry.respond_by:%A %-d %B %Y}")


def test_the_code_on_the_sent_page_opens_the_enquiry(browser):
    code = code_of(browser)
    browser.send()
    enquiry = Enquiry.objects.get()
    digest = codes.digest(reference=enquiry.reference, code=code)
    assert enquiry.participants.get().code_digest == digest


def test_refresh_back_and_a_second_click_show_the_same_enquiry(browser):
    browser.send()
    first = browser.get(SENT)
    for again in (browser.get(SENT), browser.post(CHECK, follow=True), browser.get(CHECK, follow=True)):
        assert again.context["enquiry"].reference == first.context["enquiry"].reference
        assert again.context["code"] == first.context["code"] != ""
    assertRedirects(browser.get(address("question")), SENT)
    assertRedirects(browser.answer("question"), SENT)
    assert Enquiry.objects.count() == 1


def test_who_deletes_after_sending_is_led_to_where_it_can_be_withdrawn(browser):
    browser.send()
    assertRedirects(browser.get(DELETE), SENT)
    assertRedirects(browser.post(DELETE), SENT)
    assert Enquiry.objects.count() == 1


def test_what_was_deleted_in_another_window_is_not_sent(browser, monkeypatch):
    key = browser.draft.pk
    monkeypatch.setattr(check.journey_steps, "first_unanswered", lambda answers: drafting.discard(key))
    page = browser.post(CHECK, follow=True)
    assertContains(page, "Your answers are no longer there")
    assert not Enquiry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_enquiry():
    a_body_that_answers()
    browser = Browser()
    browser.answer_all()
    windows = [Browser(), Browser()]
    together = threading.Barrier(2)
    pages = []

    def click(window):
        window.cookies = browser.cookies
        together.wait()
        response = window.send()
        pages.append((response.status_code, response.url, window.get(SENT).context["enquiry"].reference))
        connections.close_all()

    threads = [threading.Thread(target=click, args=(window,)) for window in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reference = Enquiry.objects.get().reference
    assert pages == [(302, SENT, reference)] * 2


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_being_added_while_it_is_sent_comes_along():
    a_body_that_answers()
    browser = Browser()
    browser.answer_all()
    draft = browser.draft

    def send():
        browser.send()
        connections.close_all()

    sending = threading.Thread(target=send)
    with transaction.atomic():
        drafting.hold(draft.pk, at=timezone.now())
        draft.attachments.create(name="late.pdf", kind="pdf", size=1, uploaded_at=timezone.now())
        sending.start()
        sending.join(0.5)
        assert sending.is_alive()  # it waits for the file
    sending.join(10)
    assert Enquiry.objects.get().attachments.filter(name="late.pdf").exists()


def test_a_lost_answer_to_send_is_mended_by_sending_again(browser):
    """The enquiry was kept, but the browser never heard of it and still has the cookie of before."""
    before = browser.cookies[draft_cookie.IN_HAND.name].value
    browser.send()
    browser.cookies[draft_cookie.IN_HAND.name] = before
    page = browser.post(CHECK, follow=True)
    assertContains(page, Enquiry.objects.get().reference)
    assert browser.cookies[draft_cookie.IN_HAND.name]["max-age"] == ""


def test_after_thirty_minutes_the_code_is_not_shown_again(browser):
    half_an_hour_ago = timezone.now() - timedelta(minutes=30, seconds=1)
    lifecycle.submit(submission=drafting.submission_of(browser.draft), at=half_an_hour_ago)
    assertRedirects(browser.get(SENT), reverse("signposting:follow"))
    assert browser.cookies[draft_cookie.IN_HAND.name].value == ""


def test_a_code_that_was_replaced_is_not_shown(browser):
    browser.send()
    participant = Enquiry.objects.get().participants.get()
    participant.code_issued_at += timedelta(minutes=1)
    participant.save()
    page = browser.get(SENT)
    assert page.context["code"] == ""
    assertContains(page, "The code has been replaced")


def test_own_words_replace_the_code_on_the_sent_page(browser):
    browser.send()
    enquiry = Enquiry.objects.get()
    words = "three quiet harbours"
    participation.choose_words(enquiry, words=words, by=enquiry.participants.get(), at=timezone.now())
    assert browser.get(SENT).context["code"] == ""


def test_own_words_can_be_chosen_from_the_sent_page_without_the_code(browser):
    browser.send()
    assertContains(browser.get(SENT), reverse("signposting:follow-own-words"))
    assertContains(browser.get(reverse("signposting:follow-own-words")), "own words")


def test_written_down_forgets_the_enquiry_in_this_browser(browser):
    browser.send()
    browser.get(SENT)
    browser.post(reverse("signposting:enquiry-written-down"))
    assertRedirects(browser.get(SENT), f"{START}?because=begin")
    assertRedirects(browser.get(reverse("signposting:follow-enquiry")), "/enquiries/follow/?notice=asked")


def test_nothing_was_sent_from_this_browser():
    assertRedirects(Browser().get(SENT), f"{START}?because=begin")


def test_what_no_rule_covers_goes_to_the_duty_desk_and_says_so():
    make_duty_desk()
    make_rule_set()
    browser = Browser()
    browser.answer_all()
    browser.send()
    page = browser.get(SENT)
    assertContains(page, Organisation.objects.get(kind="duty-desk").name)
    assertContains(page, "Our duty desk finds a body that can answer you")


def test_a_body_that_was_ruled_out_gets_nothing(body):
    browser = Browser()
    browser.answer_all(exclusions={"excluded_bodies": [body.slug]})
    browser.send()
    enquiry = Enquiry.objects.get()
    assert enquiry.excluded_bodies == [body.slug]
    assert enquiry.holder.is_duty_desk


def test_the_sent_page_names_others_who_help_in_the_nation_but_not_the_holder(browser, body):
    make_entry(title="Helper nearby", nations=[Nation.SCOTLAND])
    make_entry(body, title="Holder")
    browser.send()
    page = browser.get(SENT)
    assertContains(page, "Helper nearby")
    assertNotContains(page, f'href="/support/{body.slug}/"')


def test_a_sent_enquiry_takes_no_more_files(browser):
    browser.send()
    assertRedirects(browser.post(address("files"), {"then": "stay"}), SENT)


@pytest.mark.django_db(transaction=True)
def test_reference_and_code_open_the_enquiry_on_the_page_for_coming_back():
    a_body_that_answers()
    browser = Browser()
    browser.answer_all()
    code = code_of(browser)
    browser.send()
    elsewhere = Browser()
    given = {"reference": Enquiry.objects.get().reference, "code": code}
    response = elsewhere.post(reverse("signposting:enquiry-resume"), given)
    assertRedirects(response, reverse("signposting:follow-enquiry"), fetch_redirect_response=False)


def test_the_sent_page_costs_six_queries_at_most(browser, django_assert_max_num_queries):
    browser.send()
    with django_assert_max_num_queries(6):
        assert browser.get(SENT).status_code == 200
