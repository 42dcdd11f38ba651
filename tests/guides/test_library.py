"""The shelf: what is live at a moment, as trees and names, in one query."""

from datetime import timedelta

import pytest

from guides.library import Guide, Page, shelf
from mutuals_portal import publishing
from tests.factories import (
    MONDAY,
    make_approved,
    make_document,
    make_draft,
    make_live_document,
    make_look_out,
    make_published,
    make_user,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def guide():
    return make_live_document("guide", slug="leaving", title="Leaving")


@pytest.fixture
def stages(guide):
    second = make_live_document("stage", slug="second", parent=guide, position=2)
    first = make_live_document("stage", slug="first", parent=guide, position=1)
    return first, second


@pytest.fixture
def pages(stages):
    first, second = stages
    return (
        make_live_document("page", slug="b", parent=first, position=2),
        make_live_document("page", slug="a", parent=first, position=1),
        make_live_document("page", slug="c", parent=second),
    )


def test_a_guide_holds_its_stages_and_pages_in_their_order(pages):
    (guide,) = shelf(at=LATER).guides
    assert [stage.slug for stage in guide.stages] == ["first", "second"]
    assert [[page.slug for page in stage.pages] for stage in guide.stages] == [["a", "b"], ["c"]]
    assert [stage.number for stage in guide.stages] == [1, 2]


def test_it_takes_one_query(pages, django_assert_num_queries):
    make_look_out("pensions", title="Pensions")
    with django_assert_num_queries(1):
        library = shelf(at=LATER)
        assert library.page("c").guide is library.guide("leaving")
        assert library.names["look-out:pensions"].title == "Pensions"


def test_every_kind_has_the_address_that_its_document_has(pages):
    documents = [*pages, *(make_live_document(kind) for kind in ("policy", "term", "look-out"))]
    library = shelf(at=LATER)
    for document in documents:
        assert library.entries[document.name].address == document.get_absolute_url()
        assert library.names[document.name].address == document.get_absolute_url()
    assert library.names["stage:leaving/first"].address == "/guides/leaving/first/"
    assert library.names["guide:leaving"].title == "Leaving"


def test_issues_go_by_the_title_of_their_text_and_are_there_only_with_one():
    make_look_out("vat", title="VAT", position=2, words={"stages": ["appraisal"], "sectors": ["libraries"]})
    make_look_out("pensions", title="Pension", position=1, words={"title": "Pensions"})
    make_look_out("tupe", is_live=False)
    library = shelf(at=LATER)
    assert [issue.title for issue in library.look_outs] == ["Pensions", "VAT"]
    assert (library.look_out("vat").at_stages, library.look_out("vat").sectors) == (
        ["appraisal"],
        ["libraries"],
    )
    assert library.names["look-out:pensions"].address == "/tools/look-outs/pensions/"
    assert "look-out:tupe" not in library.names
    assert library.look_out("tupe") is None


def test_nothing_is_there_that_is_a_draft_approved_scheduled_or_withdrawn(stages):
    first, _ = stages
    make_draft(make_document(slug="draft", parent=first))
    make_approved(make_document(slug="approved", parent=first))
    make_published(
        make_document(slug="scheduled", parent=first), show_from=LATER + timedelta(days=9), title="Soon"
    )
    withdrawn = make_live_document(slug="withdrawn", parent=first)
    publishing.withdraw(withdrawn, by=make_user(), at=LATER, reason="Wrong.")
    library = shelf(at=LATER)
    assert not [name for name in library.entries if name.startswith("page:")]
    assert library.guide("leaving").stages[0].pages == []


def test_a_scheduled_edition_is_not_named_before_its_time(pages):
    document = pages[0]
    make_published(document, at=LATER, show_from=LATER + timedelta(days=1), title="New name")
    assert shelf(at=LATER).page("b").title != "New name"
    assert shelf(at=LATER + timedelta(days=1)).page("b").title == "New name"


def test_what_belongs_to_a_withdrawn_stage_goes_with_it(stages, pages):
    publishing.withdraw(stages[0], by=make_user(), at=LATER, reason="Wrong.")
    library = shelf(at=LATER)
    assert {name for name in library.entries if name.startswith("page:")} == {"page:c"}


def test_what_belongs_to_a_withdrawn_guide_goes_with_it(guide, pages):
    make_live_document("guide", slug="another")
    publishing.withdraw(guide, by=make_user(), at=LATER, reason="Wrong.")
    assert [entry.slug for entry in shelf(at=LATER)] == ["another"]


def test_the_way_through_a_guide_goes_by_every_stage_and_page(pages):
    library = shelf(at=LATER)
    guide = library.guide("leaving")
    assert [entry.slug for entry in guide.in_reading_order] == ["leaving", "first", "a", "b", "second", "c"]
    assert [entry and entry.slug for entry in library.neighbours(guide)] == [None, "first"]
    assert [entry.slug for entry in library.neighbours(library.page("b"))] == ["a", "second"]
    assert [entry and entry.slug for entry in library.neighbours(library.page("c"))] == ["second", None]


def test_what_helps_with_most_of_the_issues_comes_first(stages):
    for slug in ("pensions", "finance", "tupe"):
        make_look_out(slug)
    make_live_document(slug="one", parent=stages[0], look_outs=["pensions"])
    make_live_document(slug="two", parent=stages[0], look_outs=["finance", "pensions"])
    make_live_document(slug="other", parent=stages[0], look_outs=["tupe"])
    make_live_document("policy", slug="three", look_outs=["pensions"])
    found = shelf(at=LATER).helping_with(["pensions", "finance"])
    assert [entry.slug for entry in found] == ["two", "one", "three"]


def test_terms_are_in_the_order_of_the_alphabet_and_known_by_all_their_words():
    make_live_document(
        "term", slug="tupe", title="TUPE", also=["transfer regulations"], summary="Moves staff."
    )
    make_live_document("term", slug="asset-lock", title="asset lock")
    library = shelf(at=LATER)
    assert [term.slug for term in library.terms] == ["asset-lock", "tupe"]
    assert library.glossary[1].words == ("TUPE", "transfer regulations")
    assert library.glossary[1].address == "/glossary/#tupe"
    assert library.glossary[1].meaning == "Moves staff."


def test_a_name_of_another_kind_is_no_guide_and_no_page(guide):
    library = shelf(at=LATER)
    assert isinstance(library.guide("leaving"), Guide)
    assert library.guide("nothing") is None
    assert not isinstance(library.page("leaving"), Page)
