"""Versions of the routing rules: read, draft, rehearse, publish.

The published version with the highest number routes every new enquiry. It never changes: a change is a new
draft, of which there is one at a time, rehearsed on past enquiries and published when every kind of enquiry
reaches a body. Who may do so is for the caller to check (``admin.rule_sets``).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from signposting.coverage import Cell, gaps_in_words, matrix
from signposting.models import Enquiry, Organisation, RoutingRule, RuleSet
from signposting.routing import FACTS_A_RULE_NAMES, Facts, Rule, route

REHEARSED_ENQUIRIES = 500


class Refused(Exception):
    """What was asked cannot be done to this version. The message is for the person."""


class DraftExists(Refused):
    """There is one draft at a time."""


class NoDraft(Refused):
    """It was published, and so never changes again, or deleted."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the draft after the person looked at it."""


class NotReady(Refused):
    """The draft may not be published yet. ``gaps`` names the enquiries that would reach nobody."""

    def __init__(self, message: str, gaps: Sequence[str] = ()):
        super().__init__(" ".join([message, *(f"{gap}." for gap in gaps)]))
        self.message = message
        self.gaps = gaps


@dataclass(frozen=True)
class Replay:
    """One past enquiry, by primary key: the slug of the body it goes to now and under the draft."""

    enquiry: int
    now: str | None
    then: str | None


@dataclass(frozen=True)
class Rehearsal:
    """What a draft would have done. ``cells`` is its matrix; a body that is None stands for the duty desk."""

    replays: tuple[Replay, ...]
    cells: tuple[Cell, ...]

    @property
    def moved(self) -> list[Replay]:
        """Those that would go to a body, and another one than now."""
        return [replay for replay in self.replays if replay.then and replay.then != replay.now]

    @property
    def unreached(self) -> list[Replay]:
        """Those that would reach nobody, whether or not they reach somebody now."""
        return [replay for replay in self.replays if replay.then is None]

    @property
    def moves(self) -> list[tuple[str | None, str | None, int]]:
        """From, to, how many; the largest first."""
        changed = Counter((replay.now, replay.then) for replay in self.replays if replay.now != replay.then)
        return [(now, then, count) for (now, then), count in changed.most_common()]

    @property
    def gaps(self) -> list[str]:
        return gaps_in_words(self.cells)


def current() -> RuleSet:
    """The version in force. Raises RuleSet.DoesNotExist before any is published."""
    return RuleSet.objects.published().latest("version")


def rules_of(rule_set: RuleSet) -> list[Rule]:
    rows = rule_set.rules.order_by("position").values(
        "pk", "position", "body__slug", "reason", *FACTS_A_RULE_NAMES
    )
    return [Rule(body=row.pop("body__slug"), **row) for row in rows]


def able_bodies() -> dict[str, Organisation]:
    return {body.slug: body for body in Organisation.objects.able()}


def facts_of(enquiry: Enquiry) -> Facts:
    return Facts(
        excluded_bodies=frozenset(enquiry.excluded_bodies),
        **{name: getattr(enquiry, name) for name in FACTS_A_RULE_NAMES},
    )


@transaction.atomic
def start_draft(*, by: User | None, at: datetime) -> RuleSet:
    """A new version that begins as a copy of the current rules. Raises DraftExists."""
    latest = _locked(RuleSet.objects.order_by("version")).last()
    if latest and not latest.is_published:
        raise DraftExists(f"Version {latest.version} is still a draft. Publish or delete it first.")
    draft = RuleSet.objects.create(version=latest.version + 1 if latest else 1, created_by=by, created_at=at)
    copies = list(latest.rules.all()) if latest else []
    for rule in copies:
        rule.pk, rule.rule_set = None, draft
    RoutingRule.objects.bulk_create(copies)
    return draft


def fingerprint(rule_set: RuleSet) -> str:
    """The same as long as nobody changes the version or its rules."""
    return sha256(repr((rule_set.note, rules_of(rule_set))).encode()).hexdigest()


@contextmanager
def held_draft(draft: RuleSet, *, seen: str | None = None) -> Iterator[RuleSet]:
    """The draft as it is now, kept from everybody else until the block ends.

    ``seen`` is the fingerprint of what the person looked at. Raises NoDraft, and ChangedMeanwhile.
    """
    with transaction.atomic():
        held = _locked(RuleSet.objects.filter(pk=draft.pk)).first()
        if held is None:
            raise NoDraft(f"The draft of version {draft.version} was deleted.")
        if held.is_published:
            raise NoDraft(f"Version {draft.version} is published, so it never changes again.")
        if seen is not None and seen != fingerprint(held):
            raise ChangedMeanwhile(
                "Somebody else changed this draft while you were looking at it, so nothing of yours was done. "
                "Read the draft as it is now, then decide again."
            )
        yield held


def discard(draft: RuleSet) -> None:
    """Delete a draft with its rules. Raises NoDraft."""
    with held_draft(draft) as held:
        held.delete()


def rehearse(draft: RuleSet) -> Rehearsal:
    """Replay the newest past enquiries under the current version and under the draft, with today's bodies."""
    able = able_bodies()
    now, then = rules_of(current()), rules_of(draft)
    newest = Enquiry.objects.order_by("-pk").only("excluded_bodies", *FACTS_A_RULE_NAMES)
    replays = tuple(
        Replay(enquiry.pk, route(facts, now, able).body, route(facts, then, able).body)
        for enquiry in newest[:REHEARSED_ENQUIRIES]
        for facts in [facts_of(enquiry)]
    )
    return Rehearsal(replays, tuple(matrix(then, able)))


def publish(draft: RuleSet, *, by: User | None, at: datetime, seen: str | None = None) -> RuleSet:
    """Put a draft in force. ``seen`` as for ``held_draft``.

    Raises NoDraft and ChangedMeanwhile, and NotReady while some nation, stage and kind of enquirer reaches
    nobody or while nothing says what the version changes.
    """
    with held_draft(draft, seen=seen) as held:
        if not held.note:
            raise NotReady(f"Say what changes with version {held.version}, and why, before you publish it.")
        if gaps := gaps_in_words(matrix(rules_of(held), able_bodies())):
            raise NotReady(
                f"Version {held.version} cannot be published while some enquiries reach nobody.", gaps
            )
        held.published_at, held.published_by = at, by
        held.save(update_fields=["published_at", "published_by"])
    return held


def _locked(versions: QuerySet[RuleSet]) -> QuerySet[RuleSet]:
    # Not the strongest lock: enquiries that are being sent point at a version and must not wait for this.
    return versions.select_for_update(no_key=True)
