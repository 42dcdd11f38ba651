"""A group tries out who would have a say, adds a class, and compares with what others published."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

PAGE = "/tools/who-has-a-say/"


def enter(reader, number, who, *, members="", votes=""):
    reader.page.locator(f"#who{number}").select_option(label=who)
    reader.page.locator(f"#members{number}").fill(members)
    reader.page.locator(f"#votes{number}").fill(votes)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_somebody_reads_the_page_empty_worked_out_and_wrong(group, width):
    reader = group(width=width)
    for query in (
        "",
        "?who1=employees&members1=60&who2=users&members2=30&who3=public-body&votes3=10&per3=class&nation=scotland",
        "?count=seats&pass=unanimous&"
        + "&".join(f"name{n}=A+long+name+of+class+{n}&votes{n}=1" for n in range(1, 13)),
        "?who1=employees&members1=-3&who2=nobody&percent=120&rows=99&members99=1",
    ):
        reader.go(f"{PAGE}{query}")


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_a_group_finds_out_who_decides_and_changes_it(group, javascript, width):
    reader = group(javascript=javascript, width=width)
    reader.go(PAGE)
    enter(reader, 1, "Employees", members="60")
    enter(reader, 2, "Users", members="30")
    enter(reader, 3, "Public body", members="10")
    reader.press("Show who has a say")
    reader.sees("Employees can pass any decision alone.")
    reader.sees("The votes of users and the public body never change the result.")
    reader.press("Add another class")
    expect(reader.page.locator("#members1")).to_have_value("60")
    enter(reader, 4, "Community", members="30")
    reader.choose("At least two thirds")
    reader.press("Show who has a say")
    reader.sees("No class can pass a decision alone.")
    reader.sees("Employees can stop any decision alone.")
    assert reader.page.url.endswith(
        f"{PAGE}?pass=two-thirds&who1=employees&members1=60&who2=users&members2=30"
        "&who3=public-body&members3=10&who4=community&members4=30#result"
    )


def test_a_group_starts_from_a_published_arrangement(group):
    reader = group()
    reader.go(PAGE)
    reader.follow_link(re.compile("Open these numbers.*MyCSP: shares in 2018"))
    reader.sees("Equiniti can pass any decision alone.")
    reader.sees("An investor can stop any decision")
    reader.follow_link(re.compile("About these numbers.*MyCSP: shares in 2018"))
    reader.follow_link("Read about MyCSP")
    reader.sees("MyCSP was a joint venture")
