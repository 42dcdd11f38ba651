"""What the PDF of a profile holds: all that its page says, from the same reading, in the same order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone

from case_studies import pictures
from case_studies.models import OwnershipShare
from case_studies.models.profile import Kind
from case_studies.profiles import Figure, Met, Reading
from guides.library import Library
from guides.models import Source
from guides.pdf import frame, typesetting
from guides.pdf.writing import Block, Run, TextWriter, table
from mutuals_portal import partial_date
from mutuals_portal.vocabulary import Sector

TEMPLATE = Path(__file__).with_name("sheet.typ")
NOT_KNOWN = "Not known"
SECTION, PART = 1, 2
"""Levels of headings."""
SHADES = dict(zip(OwnershipShare.Group.values, (15, 40, 60, 75, 88), strict=True))
"""How light each group is in the picture, in per cent. What nobody knows is white."""

NotMade = typst.TypstError


def make(sheet: dict[str, Any]) -> typesetting.Made:
    """Raises NotMade where typst refuses what no change of ours could mend."""
    return typesetting.make(TEMPLATE, sheet)


def contents(reading: Reading, *, library: Library) -> dict[str, Any]:
    """Everything that the PDF says."""
    edition = reading.edition
    assert edition.shown_from  # noqa: S101  # readers have it
    return frame.framed(
        title=edition.title,
        summary=edition.summary,
        address=edition.document.get_absolute_url(),
        changed_at=edition.shown_from,
        version=edition.number,
        sources=reading.sources,
        keywords=[edition.get_kind_display(), *(Sector(value).label for value in edition.sectors)],
        blocks=list(Sheet(reading, library=library).blocks()),
    )


class Sheet:
    """Writes the parts of one profile as blocks."""

    def __init__(self, reading: Reading, *, library: Library) -> None:
        self._reading = reading
        self._edition = reading.edition
        self._names = frame.whole_addresses(library.names)

    def blocks(self) -> Iterator[Block]:
        yield from self._cautions()
        yield self._facts()
        yield from self._section("What it does", self._text("what_it_does"))
        yield from self._section("Who owns it", self._ownership())
        yield from self._section("How it is governed", self._text("governance"))
        if self._reading.sizes:
            yield from self._section("Size over time", [self._sizes()])
        yield from self._section("The road out", [*(self._text("road_out") or [_not_known()]), *self._road()])
        yield from self._section("What got in the way", self._met(self._reading.hindered))
        yield from self._section("What helped", self._met(self._reading.helped))
        yield from self._section("Results", self._text("results"))
        yield from self._section("How it stands, as last evidenced", self._standing())
        yield from self._section("What others can learn", self._text("lessons"))
        yield from self._section("All figures", self._figures())
        if self._reading.asked:
            yield from self._section("What readers asked about these figures", self._asked())
        yield from self._section("About this case study", self._dates())

    def _section(self, title: str, blocks: Iterable[Block]) -> Iterator[Block]:
        yield _heading(title, SECTION)
        yield from list(blocks) or [_not_known()]

    def _text(self, name: str) -> list[Block]:
        return self._write(self._reading.written[name], level=SECTION)

    def _write(self, body: str, *, level: int) -> list[Block]:
        return TextWriter(body, level=level, names=self._names, numbers=self._reading.numbers).blocks

    def _noted(self, words: str, source: Source | None) -> list[Run]:
        """Words with the number of their source."""
        number = self._reading.numbers.get(source.key) if source else None
        return [{"text": words}, *([{"note": number}] if number else [])]

    def _cautions(self) -> Iterator[Block]:
        kind = self._edition.get_kind_display().lower()
        if self._edition.kind == Kind.NOT_KNOWN:
            yield _paragraph(_strong("We do not know whether staff took this service out of a public body."))
        elif not self._reading.is_spin_out:
            yield _paragraph(
                _strong("This is not a staff spin-out from a public body."),
                {"text": f" It is another kind: {kind}."},
            )
        if self._reading.is_past_review and (day := self._edition.review_by):
            due = f"This case study was due for review on {day.day} {day:%B %Y}."
            yield _paragraph(_strong(f"{due} Some of it may be out of date."))

    def _facts(self) -> Block:
        edition, reading = self._edition, self._reading
        nation, region = edition.get_nation_display(), edition.get_region_display()
        where = nation if nation == region else f"{region}, {nation}"
        stands = edition.get_last_known_display()
        if edition.last_known_as_of:
            stands += f" ({partial_date.in_words(edition.last_known_as_of)})"
        rows = {
            "How it came to be": _words(edition.get_kind_display()),
            "Where": _words(f"{edition.place}. {where}"),
            "Field": _words("; ".join(Sector(value).label for value in edition.sectors)),
            "Came out of": _words(edition.parent_body or NOT_KNOWN),
            "Started": self._figure(reading.started),
            "Legal form": _words(edition.get_legal_form_display()),
            "Staff": self._figure(reading.staff, with_day=True),
            "How it stands": self._noted(stands, edition.last_known_source),
        }
        return _table("In short", ("What", "Known"), [[_words(name), runs] for name, runs in rows.items()])

    def _figure(self, figure: Figure | None, *, with_day: bool = False) -> list[Run]:
        if figure is None:
            return _words(NOT_KNOWN)
        runs = self._noted(figure.value, figure.claim.source)
        return [*runs, {"text": f" ({_as_of(figure)})"}] if with_day else runs

    def _ownership(self) -> Iterator[Block]:
        for mix in self._reading.ownership:
            if mix.segments:
                yield _bar(mix)
            rows = [
                [
                    _words(share.get_group_display()),
                    self._noted(_share(share), share.source),
                    _words(partial_date.in_words(share.as_of)),
                ]
                for share in mix.shares
            ]
            yield _table(mix.basis, ("Who", "Share", "As of"), rows)

    def _sizes(self) -> Block:
        rows = [[_words(bar.of.as_of), self._figure(bar.of)] for bar in self._reading.sizes]
        return _table("Staff", ("As of", "Staff"), rows)

    def _road(self) -> Iterator[Block]:
        if self._reading.months_out:
            took = pictures.in_words(self._reading.months_out)
            yield _paragraph({"text": f"From the first step that we know of to the start: {took}."})
        for stage in self._reading.road:
            took = f": {pictures.in_words(stage.months)}" if stage.months else ""
            yield _heading(f"{stage.stage}{took}", PART)
            items = [
                [_paragraph({"text": f"{_when(step)}: "}, *self._noted(step.title, step.source))]
                for step in stage.milestones
            ]
            yield {"is": "list", "start": None, "items": items}

    def _met(self, met: Sequence[Met]) -> Iterator[Block]:
        for each in met:
            look_out = each.evidence.look_out
            yield _heading(f"{look_out.title} ({each.evidence.get_stage_display()})", PART)
            yield from self._write(each.written, level=PART)

    def _standing(self) -> Iterator[Block]:
        edition = self._edition
        day = partial_date.in_words(edition.last_known_as_of)
        words = f"{edition.get_last_known_display()}{f', {day}' if day else ''}."
        first, *rest = self._noted(words, edition.last_known_source)
        yield _paragraph(first | {"strong": True}, *rest)
        yield from self._text("standing_now")

    def _figures(self) -> Iterator[Block]:
        rows = [
            [
                _words(figure.claim.label),
                self._noted(figure.claim.value, figure.claim.source),
                _words(figure.as_of),
                _words(figure.claim.get_assured_by_display().capitalize()),
                _checked(figure),
            ]
            for figure in self._reading.figures
        ]
        if rows:
            head = ("What", "Figure", "As of", "Whose word", "We check it by")
            yield _table("Every figure, its day and its source", head, rows)
        else:
            yield _paragraph({"text": "We know of no figures that have a source."})

    def _asked(self) -> Iterator[Block]:
        for each in self._reading.asked:
            yield _paragraph(_strong(f"{each.label}. A reader asked:"), {"text": f" {each.answer.words}"})
            answered = f"We answered on {each.answer.on.day} {each.answer.on:%B %Y}:"
            yield _paragraph(_strong(answered), {"text": f" {each.answer.answer}"})

    def _dates(self) -> Iterator[Block]:
        assert self._edition.shown_from  # noqa: S101
        updated = timezone.localdate(self._edition.shown_from)
        words = f"Last updated on {updated.day} {updated:%B %Y}."
        if day := self._edition.review_by:
            says = "We should have checked" if self._reading.is_past_review else "We will check"
            words += f" {says} it again by {day.day} {day:%B %Y}."
        yield _paragraph({"text": words})


def _words(text: str) -> list[Run]:
    return [{"text": text}]


def _strong(text: str) -> Run:
    return {"text": text, "strong": True}


def _paragraph(*runs: Run) -> Block:
    return {"is": "paragraph", "runs": list(runs)}


def _not_known() -> Block:
    return _paragraph({"text": f"{NOT_KNOWN}."})


def _heading(title: str, level: int) -> Block:
    return {"is": "heading", "level": level, "runs": _words(title)}


def _table(caption: str, head: Sequence[str], rows: Sequence[list[list[Run]]]) -> Block:
    return table([[_words(name) for name in head], *rows], caption=_words(caption))


def _as_of(figure: Figure) -> str:
    return figure.as_of if figure.claim.is_undated else f"as of {figure.as_of}"


def _checked(figure: Figure) -> list[Run]:
    day = f"{figure.claim.review_by.day} {figure.claim.review_by:%B %Y}"
    return [_strong(f"Not checked since {day}")] if figure.is_past_review else _words(day)


def _when(step: Any) -> str:
    return " to ".join(filter(None, map(partial_date.in_words, (step.begins, step.ends))))


def _share(share: OwnershipShare) -> str:
    percent = f"{share.percent.normalize():f}%" if share.percent is not None else ""
    return ": ".join(filter(None, (percent, share.words))) or NOT_KNOWN


def _bar(mix: pictures.Ownership) -> Block:
    """A picture of the shares, and the same in words for those who cannot see it."""
    labels: Mapping[str, str] = {**dict(OwnershipShare.Group.choices), "": NOT_KNOWN}
    said = ", ".join(f"{labels[part.group]} {part.width.normalize():f}%" for part in mix.segments)
    parts = [
        {"width": float(part.width), "shade": SHADES.get(part.group, 100)}
        for part in mix.segments
        if part.width
    ]
    return {"is": "bar", "alt": f"{mix.basis} as a bar: {said}", "parts": parts}
