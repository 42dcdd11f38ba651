"""What can be kept of each tool: whatever an address holds, it can be kept, and keeping it again is the same."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import guides
from guides.keeping import KEEPERS, LONGEST_QUERY, LOOK_OUTS, TOOLS, kept_of

CONTENT = Path(guides.__file__).parent / "content" / "tools"
TITLES = {"pensions": "Pensions", "tupe": "Staff transfer"}


def shipped(tool):
    return yaml.safe_load((CONTENT / f"{tool}.yaml").read_text())


def names_in(value):
    """Every key and text of the rows: what an address may well name."""
    if isinstance(value, dict):
        return {name for each in value.items() for name in names_in(list(each))}
    if isinstance(value, list):
        return {name for each in value for name in names_in(each)}
    return {str(value)[:40]}


def addresses(tool):
    near = st.sampled_from(
        sorted(names_in(shipped(tool)) | {"settled", "pensions", "nation", "scotland", "favourite"})
    )
    name = (
        near | st.sampled_from(["who1", "members1", "votes1", "name1", "count", "pass"]) | st.text(max_size=5)
    )
    value = near | st.integers().map(str) | st.text()
    return st.dictionaries(name, st.lists(value, max_size=3), max_size=8)


def test_every_tool_that_can_be_kept_has_its_keeper():
    assert {*KEEPERS, LOOK_OUTS} == set(TOOLS)


@pytest.mark.parametrize("tool", TOOLS)
def test_any_address_can_be_kept_and_leads_back_to_itself(tool):
    tables = shipped(tool)

    @given(addresses(tool))
    def check(query):
        kept = kept_of(tool, tables, query, titles=TITLES)
        again = kept_of(tool, tables, parse_qs(kept.query, keep_blank_values=True), titles=TITLES)
        assert again == kept
        assert len(kept.query) <= LONGEST_QUERY
        assert bool(kept.query) == bool(kept.lines)
        (kept.query + "".join(kept.lines)).encode()
        assert "\0" not in "".join(kept.lines)

    check()


def test_what_is_longer_than_an_address_may_be_is_not_kept():
    many = {f"issue-{number:03}": f"Issue {number}" for number in range(600)}

    assert kept_of(LOOK_OUTS, {}, {"settled": list(many)}, titles=many).lines == ()
