"""Legal forms: questions that rank them with the reasons, and the forms side by side. All of it is in the address."""

from dataclasses import dataclass

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guides import reading
from guides.legal_forms import asked as addresses
from guides.legal_forms import comparing, ranking, rules, telling
from guides.legal_forms.ranking import Group, Ranked, Reason
from guides.legal_forms.rules import NATION, Leans
from guides.library import shelf
from guides.notes import Mark, Notes
from guides.views.tool_page import breadcrumbs, tool_page
from mutuals_portal import markup
from mutuals_portal.markup import nations_in_words


@dataclass(frozen=True)
class Told:
    """A reason as the page tells it. ``where``: the nations of which alone it speaks."""

    question: str
    words: str
    where: str
    mark: Mark


@dataclass(frozen=True)
class Card:
    """A form in the ranking. ``favourite``: the query that marks it as one, or that takes the mark away."""

    ranked: Ranked
    tally: str
    reasons: list[tuple[str, list[Told]]]
    is_favourite: bool
    favourite: str


HEADED = {Leans.RULES_OUT: "Ruled out by", Leans.FOR: "For", Leans.AGAINST: "Against"}


@tool_page("legal-forms")
def legal_forms(request, edition):
    """The questions, and below their answers what fits. The editors' preview has the whole table as well."""
    read = rules.read(edition.tables)
    asked = addresses.read(dict(request.GET.lists()), read)
    is_plain = not asked.says_something
    notes = Notes(_noted(edition.body) if is_plain else ())
    context = {
        "breadcrumbs": breadcrumbs({"text": edition.title}),
        "edition": edition,
        "asked": asked,
        "rules": read,
        "questions": [(criterion, asked.answers.get(criterion.key, "")) for criterion in read.criteria],
        "forms": [_summary(form, asked, notes) for form in read.forms] if not asked.answers else [],
        "favourite": read.form(asked.favourite) if asked.favourite else None,
        "body": _body(edition) if is_plain else "",
        "is_asked": bool(request.GET),
        "compare": reverse("guides:legal-forms-compare"),
    }
    if asked.answers:
        context |= _result(read, asked, notes)
    if not edition.is_live(at=timezone.now()):
        context["table"] = comparing.table(read, read.forms, read.features, notes)
    return render(request, "guides/tools/legal_forms.html", context | {"sources": _sources(notes)})


@tool_page("legal-forms", is_first=False)
def compare(request, edition):
    read = rules.read(edition.tables)
    asked = addresses.read(dict(request.GET.lists()), read)
    notes = Notes()
    forms = comparing.chosen_forms(read, asked.forms)
    features = comparing.chosen_features(read, asked.features)
    context = {
        "breadcrumbs": breadcrumbs(_back(edition, asked), {"text": "Side by side"}),
        "edition": edition,
        "asked": asked,
        "table": comparing.table(read, forms, features, notes),
        "forms": [(form, form in forms) for form in read.forms],
        "features": [(feature, feature in features) for feature in read.features],
        "shown": features,
        "is_asked": bool(request.GET),
    }
    return render(request, "guides/tools/legal_forms_compare.html", context | {"sources": _sources(notes)})


def _result(read, asked, notes):
    ranked = ranking.rank(read, asked.answers)
    cards = [_card(each, asked, notes) for each in ranked]
    groups = [
        (telling.HEADINGS[group], [card for card in cards if card.ranked.group == group]) for group in Group
    ]
    fits = [each.form.key for each in ranked if each.group == Group.FITS]
    may_fit = [each.form.key for each in ranked if each.group != Group.NOT]
    return {
        "verdict": telling.verdict(ranked),
        "groups": [(heading, in_group) for heading, in_group in groups if in_group],
        "for_lawyers": [
            (_told(question.reason, notes), telling.named(question.forms))
            for question in ranking.questions(ranked)
        ],
        "changes": [
            (change, asked.with_change(change, rules=read).query, telling.effect(change))
            for change in ranking.changes(read, asked.answers)
        ],
        "without_effect": [
            (criterion, nations_in_words(nations))
            for criterion, nations in ranking.without_effect(read, asked.answers)
        ],
        "side_by_side": asked.comparing(fits if len(fits) > 1 else may_fit),
        "nation": asked.answers.get(NATION, ""),
    }


def _card(ranked, asked, notes):
    is_favourite = asked.favourite == ranked.form.key
    return Card(
        ranked=ranked,
        tally=telling.tally(ranked),
        reasons=[
            (heading, [_told(reason, notes) for reason in reasons])
            for leans, heading in HEADED.items()
            if (reasons := ranked.leaning(leans))
        ],
        is_favourite=is_favourite,
        favourite=asked.with_favourite("" if is_favourite else ranked.form.key).query,
    )


def _told(reason: Reason, notes: Notes) -> Told:
    leaning = reason.leaning
    where = nations_in_words(leaning.nations)
    return Told(reason.criterion.name, leaning.reason, where, notes.mark(leaning.source))


def _summary(form, asked, notes):
    return form, notes.mark(form.source), asked.with_favourite(form.key).query


def _back(edition, asked):
    """Back to the answers, where there are any."""
    query = f"?{asked.query}" if asked.query else ""
    return {"text": edition.title, "href": f"{reverse('guides:legal-forms')}{query}"}


def _noted(body):
    return tuple(note.key for note in markup.compile(body).notes)


def _body(edition):
    return reading.words(edition.body, library=shelf(at=timezone.now()))


def _sources(notes):
    return list(reading.numbered_sources((), keys=notes.keys))
