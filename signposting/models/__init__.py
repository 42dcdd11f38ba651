from mutuals_portal import publishing

from .assurance import Assurance, EntryReport, OwnerLink, Proposal
from .attachment import Attachment
from .directory import Activity, BodyKind, Cost, Entry, EntrySave, Offer
from .draft import EnquiryDraft
from .enquiry import Enquiry, Status
from .event import CLOSING_REASONS, HAND_OVER_REASONS, INTERNAL_VERBS, EnquiryEvent, Reason, Verb
from .failed_access import FailedAccess
from .message import Message
from .organisation import Adviser, Listing, Organisation
from .outbox import OutboxMail
from .participant import ContactChoice, Participant
from .rule_set import RoutingRule, RuleSet

__all__ = [
    "CLOSING_REASONS",
    "HAND_OVER_REASONS",
    "INTERNAL_VERBS",
    "Activity",
    "Adviser",
    "Assurance",
    "Attachment",
    "BodyKind",
    "ContactChoice",
    "Cost",
    "Enquiry",
    "EnquiryDraft",
    "EnquiryEvent",
    "Entry",
    "EntryReport",
    "EntrySave",
    "FailedAccess",
    "Listing",
    "Message",
    "Offer",
    "Organisation",
    "OutboxMail",
    "OwnerLink",
    "Participant",
    "Proposal",
    "Reason",
    "RoutingRule",
    "RuleSet",
    "Status",
    "Verb",
]

publishing.register(publishing.Kind(Entry, (EntryReport, Proposal)))
