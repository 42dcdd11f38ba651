"""A finished enquiry on its way in: what the forms have checked, as ``lifecycle.submit`` takes it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from signposting.models import Attachment, ContactChoice, Enquiry, EnquiryDraft, Participant, RuleSet

FACTS = (
    "reference",
    "channel",
    "enquirer_kind",
    "nation",
    "place",
    "employer_type",
    "employer_name",
    "sector",
    "staff_count",
    "stage",
    "ownership_idea",
    "question",
    "may_share",
)
"""What an enquiry takes over as it is."""


@dataclass(frozen=True)
class Submission:
    """``key`` makes sending happen exactly once. Words are those of ``mutuals_portal.vocabulary``; bodies are slugs."""

    key: uuid.UUID
    reference: str
    code_digest: str
    enquirer_kind: str
    nation: str
    place: str
    employer_type: str
    employer_name: str
    sector: str
    staff_count: int | None
    stage: str
    topics: tuple[str, ...]
    ownership_idea: str
    question: str
    excluded_bodies: tuple[str, ...]
    may_share: bool
    sender_name: str = ""
    contact_choice: str = ContactChoice.NO_EMAIL
    email: str = ""
    contact_note: str = ""
    channel: str = Enquiry.Channel.WEB

    def as_enquiry(self, rule_set: RuleSet, *, at: datetime) -> Enquiry:
        """The row of the enquiry, not saved and not yet routed."""
        return Enquiry(
            submission_key=self.key,
            sent_at=at,
            rule_set=rule_set,
            topics=list(self.topics),
            excluded_bodies=list(self.excluded_bodies),
            **{name: getattr(self, name) for name in FACTS},
        )

    def as_sender(self, enquiry: Enquiry, *, at: datetime) -> Participant:
        """The row of whoever sends it, not saved."""
        return Participant(
            enquiry=enquiry,
            name=self.sender_name,
            is_sender=True,
            contact_choice=self.contact_choice,
            email=self.email,
            contact_note=self.contact_note,
            code_digest=self.code_digest,
            code_issued_at=at,
            added_at=at,
        )


def take_over_draft(enquiry: Enquiry) -> None:
    """Give the draft's files to the enquiry, and let the draft go. Whoever sends it holds it (``drafting.hold``)."""
    Attachment.objects.filter(draft_id=enquiry.submission_key).update(enquiry=enquiry, draft=None)
    EnquiryDraft.objects.filter(pk=enquiry.submission_key).delete()
