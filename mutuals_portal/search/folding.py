"""Words as they are looked for: without accents, and co-operatives as one word however they are written. Pure.

Folded alike when a text is kept and when a reader asks. (PostgreSQL's own ``unaccent`` is not on every server.)
"""

import re
import unicodedata

CO_OPERATIVE = re.compile(r"\bco[-\u2010\u2011 ](?=op)", re.IGNORECASE)
"""co-operative, co-op, co operative: the hyphen says nothing."""
APOSTROPHE = re.compile(r"[\u2019\u2018\u02bc]")


def fold(text: str) -> str:
    """Small letters without accents. Its length may differ from the text's."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return CO_OPERATIVE.sub("co", APOSTROPHE.sub("'", plain)).casefold().replace("\0", "")
