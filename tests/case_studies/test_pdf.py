"""What stands in the PDF of a profile, and what readers get for its address."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from case_studies import pdf, profiles
from case_studies.models import Profile
from case_studies.pdf import sheet
from guides.library import shelf
from guides.models import Source
from mutuals_portal import publishing
from tests.factories import (
    make_evidence,
    make_figure,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_source,
    make_user,
)
from tests.pdf_files import elements, read, squeezed, titles, words

NOW = timezone.now()
AGO = NOW - timedelta(days=30)
STEPS = [
    {"stage": "early-thinking", "title": "The idea", "begins": "2010-02", "source": "report"},
    {
        "stage": "implementation",
        "title": "The contract",
        "begins": "2011-03",
        "ends": "2011-05",
        "source": "report",
    },
]
SHARES = [
    {"group": "staff", "basis": "ownership", "percent": "60", "as_of": "2011", "source": "report"},
    {
        "group": "users",
        "basis": "ownership",
        "percent": "30",
        "words": "three in ten",
        "as_of": "2011",
        "source": "report",
    },
    {"group": "community", "basis": "board", "as_of": "2012", "source": "report"},
]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def report():
    return make_source(
        "report", title="The report", publisher="The publisher", address="https://example.org/report"
    )


@pytest.fixture
def get(client):
    """The PDF of a body’s profile."""
    return lambda slug="pools", **headers: client.get(f"/case-studies/{slug}.pdf", headers=headers)


def make_pools(**said):
    return make_profile(**{"slug": "pools", "title": "City Pools", "at": AGO} | said)


def test_its_metadata_name_the_body_and_the_day_of_the_text(get):
    make_pools()
    answer = get()
    reader = read(answer)
    root = reader.trailer["/Root"]

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="pools.pdf"'
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == "City Pools"
    assert reader.metadata.creation_date.date() == timezone.localdate(AGO)


def test_it_begins_with_its_edition_and_where_the_newest_is(get):
    make_pools(summary="A body that left.")
    first = read(get()).pages[0].extract_text()

    assert "A body that left." in first
    assert f"Edition of {timezone.localdate(AGO):%-d %B %Y}, version 1" in first
    assert "/case-studies/pools/" in first


def test_every_text_of_the_page_is_in_it_under_its_heading(get):
    make_pools(**{name: f"Words of {name}." for name in Profile.TEXTS})
    answer = get()

    assert squeezed("".join(f"Words of {name}." for name in Profile.TEXTS[:1])) in squeezed(words(answer))
    assert all(squeezed(f"Words of {name}.") in squeezed(words(answer)) for name in Profile.TEXTS)
    assert titles(read(answer).outline)[:3] == ["What it does", "Who owns it", "How it is governed"]


def test_what_is_not_known_says_so(get):
    make_pools()
    text = words(get())

    assert "Came out of Not known" in text
    assert "Staff Not known" in text
    assert "Who owns it\nNot known." in text
    assert "What helped\nNot known." in text
    assert "We know of no figures that have a source." in text


def test_a_figure_has_its_day_its_voice_and_its_source(get):
    make_pools(
        claims=[make_figure("staff-2013", as_of="2013-04", assured_by="regulator", source="report")],
        results="It had {staff-2013}.",
    )
    text = words(get())

    assert "It had 40 people[1]." in text
    assert squeezed("Staff 40 people[1] April 2013 A regulator or auditor 1 January 2099") in squeezed(text)
    assert "[1] The report, The publisher https://example.org/report" in text


def test_a_figure_that_nobody_checked_in_time_says_so_from_the_next_day(client, report):
    make_pools(claims=[make_figure("staff-2013", review_by="2027-05-01")], results="It had {staff-2013}.")
    edition = profiles.with_parts(Profile.objects.live(at=NOW)).get()

    def said(on):
        figures = profiles.figures_of(edition, on=on)
        return [sheet._checked(figure)[0]["text"] for figure in figures]

    assert said(date(2027, 5, 1)) == ["1 May 2027"]
    assert said(date(2027, 5, 2)) == ["Not checked since 1 May 2027"]


def test_tables_have_captions_and_header_cells(get):
    make_pools(claims=[make_figure(), make_figure(as_of="2015")], shares=SHARES)
    reader = read(get())

    assert len(elements(reader, "/Table")) == 5  # in short, two of owners, staff, figures
    assert len(elements(reader, "/Caption")) == 5
    assert len(elements(reader, "/TH")) == 2 + 3 + 3 + 2 + 5


def test_ownership_is_a_table_and_a_picture_with_the_same_in_words(get):
    make_pools(shares=SHARES)
    answer = get()

    [picture] = elements(read(answer), "/Figure")
    assert picture["/Alt"] == "Shares or ownership as a bar: Staff 60%, Users 30%, Not known 10%"
    assert "30%: three in ten[1]" in words(answer)
    assert "Community Not known[1] 2012" in words(answer)


def test_the_road_out_has_its_stages_and_how_long_they_took(get):
    make_pools(milestones=STEPS)
    text = words(get())

    assert "From the first step that we know of to the start: about 1 year and 3 months." in text
    assert "Early thinking" in text
    assert "Implementation" in text
    assert "March 2011 to May 2011: The contract[1]" in text


def test_what_it_met_stands_with_issue_stage_and_source(get):
    issue = make_look_out(title="Pensions")
    make_pools(evidence=[make_evidence(issue, effect="hindered", how="The deficit stayed.", source="report")])
    text = words(get())

    assert "What got in the way\nPensions (Implementation)\nThe deficit stayed.[1]" in text
    assert "What helped\nNot known." in text


def test_a_body_that_is_no_spin_out_says_so(get):
    make_pools(kind="council-owned")

    assert "This is not a staff spin-out from a public body. It is another kind: owned by councils." in words(
        get()
    )


def test_names_lead_to_public_addresses(get, settings):
    make_look_out("pensions")
    make_pools(lessons="See [pensions](look-out:pensions).")
    links = [each.get_object() for page in read(get()).pages for each in page.get("/Annots", [])]

    assert f"{settings.PUBLIC_URL}/tools/look-outs/pensions/" in {
        link["/A"]["/URI"] for link in links if "/URI" in link.get("/A", {})
    }


def test_the_same_profile_gives_the_same_bytes_and_the_same_mark(get):
    make_pools()
    first = get()

    assert get().content == first.content
    assert get(if_none_match=first.headers["ETag"]).status_code == 304
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert not first.cookies


def test_it_is_new_at_once_when_the_text_or_a_source_is(get, report):
    pools = make_pools(claims=[make_figure(source="report")]).document
    old = get().headers["ETag"]
    Source.objects.update(title="The second report")
    mended = get(if_none_match=old)
    make_profile(pools, at=NOW - timedelta(seconds=1), title="Town Pools")
    new = get(if_none_match=mended.headers["ETag"])

    assert "The second report" in words(mended)
    assert read(new).metadata.title == "Town Pools"


def test_nothing_that_is_not_public_gets_into_it(get):
    make_profile_draft(make_pools().document, at=NOW, what_it_does="Secretdraft.")
    make_profile(
        make_pools(slug="soon").document,
        show_from=NOW + timedelta(days=1),
        at=NOW - timedelta(days=1),
        title="Secretscheduled",
    )

    assert "Secret" not in words(get("pools")) + words(get("soon"))


def test_there_is_none_of_what_was_never_shown(get):
    make_profile_draft(at=AGO)
    make_profile(slug="soon", at=AGO, show_from=NOW + timedelta(days=1))

    assert get("soon").status_code == 404
    assert get("nobody").status_code == 404


def test_there_is_none_of_what_was_withdrawn_and_the_reason_stands_there(get):
    publishing.withdraw(make_pools().document, by=make_user(), at=NOW, reason="It was wrong.")
    answer = get()

    assert answer.status_code == 410
    assert "It was wrong." in answer.content.decode()
    assert "City Pools" not in answer.content.decode()


def test_one_that_typst_refuses_leads_to_the_page(get, monkeypatch, tmp_path):
    make_pools()
    (tmp_path / "sheet.typ").write_text('#panic("no")')
    monkeypatch.setattr(sheet, "TEMPLATE", tmp_path / "sheet.typ")
    answer = get()

    assert answer.status_code == 503
    assert 'href="/case-studies/pools/"' in answer.content.decode()


def test_its_page_leads_to_it_unless_it_shows_a_past_day(client):
    make_pools()

    assert (
        'href="/case-studies/pools.pdf" type="application/pdf"'
        in client.get("/case-studies/pools/").content.decode()
    )
    past = client.get(f"/case-studies/pools/?as_of={timezone.localdate(AGO)}").content.decode()
    assert "pools.pdf" not in past


def test_every_profile_that_comes_with_the_service_makes_one_as_small_as_its_page_says(get):
    call_command("load_content", verbosity=0)
    slugs = list(Profile.objects.live(at=timezone.now()).values_list("document__slug", flat=True))
    answers = [get(slug) for slug in slugs]

    assert len(slugs) > 20
    assert {answer.status_code for answer in answers} == {200}
    assert max(len(answer.content) for answer in answers) < 150_000


@pytest.mark.parametrize(
    "text", ['#panic("gone")', "$x^2$", "@source-1", '"', "\\u{41}\\", "\x01", "💩", "عربي"]
)
def test_what_looks_like_typst_or_has_no_letter_in_any_font_makes_a_pdf(text):
    make_pools()
    edition = profiles.with_parts(Profile.objects.live(at=NOW)).get()
    edition.title = edition.what_it_does = edition.parent_body = f"Before {text} after"
    library = shelf(at=NOW)
    made = pdf.make(pdf.contents(profiles.read(edition, library=library, at=NOW, now=NOW), library=library))

    assert "Before" in words(made)
    assert "after" in words(made)
