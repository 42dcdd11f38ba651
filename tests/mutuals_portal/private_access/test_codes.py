"""References and codes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutuals_portal.private_access import codes

REFERENCE = "MIS-7K2P-XW4D"


def test_references_have_two_groups_of_four_without_look_alikes():
    for _ in range(200):
        assert re.fullmatch(r"MIS-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", codes.new_reference())


@pytest.mark.parametrize(
    "typed", [REFERENCE, "mis-7k2p-xw4d", " MIS 7K2P XW4D ", "7k2pxw4d", "MIS–7K2P–XW4D", "mis7k2pxw4d"]
)
def test_a_reference_is_understood_however_it_is_typed(typed):
    assert codes.normalise_reference(typed) == REFERENCE


@pytest.mark.parametrize("typed", ["", "MIS", "MIS-7K2P", "MIS-7K2P-XW4O", "MIS-7K2P-XW4D-2", "\0", "é" * 8])
def test_what_cannot_be_a_reference_gives_nothing(typed):
    assert codes.normalise_reference(typed) == ""


@given(st.text())
def test_any_text_may_be_typed_as_a_reference(typed):
    reference = codes.normalise_reference(typed)
    assert reference == "" or codes.normalise_reference(reference) == reference


def test_a_secret_always_gives_the_same_code():
    secret = codes.new_secret()
    assert codes.code_from(secret) == codes.code_from(secret)
    assert re.fullmatch(r"([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}", codes.code_from(secret))


def test_a_code_cannot_be_worked_out_without_our_key(settings):
    secret = codes.new_secret()
    ours = codes.code_from(secret)
    settings.SECRET_KEY = "another key, of somebody who has stolen the cookie"
    assert codes.code_from(secret) != ours


def test_a_digest_forgives_case_spaces_and_hyphens():
    digest = codes.digest(reference=REFERENCE, code="ABCD-EFGH-JKMN")
    assert codes.digest(reference=REFERENCE, code=" abcd efgh–jkmn") == digest


def test_a_digest_belongs_to_one_reference_and_one_code():
    digest = codes.digest(reference=REFERENCE, code="ABCD-EFGH-JKMN")
    assert codes.digest(reference="MIS-7K2P-XW4E", code="ABCD-EFGH-JKMN") != digest
    assert codes.digest(reference=REFERENCE, code="ABCD-EFGH-JKMP") != digest
    assert len(digest) == 64


@pytest.mark.parametrize(
    "words", ["purple kettle on tuesday", "Ein Fluss ohne Wiederkehr", "caffi bore llun Caernarfon"]
)
def test_three_different_words_may_stand_for_the_code(words):
    codes.check_own_words(words)


@pytest.mark.parametrize(
    "words", ["", "password", "kettle kettle kettle kettle", "a b c d e f g", "ab cd ef", "word " * 40]
)
def test_words_that_are_easily_guessed_are_refused(words):
    with pytest.raises(codes.WordsTooWeak, match="Use "):
        codes.check_own_words(words)
