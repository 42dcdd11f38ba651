"""Whatever the rules of the tools accept from an editor, their pages can show; and what they refuse, no page needs."""

from copy import deepcopy
from functools import cache
from inspect import unwrap
from urllib.parse import parse_qs, urlencode

import pytest
import yaml
from django.test import RequestFactory
from django.urls import resolve, reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from guides import keeping, tools
from guides.governance.arrangement import GROUPS
from guides.models import Tool, ToolEdition
from guides.tools_loading import CONTENT
from guides.views import eligibility, governance, legal_forms, look_outs
from guides.views.plan import front
from tests.factories import MONDAY, make_look_out

PAGES = {
    "can-we-spin-out": (eligibility.can_we_spin_out, eligibility.all_questions),
    "look-outs": (look_outs.look_outs, look_outs.look_outs_map),
    "legal-forms": (legal_forms.legal_forms, legal_forms.compare),
    "who-has-a-say": (governance.who_has_a_say,),
    "plan": (front.about,),
}
LISTS = {"when", "next_steps", "sources", "look_outs", "nations", "forms"}
ODD = [
    "nation",
    "page",
    "sort",
    "end",
    "own",
    "0",
    "-1",
    "2.5",
    "advice",
    "unknown",
    "x" * 41,
    "<b>&\"'",
    "\u202eabc",
    "a&b",
]


class Anything:
    """Knows every name, so that only the rules themselves can refuse."""

    def __contains__(self, name):
        return True


KNOWN = tools.Known(Anything(), Anything(), Anything(), Anything())


@cache
def shipped(slug):
    written = yaml.safe_load((CONTENT / f"{slug}.yaml").read_text())
    return {
        name: [
            {
                field: str(value) if isinstance(value, int) and value is not True else value
                for field, value in row.items()
            }
            for row in written.get(name, ())
        ]
        for name in tools.tables_of(slug)
    }


@st.composite
def edited(draw, slug):
    """The tables that come with the service, with a few rows gone, doubled, moved or changed."""
    tables = deepcopy(shipped(slug))
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from([name for name, rows in tables.items() if rows]))
        rows, fields = tables[name], tools.tables_of(slug)[name]
        place, other = (draw(st.integers(0, len(rows) - 1)) for _ in range(2))
        field = draw(st.sampled_from(fields))
        act = draw(st.sampled_from(["drop", "double", "swap", "empty", "copy", "odd"]))
        if act == "drop" and len(rows) > 1:
            del rows[place]
        elif act == "double":
            rows.append(dict(rows[place]))
        elif act == "swap":
            rows[place], rows[other] = rows[other], rows[place]
        elif act == "empty":
            rows[place].pop(field, None)
        elif act == "copy" and field in rows[other]:
            rows[place][field] = rows[other][field]
        elif act == "odd" and rows[place].get(field) is not True:
            odd = draw(st.sampled_from(ODD))
            rows[place][field] = [odd] if field in LISTS else odd
    return tables


@st.composite
def addresses(draw, slug):
    """What readers may have in theirs: an answer to each question as the service came with them, and a few oddities."""
    tables = shipped(slug)
    pairs = [(each, draw(st.sampled_from(ODD))) for each in draw(st.sets(st.sampled_from(ODD)))]
    of_answer = {"can-we-spin-out": ("answers", "question"), "legal-forms": ("options", "criterion")}
    if slug in of_answer:
        table, question = of_answer[slug]
        for asked in dict.fromkeys(row[question] for row in tables[table]):
            answers = [row["key"] for row in tables[table] if row[question] == asked]
            pairs.append((asked, draw(st.sampled_from(answers))))
    if slug == "look-outs":
        pairs += [("settled", row["before"]) for row in tables["joins"] if draw(st.booleans())]
    if slug == "who-has-a-say":
        votes = draw(st.lists(st.sampled_from(["0", "1", "49", "0.5", "999999999"]), max_size=5))
        pairs += [(f"members{place}", number) for place, number in enumerate(votes, start=1)]
        pairs += [
            (f"who{place}", draw(st.sampled_from(list(GROUPS)))) for place, _ in enumerate(votes, start=1)
        ]
    return pairs


@pytest.mark.django_db
@pytest.mark.parametrize("slug", Tool.Slug.values)
def test_what_may_be_published_is_shown(slug):
    # The others are named all the same, as if they had been withdrawn since.
    issues = sorted({row["before"] for row in shipped("look-outs")["joins"]})[::2]
    titles = {issue: make_look_out(issue).title for issue in issues}
    tool = Tool.objects.create(slug=slug)

    def check(tables, pairs):
        if list(tools.problems(slug, tables, KNOWN)):
            return
        edition = ToolEdition(document=tool, title="T", tables=tables, number=1, saved_at=MONDAY)
        request = RequestFactory().get("/", pairs)
        request.resolver_match = resolve(reverse(f"guides:{slug}"))
        for page in PAGES[slug]:
            assert unwrap(page)(request, edition).status_code == 200
        if slug in keeping.TOOLS:
            kept = keeping.kept_of(slug, tables, parse_qs(urlencode(pairs)), titles=titles)
            again = keeping.kept_of(slug, tables, parse_qs(kept.query), titles=titles)
            assert again == kept

    assert not list(tools.problems(slug, shipped(slug), KNOWN))
    check(shipped(slug), [])
    settings(max_examples=25, deadline=None)(given(edited(slug), addresses(slug))(check))()
