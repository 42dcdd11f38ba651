"""Rows that come with the service: read from YAML by line, written without undoing an editor's work.

A content file is a list of entries. ``read`` checks every entry against the model before anything is
written, and names the file and line of the first fault. ``write`` then creates what is missing and
renews what nobody has touched: a row keeps the digest of what a file last wrote to it, so a row that
says something else now has been edited and is left alone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from yaml.constructor import SafeConstructor

KINDS = {ArrayField: list, models.DateField: date}  # a field of any other type holds text
IN_WORDS = {str: "text", list: "a list", date: "a date such as 2026-11-21"}


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
        raise ContentError(f"{self.path.name}, line {self.lines.get(at, self.line)}: {sentence}")


@dataclass(frozen=True)
class Outcome:
    """How many rows a load wrote, found as they were, and left alone because an editor changed them."""

    loaded: int = 0
    unchanged: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"{self.loaded} loaded, {self.unchanged} unchanged, {self.kept} kept because edited"


def read(path: Path, model: type[models.Model], fields: Sequence[str], *, numbered: str = "") -> list[Entry]:
    """The entries of a file whose keys are ``fields`` of ``model``, each of them fit to be saved.

    What an entry leaves out has the model's default. ``numbered`` names the field that holds an entry's
    place in the file. Links to other models are left to the caller to check. Raises ContentError.
    """
    default = _defaults(model)
    entries: list[Entry] = []
    slugs: dict[str, Entry] = {}
    for place, entry in enumerate(_parse(path), start=1):
        for name in entry.values:
            if name not in fields:
                entry.refuse(f"{name} is not one of {', '.join(fields)}.", at=name)
        place_in_file = {numbered: place} if numbered else {}
        values = {name: default[name] for name in fields} | entry.values | place_in_file
        complete = replace(entry, values=values)
        _check(complete, model)
        if "slug" in fields:
            first = slugs.setdefault(complete.values["slug"], complete)
            if first is not complete:
                complete.refuse(f"slug: line {first.line} says the same.", at="slug")
        entries.append(complete)
    return entries


def write(model: type[Any], entries: Sequence[Entry]) -> Outcome:
    """Bring the rows of a model with ``slug`` and ``loaded_digest`` up to date. Call it in a transaction."""
    slugs = [entry.values["slug"] for entry in entries]
    rows = {row.slug: row for row in model._default_manager.select_for_update().filter(slug__in=slugs)}
    loaded = unchanged = kept = 0
    for entry in entries:
        row = rows.get(entry.values["slug"]) or model()
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


def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {field.name: field.get_default() for field in model._meta.fields}


def _parse(path: Path) -> list[Entry]:
    try:
        document = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise ContentError(f"{path.name} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{path.name} is not UTF-8 text.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ContentError(f"{path.name}, line {mark.line + 1 if mark else 1}: {error.problem}.") from None
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name} is not YAML: {error}") from None
    if not isinstance(document, yaml.SequenceNode):
        raise ContentError(f"{path.name}, line 1: the file must be a list of entries.")
    return [_entry(path, node) for node in document.value]


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
    try:
        return SafeConstructor().construct_document(node)
    except (yaml.YAMLError, ValueError):
        entry.refuse(f"{name} cannot be read.", at=name)


def _check(entry: Entry, model: type[models.Model]) -> None:
    row = model()
    own_fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    for name, value in entry.values.items():
        if field := own_fields.get(name):
            if name in entry.lines and type(value) is not (wanted := KINDS.get(type(field), str)):
                entry.refuse(f"{name} must be {IN_WORDS[wanted]}.", at=name)
            setattr(row, name, value)
    try:
        row.clean_fields(exclude={field.name for field in model._meta.fields if field.is_relation})
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        entry.refuse(f"{name}: {messages[0]}", at=name)
