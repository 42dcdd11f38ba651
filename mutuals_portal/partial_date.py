"""A date that is known to the day, to the month or only to the year: “2003-10-01”, “2011-07”, “2011”.

Sources rarely give the day. It is kept as text, which sorts as time does, and nothing is made up to fill it.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS

SHAPE = re.compile(r"(?P<year>[12]\d{3})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?", re.ASCII)


def check(value: str) -> None:
    """Raises ValidationError."""
    try:
        found = SHAPE.fullmatch(value)
        if not found:
            raise ValueError
        date(*(int(part) for part in (found["year"], found["month"] or 1, found["day"] or 1)))
    except ValueError:
        raise ValidationError(
            "Enter a year, a month or a day, such as 2011, 2011-07 or 2011-07-01."
        ) from None


def read(text: str) -> str:
    """A date as people write it: 2011, July 2011, 7/2011, 1 July 2011, 1/7/2011. Raises ValidationError."""
    words = text.replace("/", " ").replace(".", " ").casefold().split()
    parts = [_month(word) if word[0].isalpha() else word for word in words]
    if len(parts) > 1:
        parts = [parts[-1], *(part.zfill(2) for part in reversed(parts[:-1]))]
    value = "-".join(parts)
    check(value)
    return value


def _month(word: str) -> str:
    """The number of a month by its name or the first three letters of it; what is no month stays as it is."""
    found = (number for number, name in MONTHS.items() if word in (name.casefold(), name.casefold()[:3]))
    return str(next(found, word))


def in_words(value: str) -> str:
    """“1 October 2003”, “July 2011” or “2011”; nothing for nothing."""
    if not value:
        return ""
    year, month, day = (*value.split("-"), "", "")[:3]
    return " ".join(
        filter(None, (str(int(day)) if day else "", str(MONTHS[int(month)]) if month else "", year))
    )


def months_between(start: str, end: str) -> int | None:
    """Whole months from one to the other, or None where a year alone is known of either."""
    if len(start) < 7 or len(end) < 7:
        return None
    return (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])


class PartialDateField(models.CharField):
    default_validators = [check]

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        kwargs.setdefault("help_text", "A year, a month or a day: 2011, 2011-07 or 2011-07-01.")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
