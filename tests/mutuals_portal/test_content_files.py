import pytest

from guides.models import LookOut
from mutuals_portal import content_files
from signposting.models import Entry, Organisation

LOOK_OUT_FIELDS = ("slug", "title", "summary")
ORGANISATION_FIELDS = ("slug", "name", "short_name", "kind", "home_nation")
ENTRY_FIELDS = ("title", "kind", "nations", "website", "summary", "review_by")


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "things.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def load(path):
    return content_files.write(
        LookOut, content_files.read(path, LookOut, LOOK_OUT_FIELDS, numbered="position")
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("slug: one", "line 1: the file must be a list of entries."),
        ("", "line 1: the file must be a list of entries."),
        ("- one\n- two", "line 1: an entry must be a list"),
        ("- slug: one\n  title: [unclosed\n", "line 3: "),
        ("- slug: one\n  title: One\n  summary: S\n  colour: red", "line 4: colour is not one of slug"),
        ("- slug: one\n  title: One\n  title: Two", "line 3: title stands here twice."),
        ("- slug: one\n  title: 7\n  summary: S", "line 2: title must be text."),
        ("- slug: one\n  title:\n  summary: S", "line 2: title must be text."),
        ("- slug: one\n  title: One", "line 1: summary: This field cannot be blank."),
        ("- slug: one two\n  title: One\n  summary: S", "line 1: slug: Enter a valid"),
        (
            "- slug: one\n  title: " + "x" * 121 + "\n  summary: S",
            "line 2: title: Ensure this value has at most",
        ),
        (
            "- {slug: one, title: One, summary: S}\n\n- {slug: one, title: Two, summary: S}",
            "line 3: slug: line 1 says the same.",
        ),
        ("- slug: !unknown one", "line 1: slug cannot be read."),
        ("- slug: one\n  title: One\n  summary: 2026-99-99", "line 3: summary cannot be read."),
    ],
)
def test_a_fault_is_named_with_its_line(written, text, sentence):
    with pytest.raises(content_files.ContentError) as refused:
        content_files.read(written(text), LookOut, LOOK_OUT_FIELDS, numbered="position")
    assert str(refused.value).startswith(f"things.yaml, {sentence}")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nations: scotland", "nations must be a list."),
        ("nations: [atlantis]", "nations: Item 1 in the array did not validate"),
        ("review_by: last week", "review_by must be a date such as 2026-11-21."),
        ("website: example", "website: Enter a valid URL."),
        ("kind: friend", "kind: Value 'friend' is not a valid choice."),
    ],
)
def test_a_value_must_fit_its_field(written, line, sentence):
    kind = "" if line.startswith("kind") else "  kind: network\n"
    path = written(f"- title: One\n{kind}  summary: S\n  {line}\n")
    with pytest.raises(content_files.ContentError, match=r"things\.yaml, line [34]: ") as refused:
        content_files.read(path, Entry, ENTRY_FIELDS)
    assert sentence in str(refused.value)


def test_a_file_that_is_missing_or_not_text_is_named(tmp_path):
    with pytest.raises(content_files.ContentError, match=r"things\.yaml cannot be read: No such file"):
        content_files.read(tmp_path / "things.yaml", LookOut, LOOK_OUT_FIELDS)
    (tmp_path / "things.yaml").write_bytes(b"- slug: \xff")
    with pytest.raises(content_files.ContentError, match=r"things.yaml is not UTF-8 text\."):
        content_files.read(tmp_path / "things.yaml", LookOut, LOOK_OUT_FIELDS)
    (tmp_path / "things.yaml").write_text("- slug: a\x00b")
    with pytest.raises(content_files.ContentError, match=r"things\.yaml is not YAML: "):
        content_files.read(tmp_path / "things.yaml", LookOut, LOOK_OUT_FIELDS)


@pytest.mark.parametrize("deep", ["[" * 3000 + "]" * 3000, "{a: " * 3000 + "1" + "}" * 3000])
def test_lists_in_lists_without_end_are_refused(written, deep):
    with pytest.raises(content_files.ContentError, match=r"things\.yaml"):
        content_files.read(written(f"- slug: {deep}"), LookOut, LOOK_OUT_FIELDS)


def test_a_mark_before_the_first_line_does_no_harm(tmp_path):
    path = tmp_path / "things.yaml"
    path.write_text("- {slug: one, title: One, summary: First.}", encoding="utf-8-sig")
    assert content_files.read(path, LookOut, LOOK_OUT_FIELDS)[0].values["slug"] == "one"


@pytest.mark.django_db
class TestWrite:
    TEXT = "- {slug: one, title: One, summary: First.}\n- {slug: two, title: Two, summary: Second.}\n"

    def test_rows_appear_in_the_order_of_the_file(self, written):
        assert load(written(self.TEXT)) == content_files.Outcome(loaded=2)
        assert list(LookOut.objects.values_list("slug", "position")) == [("one", 1), ("two", 2)]

    def test_loading_twice_changes_nothing(self, written, django_assert_num_queries):
        path = written(self.TEXT)
        load(path)
        with django_assert_num_queries(1):
            assert load(path) == content_files.Outcome(unchanged=2)

    def test_a_newer_file_renews_an_untouched_row(self, written):
        load(written(self.TEXT))
        assert load(written(self.TEXT.replace("First", "Newer"))) == content_files.Outcome(
            loaded=1, unchanged=1
        )
        assert LookOut.objects.get(slug="one").summary == "Newer."

    def test_what_an_entry_no_longer_says_goes_back_to_its_default(self, written):
        long = "- {slug: a, name: A, kind: helper, home_nation: wales, short_name: Alpha}"
        for text in (long, long.replace(", short_name: Alpha", "")):
            entries = content_files.read(written(text), Organisation, ORGANISATION_FIELDS)
            content_files.write(Organisation, entries)
        assert Organisation.objects.get().short_name == ""

    def test_an_edited_row_is_kept_even_when_the_file_changes(self, written):
        load(written(self.TEXT))
        LookOut.objects.filter(slug="one").update(summary="An editor’s words.")
        assert load(written(self.TEXT)) == content_files.Outcome(unchanged=1, kept=1)
        newer = self.TEXT.replace("First", "Newer").replace("Second", "Newer")
        assert load(written(newer)) == content_files.Outcome(loaded=1, kept=1)
        assert LookOut.objects.get(slug="one").summary == "An editor’s words."

    def test_a_row_that_an_editor_made_is_kept(self, written):
        LookOut.objects.create(slug="one", title="Mine", summary="Mine.", position=1)
        assert load(written(self.TEXT)) == content_files.Outcome(loaded=1, kept=1)
        assert LookOut.objects.get(slug="one").title == "Mine"

    def test_what_no_file_says_is_not_an_edit(self, written):
        text = "- {slug: a, name: A, kind: partner, home_nation: wales}"
        entries = content_files.read(written(text), Organisation, ORGANISATION_FIELDS)
        content_files.write(Organisation, entries)
        Organisation.objects.update(contact_email="a@example.org", accepts_enquiries=True)
        assert content_files.write(Organisation, entries) == content_files.Outcome(unchanged=1)

    def test_a_field_added_at_its_default_does_not_make_a_row_look_edited(self):
        before = content_files.digest(Organisation, {"slug": "a", "name": "A"})
        assert content_files.digest(Organisation, {"slug": "a", "name": "A", "short_name": ""}) == before
