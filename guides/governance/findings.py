"""What came out, in words: who decides, who never does, and which of the editors' warnings hold.

A warning's words are the editors'; when it holds is a rule here. Producer capture, a service in the hands of those
who work in it, is what the Innovation Unit warned of (seed 002). A private partner that could stop everything and
later bought control is MyCSP's story. Control by employees is a test of section 33 of the Procurement Act 2023.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guides.governance.arrangement import Arrangement, sentence
from guides.governance.numbers import counted, percent, said
from guides.governance.power import Coalition

MOST_COALITIONS = 12
"""So many are told; the rest are counted."""


@dataclass(frozen=True)
class ClassRow:
    """A class as the table of results has it."""

    name: str
    members: str
    votes: str
    share: str
    alone: str
    decisive: int
    ways: int
    part: str


@dataclass(frozen=True)
class Coalitions:
    named: tuple[str, ...]
    left: int


@dataclass(frozen=True)
class Holds:
    """A warning that holds, and the classes it is about; none where it is about the whole."""

    key: str
    names: str


def outcome(arrangement: Arrangement) -> Iterator[str]:
    """What came out, most important first, a sentence each."""
    power, unit = arrangement.power, arrangement.unit
    if not arrangement.total:
        yield f"Nobody has any {unit}, so nothing can be decided."
    elif power.is_out_of_reach:
        there = f"{said(arrangement.to_cast)} of {said(arrangement.total)}"
        yield f"No decision can pass. It would need {_needed(arrangement)}, and only {there} can be cast."
    else:
        yield from _who_decides(arrangement)


def _who_decides(arrangement: Arrangement) -> Iterator[str]:
    power = arrangement.power
    alone = power.pass_alone
    stoppers = tuple(place for place in power.block_alone if place not in alone)
    if alone:
        yield f"{sentence(arrangement.named(alone))} can pass any decision alone."
    elif len(arrangement.classes) > 1:
        yield "No class can pass a decision alone."
    if len(stoppers) > 1 and len(stoppers) == len(arrangement.classes):
        yield "Each class can stop any decision alone."
    elif stoppers:
        each = ", each of them" if len(stoppers) > 1 else ""
        yield f"{sentence(arrangement.named(stoppers))} can stop any decision alone{each}."
    yield from _who_never_counts(arrangement)
    if len(set(power.decisive)) == 1 and len(power.decisive) > 1:
        differ = ", although their votes differ" if len(set(arrangement.weights)) > 1 else ""
        yield f"All {len(power.decisive)} classes are equally decisive{differ}."


def _who_never_counts(arrangement: Arrangement) -> Iterator[str]:
    powerless = arrangement.power.powerless
    if voting := [place for place in powerless if arrangement.weights[place]]:
        yield f"The votes of {arrangement.named(voting)} never change the result."
    if silent := [place for place in powerless if not arrangement.weights[place]]:
        yield f"Without a vote: {arrangement.named(silent)}."


def table(arrangement: Arrangement) -> list[ClassRow]:
    power, total = arrangement.power, arrangement.total
    return [
        ClassRow(
            name=arrangement.names[place],
            members="Not given" if each.members is None else said(each.members),
            votes=said(each.all_votes),
            share=percent(each.all_votes, total) if total else "None",
            alone=_alone(arrangement, place),
            decisive=power.decisive[place],
            ways=power.ways,
            part=percent(power.decisive[place], power.ways),
        )
        for place, each in enumerate(arrangement.classes)
    ]


def given(arrangement: Arrangement) -> list[str]:
    """“Employees: 60 members, 60 votes”."""
    lines = []
    for name, each in zip(arrangement.names, arrangement.classes, strict=True):
        members = "" if each.members is None else f"{counted(each.members, 'members')}, "
        lines.append(f"{name}: {members}{counted(each.all_votes, arrangement.unit)}")
    return lines


def _alone(arrangement: Arrangement, place: int) -> str:
    power = arrangement.power
    passes, blocks = place in power.pass_alone, place in power.block_alone
    if passes or blocks:
        can = " and ".join(verb for verb, does in (("pass", passes), ("stop", blocks)) if does)
        return f"Can {can} any decision"
    return "Never changes a result" if place in power.powerless else "Needs others"


def coalitions(arrangement: Arrangement, found: tuple[Coalition, ...]) -> Coalitions:
    named = tuple(sentence(arrangement.named(coalition)) for coalition in found[:MOST_COALITIONS])
    return Coalitions(named, len(found) - len(named))


def splits(arrangement: Arrangement) -> Iterator[str]:
    """How far a class that decides or stops something alone may be of two minds."""
    power = arrangement.power
    for place in sorted({*power.pass_alone, *power.block_alone}):
        votes, unit = arrangement.classes[place].all_votes, arrangement.unit
        name = sentence(arrangement.named([place]))
        if votes <= 1:
            continue
        if place in power.pass_alone:
            yield (
                f"{name} can pass a decision alone only while at least "
                f"{said(arrangement.needed)} of {said(votes)} {unit} go the same way."
            )
        if place in power.block_alone:
            yield (
                f"{name} can stop a decision alone only while at least "
                f"{said(arrangement.to_stop)} of {said(votes)} {unit} are against it."
            )


def needs(arrangement: Arrangement) -> str:
    """“More than half: 51 of 100 votes”."""
    return f"{arrangement.threshold}: {_needed(arrangement)}"


def _needed(arrangement: Arrangement) -> str:
    return f"{said(arrangement.needed)} of {said(arrangement.total)} {arrangement.unit}"


def _no_say(arrangement: Arrangement) -> Coalition | None:
    return (
        tuple(p for p, each in enumerate(arrangement.classes) if not each.all_votes and each.members != 0)
        or None
    )


def _never_counts(arrangement: Arrangement) -> Coalition | None:
    if arrangement.power.is_out_of_reach:
        return None
    weights = arrangement.weights
    return tuple(place for place in arrangement.power.powerless if weights[place]) or None


def _out_of_reach(arrangement: Arrangement) -> Coalition | None:
    return () if arrangement.power.is_out_of_reach else None


def _nobody_to_cast(arrangement: Arrangement) -> Coalition | None:
    found = tuple(
        p for p, each in enumerate(arrangement.classes) if each.all_votes and not each.votes_to_cast
    )
    return found or None


def _opposites(arrangement: Arrangement) -> Coalition | None:
    return () if arrangement.power.opposites else None


def _producer_capture(arrangement: Arrangement) -> Coalition | None:
    employees = arrangement.of_group("employees")
    return employees if arrangement.pass_together(employees) else None


def _employees_do_not_control(arrangement: Arrangement) -> Coalition | None:
    return None if arrangement.pass_together(arrangement.of_group("employees")) else ()


def _investor_blocks(arrangement: Arrangement) -> Coalition | None:
    blocking = arrangement.power.block_alone
    return tuple(place for place in arrangement.of_group("investors") if place in blocking) or None


def _public_body_decides(arrangement: Arrangement) -> Coalition | None:
    body = arrangement.of_group("public-body")
    return body if arrangement.pass_together(body) else None


WARNINGS: dict[str, Callable[[Arrangement], Coalition | None]] = {
    "out-of-reach": _out_of_reach,
    "nobody-to-cast": _nobody_to_cast,
    "producer-capture": _producer_capture,
    "investor-blocks": _investor_blocks,
    "public-body-decides": _public_body_decides,
    "no-say": _no_say,
    "never-counts": _never_counts,
    "opposites": _opposites,
    "employees-control": _producer_capture,
    "employees-do-not-control": _employees_do_not_control,
}
"""When each warning holds, in the order in which readers get them. None: it does not; else whom it is about."""

WHEN = {
    "out-of-reach": "No decision can pass",
    "nobody-to-cast": "A class has votes but nobody in it",
    "producer-capture": "Employees alone can decide everything",
    "investor-blocks": "One class of investors can stop any decision",
    "public-body-decides": "The public body alone can decide everything",
    "no-say": "A class has members but no vote",
    "never-counts": "A class has votes that never change the result",
    "opposites": "Two groups could pass opposite decisions",
    "employees-control": "Employees alone can decide everything (law)",
    "employees-do-not-control": "Employees alone cannot decide (law)",
}
"""The same for editors."""


def warnings(arrangement: Arrangement) -> list[Holds]:
    found = ((key, holds(arrangement)) for key, holds in WARNINGS.items())
    return [Holds(key, arrangement.named(places)) for key, places in found if places is not None]


def in_lines(arrangement: Arrangement) -> Iterator[str]:
    """The whole in a few lines, for a plan."""
    yield f"What a decision needs: {needs(arrangement)}."
    yield from (f"{each}." for each in given(arrangement))
    yield from outcome(arrangement)
