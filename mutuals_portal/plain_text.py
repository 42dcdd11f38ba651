"""Text that people type: what cannot be read is pointed out to them, and nothing is quietly changed."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError

UNREADABLE = ("Cc", "Cs")
"""Unicode categories of control characters and halves of characters. What Python cannot name may be a new emoji."""

REPLACED = "\N{REPLACEMENT CHARACTER}"
"""What stands for bytes that were not in the character set they claimed."""


class PlainText(forms.CharField):
    """A text of several lines. Line ends become ``\\n``, so that the limit counts what the person sees."""

    default_error_messages = {"unreadable": "Delete or retype the character that we cannot read %(place)s"}
    line_ends = "\n"

    def to_python(self, value):
        text = super().to_python((value or "").replace("\r\n", "\n").replace("\r", "\n")) or ""
        for position, character in enumerate(text):
            if self._is_unreadable(character):
                raise ValidationError(
                    self.error_messages["unreadable"],
                    code="unreadable",
                    params={"place": _place(text, position)},
                )
        return text

    def _is_unreadable(self, character):
        if character in f"\t{self.line_ends}":
            return False
        is_none = ord(character) & 0xFFFE == 0xFFFE  # set aside by Unicode, never to be a character
        return is_none or character == REPLACED or unicodedata.category(character) in UNREADABLE


class PlainLine(PlainText):
    """A text of one line; any run of white space in it is one space."""

    def to_python(self, value):
        return super().to_python(" ".join((value or "").split()))


def _place(text: str, position: int) -> str:
    before = text[:position].split()
    return f"after “{before[-1][-30:]}”" if before else "at the start"
