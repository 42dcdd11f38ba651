"""Confirming an entry, proposing changes to it, and deciding on those."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal import publishing
from signposting import assuring, bodies, owner_links
from signposting.models import Assurance, Entry, Proposal
from signposting.models.assurance import review_day
from tests.factories import MONDAY, make_entry, make_entry_draft, make_offer, make_user
from tests.signposting.owners import make_link, words_of

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def entry(db):
    return make_entry(at=MONDAY, title="Agency", summary="It helps.", review_by=date(2026, 7, 1))


@pytest.fixture
def link(entry):
    return make_link(entry)


@pytest.fixture
def edna(db):
    return make_user("editor")


def propose(link, entry, *, at=TOMORROW, note="", **changes):
    return assuring.propose(link, seen=entry.number, words=words_of(entry, **changes), note=note, at=at)


def decide(proposal, edna, *, at=TOMORROW, into_draft=False, **outcome):
    seen = assuring.present(proposal, at=at).seen
    return assuring.decide(proposal, outcome=outcome, into_draft=into_draft, seen=seen, by=edna, at=at)


class TestConfirming:
    def test_a_body_confirms_its_entry_for_a_year(self, link, entry):
        assurance = assuring.confirm(link, seen=1, at=TOMORROW)
        assert (assurance.by, assurance.given_by) == ("body", None)
        checked = bodies.checked(entry, on=TOMORROW.date())
        assert checked.by_the_body
        assert checked.review_by == date(2027, 6, 2)

    def test_a_second_press_on_the_same_day_is_the_same_confirmation(self, link):
        first = assuring.confirm(link, seen=1, at=TOMORROW)
        assert assuring.confirm(link, seen=1, at=TOMORROW + timedelta(hours=1)) == first
        assert assuring.confirm(link, seen=1, at=TOMORROW + timedelta(days=1)) != first

    def test_what_they_did_not_see_they_do_not_confirm(self, link, entry):
        make_entry(entry.document, at=TOMORROW)
        with pytest.raises(assuring.ChangedMeanwhile):
            assuring.confirm(link, seen=1, at=TOMORROW)
        assert not Assurance.objects.exists()

    def test_an_edition_published_later_on_the_same_day_is_not_confirmed(self, link, entry):
        assuring.confirm(link, seen=1, at=TOMORROW)
        newer = make_entry(entry.document, at=TOMORROW + timedelta(hours=1))
        assert not bodies.checked(newer, on=TOMORROW.date()).by_the_body
        assuring.confirm(link, seen=2, at=TOMORROW + timedelta(hours=2))
        assert bodies.checked(newer, on=TOMORROW.date()).by_the_body

    def test_it_takes_back_what_waits(self, link, entry):
        proposal = propose(link, entry, summary="Other")
        assuring.confirm(link, seen=1, at=TOMORROW)
        proposal.refresh_from_db()
        assert not proposal.is_open

    def test_a_link_that_was_replaced_confirms_nothing(self, link):
        owner_links.send(link.organisation, by=None, at=TOMORROW)
        with pytest.raises(owner_links.Gone):
            assuring.confirm(link, seen=1, at=TOMORROW)

    def test_an_editor_who_checked_it_is_named_and_it_counts_once_a_day(self, link, edna):
        first = assuring.check(link.organisation, seen=1, by=edna, at=TOMORROW)
        assert assuring.check(link.organisation, seen=1, by=edna, at=TOMORROW) == first
        assert (first.by, first.given_by) == ("us", edna)
        with pytest.raises(assuring.ChangedMeanwhile):
            assuring.check(link.organisation, seen=2, by=edna, at=TOMORROW)

    def test_the_database_refuses_a_body_with_an_editors_name(self, link, edna):
        with pytest.raises(IntegrityError, match="assurance_of_a_body"):
            Assurance.objects.create(
                organisation=link.organisation,
                assured_at=MONDAY,
                by="body",
                given_by=edna,
                review_by=MONDAY.date(),
            )


class TestReviewDay:
    @pytest.mark.parametrize("own", [date(2026, 7, 1), date(2028, 1, 1)])
    @pytest.mark.parametrize("days", [(), (0,), (0, 400), (400, 0)])
    def test_one_and_many_agree(self, entry, own, days):
        entry = make_entry(entry.document, at=TOMORROW, review_by=own)
        for number, each in enumerate(days):
            Assurance.objects.create(
                organisation=entry.document,
                assured_at=TOMORROW + timedelta(hours=number),
                by="body",
                review_by=TOMORROW.date() + timedelta(days=each),
            )
        newest = Assurance.objects.newest_first().first()
        one = review_day(entry.review_by, newest)
        assert Entry.objects.with_review_day().get(pk=entry.pk).review_day == one
        assert bodies.checked(entry, on=TOMORROW.date()).review_by == one

    def test_a_confirmed_entry_is_not_due(self, link):
        def due(at):
            return Entry.objects.due_for_review(at=at, by=timezone.localdate(at)).exists()

        late = MONDAY + timedelta(days=60)
        assert due(late)
        assuring.confirm(link, seen=1, at=late)
        assert not due(late)
        assert due(late + timedelta(days=365))


class TestProposing:
    def test_only_what_differs_is_kept_with_what_the_entry_said(self, link, entry):
        proposal = propose(link, entry, summary="It helps everybody.")
        assert proposal.words == {"summary": "It helps everybody."}
        assert proposal.edition == entry
        assert proposal.edition.summary == "It helps."

    def test_it_changes_nothing_by_itself(self, link, entry):
        before = Entry.objects.values_list("pk", "saves", "summary")
        said = list(before)
        propose(link, entry, summary="Other")
        assert list(before.all()) == said

    def test_a_second_press_is_the_same_proposal_and_another_takes_its_place(self, link, entry):
        first = propose(link, entry, summary="Other")
        assert propose(link, entry, summary="Other") == first
        second = propose(link, entry, summary="Yet other")
        assert list(Proposal.objects.open()) == [second]

    def test_without_any_change_or_word_it_is_refused(self, link, entry):
        with pytest.raises(assuring.Refused, match="Nothing is changed"):
            propose(link, entry, summary=" It  helps. ")
        assert propose(link, entry, note="We are about to move.").words == {}

    def test_a_body_cannot_flood_us(self, link, entry):
        for number in range(assuring.MOST_A_DAY):
            propose(link, entry, summary=f"Other {number}")
        with pytest.raises(assuring.Refused, match="many changes today"):
            propose(link, entry, summary="One more")
        propose(link, entry, summary="One more", at=TOMORROW + timedelta(days=1))

    def test_another_bodys_edition_is_none_of_theirs(self, link):
        other = make_entry(at=MONDAY)
        make_entry(other.document, at=MONDAY)
        with pytest.raises(assuring.ChangedMeanwhile):
            assuring.propose(link, seen=2, words=words_of(other), note="", at=TOMORROW)

    def test_the_database_keeps_one_open_proposal_a_body(self, link, entry):
        proposal = propose(link, entry, summary="Other")
        proposal.pk = None
        with pytest.raises(IntegrityError, match="one_open_proposal"):
            proposal.save(force_insert=True)


class TestDeciding:
    def test_what_is_accepted_becomes_a_draft_that_somebody_else_approves(self, link, entry, edna):
        proposal = propose(link, entry, summary="Other", title="Better Agency", website="https://x.example/")
        draft = decide(proposal, edna, summary="", title="That is a nickname.", website="")
        assert (draft.summary, draft.title, draft.website) == ("Other", "Agency", "https://x.example/")
        assert draft.change_note == assuring.CHANGE_NOTE
        sent = publishing.send_for_review(draft, by=edna, at=TOMORROW, seen=draft.saves)
        with pytest.raises(publishing.Refused):
            publishing.approve(sent, by=edna, at=TOMORROW, seen=sent.saves)
        proposal.refresh_from_db()
        assert proposal.outcome == {"summary": "", "title": "That is a nickname.", "website": ""}
        assert proposal.decided_by == edna

    def test_refusing_all_makes_no_draft(self, link, entry, edna):
        assert decide(propose(link, entry, summary="Other"), edna, summary="No.") is None
        assert not Entry.objects.open().exists()

    def test_offers_are_accepted_with_their_rows(self, link, entry, edna):
        offer = make_offer(title="New help")
        draft = decide(propose(link, entry, written_offers=[offer]), edna, written_offers="")
        assert [each.title for each in draft.offers.all()] == ["New help"]

    def test_a_draft_that_is_there_is_only_written_in_if_the_editor_says_so(self, link, entry, edna):
        proposal = propose(link, entry, summary="Other")
        theirs = make_entry_draft(entry.document, at=TOMORROW, title="Half a thought")
        with pytest.raises(assuring.Refused, match="draft already"):
            decide(proposal, edna, summary="")
        draft = decide(proposal, edna, summary="", into_draft=True)
        assert (draft.pk, draft.title, draft.summary) == (theirs.pk, "Half a thought", "Other")

    def test_beside_a_scheduled_text_nothing_is_written(self, link, entry, edna):
        proposal = propose(link, entry, summary="Other")
        make_entry(entry.document, at=TOMORROW, show_from=TOMORROW + timedelta(days=9))
        with pytest.raises(publishing.Refused, match="scheduled"):
            decide(proposal, edna, summary="")
        proposal.refresh_from_db()
        assert proposal.is_open

    def test_nobody_decides_on_what_they_have_not_seen(self, link, entry, edna):
        proposal = propose(link, entry, summary="Other")
        seen = assuring.present(proposal, at=TOMORROW).seen
        make_entry(entry.document, at=TOMORROW)
        with pytest.raises(assuring.ChangedMeanwhile):
            assuring.decide(
                proposal, outcome={"summary": ""}, into_draft=False, seen=seen, by=edna, at=TOMORROW
            )

    def test_it_is_decided_once_as_a_whole_and_not_after_it_was_taken_back(self, link, entry, edna):
        proposal = propose(link, entry, summary="Other", title="New")
        with pytest.raises(assuring.Refused, match="every field"):
            decide(proposal, edna, summary="")
        decide(proposal, edna, summary="No.", title="No.")
        with pytest.raises(assuring.Refused, match="decided already"):
            decide(proposal, edna, summary="", title="")
        newer = propose(link, entry, summary="Newer")
        assuring.confirm(link, seen=1, at=TOMORROW)
        with pytest.raises(assuring.Refused, match="taken this back"):
            decide(newer, edna, summary="")

    def test_a_day_of_ending_is_not_accepted_of_a_body_that_works(self, link, entry, edna):
        proposal = propose(link, entry, activity="historic", ended="2026", written_offers=[])
        refused = {"activity": "We hear that you work.", "written_offers": "We hear that you work."}
        with pytest.raises(assuring.Refused, match="Accept both or neither"):
            decide(proposal, edna, ended="", **refused)
        assert not Entry.objects.open().exists()
        assert decide(proposal, edna, ended="", activity="", written_offers="").ended == "2026"


words = st.text(alphabet="ab \n", max_size=6)
rows = st.dictionaries(st.sampled_from(["title", "what"]), words, max_size=2)
values = st.one_of(words, st.lists(words, max_size=3), st.lists(rows, max_size=3), st.booleans())


@given(values, values)
def test_same_is_blind_to_white_space_and_to_the_order_of_ticks_alone(one, other):
    assert assuring.same(one, one)
    assert assuring.same(one, other) == assuring.same(other, one)


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("It  helps.\n", "It helps.", True),
        ("It helps.", "It helped.", False),
        (["wales", "england"], ["england", "wales"], True),
        (["wales"], [], False),
        ([{"title": "A "}], [{"title": "A"}], True),
        ([{"title": "A"}, {"title": "B"}], [{"title": "B"}, {"title": "A"}], False),
        ([{"title": "A"}], [{"title": "A", "how": "Ask"}], False),
    ],
)
def test_what_says_the_same(old, new, is_same):
    assert assuring.same(old, new) is is_same
