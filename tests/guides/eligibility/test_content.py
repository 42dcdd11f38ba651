"""The rules that come with the service, over every path through them.

There are more whole paths than anyone could walk, so they are gathered: at each question, all paths are one that have
the same answers to questions which an open finding still asks about, the same gravest effects and the same number of
conditions, up to the number that means “not yet”. Such paths cannot come to different outcomes. One of each gathering
is walked through the code itself.
"""

from collections import defaultdict

import pytest
import yaml

from guides import eligibility
from guides.content_loading import LOOK_OUTS, SOURCES
from guides.eligibility import graph
from guides.eligibility.results import NOT_YET_FROM, result
from guides.eligibility.rules import END, read
from guides.eligibility.walking import walk
from guides.tables import Known
from mutuals_portal.markup import NATIONS
from tests.guides.eligibility.sample import shipped

RULES = read(shipped())
READY = (
    "powers=none purpose=better control=staff funding=likely staff=for-with-unions sponsor=agreed "
    "ring-fence=clear income=several users=planned leader=ready premises=owned regulated=not-registered"
)


def came_out(words):
    walked = walk(RULES, {key: [value] for key, value in (word.split("=") for word in words.split())})
    assert walked.asked is None, walked.asked
    assert not walked.dropped
    assert not walked.unknown
    return result(RULES, walked.answers)


def keys_of(findings):
    return {finding.key for finding in findings}


def test_publishing_refuses_nothing_of_it():
    known = Known(
        sources={row["key"] for row in yaml.safe_load(SOURCES.read_text())},
        look_outs={row["slug"] for row in yaml.safe_load(LOOK_OUTS.read_text())},
    )
    assert list(eligibility.problems(shipped(), known)) == []


def test_a_fire_control_room_is_unlikely_and_told_why():
    found = came_out("nation=england employer=fire fire-part=control")
    assert found.outcome.key == "unlikely"
    (why,) = found.unlikely
    assert "commands crews" in why.reason
    assert "commercial company" in why.leaves


@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern-ireland", "uk-wide"])
def test_a_fire_control_room_is_unlikely_in_every_nation(nation):
    assert came_out(f"nation={nation} employer=fire fire-part=control").outcome.key == "unlikely"


def test_a_council_leisure_service_in_england_can_explore_now():
    found = came_out(f"nation=england employer=council service=leisure pension=lgps {READY}")
    assert found.outcome.key == "explore-now"
    assert {"easiest", "reserved", "lgps-england"} <= keys_of(found.notes)


def test_a_scottish_home_care_team_can_explore_with_scottish_help_and_law():
    found = came_out(f"nation=scotland employer=council service=home-care pension=lgps {READY}")
    assert found.outcome.key == "explore-now"
    assert any("Co-operative Development Scotland" in note.title for note in found.notes)
    laws = [note for note in found.notes if note.law]
    assert any("(Scotland) Act 2014" in note.law and note.nations == ("scotland",) for note in laws)
    assert all("scotland" in note.nations for note in laws)


def test_prison_custody_is_unlikely_but_health_care_in_prisons_is_possible():
    custody = came_out("nation=england employer=police-justice justice-part=custody")
    assert custody.outcome.key == "unlikely"
    assert "Health care in prisons" in custody.unlikely[0].leaves
    for way in ("employer=police-justice justice-part=other", "employer=nhs"):
        care = came_out(f"nation=england {way} service=prison-health pension=nhs {READY}")
        assert care.outcome.key == "conditions"
        assert keys_of(care.conditions) == {"prison-health"}
        assert "Custody" in care.conditions[0].stays


def test_an_english_home_care_team_keeps_safeguarding_out_of_it():
    found = came_out(f"nation=england employer=council service=home-care pension=lgps {READY}")
    assert (found.outcome.key, keys_of(found.conditions)) == ("conditions", {"adult-care-england"})


def test_who_has_little_but_an_idea_builds_first():
    unready = (
        READY.replace("agreed", "not-yet")
        .replace("=likely", "=not-sure")
        .replace("for-with-unions", "not-asked")
        .replace("=ready", "=not-ready")
    )
    found = came_out(f"nation=wales employer=council service=youth pension=lgps {unready}")
    assert (found.outcome.key, len(found.conditions)) == ("not-yet", 4)


def test_the_right_to_challenge_is_told_in_england_only():
    refused = "employer=council service=leisure sponsor=refused " + READY.partition(" sponsor=")[0]
    assert "right-to-challenge" in keys_of(came_out(f"nation=england {refused}").notes)
    assert "right-to-challenge" not in keys_of(came_out(f"nation=scotland {refused}").notes)


def last_needed():
    """The place in the order of questions up to which each question's answer can still matter."""
    place = {key: number for number, key in enumerate(graph.in_order(RULES.edges))}
    last: dict[str, int] = defaultdict(int)
    for finding in RULES.findings:
        end = max(place[condition.question] for condition in finding.when)
        for condition in finding.when:
            last[condition.question] = max(last[condition.question], end)
    return place, last


def gathered_paths():
    """(gathering, a path of it) for every gathering that comes to an end.

    Findings are counted where the last question that they ask about is answered, or passed without it.
    """
    place, last = last_needed()
    closing = defaultdict(list)
    for finding in RULES.findings:
        closing[max((condition.question for condition in finding.when), key=place.__getitem__)].append(
            finding
        )
    at = {RULES.first: {((), frozenset(), 0): {}}}
    for key in graph.in_order(RULES.edges):
        for (remembered, grave, conditions), path in at.pop(key).items():
            for answer in RULES.questions[key].answers:
                now = dict(remembered) | {key: answer.key}
                held = [finding.effect for finding in closing[key] if finding.holds(now)]
                needed = tuple(sorted((q, a) for q, a in now.items() if last[q] > place[key]))
                gathering = (
                    needed,
                    grave | {effect for effect in held if effect in ("unlikely", "another-route")},
                    min(conditions + held.count("condition"), NOT_YET_FROM),
                )
                at.setdefault(answer.leads_to, {}).setdefault(gathering, path | {key: answer.key})
    assert at.keys() == {END}, "every path ends"
    yield from at[END].items()


def expected(grave, conditions):
    if grave:
        return "unlikely" if "unlikely" in grave else "another-route"
    if conditions == NOT_YET_FROM:
        return "not-yet"
    return "conditions" if conditions else "explore-now"


def test_every_path_comes_to_the_outcome_that_its_answers_call_for():
    outcomes = set()
    number = 0
    for (_, grave, conditions), path in gathered_paths():
        walked = walk(RULES, {key: [value] for key, value in path.items()})
        assert walked.asked is None
        assert walked.answers == path
        found = result(RULES, walked.answers)
        assert found.outcome.key == expected(grave, conditions)
        assert found.outcome.key == "explore-now" or found.reasons, path
        outcomes.add(found.outcome.key)
        number += 1
    assert outcomes == set(RULES.outcomes)
    assert number > 100


def test_who_stops_early_is_told_why():
    """Each answer after which nothing more is asked, but for those of the last question, decides by itself."""
    *_, last = graph.in_order(RULES.edges)
    for key, question in RULES.questions.items():
        for answer in question.answers:
            if answer.leads_to == END and key != last:
                assert any(
                    finding.effect in ("unlikely", "another-route")
                    and any(each.question == key and answer.key in each.answers for each in finding.when)
                    for finding in RULES.findings
                ), (key, answer.key)


def test_no_law_is_told_in_a_nation_where_it_does_not_hold():
    """A finding with law holds only in its nations, or where the service is in more than one."""
    for finding in RULES.findings:
        asked = [set(each.answers) for each in finding.when if each.question == "nation"]
        if finding.law:
            assert (asked[0] if asked else set(NATIONS)) - {"uk-wide"} <= set(finding.nations), finding.key
