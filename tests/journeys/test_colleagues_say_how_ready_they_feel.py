"""A group asks its colleagues, each answers alone, and the group sees no more than it may."""

import re

import pytest

pytestmark = pytest.mark.journey

LINK = re.compile(r"/plan/readiness/[\w-]{10,}/")


@pytest.fixture(params=[True, False], ids=["on a narrow screen", "without scripts"])
def scene(request):
    return {"javascript": request.param, "width": 320 if request.param else 1280}


def start_a_plan(group, scene):
    keeping = group(**scene)
    keeping.go("/plan/")
    keeping.press("Start a plan")
    keeping.go("/plan/")
    keeping.follow_link("Ask colleagues how ready they feel")
    return keeping


def make_links(keeping, number):
    keeping.write("How many links do you need?", str(number))
    keeping.press("Make links")
    return LINK.findall(keeping.page.locator("main").inner_text())


def answer(group, scene, link, first):
    """One colleague, at a device of their own, who says one thing and leaves the rest."""
    colleague = group(**scene)
    colleague.go(link)
    colleague.sees("What we cannot hide")
    colleague.page.get_by_role("radio", name=first, exact=True).first.check()
    colleague.press("Send my answers")
    colleague.sees("Your answers are part of the numbers now")
    assert colleague.page.context.cookies() == []
    return colleague


def test_the_group_sees_the_fourth_answer_and_none_before_it(group, scene):
    keeping = start_a_plan(group, scene)
    links = make_links(keeping, 5)
    assert len(set(links)) == 5
    for link, word in zip(links[:3], ("Yes", "Yes", "No"), strict=True):
        answer(group, scene, link, word)
        keeping.go("/plan/readiness/")
        keeping.sees("Fewer than 4 are used")
        assert keeping.page.get_by_role("table").count() == 0
    answer(group, scene, links[3], "Partly")
    keeping.go("/plan/readiness/")
    keeping.sees("At least 4 are used, and at most 1 are not")
    assert keeping.page.get_by_role("table").count() == 1
    rows = keeping.page.get_by_role("table").get_by_role("row").all_inner_texts()
    assert [re.sub(r"\s+", " ", row).strip() for row in rows[1:]] == [
        "Yes 2 of 4",
        "Partly 1 of 4",
        "No 1 of 4",
        "I do not know 0 of 4",
    ]


def test_a_link_that_is_used_again_and_again_counts_once(group, scene):
    keeping = start_a_plan(group, scene)
    link = make_links(keeping, 4)[0]
    for word in ("Yes", "No", "Partly", "No"):
        answer(group, scene, link, word).sees("Each link counts once")
    keeping.go("/plan/readiness/")
    keeping.sees("Fewer than 4 are used")
    assert keeping.page.get_by_role("table").count() == 0


def test_a_colleague_who_sends_nothing_is_told_what_is_missing(group, scene):
    keeping = start_a_plan(group, scene)
    colleague = group(**scene)
    colleague.go(make_links(keeping, 4)[0])
    colleague.press("Send my answers")
    colleague.sees("Answer at least one question")
