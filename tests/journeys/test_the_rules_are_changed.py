"""Dora of the duty desk wants to change who answers, and first makes a mistake that would leave groups alone."""

import pytest

from tests.factories import make_enquiry

pytestmark = pytest.mark.journey

SECOND_TO_LAST, LAST = "#id_rules-5", "#id_rules-6"


@pytest.mark.parametrize(
    ("javascript", "width"), [(True, 320), (False, 1280)], ids=["small screen", "no scripts"]
)
def test_a_draft_is_rehearsed_refused_mended_and_published(adviser, javascript, width):
    make_enquiry(nation="wales")
    dora = adviser("duty-desk", javascript=javascript, width=width)
    dora.go("/admin/signposting/ruleset/")
    dora.sees("In force")
    dora.follow_button("Start a new version")
    dora.press("Start a draft")

    dora.write("What changes with this version, and why", "Wales is to have a body of its own")
    dora.page.fill(f"{LAST}-position", "6")
    dora.press("Save")
    dora.sees("Rule 7: Another rule has position 6 too")
    dora.page.fill(f"{LAST}-position", "7")
    dora.page.select_option(f"{LAST}-nation", "england")
    dora.press("Save")

    dora.follow_link("Rehearse it on past enquiries")
    dora.sees("1 would reach nobody")
    dora.sees("Northern Ireland · Staff who deliver the service · at any stage")
    dora.follow_link("Back to this version")
    dora.follow_link("Publish it")
    dora.press("Publish")
    dora.sees("cannot be published while some enquiries reach nobody")

    dora.follow_link("Back to this version")
    dora.page.select_option(f"{LAST}-nation", "")
    dora.page.fill(f"{LAST}-position", "6")
    dora.page.fill(f"{SECOND_TO_LAST}-position", "7")
    dora.press("Save")
    dora.follow_link("Rehearse it on past enquiries")
    dora.sees("Every nation, stage and kind of enquirer reaches a body.")
    dora.follow_button("Go on to publish it")
    dora.press("Publish")
    dora.sees("Version 2 is published. New enquiries go by it.")

    dora.follow_link("See where every kind of enquiry goes")
    dora.sees("Co-operatives UK, otherwise")
    dora.does_not_see("Nobody: the duty desk")
