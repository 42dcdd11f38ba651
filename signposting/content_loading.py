"""The content that comes with signposting: bodies that take enquiries, and the first version of the routing rules.

``load_content`` calls it. Bodies follow their file, except where an editor has changed them. The rules
are an operator's from the first day: the file only makes version 1, where there is no version at all.
What readers are told of bodies comes by ``directory_loading``.
"""

from datetime import datetime
from pathlib import Path

from mutuals_portal import content_files
from signposting.models import Organisation, RoutingRule, RuleSet
from signposting.routing import FACTS_A_RULE_NAMES

ORGANISATIONS = Path(__file__).parent / "content" / "organisations.yaml"
RULES = Path(__file__).parent / "content" / "rules.yaml"

# Not here, because no file may say them: who takes enquiries, and where notices go.
PUBLIC_FACTS = ("slug", "name", "short_name", "kind", "home_nation")


def read_organisations(path: Path = ORGANISATIONS) -> list[content_files.Entry]:
    organisations = content_files.read(path, Organisation, PUBLIC_FACTS)
    desks = [entry for entry in organisations if entry.values["kind"] == Organisation.Kind.DUTY_DESK]
    for entry in desks[1:]:
        entry.refuse(f"there is one duty desk, and it stands on line {desks[0].line}.", at="kind")
    return organisations


def read_rules(organisations: list[content_files.Entry], path: Path = RULES) -> list[content_files.Entry]:
    """The rules, each of which sends enquiries to a partner body among ``organisations``."""
    rules = content_files.read(
        path, RoutingRule, (*FACTS_A_RULE_NAMES, "body", "reason"), numbered="position"
    )
    partners = {
        entry.values["slug"] for entry in organisations if entry.values["kind"] == Organisation.Kind.PARTNER
    }
    for entry in rules:
        if entry.values["body"] not in partners:
            entry.refuse(f"body “{entry.values['body']}” is not a partner body.", at="body")
    return rules


def write_first_rules(rules: list[content_files.Entry], *, at: datetime) -> content_files.Outcome:
    """Publish version 1. Where any version exists, nobody's work is touched."""
    if RuleSet.objects.exists():
        return content_files.Outcome(unchanged=len(rules))
    bodies = Organisation.objects.in_bulk([entry.values["body"] for entry in rules], field_name="slug")
    first = RuleSet.objects.create(version=1, note="The rules that came with the service.", created_at=at)
    RoutingRule.objects.bulk_create(
        RoutingRule(rule_set=first, **(entry.values | {"body": bodies[entry.values["body"]]}))
        for entry in rules
    )
    # Published last: the database refuses rules for a version that is published.
    first.published_at = at
    first.save()
    return content_files.Outcome(loaded=len(rules))
