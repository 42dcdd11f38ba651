"""Sixty questions of public servants, put to the texts that come with the service; ``questions.yaml`` judges.

A reader looks at the first few things on the page: the answer of the glossary where there is one, then the results.
Whoever misspells a word takes the first link of the page, “Did you mean”.
"""

from math import log2
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.utils import timezone

from mutuals_portal.search import searching
from mutuals_portal.search.models import SearchText

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yaml").read_text())
ANSWERS, HELPS = 3, 1
"""What a text gains that answers, and one that is worth reading."""
LEAST_SUCCESS = 0.95


@pytest.fixture
def shown(db):
    """Ask a question, and get the keys of what the page shows, from the top."""
    call_command("load_content", verbosity=0)
    keys = dict(SearchText.objects.live(at=timezone.now()).values_list("address", "key"))

    def ask(question: str) -> list[str]:
        found = searching.search({"q": [question]}, path="/search/", at=timezone.now())
        if found.correction:
            found = searching.search({"q": [found.correction.question]}, path="/search/", at=timezone.now())
        addresses = [found.found.answer.address] if found.found and found.found.answer else []
        addresses += [result.address for result in found.results]
        return [keys[address] for address in dict.fromkeys(addresses)]

    return ask


def gained(judged, keys) -> float:
    """Discounted cumulative gain of the first five: what stands lower counts for less."""
    worth = dict.fromkeys(judged.get("helps", ()), HELPS) | dict.fromkeys(judged["answers"], ANSWERS)
    return sum(worth.get(key, 0) / log2(place + 2) for place, key in enumerate(keys[:5]))


def share_gained(judged, keys) -> float:
    return gained(judged, keys) / gained(judged, [*judged["answers"], *judged.get("helps", ())])


def succeeds(judged, keys) -> bool:
    return not set(keys[:3]).isdisjoint(judged["answers"])


def test_the_first_three_results_answer_nearly_every_question(shown, capsys):
    given = [(judged, shown(judged["ask"])) for judged in QUESTIONS]
    failed = [(judged, keys) for judged, keys in given if not succeeds(judged, keys)]
    success = 1 - len(failed) / len(given)
    gain = sum(share_gained(judged, keys) for judged, keys in given) / len(given)
    missed = "".join(
        f"\n  {judged['ask']}: {', '.join(keys[:3]) or 'nothing'}, instead of {' or '.join(judged['answers'])}"
        for judged, keys in failed
    )
    with capsys.disabled():
        print(f"\nsuccess@3 {success:.3f}, nDCG@5 {gain:.3f}, of {len(given)} questions{missed}")  # noqa: T201
    assert success >= LEAST_SUCCESS, missed


def test_the_judged_questions_are_sixty_and_name_texts_that_there_are(shown):
    known = set(SearchText.objects.values_list("key", flat=True))
    assert len({judged["ask"] for judged in QUESTIONS}) == 60
    for judged in QUESTIONS:
        assert judged["why"], judged
        assert {*judged["answers"], *judged.get("helps", ())} <= known, judged
        assert judged["answers"], judged


def test_the_measure_tells_a_good_order_from_a_bad_one():
    judged = {"answers": ["a"], "helps": ["b"]}
    assert share_gained(judged, ["a", "b"]) == 1
    assert share_gained(judged, ["b", "a"]) < share_gained(judged, ["a", "x"]) < 1
    assert share_gained(judged, ["x"] * 5 + ["a"]) == 0
    assert succeeds(judged, ["x", "y", "a"])
    assert not succeeds(judged, ["x", "y", "z", "a"])
