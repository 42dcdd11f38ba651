"""The texts that come with the service: complete, loaded once, and never over an editor's words."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from case_studies import content_loading as case_studies_loading
from guides import content_loading, journey, pictures, tools_loading
from guides.models import Document, Edition, Source
from mutuals_portal import content_files, publishing
from mutuals_portal.content_files import ContentError, Outcome
from mutuals_portal.vocabulary import Stage
from tests.factories import MONDAY, make_user, make_words

LATER = MONDAY + timedelta(days=30)
PAGE = """---
title: A page
summary: One sentence that says what this page is about.
position: 1
look_outs: [pensions]
review_by: 2099-01-01
---

Plain words.
"""


@pytest.fixture(scope="module")
def shipped():
    return content_loading.read_texts(
        look_outs=content_loading.read_look_outs(), sources=content_loading.read_sources()
    )


@pytest.fixture
def folder(tmp_path):
    """A small library: one guide with its stages and a page, one bulletin, one term."""
    content = tmp_path / "content"
    for place in ("", *Stage.values):
        write(content / "guides" / "leaving" / place / "index.md", PAGE)
    write(content / "guides/leaving/appraisal/money.md", PAGE)
    write(content / "policy/news.md", PAGE.replace("position: 1", "as_of: 2026-05-01\nera: now"))
    write(
        content / "glossary.yaml",
        "- slug: mutual\n  title: Mutual\n  summary: Owned by its members.\n  review_by: 2099-01-01\n",
    )
    return content


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def read(folder):
    return content_loading.read_texts(
        look_outs=content_loading.read_look_outs(),
        sources=[],
        folder=folder,
        glossary=folder / "glossary.yaml",
    )


def load(folder, at=MONDAY):
    return content_loading.write_texts(read(folder), at=at)


def live(slug, at=LATER):
    return Edition.objects.live(at=at).get(document__slug=slug)


class TestWhatIsShipped:
    def test_the_look_outs_are_complete(self):
        look_outs = content_loading.read_look_outs()
        titles = [entry.values["title"] for entry in look_outs]
        assert 16 <= len(look_outs) == len(set(titles))
        assert all(entry.values["summary"].endswith(".") for entry in look_outs)
        assert [entry.values["position"] for entry in look_outs] == list(range(1, len(look_outs) + 1))

    def test_every_guide_has_the_four_stages_and_spinning_out_four_to_eight_pages_in_each(self, shipped):
        guides = [text.slug for text in shipped if text.kind == Document.Kind.GUIDE]
        assert sorted(guides) == [
            "for-commissioners",
            "for-service-users",
            "for-trade-unions",
            "spinning-out",
        ]
        stages = [text for text in shipped if text.kind == Document.Kind.STAGE]
        assert [stage.slug for stage in stages] == list(Stage.values) * 4
        for stage in stages:
            pages = [text for text in shipped if text.parent is stage]
            assert len(pages) in (range(4, 9) if stage.parent.slug == "spinning-out" else [0])
            assert [page.entry.values["position"] for page in sorted(pages, key=position)] == list(
                range(1, len(pages) + 1)
            )

    def test_a_page_has_300_to_900_words(self, shipped):
        lengths = {text.slug: words_in(text) for text in shipped if text.kind == Document.Kind.PAGE}
        assert {slug: length for slug, length in lengths.items() if not 300 <= length <= 900} == {}

    def test_a_stage_tells_aims_questions_results_when_to_stop_and_how_long_it_took_others(self, shipped):
        for text in shipped:
            if text.kind == Document.Kind.STAGE and text.parent.slug == "spinning-out":
                assert re.findall(r"^## (.+)$", text.entry.values["body"], re.MULTILINE) == [
                    "Aims",
                    "Questions to settle",
                    "What you should hold at the end",
                    "When to stop",
                    "How long it took others",
                ]

    def test_a_summary_is_one_sentence_for_search_engines(self, shipped):
        for text in shipped:
            summary = text.entry.values["summary"]
            if text.kind != Document.Kind.TERM:
                assert 40 <= len(summary) <= 160, text.name
            assert summary.endswith("."), text.name

    def test_no_look_out_is_left_without_a_page(self, shipped):
        issues = {entry.values["slug"] for entry in content_loading.read_look_outs()}
        helped = {slug for text in shipped for slug in text.entry.values.get("look_outs", ())}
        assert issues == helped

    def test_every_look_out_has_a_text(self, shipped):
        issues = {entry.values["slug"]: entry.values for entry in content_loading.read_look_outs()}
        texts = {text.slug: text for text in shipped if text.kind == Document.Kind.LOOK_OUT}
        assert texts.keys() == issues.keys()
        for slug, text in texts.items():
            assert 180 <= words_in(text) <= 600, slug
            assert text.words["stages"], slug
            assert text.entry.values["position"] == issues[slug]["position"]

    def test_at_least_25_joins_are_shipped_each_with_a_source_and_all_kinds_among_them(self, shipped):
        (tool,) = [tool for tool in shipped_tools(shipped) if tool.slug == "look-outs"]
        joins = tool.tables["joins"]
        assert len(joins) >= 25
        assert {join["kind"] for join in joins} == set(journey.KINDS)
        assert all(join.get("source") for join in joins)
        joined = {join[end] for join in joins for end in ("before", "after")}
        assert joined == {entry.values["slug"] for entry in content_loading.read_look_outs()}


class TestReading:
    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ("title: A page\n", "", "money.md, line 2: title: This field cannot be blank."),
            ("position: 1", "position: one", "money.md, line 4: position must be a number from 0 to 9,999."),
            ("position: 1", "position: 99999", "money.md, line 4: position must be a number from"),
            ("position: 1", "position: -1", "money.md, line 4: position must be a number from"),
            ("position: 1", "position: true", "money.md, line 4: position must be a number from"),
            ("title: A page", 'title: "A\\0page"', "money.md, line 2: title: an invisible control character"),
            (
                "look_outs: [pensions]",
                "look_outs: [pension]",
                "money.md, line 5: “pension” is not a look-out.",
            ),
            ("review_by: 2099-01-01\n", "", "money.md, line 2: review_by must be a date"),
            ("review_by: 2099-01-01", "review_by: soon", "money.md, line 6: review_by must be a date"),
            ("position: 1", "colour: red", "money.md, line 4: colour is not one of title"),
            ("Plain words.", "", "money.md, line 10: there is no text."),
            ("Plain words.", "One.\n\n[Gone](page:gone)", "money.md, line 11: "),
            ("Plain words.", "In 2014 it cost £5 million.", "money.md, line 9: "),
            ("---\n\nPlain", "Plain", "money.md, line 1: the file must begin with facts"),
        ],
    )
    def test_a_fault_is_named_with_its_file_and_line(self, folder, old, new, sentence):
        write(folder / "guides/leaving/appraisal/money.md", PAGE.replace(old, new))
        with pytest.raises(ContentError) as refused:
            read(folder)
        assert str(refused.value).startswith(f"guides/leaving/appraisal/{sentence}")

    def test_a_text_of_an_issue_that_is_not_in_the_list_is_refused(self, folder):
        text = PAGE.replace("position: 1\nlook_outs: [pensions]\n", "stages: [appraisal]\n")
        write(folder / "look-outs/pensions.md", text)
        assert [each.words["stages"] for each in read(folder) if each.kind == "look-out"] == [["appraisal"]]
        write(folder / "look-outs/luck.md", text)
        with pytest.raises(ContentError, match=r"look-outs/luck\.md, line 2: “luck” is not a look-out"):
            read(folder)

    def test_two_pages_of_one_name_are_refused(self, folder):
        write(folder / "guides/leaving/first-year/money.md", PAGE)
        with pytest.raises(ContentError, match="there is another page:money"):
            read(folder)

    def test_a_name_that_is_no_address_is_refused(self, folder):
        write(folder / "policy/No good.md", PAGE.replace("position: 1", "as_of: 2026-05-01\nera: now"))
        with pytest.raises(ContentError, match="“No good” is not fit for an address"):
            read(folder)

    def test_a_bulletin_needs_its_day(self, folder):
        write(folder / "policy/news.md", PAGE.replace("position: 1", "era: now"))
        with pytest.raises(ContentError, match=r"policy/news.md, line 2: as_of is missing\."):
            read(folder)

    def test_a_fault_in_the_glossary_is_named_with_its_line(self, folder):
        glossary = folder / "glossary.yaml"
        glossary.write_text(glossary.read_text() + "  body: |\n    One.\n\n    [Gone](page:gone)\n")
        with pytest.raises(ContentError, match=r"glossary\.yaml, line 8: "):
            read(folder)


@pytest.mark.django_db
class TestWriting:
    def test_what_is_loaded_is_public_at_once_each_in_its_place(self, folder):
        assert load(folder) == Outcome(loaded=8)
        page = live("money")
        assert (page.title, page.number, page.came_with_the_service) == ("A page", 1, True)
        assert page.document.name == "page:money"
        assert page.document.parent.name == "stage:leaving/appraisal"
        assert page.nations == ["england", "scotland", "wales", "northern-ireland"]

    def test_loading_twice_changes_nothing(self, folder):
        load(folder)
        before = list(Edition.objects.order_by("pk").values())
        assert load(folder, at=LATER) == Outcome(unchanged=8)
        assert list(Edition.objects.order_by("pk").values()) == before

    def test_a_changed_file_becomes_the_next_edition(self, folder):
        load(folder)
        write(folder / "guides/leaving/appraisal/money.md", PAGE.replace("Plain words", "Other words"))
        assert load(folder, at=LATER) == Outcome(loaded=1, unchanged=7)
        assert (live("money").body, live("money").number) == ("Other words.", 2)
        assert live("money", at=MONDAY).body == "Plain words."

    def test_a_moved_file_moves_its_page(self, folder):
        load(folder)
        (folder / "guides/leaving/appraisal/money.md").rename(folder / "guides/leaving/first-year/money.md")
        load(folder, at=LATER)
        assert Document.objects.get(slug="money").parent.slug == "first-year"

    def test_a_page_that_somebody_writes_in_is_theirs(self, folder):
        load(folder)
        editor = make_user()
        document = Document.objects.get(slug="money")
        publishing.start(document, by=editor, at=MONDAY)
        write(folder / "guides/leaving/appraisal/money.md", PAGE.replace("Plain words", "Other words"))
        assert load(folder, at=LATER) == Outcome(unchanged=7, kept=1)
        assert live("money").body == "Plain words."

    def test_a_page_that_was_withdrawn_stays_withdrawn(self, folder):
        load(folder)
        document = Document.objects.get(slug="money")
        publishing.withdraw(document, by=make_user(), at=MONDAY, reason="It was wrong.")
        assert load(folder, at=LATER) == Outcome(unchanged=7, kept=1)
        assert not Edition.objects.live(at=LATER).filter(document=document).exists()

    def test_a_page_that_editors_made_under_the_same_name_stays(self, folder):
        load(folder)
        document = Document.objects.create(kind="policy", slug="ours")
        draft = publishing.start(document, by=make_user(), at=MONDAY)
        publishing.write(draft, by=make_user(), at=MONDAY, seen=draft.saves, **make_words(title="Ours"))
        write(folder / "policy/ours.md", PAGE.replace("position: 1", "as_of: 2026-05-01\nera: now"))
        assert load(folder, at=LATER) == Outcome(unchanged=8, kept=1)

    def test_it_loads_before_the_static_files_are_collected(self, settings, tmp_path):
        manifest = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
        elsewhere = manifest | {"OPTIONS": {"location": tmp_path}}
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": elsewhere
        }  # a new one: it is put back afterwards
        pictures.known.cache_clear()
        call_command("load_content", verbosity=0)
        assert Edition.objects.filter(body__contains="(picture:").exists()

    def test_all_that_is_shipped_loads_and_is_fit_to_be_published(self):
        call_command("load_content", verbosity=0)
        now = timezone.now()
        assert Source.objects.count() == len(content_loading.read_sources())
        assert Edition.objects.live(at=now).count() == Document.objects.live(at=now).count()
        for edition in Edition.objects.select_related("document__parent").filter(document__kind="page"):
            assert edition.problems(at=now) == []
        again = content_loading.read_texts(
            look_outs=content_loading.read_look_outs(), sources=content_loading.read_sources()
        )
        assert content_loading.write_texts(again, at=now) == Outcome(unchanged=len(again))


def shipped_tools(shipped):
    look_outs, sources = content_loading.read_look_outs(), content_loading.read_sources()
    return tools_loading.read_tools(
        look_outs={entry.values["slug"] for entry in look_outs},
        sources={entry.values["key"] for entry in sources},
        names={text.name for text in shipped},
        case_studies={path.stem for path in case_studies_loading.CONTENT.glob("*.yaml")},
    )


def position(text):
    return text.entry.values["position"]


def words_in(text) -> int:
    """Words that a reader sees: without marks, references and link targets."""
    body = re.sub(
        r"\[\^[\w-]+\]|\]\([^)]*\)|^:::.*$|[|#*\[\]-]{2,}", " ", text.entry.values["body"], flags=re.MULTILINE
    )
    return len(re.findall(r"[\w’]+", body))


def test_digests_say_what_the_words_say(shipped):
    first = next(text for text in shipped if text.kind == Document.Kind.PAGE)
    assert content_files.digest(Edition, first.words) != content_files.digest(
        Edition, first.words | {"title": "Another"}
    )
