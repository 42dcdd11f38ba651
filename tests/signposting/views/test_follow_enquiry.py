"""The page of an enquiry: what it tells the group, and the messages the group sends from it."""

import re

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from guides.models import LookOut
from signposting import casework, lifecycle
from signposting.models import Attachment, Message, Reason, Status
from tests.factories import MONDAY, make_enquiry, make_organisation
from tests.signposting.views.following import CODE, Device, address

pytestmark = pytest.mark.django_db


def make_attachment(enquiry, *, name="plan.txt", content=b"Our plan"):
    attachment = Attachment(
        enquiry=enquiry, name=name, kind=Attachment.Kind.TXT, size=len(content), uploaded_at=timezone.now()
    )
    attachment.file.save(name, ContentFile(content), save=True)
    return attachment


def test_it_says_who_has_it_why_and_whose_turn_it_is(alice):
    page = alice.look().text

    assert "Helpers together" in page
    assert "It fits this body best." in page
    assert "It is their turn" in page
    assert "Helpers together should answer, or ask you something, by " in page


def test_it_tells_the_whole_story_in_order(alice, enquiry, carol, body):
    now = timezone.now()
    lifecycle.ask(enquiry, text="How many are you?", by=carol, at=now)
    next_body = make_organisation(slug="next", name="Next in line")
    lifecycle.refer(
        enquiry,
        to=None,
        reason_code=Reason.OUT_OF_SCOPE,
        reason="We do not cover pensions.",
        by=carol,
        at=now,
    )

    page = alice.look().text

    titles = re.findall(r'portal-timeline__title">([^<]+)<', page)
    assert titles == [
        "You sent the enquiry. It went to Helpers together",
        "Helpers together accepted it",
        "Helpers together asked a question",
        "Helpers together handed it over to the duty desk",
    ]
    assert "We do not cover pensions." in page
    assert next_body.name not in page


def test_it_shows_question_answer_and_reply_to_everyone_in_the_group(alice, bob, enquiry, carol):
    lifecycle.answer(enquiry, text="Begin with a meeting.", by=carol, at=timezone.now())
    bob.change("follow-reply", text="Thank you!")

    for device, who in ((alice, "Bob"), (bob, "You")):
        page = device.look().text
        assert "How do we begin?" in page
        assert "Begin with a meeting." in page
        assert "Thank you!" in page
        assert re.search(rf"<h3[^>]*>{who}<", page)


def test_notes_are_never_shown(alice, bob, enquiry, carol):
    casework.note(enquiry, text="They sound worried", by=carol, at=timezone.now())

    for device in (alice, bob):
        page = device.look().text
        assert "worried" not in page
        assert "ote" not in " ".join(re.findall(r'portal-timeline__title">([^<]+)<', page))


def test_what_a_group_wrote_is_shown_as_text(alice):
    alice.change("follow-reply", text="<script>alert(1)</script>")

    page = alice.look().text

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_repeats_the_facts_in_words(db):
    LookOut.objects.create(slug="pensions", title="Pensions", summary="Who pays.", position=1)
    make_organisation(slug="shut-out", name="Shut out")
    enquiry = make_enquiry(
        at=timezone.now(), code=CODE, topics=("pensions",), excluded_bodies=("shut-out",), staff_count=1200
    )
    group = Device()
    group.open(enquiry.reference)

    facts = {row["key"]: row["value"] for row in group.look().context["facts"]}

    assert facts["Help wanted with"] == "Pensions"
    assert facts["Bodies that must not see it"] == "Shut out"
    assert facts["Number of staff"] == "1,200"
    assert facts["Name of the employer"] == "Not given"


def test_a_late_body_is_called_late_in_words(body):
    enquiry = make_enquiry(to=body, at=MONDAY, code=CODE)
    group = Device()
    group.open(enquiry.reference)

    page = group.look().text

    assert "Helpers together should have accepted it by Thursday 4 June 2026 and is late" in page
    assert "Late" in page


@pytest.mark.parametrize("rounds", [0, 29])
def test_the_page_takes_as_many_queries_for_a_long_story(
    rounds, alice, bob, enquiry, sender, carol, django_assert_num_queries
):
    LookOut.objects.create(slug="pensions", title="Pensions", summary="Who pays.", position=1)
    for _ in range(rounds):
        lifecycle.ask(enquiry, text="And this?", by=carol, at=timezone.now())
        lifecycle.reply(enquiry, text="That.", by=sender, at=timezone.now())
    make_attachment(enquiry)

    with django_assert_num_queries(5):
        page = alice.look()

    assert len(page.context["chain"]) == 3 + 2 * rounds


def test_topics_and_exclusions_take_one_query_each(db, django_assert_num_queries):
    enquiry = make_enquiry(
        at=timezone.now(), code=CODE, topics=("pensions", "vat"), excluded_bodies=("one", "two")
    )
    group = Device()
    group.open(enquiry.reference)

    with django_assert_num_queries(7):
        group.look()


def test_looking_changes_nothing(alice, enquiry):
    before = enquiry.events.count()

    alice.look()
    alice.get(address("follow-withdraw"))
    alice.get(address("follow-reply"))

    assert enquiry.events.count() == before


def test_answering_a_question_gives_the_turn_back(alice, enquiry, carol):
    lifecycle.ask(enquiry, text="How many are you?", by=carol, at=timezone.now())
    assert "Your answer" in alice.look().text

    response = alice.change("follow-reply", text="We are forty.")

    assert response.url == f"{address('follow-enquiry')}?done=replied"
    enquiry.refresh_from_db()
    assert enquiry.status == Status.IN_HAND
    assert Message.objects.shown_to_enquirer().last().text == "We are forty."


def test_a_double_click_sends_one_message(alice, enquiry):
    key = alice.key()

    first = alice.change("follow-reply", key=key, text="Only once")
    second = alice.change("follow-reply", key=key, text="Only once")

    assert first.url == second.url
    assert Message.objects.filter(text="Only once").count() == 1


def test_the_same_words_can_be_sent_again_on_purpose(alice):
    alice.change("follow-reply", text="Any news?")
    alice.change("follow-reply", text="Any news?")

    assert Message.objects.filter(text="Any news?").count() == 2


def test_a_form_left_open_does_not_write_to_another_enquiry(alice, enquiry, other_enquiry):
    key = alice.key()
    alice.open(other_enquiry.reference, "AAAA-BBBB-CCCC")

    response = alice.change("follow-reply", key=key, text="Meant for the first one")

    assert "This page was opened for another enquiry" in response.text
    assert response.context["form"]["text"].value() == "Meant for the first one"
    assert not Message.objects.exists()
    again = alice.change("follow-reply", key=response.context["form"]["key"].value(), text="On purpose")
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Enter your message"),
        ("   \r\n ", "Enter your message"),
        ("a" * 5001, "5,000 characters or fewer"),
        ("Bell \x07 rings", "character that we cannot read after “Bell”"),
        ("Nothing\x00", "character that we cannot read after “Nothing”"),
        ("Caf\ufffd", "character that we cannot read after “Caf”"),
    ],
)
def test_a_message_that_cannot_be_sent_gets_a_reason_and_stays(alice, text, message):
    response = alice.change("follow-reply", text=text)

    assert response.status_code == 200
    assert message in response.text
    assert "<title>Error: " in response.text
    assert response.context["form"]["text"].value() == text
    assert not Message.objects.exists()


def test_five_thousand_characters_on_many_lines_fit(alice):
    text = "a" * 49 + "\r\n"

    assert alice.change("follow-reply", text=text * 100).status_code == 302


def test_words_written_while_the_case_was_closed_are_kept(alice, enquiry, carol):
    key = alice.key()
    lifecycle.close(enquiry, reason_code=Reason.HELPED, text="Good luck.", by=carol, at=timezone.now())

    response = alice.change("follow-reply", key=key, text="One more thing")

    assert "That cannot be done now" in response.text
    assert response.context["form"]["text"].value() == "One more thing"
    assert "Open it again" in response.text


def test_words_written_while_the_enquiry_was_withdrawn_can_be_copied(bob, enquiry, sender):
    key = bob.key()
    lifecycle.withdraw(enquiry, by=sender, at=timezone.now())

    response = bob.change("follow-reply", key=key, text="One more thing")

    assert response.status_code == 200
    assert "What you wrote has not been sent" in response.text
    assert "One more thing" in response.text


def test_a_closed_enquiry_can_be_opened_again_by_anyone_in_the_group(bob, enquiry, carol):
    lifecycle.close(enquiry, reason_code=Reason.HELPED, text="Good luck.", by=carol, at=timezone.now())

    response = bob.change("follow-reopen", text="The board has said no.")

    assert response.url.endswith("?done=reopened")
    enquiry.refresh_from_db()
    assert enquiry.status == Status.IN_HAND


def test_a_double_click_opens_it_again_once(alice, enquiry, carol):
    lifecycle.close(enquiry, reason_code=Reason.HELPED, text="", by=carol, at=timezone.now())
    key = alice.key()

    alice.change("follow-reopen", key=key, text="Once more")
    second = alice.change("follow-reopen", key=key, text="Once more")

    assert second.status_code == 302
    assert Message.objects.filter(text="Once more").count() == 1


def test_a_banner_says_what_was_done_and_nothing_else(alice):
    assert "Your message has been sent" in alice.get(address("follow-enquiry"), {"done": "replied"}).text
    assert "Phone this number" not in alice.get(address("follow-enquiry"), {"done": "Phone this number"}).text


def test_a_file_comes_as_a_download_that_no_browser_opens(alice, enquiry):
    attachment = make_attachment(enquiry, name="Our plan é.txt", content=b"<script>alert(1)</script>")

    response = alice.get(address("follow-attachment", pk=attachment.pk))

    assert b"".join(response.streaming_content) == b"<script>alert(1)</script>"
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response.headers["Cache-Control"]


def test_a_file_of_another_enquiry_is_like_one_that_does_not_exist(mallory, enquiry):
    theirs = make_attachment(enquiry)
    missing = "00000000-0000-4000-8000-000000000000"

    refused = mallory.get(address("follow-attachment", pk=theirs.pk))
    absent = mallory.get(address("follow-attachment", pk=missing))

    assert refused.status_code == absent.status_code == 404
    assert refused.text.replace(str(theirs.pk), missing) == absent.text


def test_a_file_that_the_disk_has_lost_is_missing_too(alice, enquiry):
    attachment = make_attachment(enquiry)
    attachment.file.storage.delete(attachment.file.name)

    assert alice.get(address("follow-attachment", pk=attachment.pk)).status_code == 404


def test_an_enquiry_is_not_shown_to_whoever_follows_another(mallory):
    page = mallory.look().text

    assert "A matter of another group" in page
    assert "How do we begin?" not in page


def test_the_page_is_private_neutral_and_has_a_quick_exit(alice, enquiry):
    response = alice.look()

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "govuk-exit-this-page" in response.text
    assert "After 30 minutes without use" in response.text
    title = response.text.split("</title>")[0]
    assert "utual" not in title
    assert enquiry.reference not in title


def test_an_enquiry_taken_by_phone_names_the_adviser_as_sender(body, carol):
    enquiry = make_enquiry(at=timezone.now(), by=carol, code=CODE, channel="phone")
    group = Device()
    group.open(enquiry.reference)

    assert "An adviser sent the enquiry" in group.look().text
