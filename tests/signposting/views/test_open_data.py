"""The directory as open data: the shape of Open Referral, a table, and a feed."""

import csv
import io
import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from mutuals_portal import publishing
from signposting.models import Assurance
from tests.factories import make_entry, make_offer, make_user

pytestmark = pytest.mark.django_db

SERVICES = "/support/data/services"

# What the specification says of the fields that we use (HSDS 3.0: schema/service.json, organization.json,
# service_area.json, cost_option.json, attribute.json, taxonomy_term.json): name, type, and what is required.
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TERM = {"id!": "uuid", "code": str, "name!": str, "description!": str, "taxonomy": str}
SHAPE = {
    "id!": "uuid",
    "name!": str,
    "status!": {"active", "inactive", "defunct", "temporarily closed"},
    "description": str,
    "url": "uri",
    "application_process": str,
    "fees_description": str,
    "eligibility_description": str,
    "assured_date": "date",
    "last_modified": str,
    "alert": str,
    "organization": {
        "id!": "uuid",
        "name!": str,
        "description!": str,
        "alternate_name": str,
        "website": "uri",
    },
    "service_areas": [{"id!": "uuid", "name": str}],
    "cost_options": [{"id!": "uuid", "amount": (int, float), "currency": str, "amount_description": str}],
    "attributes": [
        {
            "id!": "uuid",
            "link_id!": "uuid",
            "link_entity!": str,
            "link_type": str,
            "taxonomy_term": TERM,
        }
    ],
}
ENVELOPE = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}


def faults(value, shape, at="service"):
    """What of a value is not as its shape says."""
    if isinstance(shape, dict):
        fields = {name.rstrip("!"): wanted for name, wanted in shape.items()}
        yield from (f"{at}.{name} is missing" for name in required(shape) - value.keys())
        yield from (f"{at}.{name} is not in the specification" for name in value.keys() - fields.keys())
        for name in fields.keys() & value.keys():
            yield from faults(value[name], fields[name], f"{at}.{name}")
    elif isinstance(shape, list):
        for place, each in enumerate(value):
            yield from faults(each, shape[0], f"{at}[{place}]")
    elif not fits(value, shape):
        yield f"{at} is {value!r}"


def required(shape):
    return {name[:-1] for name in shape if name.endswith("!")}


def fits(value, shape):
    match shape:
        case "uuid":
            return str(uuid.UUID(value)) == value
        case "uri":
            return value.startswith(("https://", "http://"))
        case "date":
            return DAY.fullmatch(value) is not None
        case set():
            return value in shape
        case _:
            return isinstance(value, shape) and value != ""


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def shipped():
    call_command("load_content")


def services(client, **query):
    return client.get(SERVICES, query).json()


def test_a_page_of_services_has_the_shape_of_the_specification(client, now):
    make_entry(at=now, title="Cwmpas", former_names=["Wales Co-operative Centre"])
    page = services(client)
    assert {name: type(value) for name, value in page.items()} == ENVELOPE
    assert (page["total_items"], page["total_pages"], page["size"], page["empty"]) == (1, 1, 1, False)
    assert [fault for service in page["contents"] for fault in faults(service, SHAPE)] == []


def test_the_shape_is_really_looked_at(client, now):
    make_entry(at=now)
    (service,) = services(client)["contents"]
    broken = service | {"status": "open", "id": str(uuid.uuid4()), "email": "a@example.org", "name": 3}
    assert len(list(faults(broken, SHAPE))) == 3


def test_all_that_comes_with_the_service_has_the_shape(client, shipped):
    page = services(client, per_page=100)
    everything = [*page["contents"], *services(client, per_page=100, page=2)["contents"]]
    assert len(everything) == page["total_items"] > 60
    assert [fault for service in everything for fault in faults(service, SHAPE)] == []
    assert len({service["id"] for service in everything}) == len(everything)


def test_pages_follow_one_another_without_a_gap(client, now):
    for number in range(5):
        make_entry(at=now, title=f"Body {number}")
    pages = [services(client, per_page=2, page=number) for number in (1, 2, 3)]
    assert [page["size"] for page in pages] == [2, 2, 1]
    assert [(page["first_page"], page["last_page"]) for page in pages] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert len({each["id"] for page in pages for each in page["contents"]}) == 5
    assert services(client, per_page=2, page=9)["empty"] is True


def test_one_service_is_found_by_its_id(client, now):
    make_entry(at=now)
    (service,) = services(client)["contents"]
    assert client.get(f"{SERVICES}/{service['id']}").json() == service


def test_two_services_have_two_ids_however_alike_they_are_called(client, now):
    make_entry(at=now, offers=[make_offer(title="Advice: law"), make_offer(title="Advice, law")])
    found = services(client)["contents"]
    assert len({service["id"] for service in found}) == 2
    assert [client.get(f"{SERVICES}/{service['id']}").json() for service in found] == found


@pytest.mark.parametrize("identifier", [str(uuid.UUID(int=0)), "x", "%00", "x" * 5000])
def test_a_service_that_is_not_there_is_said_to_be_missing(client, identifier, now):
    make_entry(at=now)
    response = client.get(f"{SERVICES}/{identifier}")
    assert (response.status_code, "error" in response.json()) == (404, True)


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=101", "page=%00", "page=" + "9" * 400, "page=²"]
)
def test_a_page_that_cannot_be_is_refused_in_words(client, query):
    response = client.get(f"{SERVICES}?{query}")
    assert response.status_code == 400
    assert "must be a whole number from 1 to" in response.json()["error"]


def test_what_has_ended_or_was_withdrawn_is_in_none_of_it(client, now):
    make_entry(at=now, title="Ended body", activity="historic", offers=[])
    gone = make_entry(at=now, title="Withdrawn body")
    publishing.withdraw(gone.document, by=make_user(), at=now, reason="Wrong")
    for address in (SERVICES, "/support/data.csv", "/support/feed/"):
        text = client.get(address).content.decode()
        assert "Ended body" not in text, address
        assert "Withdrawn body" not in text, address


def test_a_service_says_when_it_was_checked_and_warns_when_that_is_overdue(client, now):
    entry = make_entry(at=now - timedelta(days=3), review_by=timezone.localdate(now) + timedelta(days=3))
    (service,) = services(client)["contents"]
    assert service["assured_date"] == timezone.localdate(entry.shown_from).isoformat()
    assert "alert" not in service
    Assurance.objects.create(
        organisation=entry.document, assured_at=now, by="body", review_by=date(2099, 1, 1)
    )
    assert services(client)["contents"][0]["assured_date"] == timezone.localdate(now).isoformat()


def test_the_queries_do_not_grow(client, now, django_assert_num_queries):
    make_entry(at=now)
    with django_assert_num_queries(3):
        services(client)
    for _ in range(15):
        entry = make_entry(at=now)
        Assurance.objects.create(organisation=entry.document, assured_at=now, by="us", review_by=now.date())
    with django_assert_num_queries(4):
        services(client)


def test_the_table_has_a_line_for_each_offer_and_no_formula(client, now):
    make_entry(at=now, title="=cmd()")
    rows = list(csv.DictReader(io.StringIO(client.get("/support/data.csv").content.decode())))
    assert [row["body"] for row in rows] == ["'=cmd()"]
    assert rows[0]["id"] == services(client)["contents"][0]["id"]


def test_the_feed_tells_of_new_bodies(client, now):
    make_entry(at=now, title="Cwmpas")
    assert "<title>Cwmpas</title>" in client.get("/support/feed/").content.decode()


def test_the_page_says_how_to_ask(client):
    page = client.get("/support/data/")
    assert SERVICES in page.text
    assert not page.cookies
