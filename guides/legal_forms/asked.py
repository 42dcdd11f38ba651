"""What an address asks of the tool: answers, a favourite, and which forms and features to compare. Pure.

``?control=staff&nation=wales&favourite=cic-shares``, and for the comparison ``&form=…&form=…&feature=…``. What is no
question, form or feature of ours is left out, and the reader is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from guides.legal_forms.ranking import Answers, Change
from guides.legal_forms.rules import Criterion, Rules
from mutuals_portal import facets
from mutuals_portal.facets import Facet

FAVOURITE, FORM, FEATURE = "favourite", "form", "feature"
RESERVED = (FAVOURITE, FORM, FEATURE, "sort", "page")
"""Names in the address that no question may have. The last two are those of every list with filters."""

Query = Mapping[str, Sequence[str]]
"""All values of each key."""


@dataclass(frozen=True)
class Asked:
    """``answers`` stand in the order of the questions, ``forms`` and ``features`` in that of the tables."""

    answers: Answers
    favourite: str = ""
    forms: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.answers or self.favourite)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is answered, as names and values of an address."""
        return [*self.answers.items(), *([(FAVOURITE, self.favourite)] if self.favourite else [])]

    @property
    def query(self) -> str:
        """The one plain query that leads back to this result."""
        return urlencode(self.pairs)

    def comparing(self, forms: Iterable[str]) -> str:
        """The query of the comparison of these forms, which keeps what was answered."""
        return urlencode([*((FORM, form) for form in forms), *self.pairs])

    def with_favourite(self, form: str) -> "Asked":
        return replace(self, favourite=form)

    def with_change(self, change: Change, *, rules: Rules) -> "Asked":
        answers = {**self.answers, change.criterion.key: change.option.key}
        in_order = {each.key: answers[each.key] for each in rules.criteria if each.key in answers}
        return replace(self, answers=in_order)


def read(query: Query, rules: Rules) -> Asked:
    names = {form.key: form.name for form in rules.forms}
    single = [_facet(criterion) for criterion in rules.criteria if criterion.key not in RESERVED]
    single.append(Facet(FAVOURITE, "Favourite", names))
    features = {feature.key: feature.name for feature in rules.features}
    several = [Facet(FORM, "Forms", names), Facet(FEATURE, "What to compare", features)]
    found = facets.read(
        {facet.name: query.get(facet.name, ()) for facet in [*single, *several]},
        path="",
        facets=[*single, *several],
        sorts={"": ""},
    )
    chosen = {facet.name: found.chosen[facet.name][0] for facet in single if facet.name in found.chosen}
    return Asked(
        answers={name: value for name, value in chosen.items() if name != FAVOURITE},
        favourite=chosen.get(FAVOURITE, ""),
        forms=found.chosen.get(FORM, ()),
        features=found.chosen.get(FEATURE, ()),
        problems=(
            *found.problems,
            *(
                _too_many(facet, chosen[facet.name])
                for facet in single
                if len(found.chosen.get(facet.name, ())) > 1
            ),
        ),
    )


def _facet(criterion: Criterion) -> Facet:
    return Facet(criterion.key, criterion.name, {option.key: option.text for option in criterion.options})


def _too_many(facet: Facet, taken: str) -> str:
    return f"{facet.label}: only one can be chosen, so we took “{facet.options[taken]}”."
