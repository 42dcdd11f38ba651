"""The content that comes with the guides. ``load_content`` calls it.

Texts are Markdown files whose place tells what they are: ``guides/<guide>/index.md``, ``…/<stage>/index.md``,
``…/<stage>/<page>.md``, ``policy/<bulletin>.md``, ``look-outs/<issue>.md``. They are published as they come, since
somebody has checked them before they were shipped; so all that publishing refuses is refused here, with file and
line. A document that anybody here has written in, or withdrawn, is the editors' from then on.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from guides import pictures
from guides.models import Document, Edition, LookOut, Source
from guides.models.document import OF_OURS, SLUG, name_of
from guides.models.edition import NATIONS
from mutuals_portal import content_files, markup, publishing
from mutuals_portal.content_files import ContentError, Entry, Outcome
from mutuals_portal.vocabulary import Stage

CONTENT = Path(__file__).parent / "content"
LOOK_OUTS = CONTENT / "look-outs.yaml"
SOURCES = CONTENT / "sources.yaml"
GLOSSARY = CONTENT / "glossary.yaml"

ALL_NATIONS = [value for value, _ in NATIONS]
TEXT_FIELDS = ("title", "summary", "body", "position", "nations", "look_outs", "review_by")
BULLETIN_FIELDS = (*TEXT_FIELDS, "as_of", "era")
LOOK_OUT_FIELDS = ("title", "summary", "body", "nations", "stages", "sectors", "review_by")
POSITIONS = range(10_000)
TERM_FIELDS = ("slug", "title", "also", "summary", "body", "review_by")


@dataclass(frozen=True)
class Text:
    """One document as a file has it: what it is, where it belongs, and the entry with its words."""

    kind: str
    slug: str
    parent: "Text | None"
    entry: Entry

    @property
    def name(self) -> str:
        return name_of(self.kind, self.slug, self.parent.slug if self.parent else None)

    @property
    def words(self) -> dict:
        words = {name: value for name, value in self.entry.values.items() if name in Edition.WORDS}
        return words | {
            "nations": words.get("nations") or ALL_NATIONS,
            "review_by": self.entry.values["review_by"],
        }


def read_look_outs(path: Path = LOOK_OUTS) -> list[Entry]:
    return content_files.read(path, LookOut, ("slug", "title", "summary"), numbered="position")


def read_sources(path: Path = SOURCES) -> list[Entry]:
    return content_files.read(path, Source, ("key", "title", "publisher", "address", "kind"), key="key")


def read_texts(
    *, look_outs: list[Entry], sources: list[Entry], folder: Path = CONTENT, glossary: Path = GLOSSARY
) -> list[Text]:
    """All documents, each after the one that it belongs to. Raises ContentError for what may not be published."""
    texts = [
        *_guides(folder / "guides"),
        *_bulletins(folder / "policy"),
        *_look_outs(folder / "look-outs", look_outs),
        *_terms(glossary),
    ]
    by_name: dict[str, Text] = {}
    for text in texts:
        if by_name.setdefault(text.name, text) is not text:
            text.entry.refuse(f"there is another {text.name}.")
    issues = {entry.values["slug"] for entry in look_outs}
    names = by_name.keys()
    keys = {entry.values["key"] for entry in sources}
    for text in texts:
        _refuse_what_is_missing(text, issues=issues, names=names, keys=keys)
    return texts


def write_texts(texts: list[Text], *, at: datetime) -> Outcome:
    """Publish what is new or has changed in the files, where nobody has edited it. Call it in a transaction."""
    rows = {
        document.name: document
        for document in Document.objects.select_related("parent").select_for_update(of=["self"])
    }
    edited, digests = _editions()
    loaded = unchanged = kept = 0
    for text in texts:
        digest = content_files.digest(Edition, text.words)
        document = rows.get(text.name)
        if document and document.pk in edited:
            kept += 1
            continue
        document = _placed(document, text, rows)
        if digests.get(document.pk) == digest:
            unchanged += 1
            continue
        publishing.publish_loaded(document, at=at, digest=digest, **text.words)
        loaded += 1
    return Outcome(loaded, unchanged, kept)


# -- Reading


def _guides(folder: Path) -> Iterator[Text]:
    if not folder.is_dir():
        raise ContentError(f"the folder {folder.name} is missing.")
    for place in sorted(folder.iterdir()):
        guide = Text(Document.Kind.GUIDE, place.name, None, _read(place / "index.md"))
        yield guide
        for position, slug in enumerate(Stage.values, start=1):
            index = _read(place / slug / "index.md")
            index.values["position"] = position  # the order of stages is the vocabulary's
            stage = Text(Document.Kind.STAGE, slug, guide, index)
            yield stage
            for path in sorted((place / slug).glob("*.md")):
                if path.name != "index.md":
                    yield Text(Document.Kind.PAGE, path.stem, stage, _read(path))


def _bulletins(folder: Path) -> Iterator[Text]:
    for path in sorted(folder.glob("*.md")):
        entry = _read(path, BULLETIN_FIELDS)
        for name in ("as_of", "era"):
            if not entry.values[name]:
                entry.refuse(f"{name} is missing.")
        yield Text(Document.Kind.BULLETIN, path.stem, None, entry)


def _look_outs(folder: Path, look_outs: list[Entry]) -> Iterator[Text]:
    """Each stands where its issue stands in the vocabulary."""
    positions = {entry.values["slug"]: entry.values["position"] for entry in look_outs}
    for path in sorted(folder.glob("*.md")):
        entry = _read(path, LOOK_OUT_FIELDS)
        if path.stem not in positions:
            entry.refuse(f"“{path.stem}” is not a look-out.")
        entry.values["position"] = positions[path.stem]
        yield Text(Document.Kind.LOOK_OUT, path.stem, None, entry)


def _terms(path: Path) -> Iterator[Text]:
    for entry in content_files.read(path, Edition, TERM_FIELDS):
        yield Text(Document.Kind.TERM, entry.values["slug"], None, entry)


def _read(path: Path, fields: tuple[str, ...] = TEXT_FIELDS) -> Entry:
    return content_files.read_text(path, Edition, fields, body="body")


def _refuse_what_is_missing(text: Text, *, issues: set[str], names: Collection[str], keys: set[str]) -> None:
    entry, values = text.entry, text.entry.values
    if not SLUG.fullmatch(text.slug):
        entry.refuse(
            f"“{text.slug}” is not fit for an address: small letters, numbers and hyphens only.", at="slug"
        )
    if text.slug in OF_OURS.get(text.kind, ()):
        entry.refuse(f"another page of the service has the address of “{text.slug}”.", at="slug")
    if not isinstance(values["review_by"], date):
        entry.refuse("review_by must be a date such as 2027-11-21.", at="review_by")
    if type(position := values.get("position", 1)) is not int or position not in POSITIONS:
        entry.refuse(f"position must be a number from 0 to {POSITIONS[-1]:,}.", at="position")
    for slug in values.get("look_outs", ()):
        if slug not in issues:
            entry.refuse(f"“{slug}” is not a look-out.", at="look_outs")
    if not values["body"] and text.kind != Document.Kind.TERM:
        entry.refuse("there is no text.", at="body")
    first_line = entry.lines.get("body", entry.line)
    if text.kind == Document.Kind.TERM:
        first_line += 1  # under “body: |”
    for problem in markup.problems(
        values["body"], names=names, sources=keys, pictures=pictures.names(), first_line=first_line
    ):
        replace(entry, line=problem.line).refuse(problem.sentence)


# -- Writing


def _editions() -> tuple[set[int], dict[int, str]]:
    """Which documents somebody has edited or withdrawn, and what the files last said of the others."""
    edited: set[int] = set()
    digests: dict[int, str] = {}
    rows = Edition.objects.order_by("number").values_list("document", "loaded_digest", "withdrawn_at")
    for document, digest, withdrawn_at in rows:
        digests[document] = digest
        if not digest or withdrawn_at:
            edited.add(document)
    return edited, digests


def _placed(document: Document | None, text: Text, rows: dict[str, Document]) -> Document:
    """The row of a text, in the place that its file has now."""
    document = document or Document(kind=text.kind, slug=text.slug)
    parent = rows[text.parent.name] if text.parent else None
    position = text.entry.values.get("position", 1)
    if (document.pk, document.parent, document.position) != (
        document.pk,
        parent,
        position,
    ) or not document.pk:
        document.parent, document.position = parent, position
        document.save()
    rows[text.name] = document
    return document
