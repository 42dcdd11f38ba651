"""The form that asks for reference and code, and the cookie behind it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mutuals_portal.private_access import codes
from signposting import following, participation
from signposting.following import COOKIE
from signposting.models import EnquiryDraft
from tests.signposting.views.following import CODE, WRONG, Device, address, without_tokens

pytestmark = pytest.mark.django_db


def test_reference_and_code_open_the_enquiry(enquiry):
    response = Device().open(enquiry.reference.lower().replace("-", " "), " 7k4p q2xr 9tnb ")

    assert response.status_code == 302
    assert response.url == address("follow-enquiry")


def test_the_cookie_is_strict_hidden_from_scripts_and_goes_with_the_window(alice):
    cookie = alice.cookies[COOKIE.name]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/enquiries/"
    assert cookie["max-age"] == cookie["expires"] == ""


def test_no_session_is_made(alice):
    alice.look()

    assert set(alice.cookies) == {COOKIE.name, "csrftoken"}


def test_every_page_lengthens_the_half_hour(alice):
    alice.look()
    before = alice.cookies[COOKIE.name].value

    later = COOKIE.token_for(
        COOKIE.opened_by(before, following.participants(), at=timezone.now()),
        at=timezone.now() - timedelta(minutes=20),
    )
    alice.cookies[COOKIE.name] = later
    alice.look()

    assert COOKIE.opened_by(
        alice.cookies[COOKIE.name].value, following.participants(), at=timezone.now() + timedelta(minutes=29)
    )


def test_a_wrong_code_and_an_unknown_reference_look_the_same(enquiry):
    wrong = Device().open(enquiry.reference, WRONG)
    unknown = Device().open("MIS-2222-2222", WRONG)

    assert wrong.status_code == unknown.status_code == 200
    assert "They do not belong together" in wrong.text
    assert without_tokens(wrong) == without_tokens(unknown).replace("MIS-2222-2222", enquiry.reference)
    assert not wrong.cookies.get(COOKIE.name)
    assert wrong.headers.keys() == unknown.headers.keys()


def test_after_five_wrong_codes_the_form_says_when_to_try_again(enquiry):
    someone = Device()
    for _ in range(5):
        someone.open(enquiry.reference, WRONG)

    response = someone.open(enquiry.reference, CODE)

    assert response.status_code == 429
    assert "There were too many wrong codes. Try again after" in response.text
    assert enquiry.reference in response.text


def test_a_known_and_an_unknown_reference_are_shut_alike(enquiry):
    known, unknown = Device(), Device()
    for _ in range(5):
        known.open(enquiry.reference, WRONG)
        unknown.open("MIS-2222-2222", WRONG)

    shut, other = known.open(enquiry.reference, WRONG), unknown.open("MIS-2222-2222", WRONG)

    assert shut.status_code == other.status_code == 429
    assert without_tokens(shut) == without_tokens(other).replace("MIS-2222-2222", enquiry.reference)


@pytest.mark.parametrize(
    ("reference", "code", "message"),
    [
        ("", "", "Enter your reference"),
        ("", "", "Enter your code"),
        ("MIS-1234", CODE, "Enter a reference like"),
        ("MIS-" + "A" * 500, CODE, "Enter a reference like"),
        ("MIS-7K4P-Q2XR\x00", CODE, "character that we cannot read"),
        ("MIS-7K4P-Q2XR", CODE + "\x00", "character that we cannot read"),
        ("MIS-7K4P-Q2XR", "\x07", "character that we cannot read at the start"),
        ("MIS-7K4P-Q2XR", "a" * 201, "200 characters or fewer"),
    ],
)
def test_bad_input_gets_a_message_and_keeps_the_rest(reference, code, message):
    response = Device().open(reference, code)

    assert response.status_code == 200
    assert message in response.text
    assert "<title>Error: " in response.text


def test_another_character_set_is_refused_without_a_server_error():
    response = Device().post(
        address("follow"),
        "reference=x&code=y",
        content_type="application/x-www-form-urlencoded; charset=utf-16",
    )

    assert response.status_code == 400


def test_a_mail_link_shows_the_form_alone_even_where_an_enquiry_is_open(alice, enquiry):
    response = alice.get(address("follow"))

    assert "Go on with it" in response.text
    assert enquiry.reference not in response.text
    assert "Helpers together" not in response.text


def test_looking_at_the_form_changes_nothing(enquiry, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Device().get(address("follow"))

    assert response.status_code == 200


def test_the_code_of_an_unsent_draft_leads_back_to_writing_it():
    reference = codes.new_reference()
    EnquiryDraft.objects.create(
        reference=reference,
        code_digest=codes.digest(reference=reference, code=CODE),
        created_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )

    response = Device().open(reference)

    assert response.status_code == 302
    assert response.url.startswith("/enquiries/new/")


@pytest.mark.parametrize("name", ["follow-enquiry", "follow-contact", "follow-withdraw", "follow-own-words"])
def test_without_a_cookie_every_page_asks_for_the_code(name):
    response = Device().get(address(name), follow=True)

    assert response.redirect_chain == [(f"{address('follow')}?notice=asked", 302)]
    assert "Enter your reference and code first" in response.text


def test_a_forged_cookie_opens_nothing(alice):
    alice.cookies[COOKIE.name] = alice.cookies[COOKIE.name].value[:-2] + "AA"

    assert alice.look().status_code == 302


def test_text_sent_after_the_page_closed_comes_back_once_the_code_is_given(enquiry):
    late = Device()
    text = 'Here is our <b>answer</b>.\n\nIt has two parts, and "quotes".'

    asked = late.post(address("follow-reply"), {"text": text})
    mistyped = late.open(enquiry.reference, WRONG, unsent=text)
    opened = late.open(enquiry.reference, unsent=text)

    assert asked.status_code == 403
    for page in (asked, mistyped):
        assert "What you wrote has not been sent" in page.text
        assert page.context["form"]["unsent"].value() == text
    assert opened.context["form"]["text"].value() == text
    assert late.look().status_code == 200


def test_a_removed_colleague_is_out_at_once(enquiry, sender, bob, bob_and_code):
    assert bob.look().status_code == 200

    participation.remove_participant(enquiry, participant=bob_and_code[0], by=sender, at=timezone.now())

    assert bob.look().url.startswith(address("follow"))


def test_stopping_forgets_the_enquiry_on_this_device(alice):
    response = alice.post(address("follow-stop"), follow=True)

    assert "This device no longer follows your enquiry" in response.text
    assert alice.look().url.startswith(address("follow"))


def test_stopping_takes_a_button_not_a_link(alice):
    assert alice.get(address("follow-stop")).status_code == 405


def test_a_notice_of_somebody_elses_making_is_not_shown():
    response = Device().get(address("follow"), {"notice": "<b>Phone this number</b>"})

    assert "Phone this number" not in response.text


def test_a_lost_code_is_never_mailed():
    response = Device().get(address("follow-lost-code"))

    assert "We never send a code by e-mail" in response.text


@pytest.mark.parametrize("name", ["follow", "follow-lost-code"])
def test_open_pages_are_private_neutral_and_have_a_quick_exit(name):
    response = Device().get(address(name))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "govuk-exit-this-page" in response.text
    assert "utual" not in response.text.split("</title>")[0]
