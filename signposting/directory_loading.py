"""The entries of the directory that come with the service, one YAML file a body. ``load_content`` calls it.

They are published as they come, since somebody has checked them before they were shipped; so all that publishing
refuses is refused here, with file and line. An entry that anybody here has written in, or withdrawn, is the editors'
from then on.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.text import slugify

from guides.tables import Known
from mutuals_portal import content_files, publishing
from mutuals_portal.content_files import Outcome
from mutuals_portal.vocabulary import Nation
from signposting import offers
from signposting.models import Entry, Offer, Organisation

CONTENT = Path(__file__).parent / "content" / "directory"
FIELDS = (*(name for name in Entry.WORDS if name != "written_offers"), "review_by")
TAKEN = ("bodies", "data", "entry", "feed", "how-we-rank")
"""What stands where the address of a body would."""

BEFORE_EDITIONS = "before-editions"
"""Instead of a digest, in what an editor had changed of a body before the directory had editions. It stays theirs."""


@dataclass(frozen=True)
class EntryFile:
    """One entry as its file has it."""

    slug: str
    entry: content_files.Entry
    offers: list[content_files.Entry]

    def digest(self) -> str:
        said = [content_files.digest(Entry, self.entry.values)]
        said += [content_files.digest(Offer, row.values) for row in self.offers]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()

    @property
    def words(self) -> dict[str, Any]:
        """What an edition made of it says."""
        return self.entry.values | {"written_offers": [offers.as_written(row.values) for row in self.offers]}


def read_entries(
    *,
    look_outs: Collection[str],
    sources: Collection[str],
    names: Collection[str],
    folder: Path = CONTENT,
) -> list[EntryFile]:
    """``names``: what texts may link to. Raises ContentError for what may not be published."""
    known = Known(sources=sources, look_outs=look_outs, names=names)
    return [_read(path, known) for path in sorted(folder.glob("*.yaml"))]


def write_entries(files: list[EntryFile], *, at: datetime) -> Outcome:
    """Publish what is new or has changed in the files, where nobody has edited it. Call it in a transaction.

    A body that is no partner of the service yet becomes one that is only listed.
    """
    rows = {body.slug: body for body in Organisation.objects.select_for_update()}
    edited, digests = _editions()
    loaded = unchanged = kept = 0
    for file in files:
        digest = file.digest()
        body = rows.get(file.slug)
        if body and body.pk in edited:
            kept += 1
        elif body and digests.get(body.pk) == digest:
            unchanged += 1
        else:
            publishing.publish_loaded(body or _listed(file), at=at, digest=digest, **file.words)
            loaded += 1
    return Outcome(loaded, unchanged, kept)


def _read(path: Path, known: Known) -> EntryFile:
    entry, listed = content_files.read_with_parts(path, Entry, FIELDS, {"offers": (Offer, offers.FIELDS)})
    file = EntryFile(path.stem, entry, listed["offers"])
    if file.slug != slugify(file.slug) or file.slug in TAKEN:
        entry.refuse(f"“{file.slug}” is not fit for the address of a body.")
    if not isinstance(entry.values["review_by"], date):
        entry.refuse("review_by must be a date such as 2027-11-21.", at="review_by")
    for sentence in Entry(**file.words).faults(known):
        entry.refuse(sentence)
    return file


def _listed(file: EntryFile) -> Organisation:
    nations = file.entry.values["nations"]
    return Organisation.objects.create(
        slug=file.slug,
        name=file.entry.values["title"],
        kind=Organisation.Kind.HELPER,
        home_nation=nations[0] if nations else Nation.ENGLAND,
    )


def _editions() -> tuple[set[int], dict[int, str]]:
    """Which bodies' entries somebody has edited or withdrawn, and what the files last said of the others."""
    edited: set[int] = set()
    digests: dict[int, str] = {}
    rows = Entry.objects.order_by("number").values_list("document", "loaded_digest", "withdrawn_at")
    for document, digest, withdrawn_at in rows:
        digests[document] = digest
        if digest in ("", BEFORE_EDITIONS) or withdrawn_at:
            edited.add(document)
    return edited, digests
