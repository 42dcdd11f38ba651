"""Made-up offers for measuring: whole, plainly made up, and gone again when asked."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from signposting.models import Entry, Offer, Organisation
from tests.factories import make_entry, make_look_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def look_outs():
    return [make_look_out() for _ in range(7)]


def test_they_are_live_whole_and_plainly_made_up():
    call_command("make_directory", 12, verbosity=0)
    call_command("make_directory", 3, verbosity=0)
    entries = Entry.objects.live(at=timezone.now()).order_by("pk")
    assert [entry.title for entry in entries] == [f"Demo helper {place}" for place in range(1, 9)]
    assert [problem for entry in entries for problem in entry.problems(at=timezone.now())] == []
    assert Offer.objects.help(at=timezone.now()).count() == 15


def test_they_are_public_pages(client):
    call_command("make_directory", 2, verbosity=0)
    assert "Demo helper 1" in client.get("/support/demo-helper-1/").text


def test_they_are_taken_away_and_nothing_else_is():
    make_entry(slug="real")
    call_command("make_directory", 2, verbosity=0)
    call_command("make_directory", remove=True, verbosity=0)
    assert Organisation.objects.get().slug == "real"
    assert Offer.objects.count() == 1


def test_never_on_a_portal_for_the_public(settings):
    settings.LOCAL_MODE = False
    with pytest.raises(CommandError, match="made-up bodies to the public"):
        call_command("make_directory", 2)


@pytest.mark.parametrize("number", [0, -1, 100_001])
def test_a_number_that_makes_no_sense_is_refused(number):
    with pytest.raises(CommandError, match="from 1 to 100,000"):
        call_command("make_directory", number)
