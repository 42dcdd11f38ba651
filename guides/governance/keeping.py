"""What a reader keeps of this tool in a plan: the numbers, and what came out."""

from collections.abc import Mapping, Sequence

from guides.governance import address, findings
from guides.kept import Kept
from guides.tables import Tables

LONGEST_QUERY = 4_000


def kept(tables: Tables, query: Mapping[str, Sequence[str]]) -> Kept:
    """Nothing where the numbers do not work out yet."""
    asked = address.read(query)
    if asked.arrangement is None or len(asked.query) > LONGEST_QUERY:
        return Kept()
    return Kept(query=asked.query, lines=tuple(findings.in_lines(asked.arrangement)), nation=asked.nation)
