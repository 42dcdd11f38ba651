"""The door: one reference, one code, and how often one may be wrong."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.core.signing import Signer

from mutuals_portal.private_access import codes, device, throttle
from signposting import following, participation
from signposting.following import COOKIE
from signposting.models import EnquiryDraft, FailedAccess
from tests.factories import MONDAY, make_accepted_enquiry, make_adviser, make_enquiry, make_organisation

pytestmark = pytest.mark.django_db

CODE = "7K4P-Q2XR-9TNB"
WRONG = "2222-3333-4444"
HOME = "192.0.2.7"


@pytest.fixture
def body():
    return make_organisation(slug="helpers")


@pytest.fixture
def enquiry(body):
    return make_enquiry(to=body, code=CODE)


@pytest.fixture
def alice(enquiry):
    """She sent the enquiry."""
    return enquiry.participants.get(is_sender=True)


@pytest.fixture
def bob_and_code(enquiry, alice):
    """Her colleague, and his own code."""
    return participation.add_participant(enquiry, name="Bob", by=alice, at=MONDAY)


def open_with(reference, code, *, address=HOME, at=MONDAY):
    return following.open_with(reference=reference, code=code, address=address, at=at)


def participant_of(token, *, at):
    return COOKIE.opened_by(token, following.participants(), at=at)


def be_wrong(reference, *, times, address=HOME, at=MONDAY):
    for _ in range(times):
        with pytest.raises(throttle.WrongCode):
            open_with(reference, WRONG, address=address, at=at)


def make_draft(**kwargs):
    reference = codes.new_reference()
    kwargs.setdefault("expires_at", MONDAY + timedelta(days=7))
    digest = codes.digest(reference=reference, code=CODE)
    return EnquiryDraft.objects.create(reference=reference, code_digest=digest, created_at=MONDAY, **kwargs)


def test_the_right_code_opens_the_enquiry(enquiry, alice):
    assert open_with(enquiry.reference, CODE) == alice


def test_case_spaces_and_hyphens_of_a_code_make_no_difference(enquiry, alice):
    assert open_with(enquiry.reference, " 7k4p q2xr9tnb ") == alice


def test_each_colleague_has_a_code_of_their_own(enquiry, alice, bob_and_code):
    bob, code = bob_and_code

    assert open_with(enquiry.reference, code) == bob
    assert open_with(enquiry.reference, CODE) == alice


def test_the_code_of_a_removed_colleague_opens_nothing(enquiry, alice, bob_and_code):
    bob, code = bob_and_code
    participation.remove_participant(enquiry, participant=bob, by=alice, at=MONDAY)

    with pytest.raises(throttle.WrongCode):
        open_with(enquiry.reference, code)


def test_a_code_opens_no_other_enquiry(body, enquiry):
    other = make_enquiry()

    with pytest.raises(throttle.WrongCode):
        open_with(other.reference, CODE)


def test_an_unsent_draft_opens_too():
    draft = make_draft()

    assert open_with(draft.reference, CODE) == draft


def test_an_expired_draft_is_like_an_unknown_reference():
    draft = make_draft(expires_at=MONDAY)

    with pytest.raises(throttle.WrongCode):
        open_with(draft.reference, CODE)


@pytest.mark.parametrize("known", [True, False])
def test_every_try_costs_one_slow_digest_and_the_same_queries(
    known, enquiry, bob_and_code, monkeypatch, django_assert_num_queries
):
    digests = []

    def digest(**kwargs):
        digests.append(kwargs)
        return "0" * 64

    monkeypatch.setattr(codes, "digest", digest)
    reference = enquiry.reference if known else "MIS-2222-2222"

    with django_assert_num_queries(6), pytest.raises(throttle.WrongCode):  # savepoint and release among them
        open_with(reference, WRONG)

    assert len(digests) == 1


def test_five_wrong_codes_from_one_place_shut_a_reference_there_even_for_the_right_code(enquiry):
    be_wrong(enquiry.reference, times=5)

    with pytest.raises(throttle.TooManyTries) as refused:
        open_with(enquiry.reference, CODE)

    assert refused.value.until == MONDAY + timedelta(minutes=15)


def test_a_stranger_who_guesses_does_not_shut_the_group_out(enquiry, alice):
    be_wrong(enquiry.reference, times=5)

    assert open_with(enquiry.reference, CODE, address="198.51.100.1") == alice


def test_guessing_from_many_places_shuts_a_reference_everywhere(enquiry):
    for number in range(throttle.TRIES_PER_REFERENCE):
        be_wrong(enquiry.reference, times=1, address=f"203.0.113.{number}")

    with pytest.raises(throttle.TooManyTries):
        open_with(enquiry.reference, CODE, address="198.51.100.1")


def test_an_unknown_reference_is_shut_in_the_same_way():
    be_wrong("MIS-2222-2222", times=5)

    with pytest.raises(throttle.TooManyTries):
        open_with("MIS-2222-2222", WRONG)


def test_a_shut_reference_opens_again_after_a_quarter_of_an_hour(enquiry, alice):
    be_wrong(enquiry.reference, times=5)

    assert open_with(enquiry.reference, CODE, at=MONDAY + throttle.WINDOW) == alice


def test_trying_while_it_is_shut_does_not_keep_it_shut(enquiry, alice):
    be_wrong(enquiry.reference, times=5)
    for minute in range(1, 14):
        with pytest.raises(throttle.TooManyTries):
            open_with(enquiry.reference, WRONG, at=MONDAY + timedelta(minutes=minute))

    assert open_with(enquiry.reference, CODE, at=MONDAY + throttle.WINDOW) == alice


def test_right_codes_are_not_counted(enquiry, alice):
    for _ in range(7):
        assert open_with(enquiry.reference, CODE) == alice

    assert not FailedAccess.objects.exists()


def test_an_address_may_be_wrong_twenty_times_over_many_references(enquiry):
    for number in range(20):
        be_wrong(f"MIS-2222-{2222 + number}", times=1)

    with pytest.raises(throttle.TooManyTries):
        open_with(enquiry.reference, CODE)
    assert open_with(enquiry.reference, CODE, address="198.51.100.1")


def test_ipv4_addresses_written_as_ipv6_are_not_one_network(enquiry, alice):
    for number in range(throttle.TRIES_PER_ADDRESS):
        be_wrong(f"MIS-2222-{2222 + number}", times=1, address="::ffff:203.0.113.9")

    with pytest.raises(throttle.TooManyTries):
        open_with(enquiry.reference, CODE, address="203.0.113.9")
    assert open_with(enquiry.reference, CODE, address="::ffff:198.51.100.1") == alice


def test_addresses_of_one_ipv6_network_count_as_one(enquiry):
    for number in range(20):
        be_wrong(f"MIS-2222-{2222 + number}", times=1, address=f"2001:db8:1:1::{number:x}")

    with pytest.raises(throttle.TooManyTries):
        open_with(enquiry.reference, CODE, address="2001:db8:1:1:ffff::1")
    assert open_with(enquiry.reference, CODE, address="2001:db8:1:2::1")


def test_a_failure_names_neither_reference_nor_address(enquiry):
    be_wrong(enquiry.reference, times=1)

    subjects = "".join(FailedAccess.objects.values_list("subject", flat=True))
    assert len(subjects) == 3 * 64
    assert enquiry.reference not in subjects
    assert HOME not in subjects


def test_limits_can_be_switched_off(enquiry, alice, settings):
    settings.RATE_LIMITS = False
    be_wrong(enquiry.reference, times=30)

    assert open_with(enquiry.reference, CODE) == alice
    assert not FailedAccess.objects.exists()


def test_guesses_side_by_side_cannot_outrun_the_count(enquiry):
    with ExitStack() as guesses:
        for _ in range(5):
            guesses.enter_context(following.guarded(reference=enquiry.reference, address=HOME, at=MONDAY))

        with pytest.raises(throttle.TooManyTries):
            open_with(enquiry.reference, CODE)

    assert open_with(enquiry.reference, CODE)


def test_a_token_that_is_used_all_day_ends_with_the_day(alice):
    token, at = COOKIE.token_for(alice, at=MONDAY), MONDAY
    while at < MONDAY + device.AT_MOST:
        assert participant_of(token, at=at) == alice
        token = COOKIE.token_for(alice, at=at, renewing=token)
        at += timedelta(minutes=20)

    assert participant_of(token, at=MONDAY + device.AT_MOST + timedelta(seconds=1)) is None


def test_a_token_lasts_half_an_hour(alice):
    token = COOKIE.token_for(alice, at=MONDAY)

    assert participant_of(token, at=MONDAY + timedelta(minutes=30)) == alice
    assert participant_of(token, at=MONDAY + timedelta(minutes=31)) is None


def test_a_removed_colleague_holds_a_dead_token(enquiry, alice, bob_and_code):
    bob, _ = bob_and_code
    token = COOKIE.token_for(bob, at=MONDAY)
    participation.remove_participant(enquiry, participant=bob, by=alice, at=MONDAY)

    assert participant_of(token, at=MONDAY) is None


def test_a_new_code_kills_old_tokens(body):
    enquiry = make_accepted_enquiry(to=body, code=CODE)
    alice = enquiry.participants.get()
    token = COOKIE.token_for(alice, at=MONDAY)

    participation.issue_code(
        enquiry, participant=alice, checked="Phoned back.", by=make_adviser(body), at=MONDAY
    )

    assert participant_of(token, at=MONDAY) is None


def test_words_of_ones_own_kill_old_tokens(enquiry, alice):
    token = COOKIE.token_for(alice, at=MONDAY)

    participation.choose_words(enquiry, words="lantern gravel october", by=alice, at=MONDAY)

    assert participant_of(token, at=MONDAY) is None


@pytest.mark.parametrize("token", ["", "x", "a:b", "\x00", Signer(salt="another").sign_object({"until": 1})])
def test_a_token_that_we_did_not_sign_is_nobodys(token):
    assert participant_of(token, at=MONDAY) is None


def test_a_token_with_another_participant_put_in_is_nobodys(alice):
    token = COOKIE.token_for(alice, at=MONDAY)
    payload, signature = token.rsplit(":", 1)

    assert participant_of(f"{payload[:-2]}AA:{signature}", at=MONDAY) is None
