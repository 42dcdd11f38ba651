"""The profiles that come with the service, one YAML file each. ``load_content`` calls it.

They are published as they come, since somebody has checked them before they were shipped; so all that publishing
refuses is refused here, with file and line. A profile that anybody here has written in, or withdrawn, is the editors'
from then on.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.text import slugify

from case_studies import wording
from case_studies.models import CaseStudy, Claim, Evidence, Milestone, OwnershipShare, Profile
from guides.models import LookOut, Source
from mutuals_portal import content_files, publishing
from mutuals_portal.content_files import Entry, Outcome

CONTENT = Path(__file__).parent / "content"

FIELDS = (*Profile.WORDS, "review_by")
PARTS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "claims": (
        Claim,
        (
            "key",
            "measure",
            "label",
            "qualifier",
            "number",
            "unit",
            "day",
            "as_of",
            "is_undated",
            "assured_by",
            "review_by",
            "source",
        ),
    ),
    "shares": (OwnershipShare, ("group", "basis", "percent", "words", "as_of", "source")),
    "milestones": (Milestone, ("stage", "title", "begins", "ends", "source")),
    "evidence": (Evidence, ("look_out", "stage", "effect", "how", "source")),
}
LINKS = {"source", "last_known_source", "look_out"}


@dataclass(frozen=True)
class ProfileFile:
    """One profile as its file has it."""

    slug: str
    entry: Entry
    parts: dict[str, list[Entry]]

    def digest(self) -> str:
        said = [content_files.digest(Profile, self.entry.values)]
        for name, rows in self.parts.items():
            said += [content_files.digest(PARTS[name][0], row.values) for row in rows]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()


def read_profiles(
    *, look_outs: Iterable[Entry], sources: Iterable[Entry], folder: Path = CONTENT
) -> list[ProfileFile]:
    """Raises ContentError for what may not be published."""
    known = {
        "source": {entry.values["key"] for entry in sources},
        "look_out": {entry.values["slug"] for entry in look_outs},
    }
    known["last_known_source"] = known["source"]
    profiles = []
    for path in sorted(folder.glob("*.yaml")):
        entry, parts = content_files.read_with_parts(path, Profile, FIELDS, PARTS)
        profile = ProfileFile(path.stem, entry, parts)
        _refuse_what_is_missing(profile, known)
        profiles.append(profile)
    return profiles


def write_profiles(profiles: list[ProfileFile], *, at: datetime) -> Outcome:
    """Publish what is new or has changed in the files, where nobody has edited it. Call it in a transaction."""
    linked: dict[str, dict[str, Any]] = {
        "source": {source.key: source for source in Source.objects.all()},
        "look_out": {look_out.slug: look_out for look_out in LookOut.objects.all()},
    }
    linked["last_known_source"] = linked["source"]
    rows = {row.slug: row for row in CaseStudy.objects.select_for_update()}
    edited, digests = _editions()
    loaded = unchanged = kept = 0
    for profile in profiles:
        digest = profile.digest()
        document = rows.get(profile.slug)
        if document and document.pk in edited:
            kept += 1
        elif document and digests.get(document.pk) == digest:
            unchanged += 1
        else:
            document = document or CaseStudy.objects.create(slug=profile.slug)
            words = _resolved(profile.entry.values, linked)
            edition = publishing.publish_loaded(document, at=at, digest=digest, **words)
            for name, entries in profile.parts.items():
                model = PARTS[name][0]
                model._default_manager.bulk_create(
                    model(profile=edition, **_resolved(entry.values, linked)) for entry in entries
                )
            edition.settle()
            loaded += 1
    return Outcome(loaded, unchanged, kept)


def _refuse_what_is_missing(profile: ProfileFile, known: dict[str, set[str]]) -> None:
    entry = profile.entry
    if profile.slug != slugify(profile.slug):
        entry.refuse(f"“{profile.slug}” is not fit for an address: small letters, numbers and hyphens only.")
    if not isinstance(entry.values["review_by"], date):
        entry.refuse("review_by must be a date such as 2027-11-21.", at="review_by")
    for row in (entry, *(row for rows in profile.parts.values() for row in rows)):
        _refuse_unknown_links(row, known)
    claims = {row.values["key"] for row in profile.parts["claims"]}
    if len(claims) < len(profile.parts["claims"]):
        entry.refuse("two claims have the same key.", at="claims")
    for row, name, text in _texts(profile):
        for problem in wording.problems(text, claims=claims, sources=known["source"]):
            row.refuse(f"{name}: {problem}", at=name)


def _refuse_unknown_links(row: Entry, known: dict[str, set[str]]) -> None:
    for name in LINKS & row.values.keys():
        value = row.values[name]
        if value is None and name == "last_known_source":
            continue
        if value not in known[name]:
            row.refuse(f"“{value}” is no {name.replace('_', '-')} that we know.", at=name)


def _texts(profile: ProfileFile) -> Iterator[tuple[Entry, str, str]]:
    for name in ("summary", "place", *Profile.TEXTS):
        yield profile.entry, name, profile.entry.values[name]
    for row in profile.parts["evidence"]:
        yield row, "how", row.values["how"]


def _resolved(values: dict[str, Any], linked: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        name: linked[name][value] if name in LINKS and value is not None else value
        for name, value in values.items()
    }


def _editions() -> tuple[set[int], dict[int, str]]:
    """Which documents somebody has edited or withdrawn, and what the files last said of the others."""
    edited: set[int] = set()
    digests: dict[int, str] = {}
    rows = Profile.objects.order_by("number").values_list("document", "loaded_digest", "withdrawn_at")
    for document, digest, withdrawn_at in rows:
        digests[document] = digest
        if not digest or withdrawn_at:
            edited.add(document)
    return edited, digests
