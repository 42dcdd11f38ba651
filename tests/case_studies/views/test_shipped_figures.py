"""Every figure on the page of every profile that comes with the service is a claim's, with its source and its date.

The test takes away from each page what rows with a source give, each together with the mark that leads to this very
source. What is left may hold no figure.
"""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from case_studies import pictures, profiles
from case_studies.models import Profile
from case_studies.wording import FIGURE
from mutuals_portal import partial_date
from tests.case_studies.pages import marked_words, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client):
    """The live profiles with their pages."""
    call_command("load_content", verbosity=0)
    live = profiles.with_parts(Profile.objects.live(at=timezone.now()))
    return [(profile, client.get(profile.document.get_absolute_url()).text) for profile in live]


def sources_of(html):
    """The number of each source in the list of the page, by its title."""
    rows = re.findall(r'<li id="source-(\d+)">(.*?)</li>', html, re.DOTALL)
    return {marked_words(row): int(number) for number, row in rows}


def mark(source, numbers):
    """The mark that must follow what this source says."""
    name = f"{source.title}, {source.publisher}"
    return f"[{numbers[' '.join(name.split())]}]"


def backed(profile, numbers):
    """What may stand on the page, each with the mark of its source."""
    for claim in profile.claims.all():
        yield f"{claim.value}{mark(claim.source, numbers)}"
    for share in profile.shares.all():
        percent = f"{share.percent.normalize():f}%" if share.percent is not None else ""
        amount = ": ".join(filter(None, (percent, share.words)))
        yield f"{amount or 'Not known'}{mark(share.source, numbers)}|{partial_date.in_words(share.as_of)}"
    for step in profile.milestones.all():
        days = " to ".join(filter(None, map(partial_date.in_words, (step.begins, step.ends))))
        yield f"{step.title}{mark(step.source, numbers)}|{days}"
    if profile.last_known_source:
        day = partial_date.in_words(profile.last_known_as_of)
        stands = profile.get_last_known_display()
        yield f"{stands} ({day}){mark(profile.last_known_source, numbers)}"
        yield f"{stands}, {day}.{mark(profile.last_known_source, numbers)}"


def reckoned(profile):
    """Lengths of time between days that have their sources on the same page."""
    started = profiles.started_on(profiles.figures_of(profile, on=timezone.localdate()))
    milestones = list(profile.milestones.all())
    lengths = [stage.months for stage in pictures.road(milestones)]
    lengths.append(pictures.months_out(milestones, started=started))
    return {pictures.in_words(months) for months in lengths if months}


def test_the_claims_table_gives_each_figure_with_its_source_day_voice_and_next_check(pages):
    for profile, html in pages:
        numbers = sources_of(html)
        table = section(html, "figures")
        for claim in profile.claims.all():
            row = re.search(rf'<tr[^>]* id="figure-{claim.key}">(.*?)</tr>', table, re.DOTALL)
            label, value, as_of, voice, check, *_ = marked_words(row[1]).split("|")
            assert label == claim.label
            assert value == f"{claim.value}{mark(claim.source, numbers)}", profile
            assert as_of.endswith(partial_date.in_words(claim.as_of))
            assert voice.casefold() == claim.get_assured_by_display().casefold()
            assert check == f"{claim.review_by:%-d %B %Y}"
    assert len(pages) >= 20


def test_no_other_figure_stands_on_a_page(pages):
    for profile, html in pages:
        numbers = sources_of(html)
        words = marked_words(html[: html.index('<h2 class="govuk-heading-m" id="sources">')])
        for found in sorted(backed(profile, numbers), key=len, reverse=True):
            words = words.replace(found, "")
        for claim in profile.claims.all():  # their days stand beside them, which the other test sees to
            day = partial_date.in_words(claim.as_of)
            said = f"No date in the source. Read on {day}" if claim.is_undated else day
            for beside in (
                f"|As of {day}|",
                f"|{said}|",
                f"|{claim.review_by:%-d %B %Y}|",
                f"{claim.label}|",
            ):
                words = words.replace(beside, "||")
        for length in reckoned(profile):
            words = words.replace(length, "")
        left = FIGURE.findall(re.sub(r"\[\d+\]", "", words))
        assert left == [], f"{profile.title}: {left} in {words}"


def test_the_test_would_see_a_figure_without_a_source():
    assert FIGURE.findall("It had 500 staff.") != []


def test_every_mark_leads_to_a_source_of_the_page_and_every_source_is_asked_for(pages):
    for profile, html in pages:
        marks = set(re.findall(r'href="#source-(\d+)"', html))
        assert marks == {str(number) for number in sources_of(html).values()}, profile
