"""Who has a say. What a reader enters stands in the address; pressing a button leads to the plain form of it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from guides.from_case_studies import CaseStudy, case_studies
from guides.governance import address, findings, picture, rows
from guides.governance.address import Asked
from guides.library import shelf
from guides.models import Source, ToolEdition
from guides.reading import NumberedSource
from guides.views.governance_form import form_of
from guides.views.tool_page import breadcrumbs, tool_page
from mutuals_portal import markup


@tool_page("who-has-a-say")
def who_has_a_say(request, edition):
    asked = address.read(dict(request.GET.lists()))
    # Each says where on the page, or browsers would go on to where the last one said.
    if "add" in request.GET:
        return HttpResponseRedirect(f"?{asked.query_with_one_more()}#class-{len(asked.filled) + 1}")
    if "show" in request.GET:
        place = "result" if asked.arrangement else "problems" if asked.problems else "change"
        return HttpResponseRedirect(f"?{asked.query}#{place}")
    now = timezone.now()
    result = _result(asked)
    warnings = _warnings(asked, edition)
    # A draft that somebody previews may have some that do not work out yet.
    examples = [each for each in rows.examples(edition.tables) if each.asked.arrangement]
    # Beside a result the published numbers stand alone: what is said about them would bury it.
    own_words = [words for *_, words in warnings] if result else [edition.body, *(e.words for e in examples)]
    sources = _sources(own_words, examples)
    numbers = {source.key: source.number for source in sources}
    write = _writer(names=shelf(at=now).names, nation=asked.nation, numbers=numbers)
    bodies = case_studies().named([each.case_study for each in examples if each.case_study], at=now)
    context = {
        "breadcrumbs": breadcrumbs({"text": edition.title}),
        "edition": edition,
        "asked": asked,
        "form": form_of(asked),
        "body": "" if result else write(edition.body),
        "result": result,
        "warnings": [(title, names, write(words)) for title, names, words in warnings],
        "examples": [
            Compared(
                each,
                bodies.get(each.case_study),
                "" if result else write(each.words),
                numbers.get(each.source),
            )
            for each in examples
        ],
        "sources": sources,
    }
    return render(request, "guides/tools/who_has_a_say.html", context)


def _warnings(asked: Asked, edition: ToolEdition) -> list[tuple[str, str, str]]:
    """Title, classes and words of what holds, as far as the editors have words for it."""
    if asked.arrangement is None:
        return []
    said = rows.warnings(edition.tables)
    holds = findings.warnings(asked.arrangement)
    return [(said[each.key].title, each.names, said[each.key].words) for each in holds if each.key in said]


def _result(asked: Asked):
    """All that came out, or None as long as nothing can be worked out."""
    if asked.arrangement is None:
        return None
    power = asked.arrangement.power
    return {
        "needs": findings.needs(asked.arrangement),
        "classes": findings.given(asked.arrangement),
        "outcome": list(findings.outcome(asked.arrangement)),
        "picture": picture.picture(asked.arrangement),
        "table": findings.table(asked.arrangement),
        "passing": findings.coalitions(asked.arrangement, power.passing),
        "blocking": findings.coalitions(asked.arrangement, power.blocking),
        "splits": list(findings.splits(asked.arrangement)),
        "ways": power.ways,
        "unit": asked.arrangement.unit.capitalize(),
    }


@dataclass(frozen=True)
class Compared:
    """A published arrangement beside the reader's own. ``number``: of its source in the list of the page."""

    example: rows.Example
    case_study: CaseStudy | None
    words: str
    number: int | None

    @property
    def needs(self) -> str:
        return findings.needs(self.example.arrangement)

    @property
    def classes(self) -> list[str]:
        return findings.given(self.example.arrangement)

    @property
    def outcome(self) -> list[str]:
        return list(findings.outcome(self.example.arrangement))


def _sources(texts: list[str], examples: list[rows.Example]) -> list[NumberedSource]:
    """One list for all texts, then for the figures of the examples. One query."""
    notes = [note.key for text in texts for note in markup.compile(text).notes]
    keys = dict.fromkeys([*notes, *(each.source for each in examples if each.source)])
    known = Source.objects.in_bulk(list(keys), field_name="key") if keys else {}
    return [NumberedSource(number, key, known.get(key)) for number, key in enumerate(keys, start=1)]


def _writer(**reader: Any) -> Callable[[str], str]:
    """Several texts on one page, each with anchors of its own."""
    places = count(1)
    return lambda text: markup.html(text, anchors=f"t{next(places)}-", **reader)
