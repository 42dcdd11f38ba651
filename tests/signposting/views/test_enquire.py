"""The questions, one a page: they keep what is good, refuse what is not, and can be opened in any sensible order."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from guides.models import LookOut
from mutuals_portal.vocabulary import Nation
from signposting import journey_steps
from signposting.models import ContactChoice, Enquiry, EnquiryDraft
from tests.factories import make_entry, make_organisation
from tests.signposting.views.journey import GOOD, Browser, a_body_that_answers, address

pytestmark = pytest.mark.django_db

START = reverse("signposting:enquiry-start")
CHECK = reverse("signposting:enquiry-check")
SKIPPED = "Please answer this question first"


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def topics():
    for position, slug in enumerate(["pensions", "vat"]):
        LookOut.objects.create(slug=slug, title=slug.title(), summary=f"About {slug}.", position=position)


def test_the_start_page_tells_who_will_see_it_and_writes_nothing(browser):
    make_organisation(name="Body that answers")
    page = browser.get(START)
    for words in (
        "Body that answers",
        "not your employer’s",
        "13 short questions",
        "come back to saved answers",
    ):
        assertContains(page, words)
    assert not EnquiryDraft.objects.exists()


def test_start_makes_one_draft_and_leads_to_the_first_question(browser):
    assertRedirects(browser.start(), address("who"))
    assertRedirects(browser.start(), address("who"))
    assert EnquiryDraft.objects.count() == 1


def test_going_on_leads_to_the_first_question_without_an_answer(browser):
    browser.answer_all(until="sector")
    assertContains(browser.get(START), "Go on with your answers")
    assertRedirects(browser.start(), address("sector"))


def test_starting_again_deletes_the_answers(browser):
    first = browser.answer_all(until="sector")
    browser.post(START, {"again": "yes"})
    assert browser.draft.pk != first.pk
    assert browser.draft.answers == {}


@pytest.mark.parametrize("step", GOOD)
def test_each_question_keeps_its_answer_and_leads_on(browser, step):
    browser.answer_all(until=step)
    page = browser.get(address(step))
    assertContains(page, f"Question {list(GOOD).index(step) + 1} of 13")
    response = browser.answer(step)
    following = journey_steps.after(journey_steps.BY_SLUG[step])
    assertRedirects(response, address(following.slug) if following else CHECK)
    assert step in browser.draft.answers


REQUIRED = {
    "who": "Select what describes you best",
    "where": "Select where the service is delivered",
    "employer": "Select who runs the service now",
    "sector": "Select what the service does",
    "stage": "Select how far you have got",
    "ownership": "Select who you think should own the new body",
    "question": "Enter what you would like to ask",
    "contact": "Select how we may tell you",
    "consent": "Select yes if other partner bodies may see your enquiry",
}


@pytest.mark.parametrize("step", REQUIRED)
def test_an_empty_answer_gets_a_message_by_the_field_and_in_the_summary(browser, step):
    browser.answer_all(until=step)
    page = browser.post(address(step))
    assert page.text.count(REQUIRED[step]) == 2
    assertContains(page, "There is a problem")
    assertContains(page, "<title>Error: ")
    assert step not in browser.draft.answers


@pytest.mark.parametrize("step", [step for step in GOOD if step not in REQUIRED])
def test_what_is_optional_can_be_left_out(browser, step):
    browser.answer_all(until=step)
    assert browser.post(address(step)).status_code == 302
    assert step in browser.draft.answers


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("who", "enquirer_kind"),
        ("where", "nation"),
        ("employer", "employer_type"),
        ("sector", "sector"),
        ("stage", "stage"),
        ("topics", "topics"),
        ("ownership", "ownership_idea"),
        ("exclusions", "excluded_bodies"),
        ("contact", "contact_choice"),
        ("consent", "may_share"),
    ],
)
@pytest.mark.parametrize("value", ["unheard-of", "nul\x00", "’; DROP TABLE", "x" * 10_000])
def test_a_choice_that_is_not_on_the_page_is_refused(browser, step, field, value):
    browser.answer_all(until=step)
    page = browser.answer(step, **{field: value})
    assertContains(page, "There is a problem")
    assertNotContains(page, "DROP")
    assert step not in browser.draft.answers


@pytest.mark.parametrize(
    ("step", "field", "limit"),
    [
        ("where", "place", 100),
        ("employer", "employer_name", 150),
        ("question", "question", 5000),
        ("contact", "sender_name", 60),
        ("contact", "contact_note", 500),
    ],
)
def test_a_text_that_is_too_long_is_told_and_shown_again(browser, step, field, limit):
    browser.answer_all(until=step)
    page = browser.answer(step, **{field: "a" * (limit + 1)})
    assertContains(page, f"must be {limit:,} characters or fewer", count=2)
    assertContains(page, "a" * (limit + 1))
    assert browser.answer(step, **{field: "a" * limit}).status_code == 302


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ("where", "place"),
        ("employer", "employer_name"),
        ("staff", "staff_count"),
        ("question", "question"),
        ("contact", "sender_name"),
        ("contact", "contact_note"),
    ],
)
@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ufffe"])
def test_control_characters_are_pointed_out_and_the_rest_is_kept(browser, step, field, character):
    browser.answer_all(until=step)
    page = browser.answer(step, **{field: f"word{character}word"})
    if page.status_code == 200:
        assertContains(page, "There is a problem")
        assertContains(page, "word")
    else:  # white space of some kind, which one line has as a space
        assert browser.draft.answers[step][field] == "word word"


@pytest.mark.parametrize("octets", ["%ED%A0%BD", "%FF%FE", "%C3", "%00", "%u0041"])
def test_octets_that_are_no_text_never_break_the_page(browser, octets):
    browser.answer_all(until="question")
    page = browser.post(
        address("question"), f"question=word+{octets}", content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code in (200, 302)


def test_any_writing_is_kept_as_it_was_written(browser):
    """The last of these is younger than the tables of the oldest Python that we run on."""
    written = "Gàidhlig, Cymraeg: ŵ, 日本, a\u0301, ‘quotes’ – dashes, 👩🏽‍⚕️ \U0001fae8"
    browser.answer_all(until="question")
    browser.answer("question", question=written)
    assert browser.draft.answers["question"]["question"] == written


def test_a_line_end_counts_as_one_character_whatever_the_browser_sends(browser):
    browser.answer_all(until="question")
    browser.answer("question", question="a\r\n" * 2500)
    assert browser.draft.answers["question"]["question"] == ("a\n" * 2500).strip()


def test_what_is_typed_is_never_markup(browser):
    script = "<script>alert('1')</script>"
    browser.answer_all(question={"question": script}, where={"place": script})
    for page in (browser.get(address("question")), browser.get(address("where")), browser.get(CHECK)):
        assertNotContains(page, script)
        assertContains(page, escape(script))


@pytest.mark.parametrize(
    ("typed", "number"),
    [("40", 40), ("about 1,200 staff", 1200), ("~ 50", 50), ("1 500", 1500), ("2000000", 2_000_000)],
)
def test_a_rough_number_of_staff_is_understood(browser, typed, number):
    browser.answer_all(until="staff")
    browser.answer("staff", staff_count=typed)
    assert browser.draft.answers["staff"] == {"staff_count": number}
    assertContains(browser.get(address("staff")), f'value="{number}"')


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("a few", "Enter the number of staff as one whole number"),
        ("40 to 50", "Enter the number of staff as one whole number"),
        ("4.5", "Enter the number of staff as one whole number"),
        ("-4", "Enter the number of staff as one whole number"),
        ("0", "The number of staff must be between 1 and 2,000,000"),
        ("2000001", "The number of staff must be between 1 and 2,000,000"),
        ("٤٠", "Enter the number of staff as one whole number"),
        ("9" * 5000, "Enter the number of staff as one whole number"),
    ],
)
def test_what_is_no_number_of_staff_is_refused(browser, typed, message):
    browser.answer_all(until="staff")
    assertContains(browser.answer("staff", staff_count=typed), message)


def test_topics_come_from_the_look_outs(browser, topics):
    browser.answer_all(until="topics")
    page = browser.get(address("topics"))
    assertContains(page, "Pensions")
    assertContains(page, "Vat")
    browser.answer("topics", topics=["vat", "pensions"])
    assert browser.draft.answers["topics"]["topics"] == ["vat", "pensions"]


def test_without_look_outs_the_topics_page_can_still_be_passed(browser):
    browser.answer_all(until="topics")
    assertContains(browser.get(address("topics")), "There are no topics to choose from yet")
    assert browser.answer("topics").status_code == 302


def test_only_partner_bodies_that_are_active_can_be_ruled_out(browser):
    make_organisation(name="Partner now")
    make_entry(make_organisation(name="Partner once"), activity="historic")
    make_organisation(name="Some helper", kind="helper")
    browser.answer_all(until="exclusions")
    page = browser.get(address("exclusions"))
    assertContains(page, "Partner now")
    assertNotContains(page, "Partner once")
    assertNotContains(page, "Some helper")


class TestWhatWasRefused:
    """It is shown on an ordinary page: Back and reload find that again, and not a browser's warning."""

    def test_has_a_page_that_can_be_looked_at_again_until_it_is_mended(self, browser):
        browser.answer_all(until="question")
        browser.answer("question", question="a" * 5001)
        for _ in range(2):
            page = browser.get(f"{address('question')}?refused")
            assertContains(page, "must be 5,000 characters or fewer", count=2)
            assertContains(page, "a" * 5001)
        browser.answer("question")
        page = browser.get(f"{address('question')}?refused")
        assertNotContains(page, "There is a problem")
        assertContains(page, GOOD["question"]["question"])

    def test_stays_on_its_own_page(self, browser):
        browser.answer_all(until="question")
        browser.answer("question", question="a" * 5001)
        assertNotContains(browser.get(f"{address('where')}?refused"), "There is a problem")
        assertNotContains(browser.get(address("question")), "There is a problem")

    def test_still_returns_to_the_check_page_once_it_is_mended(self, browser):
        browser.answer_all()
        page = browser.post(f"{address('where')}?change", {"nation": ""})
        again = page.wsgi_request.get_full_path()
        assert again == f"{address('where')}?change&refused"
        assertRedirects(browser.post(again, GOOD["where"]), CHECK)

    def test_does_not_go_with_the_enquiry(self, browser):
        browser.answer_all()
        browser.answer("question", question="\x00 no answer")
        assertContains(browser.get(CHECK), GOOD["question"]["question"])


class TestReachingSomebody:
    @pytest.fixture(autouse=True)
    def at_the_question(self, browser):
        browser.answer_all(until="contact")

    def test_the_warning_comes_before_the_question(self, browser):
        text = browser.get(address("contact")).text
        assert text.index("Use a private e-mail address") < text.index('name="contact_choice"')

    def test_no_e_mail_keeps_no_address(self, browser):
        browser.answer("contact", email="not even an address")
        assert browser.draft.answers["contact"]["email"] == ""

    @pytest.mark.parametrize("choice", [ContactChoice.ANY_TIME, ContactChoice.OUT_OF_HOURS])
    def test_e_mail_needs_an_address(self, browser, choice):
        page = browser.answer("contact", contact_choice=choice)
        assertContains(page, "Enter a private e-mail address, or select that you want no e-mail")
        page = browser.answer("contact", contact_choice=choice, email="sam@")
        assertContains(page, "Enter an e-mail address like name@example.com")
        browser.answer("contact", contact_choice=choice, email="sam@example.com")
        assert browser.draft.answers["contact"]["email"] == "sam@example.com"

    @pytest.mark.parametrize("email", ["sam@salford.gov.uk", "sam@NHS.net", "sam@mail.nhs.scot"])
    def test_a_work_address_is_taken_only_from_somebody_who_knows(self, browser, email):
        given = {"contact_choice": ContactChoice.ANY_TIME, "email": email}
        page = browser.answer("contact", **given)
        assertContains(page, "which your employer may read")
        assertContains(page, 'name="work_address_is_safe"')
        assertContains(page, email)
        assertRedirects(browser.answer("contact", work_address_is_safe="on", **given), address("consent"))

    def test_a_private_address_is_not_asked_about(self, browser):
        page = browser.answer("contact", contact_choice=ContactChoice.ANY_TIME, email="notgov.uk@example.com")
        assert page.status_code == 302
        assertNotContains(browser.get(address("contact")), "work_address_is_safe")


class TestOrder:
    @pytest.mark.parametrize("page", [address("consent"), address("files"), CHECK])
    def test_a_skipped_question_is_asked_with_a_word_why(self, browser, page):
        browser.answer_all(until="sector")
        assertRedirects(browser.get(page), f"{address('sector')}?because=skipped")
        assertContains(browser.get(page, follow=True), SKIPPED)

    def test_an_answer_to_a_later_question_is_kept_and_the_skipped_one_asked(self, browser):
        browser.answer_all(until="sector")
        response = browser.post(address("question"), GOOD["question"], follow=True)
        assert response.redirect_chain[-1][0] == f"{address('sector')}?because=skipped"
        assert "question" in browser.draft.answers

    def test_sending_before_the_end_sends_nothing(self, browser):
        browser.answer_all(until="consent")
        assertRedirects(browser.send(), f"{address('consent')}?because=skipped")
        assert not Enquiry.objects.exists()

    def test_back_shows_the_answer_given(self, browser):
        browser.answer_all()
        page = browser.get(address("where"))
        assertContains(page, 'value="Inverness"')
        assert f'value="{Nation.SCOTLAND}" checked' in page.text
        assertContains(page, f'href="{address("who")}" class="govuk-back-link"')

    def test_changing_an_early_answer_keeps_the_later_ones_and_returns_to_the_check(self, browser):
        before = browser.answer_all().answers
        response = browser.post(f"{address('where')}?change", {"nation": Nation.WALES})
        assertRedirects(response, CHECK)
        assert browser.draft.answers == before | {"where": {"nation": Nation.WALES, "place": ""}}

    def test_a_wrong_change_loses_nothing(self, browser):
        before = browser.answer_all().answers
        page = browser.post(f"{address('where')}?change", {"nation": "", "place": "Cardiff"})
        assertContains(page, "Cardiff")
        assert browser.draft.answers == before

    def test_an_unknown_question_is_not_there(self, browser):
        browser.start()
        assert browser.get(address("unheard-of")).status_code == 404


class TestCheckPage:
    def test_it_shows_every_answer_with_a_link_to_change_it(self, browser, topics):
        body = make_organisation(name="Body in question")
        browser.answer_all(
            topics={"topics": ["vat"]},
            exclusions={"excluded_bodies": [body.slug]},
            question={"question": "One line\nand another"},
            contact={"contact_choice": ContactChoice.ANY_TIME, "email": "sam@example.com"},
        )
        page = browser.get(CHECK)
        for step in GOOD:
            assertContains(page, f'href="{address(step)}?change"')
        for words in ("Scotland", "Inverness", "Vat", "Body in question", "One line<br>and another"):
            assertContains(page, words)
        assertContains(page, "sam@example.com")

    def test_it_points_to_bodies_that_help_in_the_nation_but_to_none_that_was_ruled_out(self, browser):
        make_entry(title="Scottish helper", nations=[Nation.SCOTLAND])
        make_entry(title="Welsh helper", nations=[Nation.WALES])
        ruled_out = make_organisation(name="Ruled out")
        make_entry(ruled_out, nations=[Nation.SCOTLAND])
        browser.answer_all(exclusions={"excluded_bodies": [ruled_out.slug]})
        page = browser.get(CHECK)
        assertContains(page, "These may already answer your question")
        assertContains(page, "Scottish helper")
        assertNotContains(page, "Welsh helper")
        assertNotContains(page, f'href="/support/{ruled_out.slug}/"')

    def test_with_nothing_to_point_to_it_says_nothing(self, browser):
        browser.answer_all()
        assertNotContains(browser.get(CHECK), "These may already answer")


class TestEveryPage:
    @pytest.fixture
    def pages(self, browser):
        a_body_that_answers()
        browser.answer_all()
        private = [START, CHECK, *(address(step) for step in GOOD)]
        private += [reverse(f"signposting:enquiry-{name}") for name in ("save", "delete", "resume")]
        before_sending = [browser.get(page) for page in private]
        browser.send()
        return [*before_sending, browser.get("/enquiries/sent/")]

    def test_is_kept_by_no_cache_and_found_by_no_search_engine(self, pages):
        for page in pages:
            assert page.status_code == 200
            assert "no-store" in page["Cache-Control"]
            assert "noindex" in page["X-Robots-Tag"]
            assert page["Referrer-Policy"] == "same-origin"

    def test_has_a_quick_exit_and_a_neutral_title(self, pages):
        for page in pages:
            assertContains(page, 'data-module="govuk-exit-this-page"')
            title = page.text.split("<title>")[1].split("</title>")[0].lower()
            assert "mutual" not in title
            assert "enquir" not in title

    def test_starts_no_session_and_keeps_no_cookie_past_the_window(self, browser, pages):
        assert "sessionid" not in browser.cookies
        assert browser.cookies["csrftoken"]["max-age"] == ""


@pytest.mark.parametrize("step", GOOD)
def test_a_question_costs_six_queries_at_most(browser, step, topics, django_assert_max_num_queries):
    for _ in range(5):
        make_organisation()
    browser.answer_all()
    with django_assert_max_num_queries(6):
        assert browser.get(address(step)).status_code == 200
    with django_assert_max_num_queries(6):
        assert browser.answer(step).status_code == 302
    with django_assert_max_num_queries(6):
        browser.post(address(step))


@pytest.mark.parametrize("page", [START, CHECK, "/enquiries/new/save/", "/enquiries/new/delete/"])
def test_the_pages_around_the_questions_cost_six_queries_at_most(
    browser, page, topics, django_assert_max_num_queries
):
    for _ in range(5):
        make_organisation()
    browser.answer_all()
    with django_assert_max_num_queries(6):
        assert browser.get(page).status_code == 200
