"""The rows of the tool “Legal forms” as its rules read them: forms, what is known of each, and questions. Pure.

A draft may lack anything: a row that cannot be read is left out here, and told of in ``checking``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from guides.tables import Fields, Row, Tables
from mutuals_portal.markup import NATIONS

TABLES: Fields = {
    "forms": ("key", "name", "summary", "nations", "source"),
    "features": ("key", "name", "hint", "usual"),
    "facts": ("forms", "feature", "words", "nations", "source"),
    "criteria": ("key", "name", "text", "hint", "skip"),
    "options": ("criterion", "key", "text"),
    "leanings": ("criterion", "option", "forms", "leans", "reason", "nations", "source"),
}
NATION = "nation"
"""The question whose answer decides what counts of the law of single nations."""
UNKNOWN = "unknown"
"""What stands in place of a source where we looked and do not know."""


class Leans(StrEnum):
    """What an answer means for a form. ``ASK``: nothing, before a lawyer has been asked."""

    FOR = "for"
    AGAINST = "against"
    RULES_OUT = "rules-out"
    ASK = "ask"


@dataclass(frozen=True)
class Form:
    key: str
    name: str
    summary: str
    nations: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Feature:
    """What forms are compared by. A ``usual`` one is shown to whoever has chosen nothing."""

    key: str
    name: str
    hint: str
    is_usual: bool


@dataclass(frozen=True)
class Fact:
    """One thing about a form. Without ``nations`` it holds wherever the form exists.

    ``source``: the key of a source, a special one as texts have them, or ``UNKNOWN``.
    """

    words: str
    nations: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Option:
    key: str
    text: str


@dataclass(frozen=True)
class Criterion:
    """One question. ``skip``: what not answering it means, in words."""

    key: str
    name: str
    text: str
    hint: str
    skip: str
    options: tuple[Option, ...]

    def option(self, key: str) -> Option:
        return next(option for option in self.options if option.key == key)


@dataclass(frozen=True)
class Leaning:
    """Without ``nations`` it counts everywhere."""

    forms: tuple[str, ...]
    leans: Leans
    reason: str
    nations: tuple[str, ...]
    source: str

    def counts_in(self, nation: str) -> bool:
        """Without a nation it counts: whoever has not said where may be there."""
        return not (nation and self.nations) or nation in self.nations


@dataclass(frozen=True)
class Rules:
    """``facts`` by form and feature, ``leanings`` by question and answer; forms and the rest in the editors' order."""

    forms: tuple[Form, ...]
    features: tuple[Feature, ...]
    facts: Mapping[tuple[str, str], Sequence[Fact]]
    criteria: tuple[Criterion, ...]
    leanings: Mapping[tuple[str, str], Sequence[Leaning]]

    def form(self, key: str) -> Form:
        return next(form for form in self.forms if form.key == key)


def read(tables: Tables) -> Rules:
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for row in tables.get("facts", ()):
        fact = Fact(_text(row, "words"), nations_of(row), _text(row, "source"))
        for form in several(row, "forms"):
            facts[form, _text(row, "feature")].append(fact)
    return Rules(
        forms=tuple(
            Form(key, _text(row, "name") or key, _text(row, "summary"), nations_of(row), _text(row, "source"))
            for key, row in _by_key(tables, "forms")
        ),
        features=tuple(
            Feature(key, _text(row, "name") or key, _text(row, "hint"), bool(row.get("usual")))
            for key, row in _by_key(tables, "features")
        ),
        facts=facts,
        criteria=_criteria(tables),
        leanings=_leanings(tables),
    )


def several(row: Row, field: str) -> tuple[str, ...]:
    """Each of the values of a field that may hold one or many, once."""
    value: Any = row.get(field) or ()
    return tuple(dict.fromkeys([value] if isinstance(value, str) else map(str, value)))


def nations_of(row: Row) -> tuple[str, ...]:
    return in_order(NATIONS, several(row, "nations"))


def in_order(every: Iterable[str], wanted: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in every if each in wanted)


def _criteria(tables: Tables) -> tuple[Criterion, ...]:
    options: dict[str, dict[str, Option]] = defaultdict(dict)
    for row in tables.get("options", ()):
        if key := _text(row, "key"):
            options[_text(row, "criterion")].setdefault(key, Option(key, _text(row, "text") or key))
    return tuple(
        Criterion(
            key,
            _text(row, "name") or key,
            _text(row, "text"),
            _text(row, "hint"),
            _text(row, "skip"),
            tuple(options[key].values()),
        )
        for key, row in _by_key(tables, "criteria")
    )


def _leanings(tables: Tables) -> Mapping[tuple[str, str], Sequence[Leaning]]:
    found: dict[tuple[str, str], list[Leaning]] = defaultdict(list)
    for row in tables.get("leanings", ()):
        if row.get("leans") in list(Leans):
            found[_text(row, "criterion"), _text(row, "option")].append(
                Leaning(
                    several(row, "forms"),
                    Leans(row["leans"]),
                    _text(row, "reason"),
                    nations_of(row),
                    _text(row, "source"),
                )
            )
    return found


def _by_key(tables: Tables, table: str) -> list[tuple[str, Row]]:
    """Rows by their key, the first of each."""
    found: dict[str, Row] = {}
    for row in tables.get(table, ()):
        if key := _text(row, "key"):
            found.setdefault(key, row)
    return list(found.items())


def _text(row: Row, field: str) -> str:
    return str(row.get(field) or "")
