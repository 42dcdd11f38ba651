"""The profiles that come with the service, one YAML file each. ``load_content`` calls it.

They are published as they come, since somebody has checked them before they were shipped; so all that publishing
refuses is refused here, with file and line. A profile that anybody here has written in, or withdrawn, is the editors'
from then on.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.text import slugify

from case_studies import rows, wording
from case_studies.models import CaseStudy, Claim, Evidence, Milestone, OwnershipShare, Profile
from guides.models import Source
from mutuals_portal import content_files, publishing
from mutuals_portal.content_files import Entry, Outcome

CONTENT = Path(__file__).parent / "content"

FIELDS = (*(name for name in Profile.WORDS if not name.startswith("written_")), "review_by")
MODELS: dict[str, type[models.Model]] = {
    "claims": Claim,
    "shares": OwnershipShare,
    "milestones": Milestone,
    "evidence": Evidence,
}
PARTS = {name: (model, rows.FIELDS[name]) for name, model in MODELS.items()}
LINKS = {"source", "last_known_source", "look_out"}


@dataclass(frozen=True)
class ProfileFile:
    """One profile as its file has it."""

    slug: str
    entry: Entry
    parts: dict[str, list[Entry]]

    def digest(self) -> str:
        said = [content_files.digest(Profile, self.entry.values)]
        for name, listed in self.parts.items():
            said += [content_files.digest(MODELS[name], row.values) for row in listed]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()

    def words(self, sources: Mapping[str, Source]) -> dict[str, Any]:
        """What an edition made of it says."""
        written = {
            f"written_{name}": [rows.as_written(name, row.values) for row in listed]
            for name, listed in self.parts.items()
        }
        newest = self.entry.values["last_known_source"]
        return self.entry.values | written | {"last_known_source": newest and sources[newest]}


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
    sources = {source.key: source for source in Source.objects.all()}
    rows_by_slug = {row.slug: row for row in CaseStudy.objects.select_for_update()}
    edited, digests = _editions()
    loaded = unchanged = kept = 0
    for profile in profiles:
        digest = profile.digest()
        document = rows_by_slug.get(profile.slug)
        if document and document.pk in edited:
            kept += 1
        elif document and digests.get(document.pk) == digest:
            unchanged += 1
        else:
            document = document or CaseStudy.objects.create(slug=profile.slug)
            publishing.publish_loaded(document, at=at, digest=digest, **profile.words(sources))
            loaded += 1
    return Outcome(loaded, unchanged, kept)


def _refuse_what_is_missing(profile: ProfileFile, known: dict[str, set[str]]) -> None:
    entry = profile.entry
    if profile.slug != slugify(profile.slug):
        entry.refuse(f"“{profile.slug}” is not fit for an address: small letters, numbers and hyphens only.")
    if not isinstance(entry.values["review_by"], date):
        entry.refuse("review_by must be a date such as 2027-11-21.", at="review_by")
    for row in (entry, *(row for listed in profile.parts.values() for row in listed)):
        _refuse_unknown_links(row, known)
    for name, listed in profile.parts.items():
        written = [rows.as_written(name, row.values) for row in listed]
        for row, faults in zip(listed, rows.faults(name, written), strict=True):
            if faults:
                row.refuse(f"{faults[0]}.")
    claims = {row.values["key"] for row in profile.parts["claims"]}
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
