"""Tables as CSV, line by line, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet would calculate with what begins like this."""


class _Line:
    """Where a CSV writer writes to: what it wrote is what it returns."""

    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow(row)


def safe(text: str) -> str:
    """Words that somebody wrote, as a cell that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(FORMULA) else text
