"""Numbers as people type them and read them. Exact: what is typed with decimals is a fraction, and never rounded."""

import re
import unicodedata
from fractions import Fraction

SHAPE = re.compile(r"(\d{1,3}(,\d{3})+|\d*)(\.\d{1,4})?", re.ASCII)
SIGNS = {
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    "\N{MINUS SIGN}": "-",
    "\N{EN DASH}": "-",
}
MOST_DIGITS = 9
"""Before the point: more than the people of any nation here."""


class NotANumber(ValueError):
    """Says what is wrong, to stand after the name of the number: “must be 0 or more”."""


def read(text: str, *, whole: bool = False) -> Fraction:
    """What was typed, in whatever digits people write. Raises NotANumber."""
    plain = "".join(map(_in_ascii, text)).replace(" ", "")
    if not SHAPE.fullmatch(plain.removeprefix("-")) or not any(map(str.isdigit, plain)):
        raise NotANumber("must be a number such as 60" if whole else "must be a number such as 60 or 2.5")
    if plain.startswith("-"):
        raise NotANumber("must be 0 or more")
    plain = plain.replace(",", "")
    if whole and "." in plain:
        raise NotANumber("must be a whole number")
    if len(plain.partition(".")[0].lstrip("0")) > MOST_DIGITS:
        raise NotANumber(f"must be below {10**MOST_DIGITS:,}. We do not count further")
    return Fraction(f"0{plain}")


def said(number: Fraction | int) -> str:
    """“1,000” or “2.5”. A number that was read has four decimals at most, and so has any sum of such numbers."""
    whole, rest = divmod(Fraction(number), 1)
    decimals = f"{int(rest * 10**8):08d}".rstrip("0")
    return f"{int(whole):,}{'.' if decimals else ''}{decimals}"


def counted(number: Fraction | int, unit: str) -> str:
    """“1 vote”, “2.5 votes”. ``unit`` is given as of many."""
    return f"{said(number)} {unit.removesuffix('s') if number == 1 else unit}"


def typed(number: Fraction) -> str:
    """The same as an address has it."""
    return said(number).replace(",", "")


def percent(part: Fraction | int, whole: Fraction | int) -> str:
    """A share in words, to one decimal; “about” where that is not the whole of it."""
    exact = Fraction(part) * 100 / Fraction(whole)
    rounded = round(exact, 1)
    if exact and not rounded:
        return "under 0.1%"
    return f"{'' if rounded == exact else 'about '}{said(rounded)}%"


def _in_ascii(character: str) -> str:
    """Digits of every script, the Arabic separators, and the signs and spaces that are not on a keyboard."""
    if character.isspace():
        return " "
    return SIGNS.get(character) or str(unicodedata.decimal(character, character))
