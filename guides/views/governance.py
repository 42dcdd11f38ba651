"""Who has a say. What a reader enters stands in the address; pressing a button leads to the plain form of it."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from guides.from_case_studies import CaseStudy, case_studies
from guides.governance import address, findings, picture, rows
from guides.governance.address import Asked
from guides.library import shelf
from guides.models import Source
from guides.reading import NumberedSource
from guides.views.governance_form import form_of
from guides.views.tool_page import tool_page
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
    examples = rows.examples(edition.tables)
    said = rows.warnings(edition.tables)
    holds = findings.warnings(asked.arrangement) if asked.arrangement else []
    warnings = [(said[each.key], each.names) for each in holds if each.key in said]
    text = _Text(
        edition, [*(each.words for each, _ in warnings), *(each.words for each in examples)], examples
    )
    bodies = case_studies().named([each.case_study for each in examples if each.case_study], at=now)
    write = text.writer(names=shelf(at=now).names, nation=asked.nation)
    context = {
        "edition": edition,
        "body": write(edition.body),
        "asked": asked,
        "result": _result(asked),
        "warnings": [(each.title, names, write(each.words)) for each, names in warnings],
        "examples": [_compared(each, bodies.get(each.case_study), write, text) for each in examples],
        "sources": text.sources,
        "form": form_of(asked),
    }
    return render(request, "guides/tools/who_has_a_say.html", context)


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
    """A published arrangement beside the reader's own."""

    example: rows.Example
    case_study: CaseStudy | None
    words: SafeString
    number: int | None
    needs: str
    classes: list[str]
    outcome: list[str]


def _compared(example, case_study, write, text):
    arrangement = example.asked.arrangement
    return Compared(
        example=example,
        case_study=case_study,
        words=write(example.words),
        number=text.numbers.get(example.source),
        needs=findings.needs(arrangement) if arrangement else "",
        classes=findings.given(arrangement) if arrangement else [],
        outcome=list(findings.outcome(arrangement)) if arrangement else [],
    )


class _Text:
    """Several texts that share one list of sources. One query."""

    def __init__(self, edition, texts, examples):
        notes = (note.key for text in [edition.body, *texts] for note in markup.compile(text).notes)
        keys = dict.fromkeys([*notes, *(each.source for each in examples if each.source)])
        self.numbers = {key: number for number, key in enumerate(keys, start=1)}
        known = Source.objects.in_bulk(list(keys), field_name="key") if keys else {}
        self.sources = [NumberedSource(number, key, known.get(key)) for key, number in self.numbers.items()]
        self.written = 0

    def writer(self, *, names, nation):
        def write(text):
            self.written += 1
            anchors = f"t{self.written}-"
            return markup.html(text, names=names, nation=nation, anchors=anchors, numbers=self.numbers)

        return write
