"""The entries of the directory that come with the service, and how an editor's work is kept."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from guides import content_loading as guides_content
from mutuals_portal import publishing
from mutuals_portal.content_files import ContentError, Outcome
from signposting import content_loading, directory_loading
from signposting.models import Activity, Entry, Offer, Organisation
from tests.factories import make_entry_draft, make_look_out, make_organisation, make_source, make_user

GOOD = """
title: Helpful Co
kind: network
nations: [wales]
summary: It helps.
review_by: 2099-01-01
body: It helps [^src].
offers:
  - title: Advice
    what: Somebody talks it through.
    look_outs: [legal-form]
    cost: free
    how: Ask.
    source: src
"""
KNOWN = {"look_outs": {"legal-form"}, "sources": {"src"}, "names": set()}


@pytest.fixture
def read(tmp_path):
    def reads(text, slug="helpful-co"):
        (tmp_path / f"{slug}.yaml").write_text(text, encoding="utf-8")
        return directory_loading.read_entries(**KNOWN, folder=tmp_path)

    return reads


@pytest.fixture(scope="module")
def shipped():
    look_outs, sources = guides_content.read_look_outs(), guides_content.read_sources()
    texts = guides_content.read_texts(look_outs=look_outs, sources=sources)
    issues = {entry.values["slug"] for entry in look_outs}
    return directory_loading.read_entries(
        look_outs=issues,
        sources={entry.values["key"] for entry in sources},
        names={text.name for text in texts} | {f"look-out:{slug}" for slug in issues},
    )


def test_at_least_35_bodies_come_with_the_service_those_that_have_ended_without_any_offer(shipped):
    by_activity = {activity: [f for f in shipped if f.words["activity"] == activity] for activity in Activity}
    assert len(shipped) >= 35
    assert {"public-service-mutuals", "cobbetts"} <= {file.slug for file in by_activity["historic"]}
    assert not [file for file in by_activity["historic"] if file.words["written_offers"]]
    assert all(file.words["written_offers"] for file in by_activity["active"])


def test_every_partner_of_the_service_has_an_entry(shipped):
    bodies = [entry.values for entry in content_loading.read_organisations()]
    assert {body["slug"] for body in bodies if body["kind"] == "partner"} <= {file.slug for file in shipped}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("kind: network", "kind: friend"), "line 2: kind: Value 'friend' is not a valid choice."),
        (("kind: network", "kind: ''"), "line 2: kind: This field cannot be blank."),
        (("body: It helps [^src].\n", ""), "Text: enter it."),
        (("It helps [^src]", "It has helped 400 groups"), "is a fact without a source"),
        (("summary: It helps.", "summary: It helps.\nended: '2013'"), "has no such day"),
        (("summary: It helps.", "summary: It helps.\nactivity: historic"), "offers no help"),
        (("review_by: 2099-01-01\n", ""), "review_by must be a date"),
        (("[^src]", "[^other]"), "other"),
        (("source: src", "source: other"), "“other” is not the key of a source."),
        (("[legal-form]", "[taxes]"), "“taxes” is not a look-out."),
        (("look_outs: [legal-form]", "look_outs: []"), "select at least one look-out"),
        (("cost: free", "cost: cheap"), "line 11: cost: Value 'cheap' is not a valid choice."),
        (("cost: free", "cost: free\n    nations: [scotland]"), "the body does not help in Scotland."),
    ],
)
def test_what_may_not_be_published_is_refused_with_its_file(read, change, sentence):
    text = GOOD.lstrip().replace(*change)
    with pytest.raises(ContentError, match=r"helpful-co\.yaml, line") as refused:
        read(text)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("slug", ["Helpful", "bodies", "feed", "data", "how-we-rank"])
def test_an_address_that_is_taken_or_no_address_is_refused(read, slug):
    with pytest.raises(ContentError, match="is not fit for the address of a body"):
        read(GOOD.lstrip(), slug=slug)


@pytest.mark.django_db
class TestWriting:
    @pytest.fixture(autouse=True)
    def known(self):
        make_source("src")
        make_look_out("legal-form")

    def load(self, files):
        return directory_loading.write_entries(files, at=timezone.now())

    def test_a_new_body_is_listed_and_its_offers_can_be_found(self, read):
        assert self.load(read(GOOD.lstrip())) == Outcome(loaded=1)
        body = Organisation.objects.get(slug="helpful-co")
        assert (body.kind, body.home_nation, body.accepts_enquiries) == ("helper", "wales", False)
        offer = Offer.objects.help(at=timezone.now()).get()
        assert offer.nations == ["wales"]
        assert offer.is_for_anybody
        assert offer.is_at_any_stage

    def test_a_partner_keeps_its_part_in_the_service(self, read):
        make_organisation(slug="helpful-co", name="HC")
        self.load(read(GOOD.lstrip()))
        body = Organisation.objects.get(slug="helpful-co")
        assert (body.kind, body.name, body.accepts_enquiries) == ("partner", "HC", True)

    def test_the_same_file_changes_nothing_and_a_newer_one_ends_the_one_before(self, read):
        self.load(read(GOOD.lstrip()))
        assert self.load(read(GOOD.lstrip())) == Outcome(unchanged=1)
        assert self.load(read(GOOD.lstrip().replace("It helps.", "It helps well."))) == Outcome(loaded=1)
        assert Entry.objects.live(at=timezone.now()).get().number == 2

    def test_an_editors_draft_makes_the_entry_theirs(self, read):
        self.load(read(GOOD.lstrip()))
        make_entry_draft(Organisation.objects.get(slug="helpful-co"), at=timezone.now())
        assert self.load(read(GOOD.lstrip().replace("It helps.", "Newer."))) == Outcome(kept=1)

    def test_a_withdrawn_entry_does_not_come_back(self, read):
        self.load(read(GOOD.lstrip()))
        body = Organisation.objects.get(slug="helpful-co")
        publishing.withdraw(body, by=make_user(), at=timezone.now(), reason="It asked us to.")
        assert self.load(read(GOOD.lstrip())) == Outcome(kept=1)
        assert not Entry.objects.live(at=timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_what_editors_wrote_before_there_were_entries_stays_theirs():
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    before = [("signposting", "0002_triggers")]
    executor.migrate(before)
    try:
        old = executor.loader.project_state(before).apps.get_model("signposting", "Organisation")
        facts = {"kind": "helper", "home_nation": "wales", "summary": "Helps."}
        mended = old.objects.create(
            slug="mended", name="Mended", offer="An editor’s words.", nations=["wales"], **facts
        )
        old.objects.create(slug="closed", name="Closed", status="historic", **facts)
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    entry = Entry.objects.live(at=timezone.now()).get(document=mended.pk)
    assert (entry.title, entry.nations, entry.body) == ("Mended", ["wales"], "An editor’s words.")
    assert Entry.objects.get(document__slug="closed").is_historic
    assert {mended.pk} < directory_loading._editions()[0]
