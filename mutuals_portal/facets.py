"""Filters of a list that stand in its address: ``?sector=leisure&sector=youth&sort=size&page=2``.

Any of the values chosen in a facet will do, and every facet must fit. An option counts what would be found were it
alone chosen in its facet, the other facets as they are. Pure: whoever has the rows counts them.

An address may hold anything. What is no option is left out, and the reader is told; so the database is never asked
for more than the options that there are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
SAID_OF_UNKNOWN = 3
"""So many unknown values are quoted to the reader, each this long at most. The rest are counted."""
LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Facet:
    """One question that a list can be filtered by. ``options``: what each value is called, in order."""

    name: str
    label: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """What an address asks for, once all that makes no sense has been left out.

    ``chosen`` has the facets in which something is chosen, with the values in the order of their options. ``kept`` is
    what else its addresses hold, such as the words that were looked for.
    """

    path: str
    facets: tuple[Facet, ...]
    sorts: Mapping[str, str]
    chosen: Mapping[str, tuple[str, ...]]
    sort: str
    page: int = 1
    problems: tuple[str, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        """The one plain address of this list."""
        query: list[tuple[str, str | int]] = [
            *self.kept,
            *((facet.name, value) for facet in self.facets for value in self.chosen.get(facet.name, ())),
        ]
        if self.sort != next(iter(self.sorts)):
            query.append(("sort", self.sort))
        if self.page > 1:
            query.append(("page", self.page))
        return f"{self.path}?{urlencode(query)}" if query else self.path

    def without(self, name: str, value: str = "") -> "Asked":
        """The same from its first page, less one value or, without one, less all that is chosen in a facet."""
        left = tuple(other for other in self.chosen[name] if value and other != value)
        others = {facet: values for facet, values in self.chosen.items() if facet != name}
        return replace(self, chosen=others | ({name: left} if left else {}), page=1)

    def with_(self, name: str, value: str) -> "Asked":
        """The same from its first page, and one value more."""
        wanted = {*self.chosen.get(name, ()), value}
        facet = next(facet for facet in self.facets if facet.name == name)
        values = tuple(option for option in facet.options if option in wanted)
        return replace(self, chosen={**self.chosen, name: values}, page=1)

    def on_page(self, page: int) -> "Asked":
        return replace(self, page=page)

    def within(self, pages: int) -> "Asked":
        """The same, but on the last page where it asks for one after that."""
        if self.page <= max(pages, 1):
            return self
        problem = f"There is no page {self.page:,}. This is the last page."
        return replace(self, page=max(pages, 1), problems=(*self.problems, problem))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Filter:
    """A facet as its part of the form: options that would find something, and those that are chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def number_chosen(self) -> int:
        return sum(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Chosen:
    """A chosen value, and the address of the list without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True)
class Relaxation:
    """What would be found if nothing were chosen in this facet."""

    facet: str
    number: int
    address: str


def read(
    query: Mapping[str, Sequence[str]], *, path: str, facets: Sequence[Facet], sorts: Mapping[str, str]
) -> Asked:
    """``query``: all values of each key. ``sorts``: the orders by name, the usual one first."""
    problems: list[str] = []
    chosen = {}
    for facet in facets:
        given = dict.fromkeys(filter(None, query.get(facet.name, ())))
        if values := tuple(value for value in facet.options if value in given):
            chosen[facet.name] = values
        if unknown := [value for value in given if value not in facet.options]:
            problems.append(_unknown(facet, unknown))
    sort = _last(query, "sort") or next(iter(sorts))
    if sort not in sorts:
        problems.append(f"We cannot sort by {_quoted(sort)}.")
        sort = next(iter(sorts))
    page = _last(query, "page") or "1"
    if not PAGE_NUMBER.fullmatch(page):
        problems.append(f"{_quoted(page)} is not the number of a page. This is the first page.")
        page = "1"
    return Asked(path, tuple(facets), sorts, chosen, sort, int(page), tuple(problems))


def filters(asked: Asked, numbers: Mapping[str, Mapping[str, int]]) -> list[Filter]:
    """``numbers``: how many each option of each facet would find."""
    found = []
    for facet in asked.facets:
        chosen = asked.chosen.get(facet.name, ())
        of_facet = numbers.get(facet.name, {})
        options = (
            Option(value, label, of_facet.get(value, 0), value in chosen)
            for value, label in facet.options.items()
        )
        shown = tuple(option for option in options if option.number or option.is_chosen)
        if shown:
            found.append(Filter(facet.name, facet.label, shown))
    return found


def chosen(asked: Asked) -> list[Chosen]:
    return [
        Chosen(facet.label, facet.options[value], asked.without(facet.name, value).address)
        for facet in asked.facets
        for value in asked.chosen.get(facet.name, ())
    ]


def relaxations(asked: Asked, numbers: Mapping[str, int]) -> list[Relaxation]:
    """Which single facet to give up, what helps most first. ``numbers``: what would be found without each."""
    found = [
        Relaxation(facet.label, numbers[facet.name], asked.without(facet.name).address)
        for facet in asked.facets
        if facet.name in asked.chosen and numbers.get(facet.name)
    ]
    return sorted(found, key=lambda relaxation: -relaxation.number)


def _unknown(facet: Facet, values: Sequence[str]) -> str:
    named = [_quoted(value) for value in values[:SAID_OF_UNKNOWN]]
    if len(values) > len(named):
        named.append(f"{len(values) - len(named)} others")
    words = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"{facet.label}: we do not know {words}, so we left that out."


def _quoted(value: str) -> str:
    readable = "".join(character for character in value[:LONGEST_QUOTE] if character.isprintable())
    return f"“{readable}{'…' if len(value) > LONGEST_QUOTE else ''}”"


def _last(query: Mapping[str, Sequence[str]], key: str) -> str:
    return (list(query.get(key, ())) or [""])[-1]
