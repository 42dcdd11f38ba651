from .attachment import Attachment
from .draft import EnquiryDraft
from .enquiry import Enquiry, Status
from .event import CLOSING_REASONS, HAND_OVER_REASONS, INTERNAL_VERBS, EnquiryEvent, Reason, Verb
from .failed_access import FailedAccess
from .message import Message
from .organisation import Adviser, Organisation
from .outbox import OutboxMail
from .participant import ContactChoice, Participant
from .rule_set import RoutingRule, RuleSet

__all__ = [
    "CLOSING_REASONS",
    "HAND_OVER_REASONS",
    "INTERNAL_VERBS",
    "Adviser",
    "Attachment",
    "ContactChoice",
    "Enquiry",
    "EnquiryDraft",
    "EnquiryEvent",
    "FailedAccess",
    "Message",
    "Organisation",
    "OutboxMail",
    "Participant",
    "Reason",
    "RoutingRule",
    "RuleSet",
    "Status",
    "Verb",
]
