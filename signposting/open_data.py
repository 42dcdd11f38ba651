"""The directory as open data, for whoever lists help elsewhere: services in the shape of Open Referral, and a table.

A service is one offer of help, and its organization the body that gives it, as the Human Services Data Specification
has them (HSDS 3.0, of which Open Referral UK is a profile: docs.openreferral.org). Only offers that readers are shown
are there: nothing that is not published, and no body that has ended. What HSDS has no field for, such as the stage or
the issue that an offer is for, is an attribute with a term of our own.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.text import get_text_list

from guides.models import LookOut
from mutuals_portal import csv_lines
from mutuals_portal.vocabulary import EnquirerKind, Nation, Stage
from signposting import bodies, matching
from signposting.models import Assurance, BodyKind, Offer

VERSION = "3.0"
PROFILE = "https://docs.openreferraluk.org"
ON_A_PAGE = 50
MOST_ON_A_PAGE = 100

IDS = uuid.UUID("6f3b8f0e-5d0c-5c56-9a55-2f0e6a1f7b7d")
"""The namespace of our identifiers (RFC 9562, version 5): they follow from names, so they are the same every day."""

CSV_COLUMNS = (
    "id",
    "body",
    "kind_of_body",
    "offer",
    "what",
    "for",
    "stages",
    "issues",
    "nations",
    "cost",
    "how",
    "checked_on",
    "checked_by",
    "check_again_by",
    "source",
    "page",
)

Service = dict[str, Any]


def offers(*, at: datetime) -> QuerySet[Offer]:
    """All that is open data, by body and place, each with who has confirmed its entry last."""
    newest = Assurance.objects.filter(organisation=OuterRef("entry__document")).newest_first()
    return (
        Offer.objects.help(at=at)
        .select_related("entry__document", "source")
        .annotate(newest_assurance=Subquery(newest.values("pk")[:1]))
        .order_by("entry__document__slug", "position", "pk")
    )


def services(found: Iterable[Offer], *, on: date) -> list[Service]:
    """Offers as services. Two queries: who confirmed them, and what issues are called."""
    rows = list(found)
    assurances = Assurance.objects.in_bulk([row.newest_assurance for row in rows if row.newest_assurance])  # type: ignore[attr-defined]
    issues = dict(LookOut.objects.values_list("slug", "title"))
    return [_service(row, bodies.told_by(row.entry, _newest(row, assurances), on=on), issues) for row in rows]


def service_id(offer: Offer) -> str:
    return _id("service", offer.entry.document.slug, offer.title)


def find(identifier: uuid.UUID, *, at: datetime) -> Offer | None:
    """The offer that has this identifier now."""
    rows = Offer.objects.help(at=at).values_list("pk", "entry__document__slug", "title")
    wanted = str(identifier)
    for pk, slug, title in rows.iterator():
        if _id("service", slug, title) == wanted:
            return offers(at=at).get(pk=pk)
    return None


def page(contents: list[Service], *, number: int, size: int, of: int) -> dict[str, Any]:
    """One page, in the envelope that HSDS gives its lists. ``of``: how many there are in all."""
    pages = max(-(-of // size), 1)
    return {
        "total_items": of,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def as_csv(*, at: datetime) -> Iterator[str]:
    """A line for each offer."""
    on = timezone.localdate(at)
    rows = list(offers(at=at))
    assurances = Assurance.objects.in_bulk([row.newest_assurance for row in rows if row.newest_assurance])  # type: ignore[attr-defined]
    told = ((row, bodies.told_by(row.entry, _newest(row, assurances), on=on)) for row in rows)
    yield from csv_lines.lines([CSV_COLUMNS])
    yield from csv_lines.lines(_line(row, checked) for row, checked in told)


def _line(offer: Offer, checked: bodies.Checked) -> list[str]:
    return [
        service_id(offer),
        csv_lines.safe(offer.entry.title),
        BodyKind(offer.body_kind).label,
        csv_lines.safe(offer.title),
        csv_lines.safe(offer.what),
        "; ".join(EnquirerKind(value).label for value in offer.askers),
        "; ".join(offer.stages),
        "; ".join(offer.look_outs),
        "; ".join(offer.nations),
        offer.get_cost_display(),
        csv_lines.safe(offer.how),
        checked.on.isoformat(),
        "the body itself" if checked.by_the_body else "us",
        checked.review_by.isoformat() if checked.review_by else "",
        offer.source.key,
        _address(offer),
    ]


def _service(offer: Offer, checked: bodies.Checked, issues: dict[str, str]) -> Service:
    entry, identifier = offer.entry, service_id(offer)
    assert entry.shown_from  # noqa: S101 -- it is live
    service: Service = {
        "id": identifier,
        "name": offer.title,
        "description": offer.what,
        "url": _address(offer),
        "status": "active",
        "application_process": offer.how,
        "fees_description": offer.get_cost_display(),
        "eligibility_description": _for_whom(offer),
        "assured_date": checked.on.isoformat(),
        "last_modified": timezone.localtime(entry.shown_from).isoformat(),
        "organization": _organization(offer),
        "service_areas": [
            {"id": _id("area", identifier, nation), "name": Nation(nation).label} for nation in offer.nations
        ],
        "cost_options": [
            {"id": _id("cost", identifier), "amount_description": offer.get_cost_display()}
            | ({"amount": 0, "currency": "gbp"} if offer.cost == "free" else {})
        ],
        "attributes": list(_attributes(offer, identifier, issues)),
    }
    alerts = []
    if entry.is_unverified:
        alerts.append("We could not confirm that this body still gives this help. Ask it first.")
    if checked.is_past_review:
        alerts.append("This entry is past the day by which it had to be checked again.")
    return service | ({"alert": " ".join(alerts)} if alerts else {})


def _organization(offer: Offer) -> dict[str, Any]:
    entry = offer.entry
    names = [*filter(None, [entry.document.short_name]), *entry.former_names]
    return {
        "id": _id("organization", entry.document.slug),
        "name": entry.title,
        "description": entry.summary,
        **({"alternate_name": "; ".join(names)} if names else {}),
        **({"website": entry.website} if entry.website else {}),
    }


def _attributes(offer: Offer, identifier: str, issues: dict[str, str]) -> Iterator[dict[str, Any]]:
    kind = BodyKind(offer.body_kind)
    terms = [("kind-of-body", kind.value, kind.label)]
    terms += [("stage", value, Stage(value).label) for value in offer.stages]
    terms += [("issue", value, issues.get(value, value)) for value in offer.look_outs]
    terms += [("for", value, EnquirerKind(value).label) for value in offer.askers]
    for taxonomy, code, name in terms:
        yield {
            "id": _id("attribute", identifier, taxonomy, code),
            "link_id": identifier,
            "link_entity": "service",
            "link_type": taxonomy,
            "taxonomy_term": {
                "id": _id("term", taxonomy, code),
                "code": code,
                "name": name,
                "description": name,
                "taxonomy": f"{settings.PUBLIC_URL}/support/data/#{taxonomy}",
            },
        }


def _for_whom(offer: Offer) -> str:
    if offer.is_for_anybody:
        return "For anybody."
    askers = [matching.ASKERS[EnquirerKind(value)] for value in EnquirerKind if value in offer.askers]
    return f"For {get_text_list(askers, 'and')}."


def _address(offer: Offer) -> str:
    return f"{settings.PUBLIC_URL}{offer.entry.document.get_absolute_url()}"


def _newest(offer: Any, assurances: dict[int, Assurance]) -> Assurance | None:
    return assurances.get(offer.newest_assurance)


def _id(*names: str) -> str:
    return str(uuid.uuid5(IDS, "/".join(names)))
