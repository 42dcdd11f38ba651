"""Which legal forms fit what a group answered, why, and which one other answer would change that. Pure.

Each answer leans for or against some forms, rules some out, or has a lawyer asked. A form's balance is the number of
reasons for it less the number against it, each counting one; a form that is ruled out has no place. Forms of the same
balance share their place. Nothing else counts: neither the order of the answers nor that of the forms.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from guides.legal_forms.rules import NATION, Criterion, Form, Leaning, Leans, Option, Rules

Answers = Mapping[str, str]
"""The key of the option that was chosen, by the key of its question. What was skipped is not in it."""

WORTH = {Leans.FOR: 1, Leans.AGAINST: -1}


class Group(StrEnum):
    """``FITS``: the best balance, if it is above zero. ``ALSO``: nothing worse than even. ``NOT``: the rest."""

    FITS = "fits"
    ALSO = "also"
    NOT = "not"


@dataclass(frozen=True)
class Reason:
    criterion: Criterion
    option: Option
    leaning: Leaning


@dataclass(frozen=True)
class Ranked:
    """A form in the ranking. ``place`` is 1 for the best and 0 for what is ruled out. A tie shares its place."""

    form: Form
    place: int
    is_tied: bool
    balance: int
    group: Group
    reasons: tuple[Reason, ...]

    def leaning(self, leans: Leans) -> tuple[Reason, ...]:
        return tuple(reason for reason in self.reasons if reason.leaning.leans == leans)


@dataclass(frozen=True)
class Change:
    """What one other answer would do. ``before`` and ``first``: all that fit best now, and then. ``ruled_out``: what
    would be ruled out and is not now."""

    criterion: Criterion
    option: Option
    before: tuple[Form, ...]
    first: tuple[Form, ...]
    ruled_out: tuple[Form, ...]


@dataclass(frozen=True)
class Question:
    """What to ask a lawyer, and about which forms."""

    reason: Reason
    forms: tuple[Form, ...]


def rank(rules: Rules, answers: Answers) -> tuple[Ranked, ...]:
    """Every form: the best first, what is ruled out last. Forms of one place stand in the editors' order."""
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for reason in _reasons(rules, answers):
        for form in reason.leaning.forms:
            reasons[form].append(reason)
    balances, out = _balances(rules, answers)
    standing = [balances[form.key] for form in rules.forms if form.key not in out]
    best = max(standing, default=0)
    ranked = [
        Ranked(
            form=form,
            place=0 if form.key in out else 1 + sum(other > balances[form.key] for other in standing),
            is_tied=form.key not in out and standing.count(balances[form.key]) > 1,
            balance=balances[form.key],
            group=Group.NOT if form.key in out else _group(balances[form.key], best),
            reasons=tuple(reasons[form.key]),
        )
        for form in rules.forms
    ]
    return tuple(sorted(ranked, key=lambda each: (each.place == 0, each.place)))


def changes(rules: Rules, answers: Answers) -> list[Change]:
    """Each single answer, to an open question or in place of a given one, that would put other forms first or rule a
    form out, in the order of the questions."""
    now, out_now = _first(rules, answers)
    found = []
    for criterion in rules.criteria:
        for option in criterion.options:
            if answers.get(criterion.key) == option.key:
                continue
            then, out = _first(rules, {**answers, criterion.key: option.key})
            if then != now or out - out_now:
                found.append(
                    Change(
                        criterion,
                        option,
                        before=_forms(rules, now),
                        first=_forms(rules, then),
                        ruled_out=_forms(rules, out - out_now),
                    )
                )
    return found


def questions(ranked: Sequence[Ranked]) -> list[Question]:
    """What to ask a lawyer about the forms that may be the one, each question once."""
    about: dict[Reason, list[Form]] = {}
    for each in ranked:
        if each.group != Group.NOT:
            for reason in each.leaning(Leans.ASK):
                about.setdefault(reason, []).append(each.form)
    return [Question(reason, tuple(forms)) for reason, forms in about.items()]


def without_effect(rules: Rules, answers: Answers) -> list[tuple[Criterion, tuple[str, ...]]]:
    """Questions whose answers count for nothing in the nation that was chosen, and the nations of which they speak."""
    nation = answers.get(NATION, "")
    found = []
    for criterion in rules.criteria:
        leanings = rules.leanings.get((criterion.key, answers.get(criterion.key, "")), ())
        if leanings and not any(leaning.counts_in(nation) for leaning in leanings):
            found.append((criterion, leanings[0].nations))
    return found


def _group(balance: int, best: int) -> Group:
    if balance == best > 0:
        return Group.FITS
    return Group.ALSO if balance >= 0 else Group.NOT


def _reasons(rules: Rules, answers: Answers) -> list[Reason]:
    nation = answers.get(NATION, "")
    return [
        Reason(criterion, criterion.option(answers[criterion.key]), leaning)
        for criterion in rules.criteria
        if criterion.key in answers
        for leaning in rules.leanings.get((criterion.key, answers[criterion.key]), ())
        if leaning.counts_in(nation)
    ]


def _balances(rules: Rules, answers: Answers) -> tuple[Counter[str], frozenset[str]]:
    """The balance of each form by its key, and which are ruled out."""
    nation = answers.get(NATION, "")
    balances: Counter[str] = Counter()
    out: set[str] = set()
    for criterion, option in answers.items():
        for leaning in rules.leanings.get((criterion, option), ()):
            if leaning.counts_in(nation):
                for form in leaning.forms:
                    balances[form] += WORTH.get(leaning.leans, 0)
                if leaning.leans == Leans.RULES_OUT:
                    out.update(leaning.forms)
    return balances, frozenset(out)


def _first(rules: Rules, answers: Answers) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the forms that fit best, and of those that are ruled out."""
    balances, out = _balances(rules, answers)
    standing = {form.key: balances[form.key] for form in rules.forms if form.key not in out}
    best = max(standing.values(), default=0)
    fits = frozenset(key for key, balance in standing.items() if _group(balance, best) == Group.FITS)
    return fits, frozenset(form.key for form in rules.forms if form.key in out)


def _forms(rules: Rules, keys: frozenset[str]) -> tuple[Form, ...]:
    return tuple(form for form in rules.forms if form.key in keys)
