"""Can our service spin out? One question a page, the answers in the address, and in the end what comes of them.

An editor's preview is made by the first page whatever its address, so every link here is to the page itself: its
query alone.
"""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from guides import reading
from guides.eligibility import drawing, listing
from guides.eligibility.results import result
from guides.eligibility.rules import ANOTHER_ROUTE, CONDITION, NOTE, UNLIKELY, Answer, Question, read
from guides.eligibility.telling import Telling
from guides.eligibility.walking import ASKED, CHANGE, SHOW, Walk, walk
from guides.library import shelf
from guides.models import ToolEdition
from guides.views.tool_page import breadcrumbs, tool_page

SLUG = "can-we-spin-out"
ALL = "all-questions"
"""What ``show`` asks for where the page with all questions has no address of its own: in a preview."""

FOLLOWS = {
    UNLIKELY: "What makes it unlikely",
    ANOTHER_ROUTE: "When another route fits better",
    CONDITION: "What to settle first",
    NOTE: "Good to know",
}


@tool_page(SLUG)
def can_we_spin_out(request: HttpRequest, edition: ToolEdition) -> HttpResponse:
    if request.GET.get(SHOW) == ALL:
        return _all_questions(request, edition)
    rules = read(edition.tables)
    walked = walk(rules, dict(request.GET.lists()))
    is_preview = getattr(request.resolver_match, "view_name", "") != f"guides:{SLUG}"
    context = {
        "edition": edition,
        "walk": walked,
        "given": _given(walked),
        "all_questions": f"?{SHOW}={ALL}" if is_preview else reverse("guides:can-we-spin-out-all"),
        "breadcrumbs": breadcrumbs(
            {"text": edition.title, "href": "?"} if walked.settled else {"text": edition.title}
        ),
    }
    if walked.asked is None and walked.settled:
        return _outcome(request, context, Telling(result(rules, walked.answers)), walked)
    return _question(request, context, walked)


@tool_page(SLUG, is_first=False)
def all_questions(request: HttpRequest, edition: ToolEdition) -> HttpResponse:
    return _all_questions(request, edition)


def _question(request: HttpRequest, context: dict, walked: Walk) -> HttpResponse:
    edition = context["edition"]
    is_first_page = not walked.settled and not walked.present
    if walked.asked:
        was_sent = request.GET.get(ASKED) == walked.asked.key and not walked.present
        context["control"], context["errors"] = _control(
            walked.asked, walked.present, is_heading=not is_first_page, was_sent=was_sent
        )
    if is_first_page and edition.body:
        context["body"] = reading.words(edition.body, library=shelf(at=timezone.now()))
        context["sources"] = reading.sources([edition.body])[0]
    return render(request, "guides/tools/can_we_spin_out.html", context | {"is_first_page": is_first_page})


def _outcome(request: HttpRequest, context: dict, told: Telling, walked: Walk) -> HttpResponse:
    names = shelf(at=timezone.now()).names
    look_outs = dict.fromkeys(f"look-out:{slug}" for each in told.all for slug in each.finding.look_outs)
    context |= {
        "told": told,
        "look_outs": [names[name] for name in look_outs if name in names],
        "sources": list(reading.numbered_sources((), keys=told.keys)),
        "nation": walked.answers.get("nation", ""),
    }
    return render(request, "guides/tools/can_we_spin_out_result.html", context)


def _all_questions(request: HttpRequest, edition: ToolEdition) -> HttpResponse:
    rules = read(edition.tables)
    start = "?" if SHOW in request.GET else reverse(f"guides:{SLUG}")
    context = {
        "breadcrumbs": breadcrumbs({"text": edition.title, "href": start}, {"text": "All questions"}),
        "edition": edition,
        "questions": listing.questions(rules),
        "findings": [(FOLLOWS[effect], listed) for effect, listed in listing.findings(rules)],
        "picture": drawing.draw(rules),
        "start": start,
    }
    return render(request, "guides/tools/can_we_spin_out_all_questions.html", context)


def _control(
    question: Question, present: Answer | None, *, is_heading: bool, was_sent: bool
) -> tuple[str, list[dict[str, str]]]:
    """The question as radios, and what the top of the page says where it was sent without an answer."""
    items = [
        {
            "id": f"answer-{answer.key}",
            "value": answer.key,
            "label": answer.text,
            "hint": answer.hint,
            "checked": answer == present,
        }
        for answer in question.answers
    ]
    mistakes = ["Select an answer"] if was_sent and items else []
    described_by = ["answer-hint"] * bool(question.hint) + ["answer-error"] * len(mistakes)
    values = {
        "id": "answer",
        "kind": "radios",
        "type": "radio",
        "name": question.key,
        "legend": question.text,
        "heading": is_heading,
        "size": "l" if is_heading else "m",
        "hint": question.hint,
        "errors": mistakes,
        "described_by": " ".join(described_by),
        "items": items,
    }
    control = get_template("govuk/choices.html").render(values)
    return control, [{"text": words, "href": f"#{items[0]['id']}"} for words in mistakes]


def _given(walked: Walk) -> list[dict[str, str]]:
    """The answers so far, each with the address that changes it and keeps all others."""
    query = urlencode([(question.key, answer.key) for question, answer in walked.kept])
    return [
        {
            "key": question.short,
            "value": answer.text,
            "href": f"?{query}&{urlencode({CHANGE: question.key})}",
            "hidden": f"answer: {question.short}",
        }
        for question, answer in walked.settled
    ]
