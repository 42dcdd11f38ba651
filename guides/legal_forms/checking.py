"""What keeps the rows of the tool “Legal forms” from being published, one sentence each. Pure.

A form for which no answer speaks could never come first, and one against which none speaks would never be “probably
not”: either is told. Any other form can do both, for a single answer that leans so is enough. Whether it can come
first *alone* is not asked: two forms that fit equally are an honest answer.
"""

from collections import Counter
from collections.abc import Iterator

from guides.legal_forms.asked import RESERVED
from guides.legal_forms.rules import NATION, UNKNOWN, Leans, nations_of, several
from guides.tables import Known, Row, Tables, called, missing, twice
from mutuals_portal.markup import NATIONS, SPECIAL, nations_in_words

ASKED_FOR = {
    "forms": {"key": "enter a key", "name": "enter a name", "summary": "say what it is in one sentence"}
    | {"nations": "say in which nations it exists", "source": "name a source"},
    "features": {"key": "enter a key", "name": "enter a name"},
    "criteria": {"key": "enter a key", "name": "enter a short name", "text": "enter the question"}
    | {"skip": "say what not answering it means"},
}
NOUNS = {"forms": "Form", "features": "Feature", "facts": "Fact", "criteria": "Question"} | {
    "options": "Answer",
    "leanings": "Leaning",
}


def problems(tables: Tables, known: Known) -> Iterator[str]:
    for table, asked_for in ASKED_FOR.items():
        yield from missing(NOUNS[table], _rows(tables, table), asked_for, named="key")
        yield from twice(NOUNS[table], _rows(tables, table), "key")
    if not _rows(tables, "forms") or not _rows(tables, "criteria"):
        yield "Enter the forms and the questions."
    for row in _rows(tables, "criteria"):
        if row.get("key") in RESERVED:
            yield f"Question “{row['key']}”: this key means something else in addresses. Choose another."
    for place, row in enumerate(_rows(tables, "forms"), start=1):
        yield from _source(called("Form", row, place, named="key"), row, known, unknown=False)
    yield from _facts(tables, known)
    yield from _options(tables)
    yield from _leanings(tables, known)
    yield from _nation_rules(tables)


def _facts(tables: Tables, known: Known) -> Iterator[str]:
    forms, features = _keys(tables, "forms"), _keys(tables, "features")
    told: Counter[tuple[str, str]] = Counter()
    said: Counter[tuple[str, str, str]] = Counter()
    unknown: set[tuple[str, str]] = set()
    for place, row in enumerate(_rows(tables, "facts"), start=1):
        name = f"Fact {place} ({_list(several(row, 'forms'))} / {row.get('feature', '')})"
        yield from _unknown(name, row, "forms", forms, "form")
        yield from _unknown(name, row, "feature", features, "feature")
        yield from _source(name, row, known, unknown=True)
        if not row.get("words") and row.get("source") != UNKNOWN:
            yield f"{name}: enter what is known."
        for form in several(row, "forms"):
            cell = form, str(row.get("feature", ""))
            told[cell] += 1
            said[*cell, str(row.get("words", "")).casefold()] += 1
            if row.get("source") == UNKNOWN and not row.get("nations"):
                unknown.add(cell)
    yield from (
        f"Fact “{form} / {feature}”: it is there twice." for (form, feature, _), n in said.items() if n > 1
    )
    for form, feature in sorted(unknown):
        if told[form, feature] > 1:
            yield f"Fact “{form} / {feature}”: said to be unknown, and yet there is a fact."
    for form in forms:
        for feature in features:
            if not told[form, feature]:
                yield f"Form “{form}”: say what is known of “{feature}”, or that it is unknown."


def _options(tables: Tables) -> Iterator[str]:
    criteria = _keys(tables, "criteria")
    with_options = set()
    yield from twice("Answer", _rows(tables, "options"), "criterion", "key")
    for place, row in enumerate(_rows(tables, "options"), start=1):
        name = f"Answer {place} ({row.get('criterion', '')} / {row.get('key', '')})"
        yield from _unknown(name, row, "criterion", criteria, "question")
        if not row.get("key") or not row.get("text"):
            yield f"{name}: enter a key and its words."
        with_options.add(row.get("criterion"))
    for key in criteria:
        if key not in with_options:
            yield f"Question “{key}”: it has no answers."


def _leanings(tables: Tables, known: Known) -> Iterator[str]:
    forms = _keys(tables, "forms")
    options = [(str(row.get("criterion", "")), str(row.get("key", ""))) for row in _rows(tables, "options")]
    counted: Counter[tuple[str, str, str]] = Counter()
    lean: set[tuple[str, str]] = set()
    speaks: set[tuple[str, bool]] = set()
    for place, row in enumerate(_rows(tables, "leanings"), start=1):
        answer = str(row.get("criterion", "")), str(row.get("option", ""))
        name = f"Leaning {place} ({' / '.join(answer)})"
        if answer not in options:
            yield f"{name}: there is no such answer."
        yield from _unknown(name, row, "forms", forms, "form")
        yield from _leaning(name, row, known)
        lean.add(answer)
        for form in several(row, "forms") if row.get("leans") != Leans.ASK else ():
            counted[*answer, form] += 1
            speaks.add((form, row.get("leans") == Leans.FOR))
    for (criterion, option, form), times in counted.items():
        if times > 1:
            yield f"Answer “{criterion} / {option}”: it counts {times} times for or against “{form}”."
    yield from (
        f"Answer “{' / '.join(answer)}”: it leans nowhere." for answer in options if answer not in lean
    )
    for form in forms:
        if (form, True) not in speaks:
            yield f"Form “{form}”: no answer speaks for it, so it could never come first."
        if (form, False) not in speaks:
            yield f"Form “{form}”: no answer speaks against it or rules it out."


def _leaning(name: str, row: Row, known: Known) -> Iterator[str]:
    if row.get("leans") not in list(Leans):
        yield f"{name}: say whether it speaks for the form, against it, rules it out or has a lawyer asked."
    if not row.get("reason"):
        yield f"{name}: enter the reason."
    yield from _source(name, row, known, unknown=False)
    if row.get("leans") == Leans.RULES_OUT and row.get("source") in SPECIAL:
        yield f"{name}: only what has a source rules a form out. Let it speak against the form."
    if row.get("leans") == Leans.RULES_OUT and row.get("nations"):
        yield f"{name}: what rules a form out in some nations belongs to the question “{NATION}”."


def _nation_rules(tables: Tables) -> Iterator[str]:
    """A form is ruled out where it does not exist, and nowhere else."""
    options = [row.get("key") for row in _rows(tables, "options") if row.get("criterion") == NATION]
    for key in options:
        if key not in NATIONS:
            yield f"Answer “{NATION} / {key}”: this is not a nation."
    ruled = {
        (form, row.get("option"))
        for row in _rows(tables, "leanings")
        if row.get("criterion") == NATION and row.get("leans") == Leans.RULES_OUT
        for form in several(row, "forms")
    }
    for row in _rows(tables, "forms") if options else ():
        name, there = f"Form “{row.get('key', '')}”", nations_of(row)
        for nation, label in NATIONS.items():
            is_ruled_out = (row.get("key"), nation) in ruled
            if nation in there and is_ruled_out:
                yield f"{name}: it exists in {label}, and yet the answer “{nation}” rules it out."
            if there and nation not in there and not is_ruled_out:
                where = nations_in_words(there)
                yield f"{name}: it exists in {where} only, so the answer “{nation}” must rule it out."


def _source(name: str, row: Row, known: Known, *, unknown: bool) -> Iterator[str]:
    source = row.get("source", "")
    if not source:
        yield f"{name}: name a source, or say that it is not confirmed."
    elif source == UNKNOWN and unknown:
        return
    elif source not in SPECIAL and source not in known.sources:
        yield f"{name}: “{source}” is not the key of a source."


def _unknown(name: str, row: Row, field: str, keys: list[str], noun: str) -> Iterator[str]:
    values = several(row, field)
    if not values:
        yield f"{name}: name a {noun}."
    for value in values:
        if value not in keys:
            yield f"{name}: “{value}” is not the key of a {noun}."


def _rows(tables: Tables, table: str) -> list[Row]:
    return list(tables.get(table, ()))


def _keys(tables: Tables, table: str) -> list[str]:
    return [str(row["key"]) for row in _rows(tables, table) if row.get("key")]


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(values)
