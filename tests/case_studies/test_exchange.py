"""What goes out as data comes in again without a difference, and nothing comes in past the second person."""

import csv
import json
from datetime import timedelta

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from case_studies import exchange
from case_studies.models import CaseStudy, Profile
from guides.models import LookOut, Source
from mutuals_portal import publishing
from signposting.models import Offer
from tests.factories import (
    make_evidence,
    make_figure,
    make_look_out,
    make_profile,
    make_profile_draft,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

CSV = "/case-studies/data.csv"
JSON = "/case-studies/data.json"


def exported() -> str:
    return "".join(exchange.as_json(at=timezone.now()))


def empty_the_database() -> None:
    parts = (Profile._meta.get_field(name).related_model for name in Profile.PARTS)
    with pgtrigger.ignore("case_studies.Profile:published_stay"):
        for model in (*parts, Profile, CaseStudy, Offer, Source, LookOut):
            model.objects.all().delete()


@pytest.fixture
def body():
    """A profile with something of every kind, and numbers that a float would bend."""
    source = make_source("report", title="Report", publisher="A council").key
    make_source("other")
    return make_profile(
        slug="leaving-together",
        title="Leaving Together",
        what_it_does="It runs pools with {staff} [^other].",
        last_known="closed",
        last_known_as_of="2025-12",
        last_known_source=Source.objects.get(key="report"),
        claims=[
            make_figure("staff", source=source, number="40"),
            make_figure(
                "result",
                source=source,
                measure="result",
                number="-71501234567890.12",
                unit="pounds",
                label="=1+1",
            ),
            make_figure("started", source=source, measure="started", day="2003-10", is_undated=True),
        ],
        shares=[
            {"group": "staff", "basis": "members", "percent": "33.33", "as_of": "2013", "source": source}
        ],
        milestones=[{"stage": "first-year", "title": "It opened", "begins": "2003", "source": source}],
        evidence=[make_evidence(make_look_out("pensions"), source=source)],
    )


@pytest.fixture
def file(tmp_path, body):
    path = tmp_path / "data.json"
    path.write_text(exported(), encoding="utf-8")
    return path


class TestGoingOut:
    def test_the_json_holds_all_that_is_live_and_all_that_it_names(self, client, body):
        make_profile_draft(title="Nobody may know")
        make_profile(title="To come", show_from=timezone.now() + timedelta(days=1))
        response = client.get(JSON)
        data = json.loads(response.getvalue())
        assert [entry["slug"] for entry in data["case_studies"]] == ["leaving-together"]
        assert [entry["key"] for entry in data["sources"]] == ["other", "report"]
        assert [entry["slug"] for entry in data["look_outs"]] == ["pensions"]
        profile = data["case_studies"][0]
        assert profile["public_since"] == body.shown_from.isoformat()
        assert profile["claims"][1]["number"] == "-71501234567890.12"

    def test_the_csv_has_a_row_for_each_figure_with_source_and_date(self, client, body):
        make_profile_draft(claims=[make_figure()])
        lines = list(csv.DictReader(client.get(CSV).getvalue().decode().splitlines()))
        assert [line["figure"] for line in lines] == ["staff", "result", "started"]
        first, second, third = lines
        assert (first["number"], first["unit"], first["as_of"]) == ("40", "people", "2013")
        assert (first["source"], first["source_publisher"]) == ("report", "A council")
        assert (second["number"], second["label"]) == ("-71501234567890.12", "'=1+1")
        assert (third["date"], third["source_gives_no_date"]) == ("2003-10", "yes")

    @pytest.mark.parametrize("address", [CSV, JSON])
    def test_any_cache_may_keep_it_and_it_sets_no_cookie(self, client, body, address):
        response = client.get(address)
        assert response["Cache-Control"] == "public, max-age=300"
        assert response.streaming
        assert not response.cookies
        assert "attachment" in response["Content-Disposition"]

    @pytest.mark.parametrize("address", [CSV, JSON])
    def test_a_browser_that_takes_compressed_pages_gets_the_same_words(self, client, body, address):
        response = client.get(address, headers={"Accept-Encoding": "gzip, deflate, br"})
        assert (response.status_code, response["Vary"]) == (200, "Accept-Encoding")
        assert response.getvalue() == client.get(address).getvalue() != b""

    @pytest.mark.parametrize("address", [CSV, JSON])
    def test_the_queries_do_not_grow_with_the_profiles(self, client, address):
        source = make_source().key

        def queries():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address).getvalue()
            return len(captured)

        make_profile(claims=[make_figure(source=source)])
        one = queries()
        for _ in range(5):
            make_profile(claims=[make_figure(source=source)])
        assert queries() == one <= 3


class TestComingIn:
    def test_what_came_with_the_service_goes_out_and_in_byte_for_byte(self, tmp_path, capsys):
        call_command("load_content", verbosity=0)
        file = tmp_path / "data.json"
        file.write_text(exported(), encoding="utf-8")
        empty_the_database()
        call_command("import_case_studies", file, publish_loaded=True)
        number = len(json.loads(file.read_text())["case_studies"])
        assert f"{number} published, 0 drafts" in capsys.readouterr().out
        assert exported() == file.read_text(encoding="utf-8")

    def test_loading_content_afterwards_finds_nothing_to_do(self, tmp_path, capsys):
        call_command("load_content", verbosity=0)
        file = tmp_path / "data.json"
        file.write_text(exported(), encoding="utf-8")
        empty_the_database()
        call_command("import_case_studies", file, publish_loaded=True)
        call_command("load_content")
        assert "case studies: 0 loaded" in capsys.readouterr().out

    def test_what_editors_wrote_becomes_a_draft_that_says_the_same(self, file, body):
        before = body.words_of(Profile.objects.get(pk=body.pk))
        empty_the_database()
        edna = make_user("editor", username="edna")
        call_command("import_case_studies", file, by="edna", publish_loaded=True, verbosity=0)
        draft = Profile.objects.get()
        assert (draft.is_open, draft.saved_by) == (True, edna)
        assert draft.problems(at=timezone.now()) == []
        words = draft.words_of(draft)
        assert words.pop("last_known_source").key == before.pop("last_known_source").key
        assert words == before
        assert draft.claims.count() == 3

    def test_an_editors_profile_published_again_goes_out_byte_for_byte(self, file, body):
        empty_the_database()
        edna = make_user("editor", username="edna")
        at = body.shown_from
        exchange.take_in(file.read_text(encoding="utf-8"), shipped=[], by=edna, at=at)
        draft = Profile.objects.get()
        sent = publishing.send_for_review(draft, by=edna, at=at, seen=draft.saves)
        approved = publishing.approve(sent, by=make_user(), at=at, seen=sent.saves)
        publishing.publish(approved, by=edna, at=at, seen=approved.saves)
        assert exported() == file.read_text(encoding="utf-8")

    def test_nothing_is_published_past_the_second_person(self, tmp_path, capsys):
        """A file that claims to be content of the service, with one word changed."""
        call_command("load_content", verbosity=0)
        data = json.loads(exported())
        data["case_studies"][0]["title"] += "!"
        file = tmp_path / "data.json"
        file.write_text(json.dumps(data))
        empty_the_database()
        make_user("editor", username="edna")
        call_command("import_case_studies", file, by="edna", publish_loaded=True)
        assert f"{len(data['case_studies']) - 1} published, 1 drafts" in capsys.readouterr().out

    def test_without_being_asked_it_publishes_nothing(self, file):
        empty_the_database()
        with pytest.raises(CommandError, match="leaving-together becomes a draft: say whose it will be"):
            call_command("import_case_studies", file)
        assert not CaseStudy.objects.exists()

    def test_what_exists_is_left_as_it_is(self, file, capsys):
        call_command("import_case_studies", file)
        assert "0 published, 0 drafts, 1 left as they are" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("old", "new", "sentence"),
        [
            ('"kind": "staff-spin-out"', '"kind": "startup"', "leaving-together: kind: Value 'startup'"),
            (
                '"number": "40"',
                '"number": "many"',
                "leaving-together: number: “many” value must be a decimal",
            ),
            ('"as_of": "2013"', '"as_of": "soon"', "leaving-together: as_of: Enter a year"),
            ('"source": "report"', '"source": "rumour"', "leaving-together: “rumour” is no source"),
            ('"look_out": "pensions"', '"look_out": "x"', "leaving-together: “x” is no look-out"),
            ('"percent": "33.33"', '"percent": "133"', "leaving-together: percent: Ensure this value"),
            ('"title": "It opened"', '"titel": "It opened"', "leaving-together: titel is not one of"),
            ('"slug": "leaving-together"', '"slug": "../admin"', "../admin: slug: Enter a valid"),
            ('"public_since": "2', '"public_since": "x', "leaving-together: public_since must be"),
            ('"case_studies"', '"studies"', "“case_studies” must be a list of objects"),
            ('"claims": [', '"claims": [7, ', "leaving-together: claims must be a list of objects"),
            ('"claims": [', '"claims": 7, "x": [', "leaving-together"),
            ('"sectors": ["leisure"]', '"sectors": "leisure"', "leaving-together: sectors"),
            ('"title": "Leaving Together"', '"title": {"a": 1}', "leaving-together: title must be text"),
            ("{", "", "It is not JSON"),
        ],
    )
    def test_a_fault_is_named_and_nothing_is_imported(self, file, old, new, sentence):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        empty_the_database()
        make_user("editor", username="edna")
        with pytest.raises(CommandError) as refused:
            call_command("import_case_studies", file, by="edna")
        assert str(refused.value).startswith(sentence)
        assert not Source.objects.exists()

    def test_an_unknown_account_or_file_is_refused(self, file, tmp_path):
        with pytest.raises(CommandError, match="no active account “nobody”"):
            call_command("import_case_studies", file, by="nobody")
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("import_case_studies", tmp_path / "none.json")
