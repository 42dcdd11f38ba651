"""A team finds out whether its service could leave the public body."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

PAGE = "/tools/can-we-spin-out/"
CARE = (
    "Scotland",
    "Council or other local authority",
    "Home care or other adult social care",
    "Neither",
    "A better service for the people who use it",
    "Staff",
    "Yes, as far as we can tell",
    "Most are for it and the unions know",
    *["Yes"] * 5,
    "Local Government Pension Scheme",
    *["Yes"] * 2,
)


def answer(reader, *labels):
    for label in labels:
        reader.choose(label)
        reader.press("Continue")


def heading(reader):
    return reader.page.get_by_role("heading", level=1)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_a_scottish_home_care_team_may_explore(group, width):
    team = group(width=width)
    team.go(PAGE)
    answer(team, *CARE)
    expect(heading(team)).to_have_text("Your service could explore this now")
    team.sees("Co-operative Development Scotland advises here")
    team.sees("Law in Scotland")
    team.does_not_see("Law in England and Wales")
    assert not team.page.context.cookies()


def test_without_javascript_and_without_an_answer_somebody_is_told_and_goes_on(group):
    reader = group(javascript=False, width=320)
    reader.go(PAGE)
    reader.press("Continue")
    reader.sees("Select an answer")
    answer(reader, "England", "Fire and rescue service", "Control room")
    reader.sees("A fire control room stays public")
    reader.sees("What could still leave")


@pytest.mark.parametrize("javascript", [True, False])
def test_changing_one_answer_keeps_the_others(group, javascript):
    reader = group(javascript=javascript)
    reader.go(PAGE)
    answer(
        reader,
        "England",
        "Police, prison, probation or armed forces",
        "Guarding prisoners or detained people",
    )
    reader.sees("We treat guarding prisoners as closed")
    reader.follow_link("Change answer: Part of police, justice or defence")
    expect(reader.page.get_by_label("Guarding prisoners or detained people")).to_be_checked()
    answer(reader, "Something else", "Health care in prisons")
    reader.follow_link("Change answer: Nation")
    answer(reader, "Wales")
    expect(heading(reader)).to_have_text("Does the work include formal decisions or the use of force?")
    reader.sees("Health care in prisons")
    assert "nation=wales" in reader.page.url


def test_what_no_longer_applies_is_said(group):
    reader = group()
    reader.go(PAGE)
    answer(reader, "England", "Council or other local authority", "Libraries")
    reader.follow_link("Change answer: Employer")
    answer(reader, "Fire and rescue service", "Control room")
    reader.sees("These answers no longer apply, so we left them out: Service.")


def test_a_result_can_be_shared_by_its_address(group):
    team = group()
    team.go(PAGE)
    answer(team, "England", "Not a public body", "A GP or other professional practice")
    colleague = group(javascript=False, width=320)
    colleague.go(team.page.url)
    expect(heading(colleague)).to_have_text("Another route fits better")
    colleague.follow_link("Start again")
    expect(heading(colleague)).to_have_text("Can our service spin out?")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_every_kind_of_page_is_fit_for_everybody(group, width):
    reader = group(width=width)
    for page in (
        PAGE,
        f"{PAGE}all-questions/",
        f"{PAGE}?nation=england&asked=employer",
        f"{PAGE}?nation=england&employer=nhs&change=employer&x=1",
        f"{PAGE}?nation=england&employer=police-justice&justice-part=custody&service=leisure",
        f"{PAGE}?nation=england&employer=school-or-college&school-part=whole",
    ):
        reader.go(page)


def test_on_paper_the_answers_stay_and_the_controls_go(group):
    reader = group()
    reader.go(f"{PAGE}?nation=england&employer=fire&fire-part=control")
    reader.page.emulate_media(media="print")
    expect(reader.page.get_by_text("Control room", exact=True)).to_be_visible()
    expect(reader.page.get_by_role("link", name="Change answer: Nation")).to_be_hidden()
