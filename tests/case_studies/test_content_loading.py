"""The profiles that come with the service: complete, loaded once, and never over an editor's words."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from case_studies import content_loading
from case_studies.models import CaseStudy, Claim, Profile
from guides import content_loading as guides_content
from guides.models import LookOut, Source
from mutuals_portal import content_files, publishing
from mutuals_portal.content_files import ContentError, Outcome
from tests.factories import MONDAY, make_user

LATER = MONDAY + timedelta(days=30)
PROFILE = """title: Leaving Together
summary: A body that left its council to be owned by its staff.
kind: staff-spin-out
nation: england
region: north-west
place: Salford
sectors: [leisure]
parent_body: A council
legal_form: co-operative-society
last_known: operating
last_known_as_of: "2025-12"
last_known_source: gma
review_by: 2099-01-01
what_it_does: |
  It runs pools with {staff}.
claims:
- key: staff
  measure: staff
  label: Staff
  qualifier: over
  number: 500
  unit: people
  as_of: "2025"
  assured_by: body
  review_by: 2099-01-01
  source: gma
- key: started
  measure: started
  label: Started
  day: "2003-10-01"
  as_of: "2003-10-01"
  assured_by: body
  review_by: 2099-01-01
  source: gma
shares:
- group: staff
  basis: members
  as_of: "2025"
  source: gma
milestones:
- stage: first-year
  title: It opened
  begins: "2003-10-01"
  source: gma
evidence:
- look_out: pensions
  stage: implementation
  effect: hindered
  how: The price of pensions was not known in time.
  source: gma
"""


@pytest.fixture(scope="module")
def shipped():
    return content_loading.read_profiles(
        look_outs=guides_content.read_look_outs(), sources=guides_content.read_sources()
    )


@pytest.fixture
def folder(tmp_path):
    content = tmp_path / "content"
    content.mkdir()
    write(content, PROFILE)
    return content


def write(folder: Path, text: str, name: str = "leaving-together") -> None:
    (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def read(folder):
    return content_loading.read_profiles(
        look_outs=guides_content.read_look_outs(), sources=guides_content.read_sources(), folder=folder
    )


def load(folder, at=MONDAY):
    content_files.write(LookOut, guides_content.read_look_outs())
    content_files.write(Source, guides_content.read_sources(), key="key")
    return content_loading.write_profiles(read(folder), at=at)


def test_a_number_is_taken_as_it_is_written(folder):
    write(folder, PROFILE.replace("number: 500", "number: 0.01"))
    (profile,) = read(folder)
    assert str(profile.parts["claims"][0].values["number"]) == "0.01"


class TestWhatIsShipped:
    def test_there_are_the_named_cases_and_those_that_ended(self, shipped):
        slugs = {profile.slug for profile in shipped}
        assert len(slugs) >= 20
        assert slugs >= {"salford-community-leisure", "harwich-connexions", "sunshine-care"}
        assert slugs >= {"harness-care-co-operative", "seqol", "epic", "suffolk-libraries", "mycsp"}

    def test_every_profile_is_one_sentence_short_for_search_engines(self, shipped):
        for profile in shipped:
            assert 40 <= len(profile.entry.values["summary"]) <= 160, profile.slug

    @pytest.mark.django_db
    def test_all_of_it_loads_and_is_fit_to_be_published(self):
        call_command("load_content", verbosity=0)
        now = timezone.now()
        for profile in Profile.objects.select_related("document"):
            assert profile.problems(at=now) == [], profile.document.slug
        again = content_loading.read_profiles(
            look_outs=guides_content.read_look_outs(), sources=guides_content.read_sources()
        )
        assert content_loading.write_profiles(again, at=now) == Outcome(unchanged=len(again))


class TestReading:
    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("kind: staff-spin-out", "kind: startup", "line 3: kind: Value 'startup' is not a valid choice."),
            ("sectors: [leisure]", "sectors: leisure", "line 7: sectors must be a list."),
            (
                'last_known_as_of: "2025-12"',
                "last_known_as_of: soon",
                "line 11: last_known_as_of: Enter a year",
            ),
            (
                "last_known_source: gma",
                "last_known_source: gmo",
                "line 12: “gmo” is no last-known-source",
            ),
            ("review_by: 2099-01-01\nwhat", "what", "line 1: review_by must be a date"),
            ("with {staff}", "with {stuff}", "line 14: what_it_does: {stuff} is not the key"),
            ("with {staff}", "with 500", "line 14: what_it_does: “500” is a figure"),
            ("number: 500", "number: many", "line 21: number must be a number."),
            ("number: 500", "number: true", "line 21: number must be a number."),
            ("look_out: pensions", "look_out: pension", "line 46: “pension” is no look-out that we know."),
            ("  source: gma\nmilestones", "milestones", "line 36: “None” is no source that we know."),
            ("shares:\n", "shares: 7\nmore:\n", "line 35: shares must be a list of entries."),
            ("key: started", "key: staff", "line 27: another has the same key."),
        ],
    )
    def test_a_fault_is_named_with_its_file_and_line(self, folder, old, new, sentence):
        assert old in PROFILE
        write(folder, PROFILE.replace(old, new))
        with pytest.raises(ContentError) as refused:
            read(folder)
        assert str(refused.value).startswith(f"leaving-together.yaml, {sentence}")

    def test_a_name_that_is_no_address_is_refused(self, folder):
        write(folder, PROFILE, "No good")
        with pytest.raises(ContentError, match="“No good” is not fit for an address"):
            read(folder)

    def test_an_empty_file_is_refused(self, folder):
        write(folder, "", "empty")
        with pytest.raises(ContentError, match=r"empty.yaml, line 1: the file is empty\."):
            read(folder)


@pytest.mark.django_db
class TestWriting:
    def test_what_is_loaded_is_public_with_all_its_parts(self, folder):
        assert load(folder) == Outcome(loaded=1)
        profile = Profile.objects.live(at=LATER).get()
        assert (profile.title, profile.start_year, profile.staff) == ("Leaving Together", 2003, 500)
        assert (profile.owners, profile.stages) == (["staff"], ["implementation"])
        assert [str(claim) for claim in profile.claims.all()] == [
            "Staff: over 500 people",
            "Started: 1 October 2003",
        ]
        assert profile.problems(at=LATER) == []

    def test_loading_twice_changes_nothing(self, folder):
        load(folder)
        before = list(Claim.objects.values())
        assert load(folder, at=LATER) == Outcome(unchanged=1)
        assert list(Claim.objects.values()) == before

    def test_a_changed_figure_becomes_the_next_edition_and_the_old_one_keeps_its_own(self, folder):
        load(folder)
        write(folder, PROFILE.replace("number: 500", "number: 600"))
        assert load(folder, at=LATER) == Outcome(loaded=1)
        assert Profile.objects.live(at=LATER).get().staff == 600
        assert Profile.objects.live(at=MONDAY).get().claims.get(key="staff").number == 500

    def test_a_profile_that_somebody_writes_in_is_theirs_and_takes_its_parts_along(self, folder):
        load(folder)
        draft = publishing.start(CaseStudy.objects.get(), by=make_user(), at=MONDAY)
        assert [claim.key for claim in draft.claims.all()] == ["staff", "started"]
        assert draft.evidence.get().look_out.slug == "pensions"
        assert draft.staff == 500
        write(folder, PROFILE.replace("number: 500", "number: 600"))
        assert load(folder, at=LATER) == Outcome(kept=1)
