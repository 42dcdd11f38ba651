"""Rows for tests. Plain functions; an enquiry reaches its later states through ``lifecycle``, as it does in life."""

import itertools
import uuid
from datetime import UTC, date, datetime

from django.contrib.auth.models import Group, User

from case_studies.models import CaseStudy, Profile
from guides import planning, tools
from guides.models import Document, Edition, LookOut, Plan, Source, Tool, ToolEdition
from guides.models.edition import NATIONS
from mutuals_portal import publishing
from mutuals_portal.private_access import codes
from mutuals_portal.vocabulary import EmployerType, EnquirerKind, Nation, OwnershipIdea, Sector, Stage
from signposting import access, lifecycle
from signposting.models import Adviser, Enquiry, Entry, Organisation, RoutingRule, RuleSet

MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
"""A Monday morning with no bank holiday near it, for tests in which time passes."""

_numbers = itertools.count(1)


def make_organisation(**kwargs) -> Organisation:
    """A partner body that accepts enquiries. It can act once it has an adviser."""
    number = next(_numbers)
    kwargs.setdefault("slug", f"body-{number}")
    kwargs.setdefault("name", kwargs["slug"].replace("-", " ").title())
    kwargs.setdefault("kind", Organisation.Kind.PARTNER)
    kwargs.setdefault("home_nation", Nation.ENGLAND)
    if kwargs["kind"] == Organisation.Kind.PARTNER:
        kwargs.setdefault("accepts_enquiries", True)
    if kwargs["kind"] != Organisation.Kind.HELPER:
        kwargs.setdefault("contact_email", f"{kwargs['slug']}@example.org")
    return Organisation.objects.create(**kwargs)


def make_duty_desk() -> Organisation:
    found = Organisation.objects.filter(kind=Organisation.Kind.DUTY_DESK).first()
    return found or make_organisation(slug="duty-desk", name="Duty desk", kind=Organisation.Kind.DUTY_DESK)


def make_user(group: str = "", **kwargs) -> User:
    kwargs.setdefault("username", f"user-{next(_numbers)}")
    kwargs.setdefault("is_staff", True)
    user = User.objects.create_user(**kwargs)
    if group:
        access.sync_groups()
        user.groups.add(Group.objects.get(name=group))
    return user


def make_adviser(organisation: Organisation, *, group: str = "adviser", **kwargs) -> User:
    """A user who acts for a body."""
    user = make_user(group, **kwargs)
    Adviser.objects.create(user=user, organisation=organisation)
    return user


def make_rule_set(*rules: dict, **kwargs) -> RuleSet:
    """A published version. Each rule is a dict of its fields; ``body`` is an organisation."""
    kwargs.setdefault("version", next(_numbers))
    rule_set = RuleSet.objects.create(note="For a test", created_at=MONDAY, **kwargs)
    for position, rule in enumerate(rules, start=1):
        RoutingRule.objects.create(
            rule_set=rule_set, **{"position": position, "reason": "It fits this body best."} | rule
        )
    rule_set.published_at = MONDAY
    rule_set.save()
    return rule_set


def make_submission(**kwargs) -> lifecycle.Submission:
    reference = kwargs.setdefault("reference", codes.new_reference())
    code = kwargs.pop("code", None)
    kwargs.setdefault(
        "code_digest", codes.digest(reference=reference, code=code) if code else uuid.uuid4().hex
    )
    facts = {
        "key": uuid.uuid4(),
        "enquirer_kind": EnquirerKind.STAFF,
        "nation": Nation.ENGLAND,
        "place": "Salford",
        "employer_type": EmployerType.COUNCIL,
        "employer_name": "",
        "sector": Sector.LEISURE,
        "staff_count": 40,
        "stage": Stage.EARLY_THINKING,
        "topics": (),
        "ownership_idea": OwnershipIdea.EMPLOYEES_AND_USERS,
        "question": "How do we begin?",
        "excluded_bodies": (),
        "may_share": True,
    }
    return lifecycle.Submission(**facts | kwargs)


def make_enquiry(*, to: Organisation | None = None, at: datetime = MONDAY, by=None, **kwargs) -> Enquiry:
    """An enquiry that was sent and offered to ``to``; without it, by whatever rules there are, or unrouted."""
    make_duty_desk()
    if to is not None:
        if not to.advisers.exists():
            make_adviser(to)
        make_rule_set({"body": to})
    elif not RuleSet.objects.exists():
        make_rule_set()
    return lifecycle.submit(submission=make_submission(**kwargs), by=by, at=at)


def make_accepted_enquiry(*, to: Organisation, at: datetime = MONDAY, **kwargs) -> Enquiry:
    """An enquiry in hand with the first adviser of a body."""
    enquiry = make_enquiry(to=to, at=at, **kwargs)
    return lifecycle.accept(enquiry, by=to.advisers.first().user, at=at)


def make_document(kind: str = "page", **kwargs) -> Document:
    """A document of the guides without any edition.

    A page gets a guide and a stage that are live, a look-out its issue.
    """
    number = next(_numbers)
    kwargs.setdefault("slug", f"{kind}-{number}")
    if kind == Document.Kind.LOOK_OUT and not LookOut.objects.filter(slug=kwargs["slug"]).exists():
        make_look_out(kwargs["slug"], is_live=False)
    if kind == Document.Kind.PAGE and "parent" not in kwargs:
        kwargs["parent"] = make_live_document(Document.Kind.STAGE)
    if kind == Document.Kind.STAGE:
        kwargs.setdefault("parent", None)
        kwargs["parent"] = kwargs["parent"] or make_live_document(Document.Kind.GUIDE)
    return Document.objects.create(kind=kind, **kwargs)


def make_words(**kwargs) -> dict:
    """What an edition must say to be fit for readers."""
    return {
        "title": f"Title {next(_numbers)}",
        "summary": "One sentence that says what it is about.",
        "body": "Plain words.",
        "nations": [value for value, _ in NATIONS],
        "review_by": date(2099, 1, 1),
    } | kwargs


def make_draft(document: Document, *, by: User | None = None, at: datetime = MONDAY, **words) -> Edition:
    by = by or make_user()
    draft = publishing.start(document, by=by, at=at)
    return publishing.write(draft, by=by, at=at, seen=draft.saves, **make_words(**words))


def make_approved(document: Document, *, at: datetime = MONDAY, **words) -> Edition:
    draft = make_draft(document, at=at, **words)
    sent = publishing.send_for_review(draft, by=draft.saved_by, at=at, seen=draft.saves)
    return publishing.approve(sent, by=make_user(), at=at, seen=sent.saves)


def make_published(
    document: Document, *, at: datetime = MONDAY, show_from: datetime | None = None, **words
) -> Edition:
    """An edition that has gone all the way: written, sent, approved by somebody else, published."""
    approved = make_approved(document, at=at, **words)
    return publishing.publish(approved, by=approved.sent_by, at=at, seen=approved.saves, show_from=show_from)


def make_live_document(kind: str = "page", *, at: datetime = MONDAY, **kwargs) -> Document:
    """A document that readers can open from ``at`` on. Names of ``make_words`` go to its edition."""
    words = {
        name: kwargs.pop(name)
        for name in (*Edition.WORDS, "review_by", "change_note", "change_is_public")
        if name in kwargs
    }
    if kind == Document.Kind.BULLETIN:
        words = {"as_of": date(2026, 5, 1), "era": "now"} | words
    document = make_document(kind, **kwargs)
    make_published(document, at=at, **words)
    return document


def make_source(key: str = "", **kwargs) -> Source:
    key = key or f"source-{next(_numbers)}"
    return Source.objects.create(
        **{"key": key, "title": f"Report {key}", "publisher": "A publisher", "kind": "report"} | kwargs
    )


def make_look_out(slug: str = "", *, is_live: bool = True, at: datetime = MONDAY, **kwargs) -> LookOut:
    """An issue, and unless told otherwise a live text of the same title for it, with more ``words`` if given."""
    number = next(_numbers)
    words = kwargs.pop("words", {})
    facts = {"slug": slug or f"issue-{number}", "title": f"Issue {number}", "summary": "It matters."}
    issue = LookOut.objects.create(**facts | {"position": number} | kwargs)
    if is_live:
        same = {"title": issue.title, "summary": issue.summary}
        make_live_document(
            Document.Kind.LOOK_OUT, slug=issue.slug, position=issue.position, at=at, **same | words
        )
    return issue


def make_case_study(**kwargs) -> CaseStudy:
    """A body without any profile."""
    kwargs.setdefault("slug", f"body-{next(_numbers)}")
    return CaseStudy.objects.create(**kwargs)


def make_profile_words(**kwargs) -> dict:
    """What a profile must say to be fit for readers."""
    return {
        "title": f"Body {next(_numbers)}",
        "summary": "A body that left its council.",
        "kind": "staff-spin-out",
        "nation": Nation.ENGLAND,
        "region": "north-west",
        "place": "Salford",
        "sectors": [Sector.LEISURE],
        "legal_form": "co-operative-society",
        "last_known": "not-known",
        "what_it_does": "It runs pools.",
        "review_by": date(2099, 1, 1),
    } | kwargs


def make_figure(key: str = "", **kwargs) -> dict:
    """A claim as profiles have it written: 40 staff in 2013, unless something else is said."""
    value = {} if "day" in kwargs else {"number": "40", "unit": "people"}
    return {
        "key": key or f"figure-{next(_numbers)}",
        "measure": "event" if "day" in kwargs else "staff",
        "label": "Staff",
        "as_of": "2013",
        "assured_by": "body",
        "review_by": "2099-01-01",
        "source": kwargs.get("source") or make_source().key,
        **value,
    } | kwargs


def make_evidence(look_out: LookOut, **kwargs) -> dict:
    """What a body met, as profiles have it written."""
    return {
        "look_out": look_out.slug,
        "stage": "implementation",
        "effect": "hindered",
        "how": "It took long.",
        "source": kwargs.get("source") or make_source().key,
    } | kwargs


def make_profile_draft(
    document: CaseStudy | None = None, *, by: User | None = None, at: datetime = MONDAY, **words
) -> Profile:
    """``claims``, ``shares``, ``milestones`` and ``evidence`` are rows as they are written."""
    document, by = document or make_case_study(), by or make_user()
    for name in Profile.PARTS:
        if name in words:
            words[f"written_{name}"] = words.pop(name)
    draft = publishing.start(document, by=by, at=at)
    return publishing.write(draft, by=by, at=at, seen=draft.saves, **make_profile_words(**words))


def make_profile(
    document: CaseStudy | None = None, *, at: datetime = MONDAY, show_from: datetime | None = None, **words
) -> Profile:
    """A profile that has gone all the way: written, sent, approved by somebody else, published."""
    if "slug" in words:
        document = make_case_study(slug=words.pop("slug"))
    draft = make_profile_draft(document, at=at, **words)
    sent = publishing.send_for_review(draft, by=draft.saved_by, at=at, seen=draft.saves)
    approved = publishing.approve(sent, by=make_user(), at=at, seen=sent.saves)
    return publishing.publish(approved, by=approved.sent_by, at=at, seen=approved.saves, show_from=show_from)


def make_tool_draft(slug: str, *, by: User | None = None, at: datetime = MONDAY, **words) -> ToolEdition:
    """``words`` may hold the tool's tables by their names."""
    tool, by = Tool.objects.get_or_create(slug=slug)[0], by or make_user()
    tables = {name: words.pop(name) for name in list(words) if name in tools.tables_of(slug)}
    draft = publishing.start(tool, by=by, at=at)
    facts = {"title": f"Tool {slug}", "summary": "It helps.", "review_by": date(2099, 1, 1)}
    return publishing.write(draft, by=by, at=at, seen=draft.saves, **facts | words, tables=tables)


def make_tool(slug: str, *, at: datetime = MONDAY, show_from: datetime | None = None, **words) -> ToolEdition:
    """A tool that has gone all the way: written, sent, approved by somebody else, published."""
    draft = make_tool_draft(slug, at=at, **words)
    sent = publishing.send_for_review(draft, by=draft.saved_by, at=at, seen=draft.saves)
    approved = publishing.approve(sent, by=make_user(), at=at, seen=sent.saves)
    return publishing.publish(approved, by=approved.sent_by, at=at, seen=approved.saves, show_from=show_from)


def make_offer(**kwargs) -> dict:
    """An offer as entries have it written: for anybody, at any stage, wherever its body helps, about legal form."""
    if "look_outs" not in kwargs:
        LookOut.objects.get_or_create(slug="legal-form", defaults={"title": "Legal form", "position": 1})
    return {
        "title": f"Help {next(_numbers)}",
        "what": "Somebody talks it through with you.",
        "look_outs": ["legal-form"],
        "cost": "free",
        "how": "Use the form on its website.",
        "source": kwargs.get("source") or make_source().key,
    } | kwargs


def make_entry_words(**kwargs) -> dict:
    """What an entry must say to be fit for readers. ``offers`` are rows as they are written."""
    if kwargs.get("activity") == "historic":
        kwargs.setdefault("offers", [])
    rows = kwargs.pop("offers", None)
    return {
        "title": f"Helper {next(_numbers)}",
        "kind": "development-agency",
        "summary": "It helps groups.",
        "body": "It helps people who think of leaving.",
        "written_offers": [make_offer()] if rows is None else rows,
        "review_by": date(2099, 1, 1),
    } | kwargs


def make_entry_draft(
    document: Organisation | None = None, *, by: User | None = None, at: datetime = MONDAY, **words
) -> Entry:
    """A draft about a body, which is only listed unless another is given."""
    document = document or make_organisation(kind=Organisation.Kind.HELPER)
    by = by or make_user()
    draft = publishing.start(document, by=by, at=at)
    return publishing.write(draft, by=by, at=at, seen=draft.saves, **make_entry_words(**words))


def make_entry(
    document: Organisation | None = None, *, at: datetime = MONDAY, show_from: datetime | None = None, **words
) -> Entry:
    """An entry that has gone all the way: written, sent, approved by somebody else, published."""
    if "slug" in words:
        document = make_organisation(slug=words.pop("slug"), kind=Organisation.Kind.HELPER)
    draft = make_entry_draft(document, at=at, **words)
    sent = publishing.send_for_review(draft, by=draft.saved_by, at=at, seen=draft.saves)
    approved = publishing.approve(sent, by=make_user(), at=at, seen=sent.saves)
    return publishing.publish(approved, by=approved.sent_by, at=at, seen=approved.saves, show_from=show_from)


def make_plan(*, at: datetime = MONDAY, secret: str = "") -> Plan:
    """A plan that a group has just started. Its code follows from ``secret``."""
    return planning.start(secret=secret or codes.new_secret(), at=at)[0]
