"""What working out who has a say costs with twelve classes and thousands of votes, beside twelve with one vote each.

    .venv/bin/python -m bench.governance

All that a page needs: reading the address, every coalition, the words, the picture. No server and no database. It fails
when many votes cost more than ``MOST`` times what few cost, for coalitions are counted and not votes, or when an answer
takes ``MOST_MS``.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence

REPEATS = 101
MOST, MOST_MS = 3.0, 50
CLASSES = 12
MANY_VOTES = (1009, 2003, 3001, 4001, 5003, 6007, 7001, 8009, 9001, 10007, 11003, 12007)


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from bench.queue import say
    from guides.governance import address, findings, picture
    from guides.governance.power import power

    def work_out(query: Mapping[str, Sequence[str]]) -> None:
        power.cache_clear()  # as if nobody had asked for these numbers before
        arrangement = address.read(query).arrangement
        if arrangement is None:
            raise RuntimeError("The numbers do not work out.")
        list(findings.in_lines(arrangement))
        list(findings.splits(arrangement))
        findings.table(arrangement)
        findings.warnings(arrangement)
        for coalitions in (arrangement.power.passing, arrangement.power.blocking):
            findings.coalitions(arrangement, coalitions)
        picture.picture(arrangement)

    few = median_ms(lambda: work_out(query_of([1] * CLASSES)))
    many = median_ms(lambda: work_out(query_of(MANY_VOTES)))
    ratio = f"{many / few:.1f} times"
    say(f"Twelve classes, a vote each: {few:.1f} ms; {sum(MANY_VOTES):,} votes: {many:.1f} ms, {ratio}.")
    if many / few > MOST or max(few, many) >= MOST_MS:
        say(f"NOT good enough: at most {MOST} times and under {MOST_MS} ms wanted.")
        return 1
    return 0


def query_of(votes: Sequence[int]) -> dict[str, list[str]]:
    members = {f"members{number}": [str(each)] for number, each in enumerate(votes, start=1)}
    return members | {f"who{number}": ["users"] for number in range(1, len(votes) + 1)}


def median_ms(probe: Callable[[], None]) -> float:
    waits = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        probe()
        waits.append(1000 * (time.perf_counter() - start))
    return statistics.median(waits)


if __name__ == "__main__":
    sys.exit(main())
