"""A ranking and what would change it, in words. Pure. Never “you should”: only what fits the answers given."""

from collections.abc import Sequence

from guides.legal_forms.ranking import Change, Group, Ranked
from guides.legal_forms.rules import Form, Leans

HEADINGS = {Group.FITS: "Fits your answers", Group.ALSO: "Also look at", Group.NOT: "Probably not"}


def listed(names: Sequence[str]) -> str:
    """“A”, “A and B”, “A, B and C”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def named(forms: Sequence[Form]) -> str:
    return listed([form.name for form in forms])


def tally(ranked: Ranked) -> str:
    """“Place 2, shared: 3 reasons for, 1 against”."""
    if not ranked.place:
        return "Ruled out by your answers"
    for_, against = len(ranked.leaning(Leans.FOR)), len(ranked.leaning(Leans.AGAINST))
    place = f"Place {ranked.place}{', shared' if ranked.is_tied else ''}"
    if not for_ and not against:
        return f"{place}: nothing for or against"
    return f"{place}: {for_ or 'no'} reason{'' if for_ == 1 else 's'} for, {against or 'none'} against"


def verdict(ranked: Sequence[Ranked]) -> str:
    """What comes first, ties being told as ties."""
    fits = [each.form for each in ranked if each.group == Group.FITS]
    if not fits:
        return "No form stands out: none has more reasons for it than against."
    if len(fits) == 1:
        return f"{fits[0].name} fits your answers best."
    return f"{len(fits)} forms fit your answers equally: {named(fits)}."


def effect(change: Change) -> str:
    """What one other answer would do, in one sentence."""
    parts = []
    if change.first != change.before:
        parts.append(_first(change))
    if change.ruled_out:
        parts.append(f"{named(change.ruled_out)} would be ruled out")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _first(change: Change) -> str:
    if not change.first:
        return "no form would stand out"
    stay = [form for form in change.first if form in change.before]
    gained = [form for form in change.first if form not in change.before]
    if stay and gained:
        return f"{named(gained)} would fit as well as {named(stay)}"
    together = "" if len(change.first) == 1 else ", equally"
    return f"{named(change.first)} would fit best{together}"
