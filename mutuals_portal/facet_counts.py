"""The numbers beside the filters of a list, for all options of all facets in one query.

Each row is marked with the facets that it misses. One that misses none is found and counts for every option; one that
misses a single facet counts for the options of that facet, since it would be found were something else chosen there;
all others count for nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, and_
from typing import Any

from django.db import connection
from django.db.models import Case, Expression, F, IntegerField, Q, QuerySet, Value, When

from mutuals_portal.facets import Asked, Facet

ON_A_PAGE = 20


@dataclass(frozen=True)
class Counts:
    """What is found; of each option; without each facet; and all that there is."""

    found: int
    options: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]
    all: int

    @property
    def pages(self) -> int:
        return -(-self.found // ON_A_PAGE)


@dataclass(frozen=True)
class Columns:
    """Where the values of each facet are: an expression for each. In ``lists`` a row has several values, or none."""

    facets: tuple[Facet, ...]
    values: Mapping[str, Expression | F]
    lists: Collection[str]

    def found(self, rows: QuerySet, asked: Asked) -> QuerySet:
        """Those of ``rows`` that fit all that is chosen."""
        fits = (self._fits(name, values) for name, values in asked.chosen.items())
        return self._with_facets(rows).filter(reduce(and_, fits, Q()))

    def count(self, rows: QuerySet, asked: Asked) -> Counts:
        """All numbers of the page, in one query."""
        names = [facet.name for facet in self.facets]
        columns = ", ".join(f"facet_{name}" for name in names)
        sets = ", ".join(f"(missed, facet_{name})" for name in names)
        marked, values = self._marked(rows, asked).query.sql_with_params()
        with connection.cursor() as cursor:
            # The names are our own, see above; what a reader sent is among the values. OFFSET 0 has PostgreSQL reckon
            # what a row misses once, not once more for each facet that it is counted by: a third faster.
            cursor.execute(
                f"SELECT missed, {columns}, count(*) FROM ("  # noqa: S608
                "SELECT *, CASE WHEN missing & (missing - 1) = 0 THEN missing ELSE -1 END AS missed"
                f" FROM ({marked} OFFSET 0) AS each) AS marked GROUP BY GROUPING SETS ({sets})",
                values,
            )
            return self._counts(names, cursor.fetchall())

    def _with_facets(self, rows: QuerySet) -> QuerySet:
        return rows.annotate(**{f"facet_{name}": column for name, column in self.values.items()})

    def _fits(self, name: str, values: tuple[str, ...]) -> Q:
        lookup = "overlap" if name in self.lists else "in"
        return Q(**{f"facet_{name}__{lookup}": list(values)})

    def _marked(self, rows: QuerySet, asked: Asked) -> QuerySet[Any, dict[str, Any]]:
        """Rows with the values of their facets. ``missing`` has a bit for each facet that they miss."""
        missing: list[Expression] = [
            Case(
                When(self._fits(facet.name, asked.chosen[facet.name]), then=Value(0)), default=Value(1 << bit)
            )
            for bit, facet in enumerate(self.facets)
            if facet.name in asked.chosen
        ]
        none = Value(0, output_field=IntegerField())
        marked = self._with_facets(rows).annotate(missing=reduce(add, missing, none))
        return marked.values("missing", *(f"facet_{facet.name}" for facet in self.facets))

    def _counts(self, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Counts:
        options: dict[str, Counter[str]] = defaultdict(Counter)
        totals: Counter[int] = Counter()
        for missed, *values, number in rows:
            bit = next(bit for bit, value in enumerate(values) if value is not None)
            name, value = names[bit], values[bit]
            if bit == 0:
                totals[missed] += number
            if missed in (0, 1 << bit):
                for each in value if name in self.lists else [value]:
                    options[name][each] += number
        return Counts(
            found=totals[0],
            options=options,
            without={name: totals[0] + totals[1 << bit] for bit, name in enumerate(names)},
            all=totals.total(),
        )
