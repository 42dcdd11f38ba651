"""Rows that come with the service: read from YAML by line, written without undoing an editor's work.

A content file is a list of entries, or one text in Markdown under its facts in YAML. ``read`` and
``read_text`` check every entry against the model before anything is written, and name the file and
line of the first fault. ``write`` then creates what is missing and
renews what nobody has touched: a row keeps the digest of what a file last wrote to it, so a row that
says something else now has been edited and is left alone.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from yaml.constructor import SafeConstructor

TEXT: tuple[type, ...] = (str,)
KINDS: dict[type, tuple[type, ...]] = {  # a field of any other type holds text
    ArrayField: (list,),
    models.BooleanField: (bool,),
    models.DateField: (date,),
    models.DecimalField: (int, Decimal),
}
IN_WORDS: dict[tuple[type, ...], str] = {
    TEXT: "text",
    (bool,): "true or false",
    (list,): "a list",
    (date,): "a date such as 2026-11-21",
    (int, Decimal): "a number",
}
FRONT = re.compile(r"\A---\n(?P<facts>.*?)^---\n", re.DOTALL | re.MULTILINE)


class ContentError(Exception):
    """A content file cannot be right. Says which file, which line and why, in one sentence."""


@dataclass(frozen=True)
class Entry:
    """One entry of a file: its values, and the line on which each of them stands."""

    path: Path
    line: int
    values: dict[str, Any]
    lines: dict[str, int]

    def refuse(self, sentence: str, *, at: str = "") -> NoReturn:
        raise ContentError(f"{_name(self.path)}, line {self.lines.get(at, self.line)}: {sentence}")


@dataclass(frozen=True)
class Outcome:
    """How many rows a load wrote, found as they were, and left alone because an editor changed them."""

    loaded: int = 0
    unchanged: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"{self.loaded} loaded, {self.unchanged} unchanged, {self.kept} kept because edited"


def read(
    path: Path,
    model: type[models.Model],
    fields: Sequence[str],
    *,
    numbered: str = "",
    key: str = "slug",
) -> list[Entry]:
    """The entries of a file whose keys are ``fields`` of ``model``, each of them fit to be saved.

    What an entry leaves out has the model's default. ``numbered`` names the field that holds an entry's
    place in the file, ``key`` the field that no two entries may share. Links to other models are left to
    the caller to check. Raises ContentError.
    """
    entries: list[Entry] = []
    keys: dict[str, Entry] = {}
    for place, entry in enumerate(_parse(path), start=1):
        complete = _complete(entry, model, fields, {numbered: place} if numbered else {})
        if key in fields:
            first = keys.setdefault(complete.values[key], complete)
            if first is not complete:
                complete.refuse(f"{key}: line {first.line} says the same.", at=key)
        entries.append(complete)
    return entries


def read_text(path: Path, model: type[models.Model], fields: Sequence[str], *, body: str) -> Entry:
    """The one entry of a Markdown file: facts in YAML between two lines ``---``, and under them the text.

    The text becomes the field ``body``; ``lines[body]`` is the line that it begins on. Raises ContentError.
    """
    written = _written(path)
    front = FRONT.match(written)
    if not front:
        raise ContentError(f"{_name(path)}, line 1: the file must begin with facts between two lines “---”.")
    # The empty line stands for the first “---”, so that YAML counts the lines of the file.
    facts = _compose(path, f"\n{front['facts']}")
    entry = _entry(path, facts) if facts else Entry(path, 1, {}, {})
    text = written[front.end() :]
    entry.lines[body] = written.count("\n", 0, len(written) - len(text.lstrip())) + 1
    entry.values[body] = text.strip()
    return _complete(entry, model, fields, {})


def read_with_parts(
    path: Path,
    model: type[models.Model],
    fields: Sequence[str],
    parts: Mapping[str, tuple[type[models.Model], Sequence[str]]],
) -> tuple[Entry, dict[str, list[Entry]]]:
    """The one entry of a file, and the lists of rows that belong to it, each with its own model and fields.

    A row's ``position`` is its place in its list. Raises ContentError.
    """
    whole = _whole(path)
    rows = {
        name: [
            _complete(row, part_model, part_fields, {"position": place})
            for place, row in enumerate(_listed(whole, name), start=1)
        ]
        for name, (part_model, part_fields) in parts.items()
    }
    return _complete(whole, model, fields, {}), rows


def read_with_rows(
    path: Path, model: type[models.Model], fields: Sequence[str], tables: Mapping[str, Sequence[str]]
) -> tuple[Entry, dict[str, list[Entry]]]:
    """The one entry of a file, and lists of rows that no model has: text, true, or lists of texts.

    ``tables`` names the fields of each list's rows. A number becomes text. Raises ContentError.
    """
    whole = _whole(path)
    rows = {
        name: [_plain_row(row, row_fields) for row in _listed(whole, name)]
        for name, row_fields in tables.items()
    }
    return _complete(whole, model, fields, {}), rows


def write(model: type[Any], entries: Sequence[Entry], *, key: str = "slug") -> Outcome:
    """Bring the rows of a model with ``loaded_digest`` up to date. Call it in a transaction."""
    keys = [entry.values[key] for entry in entries]
    found = model._default_manager.select_for_update().filter(**{f"{key}__in": keys})
    rows = {getattr(row, key): row for row in found}
    loaded = unchanged = kept = 0
    for entry in entries:
        row = rows.get(entry.values[key]) or model()
        in_file = digest(model, entry.values)
        in_row = digest(model, {name: getattr(row, name) for name in entry.values})
        if row.pk and in_row == in_file:
            unchanged += 1
        elif row.pk and in_row != row.loaded_digest:
            kept += 1
        else:
            for name, value in entry.values.items():
                setattr(row, name, value)
            row.loaded_digest = in_file
            row.save()
            loaded += 1
    return Outcome(loaded, unchanged, kept)


def digest(model: type[models.Model], values: dict[str, Any]) -> str:
    """What ``values`` say. A field at its default says nothing, so a field that is added to the model
    later does not make every row look edited."""
    default = _defaults(model)
    said = {name: value for name, value in values.items() if value != default[name]}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _name(path: Path) -> str:
    """The path inside its app's ``content`` folder: many texts are called index.md."""
    parts = path.parts
    return "/".join(parts[parts.index("content") + 1 :]) if "content" in parts else path.name


def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {field.name: field.get_default() for field in model._meta.fields}


def _whole(path: Path) -> Entry:
    document = _compose(path, _written(path))
    if document is None:
        raise ContentError(f"{_name(path)}, line 1: the file is empty.")
    return _entry(path, document)


def _listed(whole: Entry, name: str) -> list[Entry]:
    """Takes the rows of one list out of the values of its file."""
    listed = whole.values.pop(name, [])
    if not (isinstance(listed, list) and all(isinstance(row, Entry) for row in listed)):
        whole.refuse(f"{name} must be a list of entries.", at=name)
    return listed


def _plain_row(row: Entry, fields: Sequence[str]) -> Entry:
    values = {}
    for name, value in row.values.items():
        if name not in fields:
            row.refuse(f"{name} is not one of {', '.join(fields)}.", at=name)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            value = str(value)
        is_list = isinstance(value, list) and all(isinstance(each, str) for each in value)
        if not (isinstance(value, str | bool) or is_list):
            row.refuse(f"{name} must be text, true, or a list of texts.", at=name)
        if "\0" in (value if isinstance(value, str) else "".join(value) if is_list else ""):
            row.refuse(f"{name}: an invisible control character stands in it.", at=name)
        if value not in ("", False, []):
            values[name] = value
    return replace(row, values=values)


def _complete(entry: Entry, model: type[models.Model], fields: Sequence[str], given: dict[str, Any]) -> Entry:
    for name in entry.values:
        if name not in fields:
            entry.refuse(f"{name} is not one of {', '.join(fields)}.", at=name)
    default = _defaults(model)
    values = {name: default[name] for name in fields if name in default} | entry.values | given
    complete = replace(entry, values=values)
    _check(complete, model)
    return complete


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors put a mark before the first line
    except OSError as error:
        raise ContentError(f"{_name(path)} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{_name(path)} is not UTF-8 text.") from None


def _parse(path: Path) -> list[Entry]:
    document = _compose(path, _written(path))
    if not isinstance(document, yaml.SequenceNode):
        raise ContentError(f"{_name(path)}, line 1: the file must be a list of entries.")
    return [_entry(path, node) for node in document.value]


def _compose(path: Path, text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(f"{_name(path)}, line {mark.line + 1 if mark else 1}: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise ContentError(f"{_name(path)} is not YAML: {error}") from None
    except RecursionError:
        raise ContentError(f"{_name(path)}: lists stand too deep in each other.") from None


def _entry(path: Path, node: yaml.Node) -> Entry:
    entry = Entry(path, node.start_mark.line + 1, {}, {})
    if not isinstance(node, yaml.MappingNode):
        entry.refuse("an entry must be a list of “name: value” lines.")
    for name_node, value_node in node.value:
        name = str(name_node.value)
        entry.lines[name] = name_node.start_mark.line + 1
        if name in entry.values:
            entry.refuse(f"{name} stands here twice.", at=name)
        value = _value(value_node, entry, name)
        entry.values[name] = value.strip() if isinstance(value, str) else value
    return entry


def _value(node: yaml.Node, entry: Entry, name: str) -> Any:
    if isinstance(node, yaml.SequenceNode) and any(isinstance(each, yaml.MappingNode) for each in node.value):
        return [_entry(entry.path, each) for each in node.value]
    try:
        value = SafeConstructor().construct_document(node)
    except (yaml.YAMLError, ValueError, RecursionError):
        entry.refuse(f"{name} cannot be read.", at=name)
    # As it is written: 0.01 as a float has too many digits for any field.
    return Decimal(str(value)) if isinstance(value, float) else value


def _check(entry: Entry, model: type[models.Model]) -> None:
    row = model()
    own_fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    for name, value in entry.values.items():
        if field := own_fields.get(name):
            wanted = KINDS.get(type(field), TEXT)
            if name in entry.lines and type(value) not in wanted:
                entry.refuse(f"{name} must be {IN_WORDS[wanted]}.", at=name)
            if isinstance(value, str) and "\0" in value:  # which no database can keep
                entry.refuse(f"{name}: an invisible control character stands in it.", at=name)
            setattr(row, name, value)
    try:
        row.clean_fields(
            exclude={field.name for field in model._meta.fields} - (own_fields.keys() & entry.values)
        )
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        entry.refuse(f"{name}: {messages[0]}", at=name)
