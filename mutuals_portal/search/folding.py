"""Words as they are looked for: without accents, and co-operatives as one word however they are written. Pure.

Folded alike when a text is kept and when a reader asks. (PostgreSQL's own ``unaccent`` is not on every server.)
"""

import re
import unicodedata

CO_OPERATIVE = re.compile(r"\bco[-\u2010\u2011 ](?=op)", re.IGNORECASE)
"""co-operative, co-op, co operative: the hyphen says nothing."""
APOSTROPHE = re.compile(r"[\u2019\u2018\u02bc]")
IZE = re.compile(r"(?<=[a-z]{3})iz(?=(?:e[ds]?|ers?|ing|ations?)\b)")
"""organize, privatization: as most of us spell them, with an s. Shorter words (size, prize) stay."""
WORD = re.compile(r"[^\W_]+")
WRITTEN_WORD = re.compile(rf"(?:{CO_OPERATIVE.pattern})?{WORD.pattern}", re.IGNORECASE)
"""A word where it stands in a text that is not folded."""


def fold(text: str) -> str:
    """Small letters without accents. Its length may differ from the text's."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    small = CO_OPERATIVE.sub("co", APOSTROPHE.sub("'", plain)).casefold().replace("\0", "")
    return IZE.sub("is", small)


def words(text: str) -> list[str]:
    """Its words in order, folded. Hyphens and all other marks part them: staff-owned is two."""
    return WORD.findall(fold(text))
