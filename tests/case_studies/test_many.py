"""Made-up profiles for measuring: whole, plainly made up, and gone again when asked."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from case_studies.models import CaseStudy, Profile
from tests.factories import make_look_out, make_profile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def look_outs():
    return [make_look_out() for _ in range(5)]


def test_they_are_live_whole_and_plainly_made_up():
    call_command("make_case_studies", 12, verbosity=0)
    call_command("make_case_studies", 3, verbosity=0)
    profiles = Profile.objects.live(at=timezone.now()).order_by("pk")
    assert [profile.title for profile in profiles] == [f"Demo body {place}" for place in range(1, 16)]
    assert [problem for profile in profiles for problem in profile.problems(at=timezone.now())] == []
    assert profiles[0].evidence.count() == 4
    assert profiles[0].start_year == 1997


def test_they_are_public_pages(client):
    call_command("make_case_studies", 2, verbosity=0)
    assert "Demo body 2" in client.get("/case-studies/demo-body-2/").text


def test_they_are_taken_away_and_nothing_else_is():
    make_profile(slug="real")
    call_command("make_case_studies", 2, verbosity=0)
    call_command("make_case_studies", remove=True, verbosity=0)
    assert CaseStudy.objects.get().slug == "real"


def test_never_on_a_portal_for_the_public(settings):
    settings.LOCAL_MODE = False
    with pytest.raises(CommandError, match="made-up bodies to the public"):
        call_command("make_case_studies", 2)


@pytest.mark.parametrize("number", [0, -1, 100_001])
def test_a_number_that_makes_no_sense_is_refused(number):
    with pytest.raises(CommandError, match="from 1 to 100,000"):
        call_command("make_case_studies", number)
