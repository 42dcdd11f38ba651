"""Every operation on a text: allowed, refused by right, refused by where the text stands."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from guides import pdf
from guides.models import Document, Edition
from mutuals_portal import publishing
from mutuals_portal.publishing import Standing, Verb
from mutuals_portal.publishing_admin.operations import OPERATIONS
from tests.factories import make_approved, make_document, make_draft, make_published, make_user

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
ANSWERS = {
    Verb.SEND_BACK: {"note": "Shorter."},
    Verb.PUBLISH: {"when": "at-once"},
    Verb.WITHDRAW: {"reason": "It was wrong."},
}
STANDS = {
    Verb.SEND_FOR_REVIEW: Standing.DRAFT,
    Verb.SEND_BACK: Standing.IN_REVIEW,
    Verb.APPROVE: Standing.IN_REVIEW,
    Verb.PUBLISH: Standing.APPROVED,
    Verb.CANCEL_SCHEDULE: Standing.SCHEDULED,
    Verb.WITHDRAW: Standing.LIVE,
    Verb.DISCARD: Standing.DRAFT,
}
"""Where a text stands for an operation to be possible."""
GROUPS = {
    Verb.SEND_FOR_REVIEW: {"editor"},
    Verb.SEND_BACK: {"reviewer"},
    Verb.APPROVE: {"reviewer"},
    Verb.PUBLISH: {"editor", "reviewer"},
    Verb.CANCEL_SCHEDULE: {"editor", "reviewer"},
    Verb.WITHDRAW: {"editor", "reviewer"},
    Verb.DISCARD: {"editor"},
}
VERBS = list(STANDS)


@pytest.fixture
def guide():
    return make_document(Document.Kind.GUIDE)


def an_hour_ago():
    return timezone.now() - timedelta(hours=1)


def that_stands(standing, document):
    at = an_hour_ago()
    match standing:
        case Standing.DRAFT:
            return make_draft(document, at=at)
        case Standing.IN_REVIEW:
            draft = make_draft(document, at=at)
            return publishing.send_for_review(draft, by=draft.saved_by, at=at, seen=draft.saves)
        case Standing.APPROVED:
            return make_approved(document, at=at)
        case Standing.SCHEDULED:
            return make_published(document, at=at, show_from=at + timedelta(days=9))
        case _:
            return make_published(document, at=at)


def standing_of(edition):
    found = Edition.objects.filter(pk=edition.pk).first()
    return found and found.standing(at=timezone.now())


def test_every_operation_is_in_these_tests():
    assert {operation.verb for operation in OPERATIONS} == set(VERBS) == set(GROUPS)


@pytest.mark.parametrize("group", ["editor", "reviewer"])
@pytest.mark.parametrize("verb", VERBS)
def test_who_has_the_right_does_it_and_nobody_else(verb, group, client, guide, of, send):
    edition = that_stands(STANDS[verb], guide)
    client.force_login(make_user(group))
    if group not in GROUPS[verb]:
        assert client.get(of(verb, edition)).status_code == 403
        assert send(client, verb, edition, **ANSWERS.get(verb, {})).status_code == 403
        assert standing_of(edition) == STANDS[verb]
        return
    assert client.get(of(verb, edition)).status_code == 200
    page = send(client, verb, edition, **ANSWERS.get(verb, {}))
    operation = next(each for each in OPERATIONS if each.verb == verb)
    assert operation.done in page.content.decode()
    assert standing_of(edition) == operation.leads_to


@pytest.mark.parametrize("verb", VERBS)
def test_pdfs_are_asked_for_as_soon_as_what_readers_see_has_changed(
    verb, client, guide, send, root, empty_queue
):
    edition = that_stands(STANDS[verb], guide)
    client.force_login(root)
    send(client, verb, edition, **ANSWERS.get(verb, {}))
    asked_for = ProcrastinateJob.objects.filter(task_name=pdf.JOB).exists()
    assert asked_for == (verb in {Verb.PUBLISH, Verb.WITHDRAW})


def test_no_pdf_is_asked_for_when_an_operation_is_refused(client, guide, send, root, empty_queue):
    edition = that_stands(Standing.APPROVED, guide)
    publishing.publish(edition, by=make_user(), at=timezone.now(), seen=edition.saves)
    client.force_login(root)
    send(client, Verb.PUBLISH, edition, when="at-once")
    assert not ProcrastinateJob.objects.filter(task_name=pdf.JOB).exists()


@pytest.mark.parametrize("group", ["adviser", "lead", "duty-desk", "administrator"])
@pytest.mark.parametrize("verb", VERBS)
def test_other_groups_are_refused(verb, group, client, guide, of, send):
    edition = that_stands(STANDS[verb], guide)
    client.force_login(make_user(group))
    assert client.get(of(verb, edition)).status_code == 403
    assert send(client, verb, edition, **ANSWERS.get(verb, {})).status_code == 403
    assert standing_of(edition) == STANDS[verb]


@pytest.mark.parametrize("verb", VERBS)
def test_a_visitor_is_asked_to_log_in(verb, client, guide, of):
    edition = that_stands(STANDS[verb], guide)
    assert client.get(of(verb, edition)).url.startswith(reverse("admin:login"))
    assert client.post(of(verb, edition), {"seen": 1}).url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("standing", [each for each in Standing if each not in ("replaced", "withdrawn")])
@pytest.mark.parametrize("verb", VERBS)
def test_where_it_stands_decides_what_is_possible(verb, standing, client, guide, of, send, root):
    edition = that_stands(standing, guide)
    client.force_login(root)
    if standing in publishing.verbs.POSSIBLE[verb]:
        assert client.get(of(verb, edition)).status_code == 200
        return
    page = client.get(of(verb, edition), follow=True).content.decode()
    assert "is not possible now" in page
    refused = send(client, verb, edition, **ANSWERS.get(verb, {}))
    assert "There is a problem" in refused.content.decode()
    assert standing_of(edition) == standing


@pytest.mark.parametrize("verb", VERBS)
def test_what_does_not_exist_is_not_found(verb, client, guide, address, root):
    edition = that_stands(STANDS[verb], guide)
    other = make_document(Document.Kind.GUIDE)
    client.force_login(root)
    assert client.get(address(verb, 999_999, edition.pk)).status_code == 404
    assert client.get(address(verb, guide.pk, 999_999)).status_code == 404
    assert client.get(address(verb, other.pk, edition.pk)).status_code == 404
    assert client.post(address(verb, 10**20, edition.pk), {"seen": 1}).status_code == 404


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb is not Verb.DISCARD])
def test_a_second_click_is_one_deed(verb, client, guide, send, root):
    edition = that_stands(STANDS[verb], guide)
    client.force_login(root)
    first = send(client, verb, edition, **ANSWERS.get(verb, {}))
    second = send(client, verb, edition, **ANSWERS.get(verb, {}))
    done = next(each.done for each in OPERATIONS if each.verb == verb)
    assert done in first.content.decode()
    assert done in second.content.decode()
    assert Edition.objects.get(pk=edition.pk).saves == edition.saves + 1


class TestApproving:
    def test_who_worked_on_it_reads_why_not(self, client, guide, of, send, root):
        draft = make_draft(guide, by=root, at=an_hour_ago())
        review = publishing.send_for_review(draft, by=make_user(), at=an_hour_ago(), seen=draft.saves)
        client.force_login(root)
        assert publishing.SECOND_PERSON in client.get(of("approve", review), follow=True).content.decode()
        assert publishing.SECOND_PERSON in send(client, "approve", review).content.decode()
        assert standing_of(review) == Standing.IN_REVIEW


class TestSendingForReview:
    def test_everything_that_is_missing_is_named(self, client, guide, send, edna):
        draft = make_draft(guide, at=an_hour_ago(), title="", body="[x](page:nowhere)", nations=[])
        client.force_login(edna)
        page = send(client, "send-for-review", draft).content.decode()
        assert "This cannot be published yet." in page
        for problem in ("Title: enter a title.", "Nations:", "page:nowhere"):
            assert problem in page
        assert standing_of(draft) == Standing.DRAFT


class TestSendingBack:
    def test_the_note_is_read_above_the_draft(self, client, guide, send, ravi, of):
        review = that_stands(Standing.IN_REVIEW, guide)
        client.force_login(ravi)
        page = send(client, "send-back", review, note="Say who pays.\r\nAnd when.")
        assert "Say who pays." in page.content.decode()
        assert Edition.objects.get(pk=review.pk).review_note == "Say who pays.\nAnd when."

    def test_it_takes_a_note(self, client, guide, send, ravi):
        review = that_stands(Standing.IN_REVIEW, guide)
        client.force_login(ravi)
        assert "Write what has to change" in send(client, "send-back", review, note=" ").content.decode()

    def test_the_note_is_kept_when_somebody_wrote_meanwhile(self, client, guide, of, ravi, edna):
        review = that_stands(Standing.IN_REVIEW, guide)
        publishing.write(review, by=edna, at=timezone.now(), seen=review.saves, title="Other")
        client.force_login(ravi)
        page = client.post(
            of("send-back", review), {"seen": review.saves, "note": "Say who pays."}
        ).content.decode()
        assert "changed while you were looking" in page
        assert "Written by Edna Writes" in page
        assert "Say who pays." in page

    def test_the_note_is_kept_when_the_draft_was_deleted(self, client, guide, of, ravi):
        review = that_stands(Standing.IN_REVIEW, guide)
        publishing.discard(review, at=timezone.now(), seen=review.saves)
        client.force_login(ravi)
        page = client.post(of("send-back", review), {"seen": review.saves, "note": "Say who pays."})
        assert page.status_code == 404
        assert "Say who pays." in page.content.decode()


class TestPublishing:
    @pytest.fixture
    def approved(self, guide, client, edna):
        client.force_login(edna)
        return that_stands(Standing.APPROVED, guide)

    @pytest.mark.parametrize(
        ("day", "time", "moment"),
        [
            ("27/3/2096", "9:30am", datetime(2096, 3, 27, 9, 30, tzinfo=LONDON)),
            ("1 July 2096", "14:00", datetime(2096, 7, 1, 14, 0, tzinfo=LONDON)),
            ("2096-07-01", "9am", datetime(2096, 7, 1, 9, 0, tzinfo=LONDON)),
        ],
    )
    def test_it_can_be_scheduled_in_the_time_of_london(self, client, approved, send, day, time, moment):
        send(client, "publish", approved, when="later", day=day, time=time)
        approved.refresh_from_db()
        assert approved.shown_from == moment
        assert standing_of(approved) == Standing.SCHEDULED

    @pytest.mark.parametrize(
        ("answers", "message"),
        [
            ({}, "Choose when it is published"),
            ({"when": "later"}, "Enter the date"),
            ({"when": "later", "day": "1/7/2096"}, "Enter the time"),
            ({"when": "later", "day": "31/2/2096", "time": "9am"}, "Date must be a real date"),
            ({"when": "later", "day": "1/7/9999", "time": "9am"}, "Date must be a real date"),
            ({"when": "later", "day": "1/7/2096", "time": "noonish"}, "Time must be a real time"),
            ({"when": "later", "day": "1/7/2020", "time": "9am"}, "still to come"),
            ({"when": "later", "day": "28/3/2027", "time": "1:30am"}, "The clocks change in that hour"),
            ({"when": "later", "day": "31/10/2027", "time": "1:30am"}, "The clocks change in that hour"),
        ],
    )
    def test_a_wrong_moment_is_explained_and_kept(self, client, approved, send, answers, message):
        page = send(client, "publish", approved, **answers).content.decode()
        assert message in page
        for typed in set(answers) & {"day", "time"}:
            assert f'value="{answers[typed]}"' in page
        assert standing_of(approved) == Standing.APPROVED


class TestWithdrawing:
    def test_it_takes_a_reason(self, client, guide, send, ravi):
        live = that_stands(Standing.LIVE, guide)
        client.force_login(ravi)
        assert "Write why it is withdrawn" in send(client, "withdraw", live, reason="").content.decode()
        assert standing_of(live) == Standing.LIVE

    def test_what_has_been_replaced_meanwhile_is_not_withdrawn_unseen(self, client, guide, send, ravi):
        old = that_stands(Standing.LIVE, guide)
        new = make_published(guide, at=timezone.now(), title="New")
        client.force_login(ravi)
        page = send(client, "withdraw", old, reason="It was wrong.").content.decode()
        assert "changed meanwhile" in page
        assert standing_of(new) == Standing.LIVE
