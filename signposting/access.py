"""Who may see which rows, and who may do what. The one place that decides either.

Rows follow the body: a user sees the enquiries that the user's body holds now, and nothing of any other. The duty
desk is a body, so it sees what it holds, which is also all that is unrouted. Only an administrator (superuser)
sees everything. Rights follow groups. Editors and reviewers have no right to enquiries at all.
"""

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db import transaction
from django.db.models import Q, QuerySet

from signposting.models import (
    INTERNAL_VERBS,
    Attachment,
    Enquiry,
    EnquiryEvent,
    Message,
    Organisation,
    OutboxMail,
    Participant,
)

CASE_WORK = (
    "signposting.view_enquiry",
    "signposting.change_enquiry",
    "signposting.add_enquiry",
)
RULE_WORK = (
    "signposting.view_ruleset",
    "signposting.add_ruleset",
    "signposting.change_ruleset",
    "signposting.view_routingrule",
    "signposting.add_routingrule",
    "signposting.change_routingrule",
    "signposting.delete_routingrule",
)
ORGANISATION_WORK = ("signposting.view_organisation", "signposting.change_organisation")

READING_GUIDES = (
    "guides.view_document",
    "guides.view_edition",
    "guides.view_source",
    "guides.view_report",
    "guides.view_tool",
    "guides.view_tooledition",
)
WRITING_GUIDES = (
    *READING_GUIDES,
    "guides.view_lookout",
    "guides.change_lookout",
    "guides.add_document",
    "guides.change_document",
    "guides.change_edition",
    "guides.change_tool",
    "guides.change_tooledition",
    "guides.add_source",
    "guides.change_source",
    "guides.change_report",
)
APPROVING_GUIDES = (
    *READING_GUIDES,
    "guides.view_lookout",
    "guides.approve_edition",
    "guides.approve_tooledition",
    "guides.change_report",
)

READING_CASE_STUDIES = (
    "case_studies.view_casestudy",
    "case_studies.view_profile",
    "case_studies.view_question",
)
WRITING_CASE_STUDIES = (
    *READING_CASE_STUDIES,
    "case_studies.add_casestudy",
    "case_studies.change_casestudy",
    "case_studies.change_profile",
    "case_studies.change_question",
)
APPROVING_CASE_STUDIES = (
    *READING_CASE_STUDIES,
    "case_studies.approve_profile",
    "case_studies.change_question",
)

READING_DIRECTORY = (
    "signposting.view_listing",
    "signposting.view_entry",
    "signposting.view_proposal",
    "signposting.view_entryreport",
)
WRITING_DIRECTORY = (
    *READING_DIRECTORY,
    "signposting.add_listing",
    "signposting.change_listing",
    "signposting.change_entry",
    "signposting.change_proposal",
    "signposting.change_entryreport",
)
APPROVING_DIRECTORY = (*READING_DIRECTORY, "signposting.approve_entry", "signposting.change_entryreport")

SEEING_TO_THE_SEARCH = (
    "search.view_synonym",
    "search.add_synonym",
    "search.change_synonym",
    "search.delete_synonym",
    "search.view_fruitlesssearch",
)

GROUPS: dict[str, tuple[str, ...]] = {
    "adviser": CASE_WORK,
    "lead": (*CASE_WORK, "signposting.assign_enquiry"),
    "duty-desk": (*CASE_WORK, "signposting.assign_enquiry", *RULE_WORK, "signposting.view_organisation"),
    "editor": (
        *WRITING_GUIDES,
        *WRITING_CASE_STUDIES,
        *WRITING_DIRECTORY,
        *ORGANISATION_WORK,
        *SEEING_TO_THE_SEARCH,
    ),
    "reviewer": (
        *APPROVING_GUIDES,
        *APPROVING_CASE_STUDIES,
        *APPROVING_DIRECTORY,
        "signposting.view_organisation",
    ),
    "administrator": (
        *RULE_WORK,
        *ORGANISATION_WORK,
        "signposting.add_organisation",
        "signposting.view_adviser",
        "signposting.add_adviser",
        "signposting.change_adviser",
        "signposting.delete_adviser",
    ),
}
"""What each group may do, by Django's permission names. Accounts themselves are for a superuser alone: whoever may
edit accounts could make themselves one."""


def sync_groups() -> None:
    """Make the groups of the database have exactly the rights of ``GROUPS``. Safe to repeat."""
    with transaction.atomic():
        for name, rights in GROUPS.items():
            group, _ = Group.objects.get_or_create(name=name)
            wanted = Q(pk=None)
            for right in rights:
                app_label, codename = right.split(".")
                wanted |= Q(content_type__app_label=app_label, codename=codename)
            group.permissions.set(Permission.objects.filter(wanted))


def body_of(user: User | AnonymousUser) -> Organisation | None:
    """The body that a user acts for, if any. Read once per user object, with the body itself."""
    if not user.is_authenticated or not user.is_active:
        return None
    adviser = getattr(user, "adviser", None)
    return adviser.organisation if adviser else None


def visible_enquiries(user: User | AnonymousUser) -> QuerySet[Enquiry]:
    """The enquiries that a user may know of. Every other answers like one that does not exist."""
    if user.is_active and user.is_superuser:
        return Enquiry.objects.all()
    body = body_of(user)
    if body is None or not user.has_perm("signposting.view_enquiry"):
        return Enquiry.objects.none()
    return Enquiry.objects.filter(holder=body)


def visible_events(user: User | AnonymousUser) -> QuerySet[EnquiryEvent]:
    """What happened to visible enquiries, without what other bodies noted and arranged among themselves."""
    events = EnquiryEvent.objects.filter(enquiry__in=visible_enquiries(user))
    return events.exclude(Q(verb__in=INTERNAL_VERBS) & ~Q(holder=body_of(user)))


def own_events(user: User) -> QuerySet[EnquiryEvent]:
    """What a user did, wherever the enquiries are now. It tells nobody anything they do not know."""
    return EnquiryEvent.objects.filter(by_user=user)


def visible_messages(user: User | AnonymousUser) -> QuerySet[Message]:
    """The conversation of visible enquiries, with the internal notes of the user's own body only."""
    messages = Message.objects.filter(event__enquiry__in=visible_enquiries(user))
    return messages.shown_to(body_of(user))


def visible_participants(user: User | AnonymousUser) -> QuerySet[Participant]:
    return Participant.objects.filter(enquiry__in=visible_enquiries(user))


def visible_attachments(user: User | AnonymousUser) -> QuerySet[Attachment]:
    return Attachment.objects.filter(enquiry__in=visible_enquiries(user))


def visible_mails(user: User | AnonymousUser) -> QuerySet[OutboxMail]:
    """Mail owed to the participants of visible enquiries."""
    return OutboxMail.objects.filter(participant__enquiry__in=visible_enquiries(user))


def may_work_on(user: User | AnonymousUser, enquiry: Enquiry) -> bool:
    """Whether a user may act on an enquiry: it takes the right, and being of the body that holds it."""
    body = body_of(user)
    return body is not None and body.pk == enquiry.holder_id and user.has_perm("signposting.change_enquiry")


def colleagues(user: User) -> QuerySet[User]:
    """Active users of the same body, the user included."""
    return User.objects.filter(is_active=True, adviser__organisation=body_of(user)).order_by("username")
