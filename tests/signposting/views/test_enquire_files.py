"""The page for files: what may be added, what is refused and why, and what is kept beside it."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from signposting.attachment_types import MAX_BYTES
from signposting.models import Attachment, Enquiry
from tests.signposting import sample_files
from tests.signposting.views.journey import Browser, a_body_that_answers, a_file, address

pytestmark = pytest.mark.django_db

FILES = address("files")
CHECK = reverse("signposting:enquiry-check")


@pytest.fixture
def browser():
    browser = Browser()
    browser.answer_all(until="files")
    return browser


def names(draft):
    return sorted(attachment.name for attachment in draft.attachments.all())


def test_files_are_added_and_listed_and_the_page_stays(browser):
    added = [a_file("plan.pdf", sample_files.pdf()), a_file("staff.xlsx", sample_files.xlsx())]
    response = browser.post(FILES, {"files": added, "then": "stay"})
    assertRedirects(response, FILES)
    page = browser.get(FILES)
    assertContains(page, "plan.pdf")
    assertContains(page, "Excel spreadsheet")
    assert "files" not in browser.draft.answers


def test_continue_adds_what_was_chosen_and_goes_on(browser):
    assertRedirects(browser.post(FILES, {"files": a_file()}), address("exclusions"))
    assert names(browser.draft) == ["plan.txt"]


def test_adding_nothing_asks_for_a_file(browser):
    assertContains(browser.post(FILES, {"then": "stay"}), "Choose a file to add", count=2)


def test_a_file_can_be_removed_and_removing_twice_is_no_fault(browser):
    browser.post(FILES, {"files": [a_file("a.txt"), a_file("b.txt", b"other")]})
    gone = browser.draft.attachments.get(name="a.txt")
    for _ in range(2):
        assertRedirects(browser.post(FILES, {"remove": str(gone.pk)}), FILES)
    assert names(browser.draft) == ["b.txt"]


@pytest.mark.parametrize("which", ["", "unheard-of", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_removing_what_never_was_changes_nothing(browser, which):
    browser.post(FILES, {"files": a_file()})
    assertRedirects(browser.post(FILES, {"remove": which}), FILES)
    assert names(browser.draft) == ["plan.txt"]


def test_a_wrong_file_is_refused_and_the_good_one_beside_it_kept(browser):
    chosen = [a_file("good.txt"), a_file("photo.png", b"MZ not a picture")]
    page = browser.post(FILES, {"files": chosen})
    assertContains(page, "photo.png", count=2)
    assertContains(page, "There is a problem")
    assertContains(page, "good.txt")
    assert names(browser.draft) == ["good.txt"]
    assert browser.draft.answers["question"]["question"]


def test_of_a_file_that_is_too_large_only_a_little_more_than_the_limit_is_read(browser):
    straight = Client()
    straight.cookies = browser.cookies
    response = straight.post(FILES, {"files": [a_file("film.png", bytes(3 * MAX_BYTES)), a_file()]})
    assertContains(browser.get(response.url), "“film.png” is larger than 10 MB", count=2)
    assert names(browser.draft) == ["plan.txt"]
    assert MAX_BYTES < response.wsgi_request.FILES.getlist("files")[0].size < MAX_BYTES + 2**20


def test_every_wrong_file_is_named(browser):
    page = browser.post(FILES, {"files": [a_file("a.exe"), a_file("b.pdf", b"text"), a_file("c.txt", b"")]})
    for name in ("a.exe", "b.pdf", "c.txt"):
        assertContains(page, name)
    assert not Attachment.objects.exists()


def test_the_sixth_file_is_refused_by_name(browser):
    chosen = [a_file(f"{number}.txt", b"%d" % number) for number in range(1, 7)]
    page = browser.post(FILES, {"files": chosen})
    assertContains(page, "You can add up to 5 files. These were not added: 6.txt", count=2)
    assert names(browser.draft) == [f"{number}.txt" for number in range(1, 6)]


def test_more_files_than_one_form_may_have_get_a_page_in_plain_words(browser):
    chosen = [a_file(f"{number}.txt", b"%d" % number) for number in range(30)]
    page = browser.post(FILES, {"files": chosen})
    assertContains(page, "We could not read that request", status_code=400)


def test_a_file_sent_twice_is_one_file(browser):
    for _ in range(2):
        browser.post(FILES, {"files": a_file()})
    assert names(browser.draft) == ["plan.txt"]


def test_a_text_where_files_belong_is_no_file(browser):
    assert browser.post(FILES, {"files": "plan.txt"}).status_code == 302
    assert not Attachment.objects.exists()


def test_a_name_is_shown_as_text(browser):
    browser.post(FILES, {"files": a_file("<script>alert(1).txt")})
    assertNotContains(browser.get(FILES), "<script>alert")


def test_files_go_with_the_enquiry(browser):
    a_body_that_answers()
    browser.post(FILES, {"files": a_file()})
    for step in ("exclusions", "contact", "consent"):
        browser.answer(step)
    assertContains(browser.get(CHECK), "plan.txt")
    browser.send()
    attachment = Enquiry.objects.get().attachments.get()
    with attachment.file.open() as stored:
        assert stored.read() == b"Our plan"


def test_nobody_adds_a_file_without_a_draft():
    response = Browser().post(FILES, {"files": a_file()})
    assertRedirects(response, f"{reverse('signposting:enquiry-start')}?because=begin")
    assert not Attachment.objects.exists()


def test_adding_three_files_costs_a_bounded_number_of_queries(browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):  # two of them are the test's own savepoint
        browser.post(FILES, {"files": [a_file(f"{n}.txt", b"%d" % n) for n in range(3)]})
