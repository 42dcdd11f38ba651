"""The pages behind a private link, as a body's browser, a mail scanner and a stranger get them."""

import pytest
from django.utils import timezone

from guides.models import LookOut
from mutuals_portal import publishing
from mutuals_portal.private_access import throttle
from signposting import assuring, owner_links
from signposting.models import Assurance, Entry, OwnerLink, Proposal
from tests.factories import MONDAY, make_entry, make_look_out, make_offer, make_source, make_user
from tests.signposting.owners import address_of, answers_of, make_link, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    offer = make_offer(title="Advice", source=make_source("first").key)
    return make_entry(
        at=MONDAY,
        title="Agency",
        slug="agency",
        offers=[offer],
        nations=["wales"],
        former_names=["Old Agency"],
    )


@pytest.fixture
def link(entry):
    return make_link(entry, at=timezone.now())


def rows():
    return [model.objects.count() for model in (Assurance, Proposal, OwnerLink, Entry)]


class TestOpening:
    def test_it_shows_the_entry_as_readers_see_it_and_two_ways(self, client, link):
        response = client.get(address_of(link))
        for words in (
            "Agency",
            "Old Agency",
            "Advice",
            "<strong>Where it helps:</strong> in Wales",
            "All of this is right",
        ):
            assert words in response.text
        assert f'href="{address_of(link, "changes/")}"' in response.text
        assert "checker@example.org" not in response.text

    def test_it_is_for_nobody_else(self, client, link):
        response = client.get(address_of(link))
        assert not response.cookies
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert 'content="noindex, nofollow"' in response.text
        assert 'rel="canonical"' not in response.text

    @pytest.mark.parametrize("page", ["", "right/", "changes/"])
    @pytest.mark.parametrize("method", ["get", "head"])
    def test_a_scanner_changes_nothing(self, client, link, page, method):
        before = rows()
        assert getattr(client, method)(address_of(link, page)).status_code in (200, 302)
        assert rows() == before

    @pytest.mark.parametrize("page", ["", "right/", "changes/"])
    @pytest.mark.parametrize("secret", ["x", "%00", "%FF%FE", "x" * 4_000, "%E2%80%AE", "0"])
    def test_a_link_that_never_was_opens_nothing(self, client, link, secret, page):
        for response in (
            client.get(f"/support/entry/{secret}/{page}"),
            client.post(f"/support/entry/{secret}/{page}", {"number": "1"}),
        ):
            assert response.status_code == 404
            assert "This link opens nothing" in response.text
        assert not Assurance.objects.exists()

    def test_links_that_are_over_answer_like_ones_that_never_were(self, client, link):
        never = client.get("/support/entry/never/")
        old = address_of(link)
        OwnerLink.objects.update(replaced_at=timezone.now())
        assert client.get(old).text == never.text

    def test_whoever_tries_out_links_is_stopped(self, client, link):
        for number in range(throttle.TRIES_PER_ADDRESS):
            client.get(f"/support/entry/guess-{number}/")
        response = client.get("/support/entry/guess/")
        assert response.status_code == 429
        assert "Try again after" in response.text

    @pytest.mark.parametrize("number", [1, 12])
    def test_the_queries_do_not_grow_with_the_offers(self, client, number, django_assert_num_queries):
        entry = make_entry(at=MONDAY, offers=[make_offer() for _ in range(number)])
        address = address_of(make_link(entry, at=timezone.now()))
        client.get(address)
        with django_assert_num_queries(12):
            client.get(address)


class TestConfirming:
    def test_one_press_says_that_all_is_right_and_readers_see_it_at_once(self, client, link, entry):
        assert "Agency itself has not confirmed it." in client.get("/support/agency/").text
        for _ in range(2):
            response = client.post(address_of(link, "right/"), {"number": "1"}, follow=True)
        assert "Readers see that you confirmed this today." in response.text
        assert "Agency itself confirmed this on" in client.get("/support/agency/").text
        assert Assurance.objects.count() == 1

    def test_past_its_day_the_entry_says_so_until_somebody_confirms_it(self, client):
        entry = make_entry(at=MONDAY, review_by=MONDAY.date().replace(day=2), slug="late")
        late = "Somebody should have checked this entry"
        assert late in client.get("/support/late/").text
        client.post(address_of(make_link(entry, at=timezone.now()), "right/"), {"number": "1"})
        assert late not in client.get("/support/late/").text

    @pytest.mark.parametrize("number", ["", "2", "-1", "x", "9" * 400, "\x00", "\u0661"])
    def test_what_they_did_not_see_is_not_confirmed(self, client, link, number):
        response = client.post(address_of(link, "right/"), {"number": number})
        assert "The entry changed while you had this page open." in response.text
        assert not Assurance.objects.exists()


class TestChanging:
    def test_the_form_has_every_field_as_it_is(self, client, link):
        text = client.get(address_of(link, "changes/")).text
        for words in (
            'value="Agency"',
            "Old Agency</textarea>",
            "Kind of help 1: Advice",
            'value="free" selected',
        ):
            assert words in text
        assert "csrfmiddlewaretoken" not in text

    def test_nothing_touched_is_nothing_changed(self, client, link, entry):
        response = client.post(address_of(link, "changes/"), answers_of(entry))
        assert "Nothing is changed yet." in response.text
        assert not Proposal.objects.exists()

    def test_what_is_changed_is_kept_and_waits(self, client, link, entry):
        changes = {"title": "Better Agency", "written_offers-0-title": "More advice", "note": "Ask Ann."}
        answers = answers_of(entry) | changes
        for _ in range(2):
            response = client.post(address_of(link, "changes/"), answers, follow=True)
        assert "We have not decided on them yet." in response.text
        proposal = Proposal.objects.get()
        assert set(proposal.words) == {"title", "written_offers"}
        assert proposal.words["written_offers"][0]["source"] == "first"
        assert "Better Agency" not in client.get("/support/agency/").text
        assert 'value="Better Agency"' in client.get(address_of(link, "changes/")).text

    def test_more_cards_lose_nothing_and_send_nothing(self, client, link, entry):
        answers = answers_of(entry) | {"title": "Half a thought", "more": "written_offers"}
        text = client.post(address_of(link, "changes/"), answers).text
        assert 'value="Half a thought"' in text
        assert 'name="written_offers-TOTAL_FORMS" value="7"' in text
        assert not Proposal.objects.exists()

    def test_a_mistake_is_named_and_nothing_typed_is_lost(self, client, link, entry):
        wrong = {"website": "javascript:alert(1)", "title": "Kept"}
        text = client.post(address_of(link, "changes/"), answers_of(entry) | wrong).text
        assert "Website must be an address such as" in text
        assert 'value="Kept"' in text
        assert "There is a problem" in text

    def test_a_body_that_works_has_not_ended(self, client, link, entry):
        text = client.post(address_of(link, "changes/"), answers_of(entry) | {"ended": "2011"}).text
        assert "Delete when it ended, or say above that it has ended" in text

    def test_a_link_that_was_replaced_meanwhile_shows_what_was_typed(self, client, link, entry):
        OwnerLink.objects.update(replaced_at=timezone.now())
        answers = answers_of(entry) | {"summary": "A whole sentence that took long."}
        response = client.post(address_of(link, "changes/"), answers)
        assert response.status_code == 404
        assert "A whole sentence that took long." in response.text

    def test_a_source_of_somebody_elses_choice_is_not_taken(self, client, link, entry):
        answers = answers_of(entry) | {"written_offers-0-source": "made-up"}
        client.post(address_of(link, "changes/"), answers)
        assert "source" not in Proposal.objects.get().words["written_offers"][0]

    @pytest.mark.parametrize(
        "answers",
        [
            {},
            {"number": "9" * 400},
            {"written_offers-TOTAL_FORMS": "9" * 400},
            {"written_offers-TOTAL_FORMS": "1000", "written_offers-INITIAL_FORMS": "0", "number": "1"},
            {"more": "written_offers", "written_offers-TOTAL_FORMS": "x"},
            {"title": "\x00", "body": "😀" * 3, "summary": "‮" * 400},
            {"kind": "magic", "activity": "none", "nations": "mars", "ended": "31/2/2020"},
        ],
    )
    def test_hostile_answers_get_a_page(self, client, link, answers):
        response = client.post(address_of(link, "changes/"), answers)
        assert response.status_code == 200
        assert not Proposal.objects.exists()

    def test_utf_16_is_no_way_in(self, client, link):
        response = client.post(
            address_of(link, "right/"),
            b"n=1",
            content_type="application/x-www-form-urlencoded; charset=utf-16",
        )
        assert response.status_code < 500

    @pytest.mark.parametrize("number", [1, 12])
    def test_the_queries_do_not_grow_with_the_look_outs(
        self, client, link, number, django_assert_num_queries
    ):
        for _ in range(number):
            make_look_out(is_live=False)
        assert LookOut.objects.count() == number + 1
        address = address_of(link, "changes/")
        client.get(address)
        with django_assert_num_queries(10):
            client.get(address)


class TestOutcome:
    def test_the_body_reads_what_was_accepted_and_why_not(self, client, link, entry):
        words = words_of(entry, title="Better", summary="It helps all.")
        proposal = assuring.propose(link, seen=1, words=words, note="", at=timezone.now())
        assuring.decide(
            proposal,
            outcome={"title": "That is a <nickname>.", "summary": ""},
            into_draft=False,
            seen=assuring.present(proposal, at=timezone.now()).seen,
            by=make_user(username="edna"),
            at=timezone.now(),
        )
        text = client.get(address_of(link)).text
        assert "<strong>Name:</strong> not accepted. That is a &lt;nickname&gt;." in text
        assert "<strong>Summary:</strong> accepted" in text
        assert "edna" not in text

    def test_another_body_sees_nothing_of_it(self, client, link, entry):
        words = words_of(entry, title="Better Agency")
        assuring.propose(link, seen=1, words=words, note="A secret.", at=timezone.now())
        other = address_of(make_link(make_entry(at=MONDAY), at=timezone.now()))
        text = client.get(other).text + client.get(f"{other}changes/").text
        assert "Better Agency" not in text
        assert "You told us of changes" not in text
        assert owner_links.secret_of(link) not in text

    @pytest.mark.parametrize("page", ["", "right/", "changes/"])
    def test_an_entry_withdrawn_while_its_link_opens_loses_nothing_typed(
        self, client, link, entry, page, monkeypatch
    ):
        opened = owner_links.open_link

        def open_and_withdraw(*args, **kwargs):
            found = opened(*args, **kwargs)
            publishing.withdraw(entry.document, by=make_user(), at=timezone.now(), reason="Wrong")
            return found

        monkeypatch.setattr(owner_links, "open_link", open_and_withdraw)
        answers = answers_of(entry) | {"summary": "A whole sentence that took long."}
        response = client.post(address_of(link, page), answers)
        assert response.status_code == 404
        assert "A whole sentence that took long." in response.text
