"""All live profiles as data, and back again: one row per figure as CSV, and whole profiles as JSON.

The JSON holds what an import needs: profiles with the day since when they have been public, the sources that they
name and the look-outs. What is exported, imported into an empty database and exported again is the same, byte for
byte. Numbers are text, so that none is rounded; what a profile does not say is empty.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.dateparse import parse_date, parse_datetime

from case_studies import rows
from case_studies.content_loading import FIELDS, MODELS, ProfileFile
from case_studies.models import CaseStudy, Claim, Profile
from guides.models import LookOut, Source
from mutuals_portal import csv_lines, publishing

NOTE = re.compile(r"\[\^([\w-]+)\]")
SOURCE_FIELDS = ("key", "title", "publisher", "address", "kind")
LOOK_OUT_FIELDS = ("slug", "title", "summary", "position")
AT_A_TIME = 200

COLUMNS: dict[str, str] = {
    "case_study": "profile__document__slug",
    "name": "profile__title",
    "figure": "key",
    "measure": "measure",
    "label": "label",
    "qualifier": "qualifier",
    "number": "number",
    "unit": "unit",
    "date": "day",
    "as_of": "as_of",
    "source_gives_no_date": "is_undated",
    "assured_by": "assured_by",
    "check_again_by": "review_by",
    "source": "source__key",
    "source_title": "source__title",
    "source_publisher": "source__publisher",
    "source_address": "source__address",
    "public_since": "profile__shown_from",
}
TEXT_COLUMNS = ("name", "label", "source_title", "source_publisher", "source_address")


class CannotImport(Exception):
    """A file is not what an export makes. Says where and why, in one sentence."""


@dataclass(frozen=True)
class Imported:
    published: int = 0
    drafts: int = 0
    kept: int = 0

    def __str__(self) -> str:
        return f"{self.published} published, {self.drafts} drafts, {self.kept} left as they are"


# -- Out


def as_csv(*, at: datetime) -> Iterator[str]:
    """One line per figure of what is live, by profile and in the order of the figures."""
    claims = Claim.objects.filter(profile__in=Profile.objects.live(at=at))
    ordered = claims.order_by("profile__document__slug", "position", "pk")
    values = ordered.values_list(*COLUMNS.values()).iterator(AT_A_TIME)
    rows_of_csv = ([_cell(name, each) for name, each in zip(COLUMNS, row, strict=True)] for row in values)
    yield from csv_lines.lines(chain([list(COLUMNS)], rows_of_csv))


def as_json(*, at: datetime) -> Iterator[str]:
    """Whole profiles of what is live, in the order of their addresses, then all that they name."""
    named: dict[str, set[str]] = {"source": set(), "look_out": set()}
    live = Profile.objects.live(at=at).select_related("document", "last_known_source")
    profiles = (_profile(each, named) for each in live.order_by("document__slug").iterator(AT_A_TIME))
    yield '{\n"case_studies": ['
    yield from _listed(profiles)
    yield '],\n"look_outs": ['
    look_outs = LookOut.objects.filter(slug__in=named["look_out"]).order_by("slug")
    yield from _listed(look_outs.values(*LOOK_OUT_FIELDS))
    yield '],\n"sources": ['
    sources = Source.objects.filter(key__in=named["source"]).order_by("key")
    yield from _listed(sources.values(*SOURCE_FIELDS))
    yield "]\n}\n"


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if name == "number" and value is not None:
        return f"{value.normalize():f}"
    return csv_lines.safe(value) if name in TEXT_COLUMNS else value


def _moment(value: datetime | None) -> str:
    return value.isoformat() if value else ""


def _listed(entries: Any) -> Iterator[str]:
    between = "\n"
    for entry in entries:
        yield between + json.dumps(entry, ensure_ascii=False)
        between = ",\n"
    yield "\n"


def _profile(profile: Profile, named: dict[str, set[str]]) -> dict[str, Any]:
    words = {name: getattr(profile, name) for name in FIELDS}
    newest = profile.last_known_source
    words |= {"last_known_source": newest.key if newest else None, "review_by": str(profile.review_by)}
    written = {
        name: [{field: row[field] for field in fields if field in row} for row in profile.written(name)]
        for name, fields in rows.FIELDS.items()
    }
    listed = [row for each in written.values() for row in each]
    texts = [*(getattr(profile, name) for name in Profile.TEXTS), *(row.get("how", "") for row in listed)]
    named["source"] |= rows.links(listed, "source") | {newest.key if newest else ""}
    named["source"].update(key for text in texts for key in NOTE.findall(text))
    named["look_out"] |= rows.links(listed, "look_out")
    public = {"slug": profile.document.slug, "public_since": _moment(profile.shown_from)}
    return public | words | written


# -- In


@transaction.atomic
def take_in(text: str, *, shipped: list[ProfileFile], by: User | None, at: datetime) -> Imported:
    """Make drafts of the profiles in ``text``, by ``by``. Raises CannotImport, and then nothing is changed.

    ``shipped`` are the profiles whose content came with the service. One of the file that says exactly what they say
    is published, since somebody checked it before it was shipped; of all others somebody here has to approve a draft.
    What exists already is left as it is.
    """
    file = _parsed(text)
    _write_new(Source, "key", SOURCE_FIELDS, file["sources"])
    _write_new(LookOut, "slug", LOOK_OUT_FIELDS, file["look_outs"])
    sources = {source.key: source for source in Source.objects.all()}
    known = {"source": sources.keys(), "look_out": set(LookOut.objects.values_list("slug", flat=True))}
    checked = {profile.slug: profile for profile in shipped}
    published = drafts = kept = 0
    for entry in file["case_studies"]:
        slug, since, words = _read_profile(entry, sources, known)
        document, is_new = CaseStudy.objects.get_or_create(slug=slug)
        twin = checked.get(slug)
        if not is_new:
            kept += 1
        elif twin and words == twin.words(sources):
            publishing.publish_loaded(document, at=min(since, at), digest=twin.digest(), **words)
            published += 1
        else:
            _draft(document, words, by=by, at=at)
            drafts += 1
    return Imported(published, drafts, kept)


def _draft(document: CaseStudy, words: dict[str, Any], *, by: User | None, at: datetime) -> None:
    if by is None:
        raise CannotImport(f"{document.slug} becomes a draft: say whose it will be.")
    draft = publishing.start(document, by=by, at=at)
    publishing.write(draft, by=by, at=at, seen=draft.saves, **words)


def _parsed(text: str) -> dict[str, list[dict[str, Any]]]:
    try:
        file = json.loads(text)
    except ValueError as error:
        raise CannotImport(f"It is not JSON: {error}.") from None
    for name in ("case_studies", "look_outs", "sources"):
        listed = file.get(name) if isinstance(file, dict) else None
        if not (isinstance(listed, list) and all(isinstance(entry, dict) for entry in listed)):
            raise CannotImport(f"“{name}” must be a list of objects.")
    return file


def _write_new(model: type[Any], key: str, fields: tuple[str, ...], entries: list[dict[str, Any]]) -> None:
    have = set(model._default_manager.values_list(key, flat=True))
    for entry in entries:
        if entry.get(key) not in have:
            row = model(**_only(fields, entry, entry.get(key)))
            _check(row, str(entry.get(key)))
            row.save()


def _read_profile(
    entry: dict[str, Any], sources: dict[str, Source], known: dict[str, Any]
) -> tuple[str, datetime, dict[str, Any]]:
    """Its address, since when it was public, and what it says."""
    slug = str(entry.get("slug", ""))
    given = {
        name: value for name, value in entry.items() if name not in ("slug", "public_since", *rows.FIELDS)
    }
    words = _only(FIELDS, given, slug)
    _refuse_what_is_no_text(words, slug)
    words["review_by"] = parse_date(str(words.get("review_by", "")))
    words["last_known_source"] = _source(words.get("last_known_source"), sources, slug)
    for name in rows.FIELDS:
        words[f"written_{name}"] = [
            _read_row(name, row, known, slug) for row in _listed_in(entry, name, slug)
        ]
    _check(CaseStudy(slug=slug), slug)
    _check(Profile(**words), slug, only=(*FIELDS,))
    since = parse_datetime(str(entry.get("public_since", "")))
    if since is None or since.tzinfo is None:
        raise CannotImport(f"{slug}: public_since must be a moment with its time zone.")
    return slug, since, words


def _source(key: Any, sources: dict[str, Source], slug: str) -> Source | None:
    if key is None:
        return None
    if key not in sources:
        raise CannotImport(f"{slug}: “{key}” is no source that we know.")
    return sources[key]


def _read_row(name: str, row: dict[str, Any], known: dict[str, Any], slug: str) -> dict[str, Any]:
    _refuse_what_is_no_text(_only(rows.FIELDS[name], row, slug), slug)
    written = rows.as_written(name, row)
    for link, keys in known.items():
        if link in written and written[link] not in keys:
            raise CannotImport(f"{slug}: “{written[link]}” is no {link.replace('_', '-')} that we know.")
    plain = {field: value for field, value in written.items() if field not in known}
    _check(MODELS[name](**plain), slug, only=tuple(plain))
    return written


def _listed_in(entry: dict[str, Any], name: str, slug: str) -> list[dict[str, Any]]:
    listed = entry.get(name, [])
    if not (isinstance(listed, list) and all(isinstance(row, dict) for row in listed)):
        raise CannotImport(f"{slug}: {name} must be a list of objects.")
    return listed


def _refuse_what_is_no_text(values: dict[str, Any], slug: str) -> None:
    for name, value in values.items():
        if name == "sectors":
            is_fit = isinstance(value, list) and all(isinstance(each, str) for each in value)
        else:
            is_fit = value is None or isinstance(value, str | bool)
        if not is_fit:
            raise CannotImport(f"{slug}: {name} must be {'a list of text' if name == 'sectors' else 'text'}.")


def _only(fields: tuple[str, ...], entry: dict[str, Any], where: Any) -> dict[str, Any]:
    for name in entry:
        if name not in fields:
            raise CannotImport(f"{where}: {name} is not one of {', '.join(fields)}.")
    return dict(entry)


def _check(row: models.Model, where: str, *, only: tuple[str, ...] = ()) -> None:
    """Raises CannotImport where a value is of no use. What a draft may lack is not asked for."""
    left_out = {field.name for field in row._meta.fields if only and field.name not in only}
    try:
        row.clean_fields(exclude=left_out | {field.name for field in row._meta.fields if field.is_relation})
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise CannotImport(f"{where}: {name}: {messages[0]}") from None
