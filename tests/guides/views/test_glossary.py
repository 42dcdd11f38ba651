"""The glossary."""

import re

import pytest

from guides.models import Source
from mutuals_portal import publishing
from tests.factories import MONDAY, make_draft, make_live_document, make_user

pytestmark = pytest.mark.django_db


def make_term(slug, title, **kwargs):
    return make_live_document("term", slug=slug, title=title, **kwargs)


def test_terms_stand_by_letter_and_can_be_linked_to(client):
    make_term("tupe", "TUPE")
    make_term("asset-lock", "asset lock", summary="It keeps things.", body="For good.")
    make_term("admission-body", "Admission body")
    text = client.get("/glossary/").text
    order = ['id="letter-A"', 'id="admission-body"', 'id="asset-lock"', 'id="letter-T"', 'id="tupe"']
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "It keeps things." in text
    assert "For good." in text
    assert 'href="#letter-T"' in text


def test_every_term_has_its_own_notes(client):
    Source.objects.create(key="law", title="An Act", publisher="Parliament")
    for slug in ("one", "two"):
        make_term(slug, slug, body="It says so [^law].")
    text = client.get("/glossary/").text
    anchors = re.findall(r' id="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    for slug in ("one", "two"):
        assert f'href="#{slug}-source-1"' in text
        assert f'id="{slug}-source-1"' in text


def test_a_draft_or_a_withdrawn_term_is_not_there(client):
    make_draft(make_term("kept", "Kept"), title="Redrafted")
    gone = make_term("gone", "Gone term")
    publishing.withdraw(gone, by=make_user(), at=MONDAY, reason="Wrong.")
    text = client.get("/glossary/").text
    assert "Kept" in text
    assert "Redrafted" not in text
    assert "Gone term" not in text


def test_without_terms_it_says_so(client):
    assert "Nothing is explained here yet." in client.get("/glossary/").text
