"""References and codes: how someone opens an enquiry or a plan without an account.

A reference names one of them and may be said aloud. A code proves that its holder belongs to the group. Only a
slow digest of a code is kept, so a stolen database opens nothing. The code of a draft is random, and its browser keeps
it. The other codes follow from a secret that their form or session holds, so a repeated click shows the same code.
"""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 1 I L O U: nothing that is misread or misheard, and fewer accidental words."""

OWN_WORDS_MIN_LENGTH = 15
OWN_WORDS_MIN_DIFFERENT = 3
OWN_WORDS_MAX_LENGTH = 120

SCRYPT_COST = {"n": 2**14, "r": 8, "p": 1}
"""About 50 ms and 16 MB a guess, on top of ``throttle``."""


class WordsTooWeak(Exception):
    """Words of one's own that would be too easy to guess. The message says how to mend them."""


def new_reference() -> str:
    """A random reference, ``MIS-`` and two groups of four: one of 30^8, about 660 thousand million."""
    return f"MIS-{_in_groups(_random_letters(8))}"


def reference_from(secret: str) -> str:
    """The reference that follows from a form's secret: nobody can choose it, or ask whether it is taken."""
    return f"MIS-{_in_groups(_letters_from(secret, b'signposting.reference', 8))}"


def normalise_reference(text: str) -> str:
    """The reference that somebody typed, in its standard shape; empty when it cannot be one."""
    letters = re.sub(r"[\s\-–—]", "", text).upper().removeprefix("MIS")
    if len(letters) != 8 or not set(letters) <= set(ALPHABET):
        return ""
    return f"MIS-{letters[:4]}-{letters[4:]}"


def new_secret() -> str:
    """128 random bits, from which a code and a reference can follow."""
    return secrets.token_urlsafe(16)


def code_from(secret: str) -> str:
    """The code that follows from a secret: always the same one, and not to be worked out without our key."""
    return _in_groups(_letters_from(secret, b"private_access.code", 12))


def new_code() -> str:
    """A random code, three groups of four: one of 30^12, about 58 bits."""
    return _in_groups(_random_letters(12))


def as_shown(code: str) -> str:
    """A code of ours that somebody typed, in the shape in which we showed it."""
    return _in_groups(re.sub(r"[\s\-–—]", "", code).upper())


def digest(*, reference: str, code: str) -> str:
    """64 hexadecimal characters to compare codes by. Case, spaces and hyphens make no difference.

    Deliberately slow. The reference is the salt, so one digest serves all who share it.
    """
    salt = hmac.new(settings.SECRET_KEY.encode(), reference.encode(), hashlib.sha256).digest()
    return hashlib.scrypt(_normalise_code(code).encode(), salt=salt, dklen=32, **SCRYPT_COST).hex()


def check_own_words(words: str) -> None:
    """Refuse words that could be guessed. Raises ``WordsTooWeak``.

    Length and different words count for more than odd characters, which are hard to remember.
    (National Cyber Security Centre: three random words.)
    """
    if len(words) > OWN_WORDS_MAX_LENGTH:
        raise WordsTooWeak(f"Use {OWN_WORDS_MAX_LENGTH} characters or fewer")
    different = set(re.findall(r"\w{2,}", words.casefold()))
    if len(different) < OWN_WORDS_MIN_DIFFERENT or len(_normalise_code(words)) < OWN_WORDS_MIN_LENGTH:
        raise WordsTooWeak(
            f"Use at least {OWN_WORDS_MIN_DIFFERENT} different words, {OWN_WORDS_MIN_LENGTH} letters or more in all"
        )


def _normalise_code(code: str) -> str:
    return re.sub(r"[\s\-–—]", "", code).casefold()


def _random_letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _letters_from(secret: str, purpose: bytes, count: int) -> str:
    key = hashlib.sha256(purpose + settings.SECRET_KEY.encode()).digest()
    number = int.from_bytes(hmac.new(key, secret.encode(), hashlib.sha256).digest())
    letters = []
    for _ in range(count):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def _in_groups(letters: str) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
