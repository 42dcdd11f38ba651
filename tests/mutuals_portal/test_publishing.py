"""The way of a text to the public, verb by verb. Edna writes, Ravi reviews; readers get only what is live."""

import contextlib
import threading
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from guides.models import Document, Edition, EditionSave
from mutuals_portal import publishing
from mutuals_portal.publishing import Standing, Verb
from mutuals_portal.publishing.verbs import POSSIBLE
from tests.factories import (
    MONDAY,
    make_approved,
    make_document,
    make_draft,
    make_published,
    make_user,
    make_words,
)

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = MONDAY + 2 * HOUR
NEXT_WEEK = MONDAY + timedelta(days=7)


@pytest.fixture
def edna():
    return make_user("editor", username="edna")


@pytest.fixture
def ravi():
    return make_user("reviewer", username="ravi")


@pytest.fixture
def guide():
    return make_document("guide")


@pytest.fixture
def draft(guide, edna):
    return make_draft(guide, by=edna)


def sent(draft):
    return publishing.send_for_review(draft, by=draft.saved_by, at=MONDAY, seen=draft.saves)


def live_title(document, at):
    edition = document.editions.live(at=at).first()
    return edition and edition.title


def that_stands(standing, document):
    """An edition that stands there at LATER."""
    match standing:
        case Standing.DRAFT:
            return make_draft(document)
        case Standing.IN_REVIEW:
            return sent(make_draft(document))
        case Standing.APPROVED:
            return make_approved(document)
        case Standing.SCHEDULED:
            return make_published(document, show_from=NEXT_WEEK)
        case Standing.LIVE:
            return make_published(document)
        case Standing.REPLACED:
            edition = make_published(document)
            make_published(document, at=MONDAY + HOUR)
        case Standing.WITHDRAWN:
            edition = make_published(document)
            publishing.withdraw(document, by=make_user(), at=MONDAY + HOUR, reason="It was wrong.")
    edition.refresh_from_db()
    return edition


def attempt(verb, edition, *, by):
    common = {"at": LATER, "seen": edition.saves}
    calls = {
        Verb.WRITE: lambda: publishing.write(edition, by=by, title="New words", **common),
        Verb.SEND_FOR_REVIEW: lambda: publishing.send_for_review(edition, by=by, **common),
        Verb.SEND_BACK: lambda: publishing.send_back(edition, by=by, note="Shorter.", **common),
        Verb.APPROVE: lambda: publishing.approve(edition, by=by, **common),
        Verb.PUBLISH: lambda: publishing.publish(edition, by=by, **common),
        Verb.CANCEL_SCHEDULE: lambda: publishing.cancel_schedule(edition, by=by, **common),
        Verb.DISCARD: lambda: publishing.discard(edition, **common),
    }
    return calls[verb]()


RESULTS = {
    Verb.WRITE: Standing.DRAFT,
    Verb.SEND_FOR_REVIEW: Standing.IN_REVIEW,
    Verb.SEND_BACK: Standing.DRAFT,
    Verb.APPROVE: Standing.APPROVED,
    Verb.PUBLISH: Standing.LIVE,
    Verb.CANCEL_SCHEDULE: Standing.APPROVED,
}


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.WITHDRAW])
def test_every_verb_wherever_an_edition_stands_follows_the_table(verb, standing, guide, ravi):
    edition = that_stands(standing, guide)
    assert edition.standing(at=LATER) == standing
    if standing not in POSSIBLE[verb]:
        with pytest.raises(publishing.Refused):
            attempt(verb, edition, by=ravi)
        assert EditionSave.objects.filter(pgh_obj=edition).last().saves == edition.saves
        return
    attempt(verb, edition, by=ravi)
    after = guide.editions.filter(pk=edition.pk).first()
    if verb is Verb.DISCARD:
        assert after is None
    else:
        assert after.standing(at=LATER) == RESULTS[verb]
        assert (after.saves, after.saved_by, after.saved_at) == (edition.saves + 1, ravi, LATER)


@pytest.mark.parametrize("standing", Standing)
def test_a_document_is_withdrawn_when_something_of_it_is_live(standing, guide, ravi):
    edition = that_stands(standing, guide)
    if standing in (Standing.LIVE, Standing.REPLACED):
        publishing.withdraw(guide, by=ravi, at=LATER, reason=" It was wrong. ")
        last = guide.editions.get(withdrawn_at=LATER)
        assert (last.withdrawn_by, last.withdrawal_reason) == (ravi, "It was wrong.")
        assert live_title(guide, LATER) is None
        return
    with pytest.raises(publishing.Refused, match="not public"):
        publishing.withdraw(guide, by=ravi, at=LATER, reason="It was wrong.")
    assert guide.editions.get(pk=edition.pk).standing(at=LATER) == standing


@pytest.mark.parametrize("standing", Standing)
def test_what_is_shown_as_possible_is_what_the_table_allows(standing, guide, ravi):
    edition = that_stands(standing, guide)
    shown = set(publishing.possible(edition, by=ravi, at=LATER))
    assert shown == {verb for verb, standings in POSSIBLE.items() if standing in standings}


class TestWriting:
    def test_a_draft_begins_as_what_was_public_last(self, guide, edna):
        make_published(guide, title="Old", body="Old words.")
        draft = publishing.start(guide, by=edna, at=LATER)
        assert (draft.number, draft.title, draft.body, draft.saves) == (2, "Old", "Old words.", 0)
        assert list(draft.authors.all()) == [edna]

    def test_a_new_edition_does_not_repeat_the_change_note(self, guide, edna):
        make_published(guide, change_note="Mended.", change_is_public=True)
        draft = publishing.start(guide, by=edna, at=LATER)
        assert (draft.change_note, draft.change_is_public) == ("", False)

    def test_it_can_begin_as_an_older_save(self, guide, edna):
        old = make_published(guide, title="Old")
        make_published(guide, at=MONDAY + HOUR, title="New")
        past = EditionSave.objects.filter(pgh_obj=old).last()
        assert publishing.start(guide, by=edna, at=LATER, like=past).title == "Old"

    def test_there_is_one_draft_at_a_time(self, draft, ravi):
        with pytest.raises(publishing.Refused, match="a draft already"):
            publishing.start(draft.document, by=ravi, at=LATER)

    def test_none_begins_beside_a_text_that_is_still_to_come(self, guide, edna):
        make_published(guide, show_from=NEXT_WEEK)
        assert not publishing.may_start(guide, at=LATER)
        with pytest.raises(publishing.Refused, match="scheduled"):
            publishing.start(guide, by=edna, at=LATER)
        assert publishing.may_start(guide, at=NEXT_WEEK)

    def test_writing_makes_a_decision_void(self, guide, edna):
        approved = make_approved(guide)
        written = publishing.write(approved, by=edna, at=LATER, seen=approved.saves, title="Other")
        assert written.status == Edition.Status.DRAFT
        assert (written.sent_at, written.sent_by, written.approved_at, written.approved_by) == (None,) * 4

    def test_only_words_are_written(self, draft, edna):
        with pytest.raises(TypeError, match="status"):
            publishing.write(draft, by=edna, at=LATER, seen=draft.saves, status="published")

    def test_a_deleted_draft_stays_in_the_history(self, draft):
        publishing.discard(draft, at=LATER, seen=draft.saves)
        assert EditionSave.objects.filter(document=draft.document, title=draft.title).exists()


class TestTwoPeople:
    def test_who_wrote_cannot_approve(self, draft, edna, ravi):
        written = publishing.write(draft, by=ravi, at=MONDAY, seen=draft.saves, title="Mine too")
        review = publishing.send_for_review(written, by=edna, at=MONDAY, seen=written.saves)
        with pytest.raises(publishing.Refused, match="worked on this text yourself"):
            publishing.approve(review, by=ravi, at=LATER, seen=review.saves)

    def test_who_wrote_long_ago_in_the_same_edition_cannot_approve(self, draft, edna, ravi):
        written = publishing.write(draft, by=ravi, at=MONDAY, seen=draft.saves, title="Mine too")
        back = publishing.write(written, by=edna, at=MONDAY, seen=written.saves, title="All mine again")
        assert publishing.worked_on(sent(back), by=ravi)

    def test_who_sent_it_cannot_approve(self, draft, ravi):
        review = publishing.send_for_review(draft, by=ravi, at=MONDAY, seen=draft.saves)
        assert Verb.APPROVE not in publishing.possible(review, by=ravi, at=LATER)
        with pytest.raises(publishing.Refused, match="worked on this text yourself"):
            publishing.approve(review, by=ravi, at=LATER, seen=review.saves)

    def test_sending_back_leaves_a_note_until_it_is_sent_again(self, draft, edna, ravi):
        review = sent(draft)
        back = publishing.send_back(review, by=ravi, at=LATER, seen=review.saves, note="Shorter.")
        assert (back.status, back.review_note) == ("draft", "Shorter.")
        assert publishing.send_for_review(back, by=edna, at=LATER, seen=back.saves).review_note == ""

    def test_who_sends_back_may_approve_afterwards(self, draft, edna, ravi):
        review = sent(draft)
        back = publishing.send_back(review, by=ravi, at=LATER, seen=review.saves, note="Shorter.")
        again = publishing.send_for_review(back, by=edna, at=LATER, seen=back.saves)
        assert publishing.approve(again, by=ravi, at=LATER, seen=again.saves).approved_by == ravi


class TestShowing:
    def test_what_is_missing_is_named_and_nothing_is_sent(self, guide, edna):
        draft = make_draft(guide, by=edna, review_by=None, nations=[], title="")
        with pytest.raises(publishing.NotReady) as refusal:
            publishing.send_for_review(draft, by=edna, at=LATER, seen=draft.saves)
        assert [problem.partition(":")[0] for problem in refusal.value.problems] == [
            "Review by",
            "Title",
            "Nations",
        ]

    def test_what_was_fine_when_it_was_approved_is_checked_again(self, guide, edna):
        approved = make_approved(guide, review_by=date(2026, 6, 30))
        late = MONDAY + timedelta(days=60)
        with pytest.raises(publishing.NotReady):
            publishing.publish(approved, by=edna, at=late, seen=approved.saves)

    def test_the_next_edition_ends_the_one_before(self, guide):
        make_published(guide, title="First")
        make_published(guide, at=LATER, title="Second")
        assert live_title(guide, LATER - HOUR) == "First"
        assert live_title(guide, LATER) == "Second"

    def test_a_scheduled_text_appears_by_itself(self, guide):
        make_published(guide, title="First")
        make_published(guide, at=LATER, show_from=NEXT_WEEK, title="Second")
        assert live_title(guide, NEXT_WEEK - HOUR) == "First"
        assert live_title(guide, NEXT_WEEK) == "Second"

    @pytest.mark.parametrize("moment", [MONDAY, LATER])
    def test_it_is_not_scheduled_for_the_past(self, guide, edna, moment):
        approved = make_approved(guide)
        with pytest.raises(publishing.Refused, match="still to come"):
            publishing.publish(approved, by=edna, at=LATER, seen=approved.saves, show_from=moment)

    def test_cancelling_leaves_what_was_there(self, guide, edna):
        make_published(guide, title="First")
        coming = make_published(guide, at=MONDAY + HOUR, show_from=NEXT_WEEK, title="Second")
        cancelled = publishing.cancel_schedule(coming, by=edna, at=LATER, seen=coming.saves)
        assert cancelled.status == Edition.Status.APPROVED
        assert live_title(guide, NEXT_WEEK) == "First"

    def test_withdrawing_takes_what_is_scheduled_off_the_calendar(self, guide, edna):
        make_published(guide, title="First")
        make_published(guide, at=MONDAY + HOUR, show_from=NEXT_WEEK, title="Second")
        publishing.withdraw(guide, by=edna, at=LATER, reason="It was wrong.")
        assert live_title(guide, NEXT_WEEK) is None
        assert guide.editions.open().get().title == "Second"

    def test_a_reason_must_be_given(self, guide, edna):
        make_published(guide)
        with pytest.raises(publishing.Refused, match="Say why"):
            publishing.withdraw(guide, by=edna, at=LATER, reason="  ")

    def test_what_is_withdrawn_is_never_read_again(self, guide, edna):
        make_published(guide)
        publishing.withdraw(guide, by=edna, at=LATER, reason="It was wrong.")
        assert guide.editions.live(at=MONDAY).exists()
        assert not guide.editions.as_read(at=MONDAY).exists()

    def test_it_can_come_back_with_a_new_edition(self, guide, edna):
        make_published(guide, title="First")
        publishing.withdraw(guide, by=edna, at=MONDAY + HOUR, reason="It was wrong.")
        make_published(guide, at=LATER, title="Mended")
        assert live_title(guide, LATER) == "Mended"
        assert live_title(guide, LATER - timedelta(minutes=1)) is None

    def test_two_editions_of_one_moment_follow_one_another(self, guide):
        make_published(guide, title="First")
        make_published(guide, title="Second")
        assert live_title(guide, MONDAY) == "Second"

    def test_it_cannot_be_scheduled_for_after_its_review(self, guide):
        approved = make_approved(guide, review_by=date(2026, 7, 1))
        late = MONDAY + timedelta(days=60)
        with pytest.raises(publishing.NotReady) as refusal:
            publishing.publish(approved, by=approved.sent_by, at=MONDAY, seen=approved.saves, show_from=late)
        assert refusal.value.problems[0].startswith("Review by: this day comes before readers see the text.")


class TestChangedMeanwhile:
    @pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.WITHDRAW])
    def test_no_verb_acts_on_what_its_user_has_not_seen(self, verb, guide, ravi):
        standing = POSSIBLE[verb][0]
        edition = that_stands(standing, guide)
        Edition.objects.filter(pk=edition.pk).update(saves=edition.saves + 1)
        with pytest.raises(publishing.ChangedMeanwhile):
            attempt(verb, edition, by=ravi)
        assert guide.editions.get(pk=edition.pk).standing(at=LATER) == standing

    def test_a_draft_that_is_gone_has_changed(self, draft, edna):
        publishing.discard(draft, at=MONDAY, seen=draft.saves)
        lost = Edition(pk=-1, document=draft.document)
        with pytest.raises(publishing.ChangedMeanwhile, match="deleted"):
            publishing.write(lost, by=edna, at=LATER, seen=0, title="Mine")


class TestTheDatabaseItself:
    """Whatever statement is sent to it, by whatever code."""

    CHANGES = [
        {"title": "Another title"},
        {"summary": "Another sentence."},
        {"body": "Other words."},
        {"nations": ["wales"]},
        {"review_by": date(2098, 1, 1)},
        {"change_note": "What really changed"},
        {"change_is_public": True},
        {"number": 7},
        {"loaded_digest": "0" * 64},
    ]

    def refused(self, edition, **changes):
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**changes)

    @pytest.mark.parametrize("change", CHANGES, ids=str)
    def test_what_was_sent_approved_or_published_says_the_same_for_good(self, guide, change):
        edition = sent(make_draft(guide))
        self.refused(edition, **change)
        edition = publishing.approve(edition, by=make_user(), at=MONDAY, seen=edition.saves)
        self.refused(edition, **change)
        edition = publishing.publish(edition, by=edition.sent_by, at=MONDAY, seen=edition.saves)
        self.refused(edition, **change)

    def test_a_published_text_cannot_pass_for_a_draft(self, guide):
        self.refused(
            make_published(guide),
            status="draft",
            shown_from=None,
            title="Other",
            approved_by=None,
            sent_by=None,
        )

    @pytest.mark.parametrize("status", ["draft", "in-review"])
    def test_what_was_published_never_becomes_a_draft_again(self, guide, status):
        self.refused(make_published(guide), status=status, shown_from=None)

    def test_when_a_text_was_shown_is_history(self, guide):
        self.refused(make_published(guide), shown_from=MONDAY - HOUR)

    def test_an_edition_stays_with_its_document(self, guide):
        self.refused(make_published(guide), document=make_document("guide"))

    def test_a_published_text_is_never_deleted(self, guide):
        edition = make_published(guide)
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).delete()

    def test_no_author_is_the_second_person(self, guide, ravi):
        edition = sent(make_draft(guide))
        edition.authors.add(ravi)
        self.refused(edition, status="approved", approved_by=ravi, approved_at=MONDAY)


class TestTheDatabase:
    """What it refuses, whoever asks."""

    def refuses(self, action):
        with pytest.raises(IntegrityError), transaction.atomic():
            action()

    def test_two_live_editions_at_once(self, guide):
        first = make_published(guide, title="First")
        make_published(guide, at=LATER, title="Second")
        self.refuses(lambda: Edition.objects.filter(pk=first.pk).update(shown_until=None))
        self.refuses(lambda: Edition.objects.filter(pk=first.pk).update(shown_until=LATER + HOUR))

    def test_two_open_drafts(self, draft):
        self.refuses(lambda: Edition.objects.create(document=draft.document, number=9, saved_at=MONDAY))

    def test_two_editions_of_one_number(self, guide):
        make_published(guide)
        self.refuses(lambda: Edition.objects.create(document=guide, number=1, saved_at=MONDAY))

    def test_an_approval_by_whoever_sent_it(self, draft):
        review = sent(draft)
        alone = {"status": "approved", "approved_at": LATER, "approved_by": review.sent_by}
        self.refuses(lambda: Edition.objects.filter(pk=review.pk).update(**alone))

    @pytest.mark.parametrize("status", ["approved", "published"])
    def test_a_public_text_that_nobody_approved(self, draft, status):
        shown = {"shown_from": MONDAY} if status == "published" else {}
        self.refuses(lambda: Edition.objects.filter(pk=draft.pk).update(status=status, **shown))

    def test_a_draft_with_a_place_in_time(self, draft):
        self.refuses(lambda: Edition.objects.filter(pk=draft.pk).update(shown_from=MONDAY))

    def test_a_published_text_without_one(self, guide):
        edition = make_published(guide)
        self.refuses(lambda: Edition.objects.filter(pk=edition.pk).update(shown_from=None))

    @pytest.mark.parametrize(
        "half",
        [
            {"sent_at": MONDAY},
            {"sent_by": True},
            {"approved_at": MONDAY},
            {"approved_by": True},
            {"withdrawn_at": MONDAY},
            {"withdrawn_by": True},
            {"withdrawal_reason": "Because."},
            {"withdrawn_at": MONDAY, "withdrawn_by": True},
            {"withdrawn_at": MONDAY, "withdrawn_by": True, "withdrawal_reason": "Because."},
        ],
        ids=lambda half: " ".join(half),
    )
    def test_half_of_a_deed(self, draft, half, ravi):
        values = {name: ravi if value is True else value for name, value in half.items()}
        self.refuses(lambda: Edition.objects.filter(pk=draft.pk).update(**values))

    def test_every_deed_of_the_model_is_held_whole(self):
        """A new pair of _at and _by has to find its way into the test above."""
        pairs = {f.name[:-3] for f in Edition._meta.fields if f.name.endswith("_by")}
        pairs &= {f.name[:-3] for f in Edition._meta.fields if f.name.endswith("_at")}
        assert pairs - {"saved"} == {"sent", "approved", "withdrawn"}

    def test_a_history_that_somebody_rewrites(self, draft):
        saves = EditionSave.objects.filter(pgh_obj=draft)
        for action in (lambda: saves.update(title="Rewritten"), saves.all().delete):
            with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
                action()


ONWARD, TO_THE_PUBLIC = "onward", "to the public"
"""One step, or every step that is left, on the way to the public. Chance alone would hardly ever publish anything."""

STEPS = st.lists(
    st.tuples(
        st.sampled_from([*[TO_THE_PUBLIC] * 5, ONWARD, ONWARD, Verb.WITHDRAW, Verb.CANCEL_SCHEDULE, *Verb]),
        st.integers(-3, 30),  # hours that pass first; a clock may also run behind another one
        st.integers(-20, 40),  # hours until it is to be shown; at once where they are not positive
    ),
    max_size=15,
)


AT_ONCE = [(TO_THE_PUBLIC, 0, 0), (TO_THE_PUBLIC, 1, 0), (Verb.WITHDRAW, 0, 0), (TO_THE_PUBLIC, 0, 0)]
"""Published, withdrawn and replaced within one moment."""


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
@example(steps=AT_ONCE)
def test_whatever_people_do_readers_have_one_text_or_a_reason_why_not(guide, edna, ravi, steps):
    with transaction.atomic():
        at = MONDAY
        for verb, hours, until in steps:
            at += timedelta(hours=hours)
            with contextlib.suppress(publishing.Refused):
                do(verb, guide, writer=edna, reviewer=ravi, at=at, until=until)
            check_the_line_of_time(guide)
        transaction.set_rollback(True)


def do(verb, document, *, writer, reviewer, at, until):
    if verb == TO_THE_PUBLIC:
        left = 4 if not document.editions.open().exists() else 3
        return [
            do(ONWARD, document, writer=writer, reviewer=reviewer, at=at, until=until) for _ in range(left)
        ]
    edition = document.editions.order_by("-number").first()
    if verb == ONWARD:
        steps = {"draft": Verb.SEND_FOR_REVIEW, "in-review": Verb.APPROVE, "approved": Verb.PUBLISH}
        verb = steps.get(edition and edition.status)
    if verb is None:
        draft = publishing.start(document, by=writer, at=at)
        return publishing.write(draft, by=writer, at=at, seen=draft.saves, **make_words())
    if edition is None:
        raise publishing.Refused("There is nothing yet.")
    if verb == Verb.WITHDRAW:
        return publishing.withdraw(document, by=writer, at=at, reason="It was wrong.")
    by = reviewer if verb in (Verb.APPROVE, Verb.SEND_BACK) else writer
    common = {"by": by, "at": at, "seen": edition.saves}
    if verb == Verb.DISCARD:
        del common["by"]
    if verb == Verb.PUBLISH:
        common["show_from"] = at + timedelta(hours=until) if until > 0 else None
    if verb == Verb.SEND_BACK:
        common["note"] = "Shorter."
    return getattr(publishing, verb.replace("-", "_"))(edition, **common)


def check_the_line_of_time(document):
    """Editions follow one another without overlap; a gap begins with a withdrawal, and nowhere else."""
    shown = list(document.editions.exclude(shown_from=None).order_by("shown_from", "number"))
    for edition, following in zip(shown, [*shown[1:], None], strict=False):
        end = following and following.shown_from
        if edition.withdrawn_at:
            assert edition.shown_until == edition.withdrawn_at
            assert end is None or edition.shown_until <= end
        else:
            assert edition.shown_until == end
    assert document.editions.open().count() <= 1
    assert not [
        e for e in document.editions.exclude(approved_at=None) if publishing.worked_on(e, by=e.approved_by)
    ]


class TestTogether:
    """Two people press at the same moment."""

    def race(self, *actions):
        """Do all at once, each on a connection of its own. Gives what each was refused with, or None."""
        together = threading.Barrier(len(actions))
        results = [None] * len(actions)

        def run(number, action):
            try:
                together.wait(timeout=10)
                action()
            except publishing.Refused as refusal:
                results[number] = refusal
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=each) for each in enumerate(actions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    @pytest.mark.django_db(transaction=True)
    def test_one_of_two_drafts_begins(self):
        document, first, second = make_document("guide"), make_user(), make_user()
        results = self.race(
            *(lambda by=by: publishing.start(document, by=by, at=MONDAY) for by in (first, second))
        )
        assert sorted(type(result).__name__ for result in results) == ["NoneType", "Refused"]
        assert document.editions.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_one_of_two_writers_is_told(self):
        draft = make_draft(make_document("guide"))
        seen, first, second = draft.saves, make_user(), make_user()
        results = self.race(
            *(
                lambda by=by: publishing.write(draft, by=by, at=LATER, seen=seen, title=by.username)
                for by in (first, second)
            )
        )
        assert sorted(type(result).__name__ for result in results) == ["ChangedMeanwhile", "NoneType"]
        assert Edition.objects.get(pk=draft.pk).saves == seen + 1

    @pytest.mark.django_db(transaction=True)
    def test_approving_and_writing_never_publish_words_that_nobody_approved(self):
        review = sent(make_draft(make_document("guide")))
        ravi = make_user()
        self.race(
            lambda: publishing.approve(review, by=ravi, at=LATER, seen=review.saves),
            lambda: publishing.write(
                review, by=review.sent_by, at=LATER, seen=review.saves, title="Slipped in"
            ),
        )
        after = Edition.objects.get(pk=review.pk)
        assert (after.status, after.title == "Slipped in") in [("approved", False), ("draft", True)]

    @pytest.mark.django_db(transaction=True)
    def test_withdrawing_and_publishing_come_one_after_the_other(self):
        document = make_document("guide")
        make_published(document, title="First")
        approved = make_approved(document, at=MONDAY + HOUR, title="Second")
        by = make_user()
        # Whoever comes second has looked at the clock first.
        self.race(
            lambda: publishing.withdraw(document, by=by, at=LATER + HOUR, reason="It was wrong."),
            lambda: publishing.publish(approved, by=by, at=LATER, seen=approved.saves),
        )
        check_the_line_of_time(document)
        withdrawn = document.editions.get(withdrawn_at__isnull=False)
        assert withdrawn.withdrawn_at == LATER + HOUR


def test_whoever_waited_acts_after_the_one_they_waited_for(guide, edna):
    make_published(guide, title="First")
    approved = make_approved(guide, at=MONDAY + HOUR, title="Second")
    publishing.withdraw(guide, by=edna, at=LATER, reason="It was wrong.")
    published = publishing.publish(approved, by=edna, at=LATER - timedelta(seconds=1), seen=approved.saves)
    assert published.shown_from == LATER


def test_a_document_of_another_kind_is_left_alone(guide, edna):
    other = make_document(Document.Kind.BULLETIN)
    make_published(other, as_of=date(2026, 5, 1), era="now", title="Other")
    make_published(guide, title="First")
    publishing.withdraw(guide, by=edna, at=LATER, reason="It was wrong.")
    assert live_title(other, LATER) == "Other"
