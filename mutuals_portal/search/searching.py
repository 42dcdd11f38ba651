"""What a search answers: from the words that a reader typed to all that the page shows, in three queries at most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.utils.safestring import SafeString

from mutuals_portal import facets
from mutuals_portal.facets import Asked
from mutuals_portal.search import asking, hits, marking, narrowing, spelling, synonyms, vocabulary
from mutuals_portal.search.asking import Question
from mutuals_portal.search.querying import Wanted, wanted


@dataclass(frozen=True)
class Result:
    kind: str
    address: str
    title: SafeString
    passage: SafeString
    part_of: str
    nations: tuple[str, ...]
    """Where it is not for all of them."""
    lacks: tuple[str, ...]
    """What was asked for and it does not say."""


@dataclass(frozen=True)
class Correction:
    question: str
    address: str


@dataclass(frozen=True)
class Searched:
    """``found`` is None where there was nothing to look for."""

    question: Question
    asked: Asked
    wanted: Wanted | None = None
    found: hits.Hits | None = None
    correction: Correction | None = None

    @cached_property
    def results(self) -> list[Result]:
        if not (self.found and self.wanted):
            return []
        forms = self.found.forms
        ways = [
            marking.Way(number, tuple(forms[word] for word in way))
            for number, each in enumerate(self.wanted.found)
            for way in (*each.term.ways, *each.term.apart)
        ]
        return [
            Result(
                kind=hit.kind_in_words,
                address=hit.address,
                title=marking.marked(hit.title, ways),
                passage=marking.marked(marking.passage(hit.summary, hit.text, ways), ways),
                part_of=hit.part_of,
                nations=_in_words(hit.nations),
                lacks=tuple(str(self.wanted.found[place].term) for place in hit.lacks),
            )
            for hit in self.found.page
        ]

    @property
    def is_fruitless(self) -> bool:
        """Whether words were looked for that nothing says. Filters do not make it so."""
        return bool(self.found and not self.found.number and not self.asked.chosen)

    @property
    def is_counted(self) -> bool:
        return bool(self.found and self.found.groups)

    @cached_property
    def _numbers(self) -> narrowing.Numbers:
        if self.found is None:
            return narrowing.Numbers({}, {})
        if not self.found.groups and self.found.number:
            return narrowing.uncounted(self.asked)
        return narrowing.count(self.found.groups, self.asked)

    @property
    def filters(self) -> list[facets.Filter]:
        return facets.filters(self.asked, self._numbers.options)

    @property
    def chosen(self) -> list[facets.Chosen]:
        return facets.chosen(self.asked)

    @property
    def relaxations(self) -> list[facets.Relaxation]:
        return facets.relaxations(self.asked, self._numbers.without)

    @property
    def previous(self) -> str:
        return self.asked.on_page(self.asked.page - 1).address if self.asked.page > 1 else ""

    @property
    def next(self) -> str:
        last = self.found.pages if self.found else 1
        return self.asked.on_page(self.asked.page + 1).address if self.asked.page < last else ""


def search(query: Mapping[str, Sequence[str]], *, path: str, at: datetime) -> Searched:
    """``query``: all values of each key of an address, the words under ``q``."""
    question = asking.read((list(query.get("q", ())) or [""])[-1])
    asked = facets.read(query, path=path, facets=narrowing.FACETS, sorts=narrowing.SORTS)
    asked = replace(asked, kept=(("q", question.typed),))
    if not question.terms:
        return Searched(question, asked)
    known = vocabulary.look_up([word for term in (*question.terms, *question.excluded) for word in term.own])
    terms = synonyms.widen(question.terms, synonyms.known(known.synonyms))
    wish = wanted(replace(question, terms=terms), known.known, most_documents=known.most)
    if wish is None:
        return Searched(question, asked)
    found = hits.find(wish, things=_things(question, terms), asked=asked, at=at)
    return Searched(
        question, asked.within(found.pages), wish, found, _correction(question, wish, path, at=at)
    )


def _in_words(nations: Sequence[str]) -> tuple[str, ...]:
    labels = narrowing.FACETS[1].options
    return (
        ()
        if set(nations) >= labels.keys()
        else tuple(labels[nation] for nation in nations if nation in labels)
    )


def _things(question: Question, terms: Sequence[asking.Term]) -> list[str]:
    """What the question may be the name of, other ways to say it among them."""
    others = [" ".join(way) for way in terms[0].ways[1:]] if len(terms) == 1 and not question.excluded else []
    return [*question.things, *others]


def _correction(question: Question, wish: Wanted, path: str, *, at: datetime) -> Correction | None:
    if not wish.unknown:
        return None
    near = vocabulary.near(wish.unknown, beside=wish.beside, at=at)
    spelt = {word: other for word in wish.unknown if (other := spelling.meant(word, near[word]))}
    if not spelt:
        return None
    typed = asking.corrected(question.typed, spelt)
    return Correction(
        typed,
        replace(facets.read({}, path=path, facets=(), sorts=narrowing.SORTS), kept=(("q", typed),)).address,
    )
