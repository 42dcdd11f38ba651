"""How an entry is kept true: somebody confirms it, or its body says what has changed and an editor decides on that.

A confirmation changes no word; from then on the entry says who confirmed it, and when. A proposal changes nothing by
itself: what an editor accepts of it becomes a draft, which a second person approves like every other; what is refused
is refused with a reason, which the body reads at its link. ``confirm`` and ``propose`` are for whoever has a link;
``check`` and ``decide`` are for those with the rights ``signposting.change_listing`` and ``change_proposal``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from mutuals_portal import publishing
from signposting import owner_links
from signposting.models import Activity, Assurance, Entry, Listing, Organisation, OwnerLink, Proposal

HOLDS_FOR = timedelta(days=365)
MOST_A_DAY = 10
"""Proposals of one body. More than anybody could answer would be no help to anybody."""
CHANGE_NOTE = "Changed as the body itself asked."


class Refused(Exception):
    """What was asked is not possible. The message says why, to whoever asked."""


class ChangedMeanwhile(Refused):
    """Somebody else changed it after the asker had looked."""


@dataclass(frozen=True)
class Present:
    """What there is of an entry now. ``seen`` names it, so that nobody decides on something else."""

    live: Entry | None
    draft: Entry | None

    @property
    def newest(self) -> Entry | None:
        return self.draft or self.live

    @property
    def seen(self) -> str:
        return "-".join(str(each and (each.pk, each.saves)) for each in (self.live, self.draft))


# -- By the body


@transaction.atomic
def confirm(link: OwnerLink, *, seen: int, at: datetime) -> Assurance:
    """All that edition ``seen`` says is right. What the body proposed before it takes back: its last word counts.

    Confirmed twice on one day, it is one confirmation. Raises ``owner_links.Gone``.
    """
    body = owner_links.held(link, at=at).organisation
    entry = Entry.objects.live(at=at).get(document=body)
    if entry.number != seen:
        raise ChangedMeanwhile("The entry changed while you had this page open. Check it again.")
    _supersede(body, at=at)
    newest = (
        Assurance.objects.filter(organisation=body, assured_at__gte=entry.shown_from).newest_first().first()
    )
    if newest and newest.by == Assurance.By.BODY and newest.assured_on == timezone.localdate(at):
        return newest
    return _assure(body, by=Assurance.By.BODY, at=at)


@transaction.atomic
def propose(link: OwnerLink, *, seen: int, words: Mapping[str, Any], note: str, at: datetime) -> Proposal:
    """Keep what the body wants its entry to say instead of edition ``seen``. It takes the place of one that waits.

    Sent twice, it is one. Raises ``owner_links.Gone``.
    """
    body = owner_links.held(link, at=at).organisation
    entry = Entry.objects.ever_shown(at=at).filter(document=body, number=seen).first()
    if entry is None:
        raise ChangedMeanwhile("We cannot tell which text you changed. Open your link again.")
    changed = {name: words[name] for name in Entry.WORDS if not same(getattr(entry, name), words[name])}
    if not (changed or note):
        raise Refused("Nothing is changed yet. If all is right, go back and say so there.")
    sent = Proposal.objects.filter(document=body.pk)
    waiting = sent.open().first()
    if waiting and (waiting.edition, waiting.words, waiting.note) == (entry, changed, note):
        return waiting
    if sent.filter(received_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refused("You have sent us many changes today. Send the rest tomorrow.")
    _supersede(body, at=at)
    return Proposal.objects.create(
        document_id=body.pk, edition=entry, words=changed, note=note, received_at=at
    )


# -- By us


@transaction.atomic
def check(body: Organisation, *, seen: int, by: User, at: datetime) -> Assurance:
    """An editor has checked edition ``seen`` with the body. Checked twice on one day by the same person, it is once."""
    Organisation.objects.select_for_update().get(pk=body.pk)
    entry = Entry.objects.live(at=at).filter(document=body).first()
    if entry is None or entry.number != seen:
        raise ChangedMeanwhile("What is public changed meanwhile. Look again, then decide.")
    newest = Assurance.objects.filter(organisation=body).newest_first().first()
    if newest and newest.given_by == by and newest.assured_on == timezone.localdate(at):
        return newest
    return _assure(body, by=Assurance.By.US, given_by=by, at=at)


def present(proposal: Proposal, *, at: datetime) -> Present:
    """Two queries."""
    editions = Entry.objects.filter(document=proposal.document_id)
    return Present(live=editions.live(at=at).first(), draft=editions.open().first())


@transaction.atomic
def decide(
    proposal: Proposal, *, outcome: Mapping[str, str], into_draft: bool, seen: str, by: User, at: datetime
) -> Entry | None:
    """Settle a proposal for good. ``outcome`` has nothing for a field that is accepted, else why it is refused.

    Gives the draft that holds what was accepted: a new one, or the one that is there where ``into_draft`` says so.
    Either becomes the work of ``by``, so that somebody else has to approve it. Raises ``publishing.Refused`` too.
    """
    body = Listing.objects.select_for_update().get(pk=proposal.document_id)
    found = Proposal.objects.get(pk=proposal.pk)
    if found.superseded_at:
        raise Refused("The body has taken this back, or has sent another one since.")
    if not found.is_open:
        raise Refused("This has been decided already.")
    if set(outcome) != set(found.words):
        raise Refused("Decide on every field.")
    now = present(found, at=at)
    if now.seen != seen:
        raise ChangedMeanwhile(
            "The entry or its draft changed while you were looking. Compare again, then decide."
        )
    accepted = {name: found.words[name] for name, reason in outcome.items() if not reason}
    draft = _write(body, accepted, now, into_draft=into_draft, by=by, at=at) if accepted else None
    found.outcome, found.decided_at, found.decided_by = dict(outcome), at, by
    found.save()
    return draft


def same(old: Any, new: Any) -> bool:
    """Whether two values say the same: white space and the order of what was ticked say nothing."""
    if isinstance(old, str) and isinstance(new, str):
        return old.split() == new.split()
    if isinstance(old, dict) and isinstance(new, dict):
        return old.keys() == new.keys() and all(same(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        if all(isinstance(each, str) for each in (*old, *new)):
            return sorted(old) == sorted(new)
        return len(old) == len(new) and all(same(*each) for each in zip(old, new, strict=True))
    return bool(old == new)


def _assure(body: Organisation, *, by: str, at: datetime, given_by: User | None = None) -> Assurance:
    review_by = timezone.localdate(at) + HOLDS_FOR
    return Assurance.objects.create(
        organisation=body, assured_at=at, by=by, given_by=given_by, review_by=review_by
    )


def _supersede(body: Organisation, *, at: datetime) -> None:
    Proposal.objects.open().filter(document=body.pk).update(superseded_at=at)


def _write(
    body: Listing, words: Mapping[str, Any], now: Present, *, into_draft: bool, by: User, at: datetime
) -> Entry:
    if now.draft and not into_draft:
        raise Refused("There is a draft already. Say that these changes go into it, or settle it first.")
    draft = now.draft
    note = {}
    if draft is None:
        draft, note = publishing.start(body, by=by, at=at), {"change_note": CHANGE_NOTE}
    said = draft.words_of(draft) | dict(words)
    if said["ended"] and said["activity"] != Activity.HISTORIC:
        raise Refused("A day on which it ended goes with “Ended” alone. Accept both or neither.")
    return publishing.write(draft, by=by, at=at, seen=draft.saves, **words, **note)
