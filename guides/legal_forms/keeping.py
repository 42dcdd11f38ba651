"""What a plan keeps of this tool: what was answered, what came out, and the favourite. Pure."""

from guides.kept import Kept
from guides.legal_forms import asked, ranking
from guides.legal_forms.asked import Query
from guides.legal_forms.ranking import Group, Ranked
from guides.legal_forms.rules import NATION, Rules, read
from guides.tables import Tables


def kept(tables: Tables, query: Query) -> Kept:
    rules = read(tables)
    wanted = asked.read(query, rules)
    if not wanted.says_something:
        return Kept()
    return Kept(
        query=wanted.query,
        lines=tuple(_lines(rules, wanted)),
        nation=wanted.answers.get(NATION, ""),
        legal_form=wanted.favourite,
    )


def _lines(rules: Rules, wanted: asked.Asked) -> list[str]:
    lines = [
        f"{criterion.name}: {criterion.option(wanted.answers[criterion.key]).text}"
        for criterion in rules.criteria
        if criterion.key in wanted.answers
    ]
    if wanted.answers:
        ranked = ranking.rank(rules, wanted.answers)
        lines += [
            line
            for line in (
                _named("Fits your answers", ranked, Group.FITS),
                _named("Also look at", ranked, Group.ALSO),
            )
            if line
        ]
        if not any(each.group == Group.FITS for each in ranked):
            lines.append("No form stands out.")
    if wanted.favourite:
        lines.append(f"Favourite: {rules.form(wanted.favourite).name}")
    return lines


def _named(label: str, ranked: tuple[Ranked, ...], group: Group) -> str:
    names = [each.form.name for each in ranked if each.group == group]
    return f"{label}: {', '.join(names)}" if names else ""
