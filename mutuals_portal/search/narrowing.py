"""What results can be filtered by, and how many each filter would leave. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mutuals_portal.facets import Asked, Facet
from mutuals_portal.search.found import Kind
from mutuals_portal.vocabulary import FOUR_NATIONS, Nation, Stage

FACETS = (
    Facet("kind", "What it is", dict(Kind.choices)),
    Facet("nation", "Nation", {nation: Nation(nation).label for nation in FOUR_NATIONS}),
    Facet("stage", "Stage", dict(Stage.choices)),
)
SORTS = {"best": "best first"}


@dataclass(frozen=True)
class Group:
    """Results of one kind that are for the same nations and the same stages. No stages means any."""

    kind: str
    nations: tuple[str, ...]
    stages: tuple[str, ...]
    number: int

    def values(self, facet: str) -> tuple[str, ...]:
        if facet == "kind":
            return (self.kind,)
        return self.nations if facet == "nation" else self.stages or tuple(Stage.values)

    def misses(self, asked: Asked) -> list[str]:
        """The facets that it does not fit."""
        return [name for name, chosen in asked.chosen.items() if not set(chosen) & set(self.values(name))]


@dataclass(frozen=True)
class Numbers:
    options: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def count(groups: Iterable[Group], asked: Asked) -> Numbers:
    """What each option would find were it alone chosen in its facet, and what would be found without each facet."""
    options: dict[str, Counter[str]] = defaultdict(Counter)
    without: Counter[str] = Counter()
    for group in groups:
        missed = group.misses(asked)
        for facet in asked.facets:
            if not missed or missed == [facet.name]:
                without[facet.name] += group.number
                for value in group.values(facet.name):
                    options[facet.name][value] += group.number
    return Numbers(options, without)


def uncounted(asked: Asked) -> Numbers:
    """Where there are too many results to count: every option is offered, and none with a number."""
    return Numbers({facet.name: dict.fromkeys(facet.options, 1) for facet in asked.facets}, {})
