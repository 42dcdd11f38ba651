"""Bodies and rules that come with the service, and the command that loads all content."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone

from case_studies.models import CaseStudy
from guides import content_loading as guides_content
from guides.models import Document, LookOut, Source, Tool
from mutuals_portal.content_files import ContentError, Outcome
from mutuals_portal.search.models import Synonym
from signposting import access, content_loading, directory_loading, rule_sets
from signposting.models import Entry, Organisation, RoutingRule, RuleSet
from tests.factories import make_rule_set

PARTNERS = {
    "co-operative-development-scotland",
    "co-operatives-uk",
    "employee-ownership-association",
    "local-partnerships",
    "cabinet-office",
}


def load_content():
    out = StringIO()
    call_command("load_content", stdout=out)
    return out.getvalue().splitlines()


def test_the_bodies_that_take_enquiries_are_the_five_partners_and_the_desk():
    bodies = [entry.values for entry in content_loading.read_organisations()]
    assert {body["slug"] for body in bodies if body["kind"] == "partner"} == PARTNERS
    assert {body["slug"] for body in bodies} - PARTNERS == {"duty-desk"}


def test_no_address_or_phone_number_comes_with_the_service():
    entries = directory_loading.CONTENT.glob("*.yaml")
    texts = [path.read_text() for path in (content_loading.ORGANISATIONS, guides_content.LOOK_OUTS, *entries)]
    assert not [text for text in texts if re.search(r"@|\b0\d{3,4} ?\d{3}", text)]


@pytest.mark.parametrize(
    "line", ["contact_email: a@example.org", "accepts_enquiries: true", "loaded_digest: x"]
)
def test_a_file_cannot_say_who_takes_enquiries(tmp_path, line):
    path = tmp_path / "organisations.yaml"
    path.write_text(f"- slug: a\n  name: A\n  kind: partner\n  home_nation: wales\n  {line}\n")
    with pytest.raises(ContentError, match=r"organisations.yaml, line 5: \w+ is not one of slug, name"):
        content_loading.read_organisations(path)


def test_a_second_duty_desk_is_refused(tmp_path):
    path = tmp_path / "organisations.yaml"
    path.write_text(
        "- {slug: a, name: A, kind: duty-desk, home_nation: wales}\n"
        "- {slug: b, name: B, kind: duty-desk, home_nation: wales}\n"
    )
    with pytest.raises(ContentError, match="line 2: there is one duty desk, and it stands on line 1"):
        content_loading.read_organisations(path)


@pytest.mark.parametrize("body", ["nobody", "cwmpas", "duty-desk"])
def test_a_rule_must_choose_a_partner_body(tmp_path, body):
    path = tmp_path / "rules.yaml"
    path.write_text(f"- nation: wales\n  body: {body}\n  reason: Because.\n")
    with pytest.raises(ContentError, match=f"rules.yaml, line 2: body “{body}” is not a partner body"):
        content_loading.read_rules(content_loading.read_organisations(), path)


@pytest.mark.django_db
class TestLoadContent:
    def test_everything_is_there_after_one_load(self):
        lines = load_content()
        assert lines == [
            f"{kind}: {getattr(rows, 'objects', rows).count()} loaded, 0 unchanged, 0 kept because edited"
            for kind, rows in (
                ("look-outs", LookOut),
                ("sources", Source),
                ("guides, bulletins, look-outs and terms", Document),
                ("tools", Tool),
                ("case studies", CaseStudy),
                ("organisations", Organisation.objects.exclude(kind="helper")),
                ("directory", Entry),
                ("routing rules", RoutingRule),
                ("synonyms", Synonym),
            )
        ]
        assert rule_sets.current().version == 1
        assert set(Group.objects.values_list("name", flat=True)) == set(access.GROUPS)

    def test_a_second_load_changes_nothing(self):
        load_content()
        before = (
            list(LookOut.objects.values()),
            list(Organisation.objects.values()),
            list(RuleSet.objects.values()),
        )
        assert all(
            " 0 loaded, " in line and line.endswith(" 0 kept because edited") for line in load_content()
        )
        after = (
            list(LookOut.objects.values()),
            list(Organisation.objects.values()),
            list(RuleSet.objects.values()),
        )
        assert after == before

    def test_no_loaded_body_takes_enquiries_by_itself(self):
        load_content()
        assert not Organisation.objects.filter(accepts_enquiries=True).exists()
        assert not Organisation.objects.exclude(contact_email="").exists()

    def test_an_editors_change_is_kept(self):
        load_content()
        Organisation.objects.filter(slug="local-partnerships").update(short_name="LP")
        assert any(line.startswith("organisations: 0 loaded") and "1 kept" in line for line in load_content())
        assert Organisation.objects.get(slug="local-partnerships").short_name == "LP"

    @pytest.mark.parametrize("module", [guides_content, content_loading])
    def test_a_broken_file_is_named_and_nothing_is_loaded(self, module, tmp_path, monkeypatch):
        broken = tmp_path / "broken.yaml"
        broken.write_text("- slug: one\n  slug: two\n")
        reader = "read_look_outs" if module is guides_content else "read_organisations"
        read = getattr(module, reader)
        monkeypatch.setattr(module, reader, lambda: read(broken))
        with pytest.raises(CommandError, match=r"broken.yaml, line 2: slug stands here twice\. Nothing was"):
            load_content()
        assert not LookOut.objects.exists()
        assert not Organisation.objects.exists()
        assert not Group.objects.exists()

    def test_a_version_that_an_operator_made_is_left_alone(self):
        operators = make_rule_set(version=7)
        load_content()
        assert list(RuleSet.objects.all()) == [operators]

    def test_version_1_is_published_with_its_rules_in_order(self):
        load_content()
        rules = content_loading.read_rules(content_loading.read_organisations())
        assert content_loading.write_first_rules(rules, at=timezone.now()) == Outcome(unchanged=len(rules))
        loaded = rule_sets.rules_of(rule_sets.current())
        assert [rule.body for rule in loaded] == [entry.values["body"] for entry in rules]
