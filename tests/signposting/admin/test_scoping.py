"""An enquiry of another body answers at every address exactly like one that does not exist."""

import re
import uuid

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse

from signposting import lifecycle
from signposting.admin.operations import OPERATIONS
from signposting.models import Attachment, Enquiry
from tests.factories import MONDAY, make_enquiry

NOBODY = 987_654_321
FILE = uuid.UUID("11111111-2222-4333-8444-555555555555")
PAGES = ["change", "history", "new-code", *(operation.verb.value for operation in OPERATIONS)]


@pytest.fixture
def theirs(home, alice):
    enquiry = lifecycle.accept(
        make_enquiry(to=home, question="Zebra crossing staff", employer_name="Zebra Council"),
        by=alice,
        at=MONDAY,
    )
    Attachment.objects.create(
        id=FILE,
        enquiry=enquiry,
        name="plan.txt",
        kind="txt",
        size=1,
        file=ContentFile(b"x", name="x"),
        uploaded_at=MONDAY,
    )
    return enquiry


def addresses(pk):
    """Every address of the admin that names one enquiry."""
    content_type = ContentType.objects.get_for_model(Enquiry)
    return [
        *(reverse(f"admin:signposting_enquiry_{page}", args=[pk]) for page in PAGES),
        reverse("admin:signposting_enquiry_attachment", args=[pk, FILE]),
        f"/admin/r/{content_type.pk}/{pk}/",
        f"/admin/signposting/enquiry/{pk}/",
        f"/admin/signposting/enquiry/{pk}/delete/",
    ]


def answer(client, method, address, pk):
    """All that tells one answer from another. Only the token of a form and the time differ every time."""
    filled_in = {"seen": 2, "text": "x", "reason": "x", "reason_code": "conflict", "to": "duty-desk"}
    response = getattr(client, method)(address, filled_in if method == "post" else {})
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    headers = {name: value for name, value in response.items() if name != "Expires"}
    return response.status_code, text.replace(f"/{pk}/", "/PK/"), headers


@pytest.mark.parametrize("who", ["carol", "desk", "eddie"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_answers_like_one_that_does_not_exist(client, request, theirs, who, method):
    client.force_login(request.getfixturevalue(who))
    for existing, missing in zip(addresses(theirs.pk), addresses(NOBODY), strict=True):
        shown = answer(client, method, existing, theirs.pk)
        assert shown[0] in (403, 404), existing
        assert shown == answer(client, method, missing, NOBODY), existing
    theirs.refresh_from_db()
    assert theirs.version == 2


def test_no_address_of_an_enquiry_is_left_out():
    names = {pattern.name for pattern in admin.site.get_model_admin(Enquiry).get_urls()}
    tested = {f"signposting_enquiry_{page}" for page in [*PAGES, "attachment"]}
    assert names - tested == {
        "signposting_enquiry_changelist",
        "signposting_enquiry_add",
        "signposting_enquiry_bulk-accept",
    }


@pytest.mark.parametrize(
    "query",
    ["", "?view=everything", "?q=zebra", "?q={reference}", "?view=mine", "?nation=england", "?after=_1"],
)
def test_the_queue_of_another_body_is_empty(client, carol, theirs, query):
    client.force_login(carol)
    page = client.get("/admin/signposting/enquiry/" + query.format(reference=theirs.reference))
    assert page.context["rows"] == []
    assert {tab["count"] for tab in page.context["tabs"]} == {"0"}
    assert f"/{theirs.pk}/" not in page.text


def test_an_attachment_is_no_file_of_another_enquiry(client, alice, carol, home, other, theirs):
    for adviser, body in ((alice, home), (carol, other)):
        own = make_enquiry(to=body)
        client.force_login(adviser)
        address = reverse("admin:signposting_enquiry_attachment", args=[own.pk, FILE])
        assert client.get(address).status_code == 404


def test_accepting_several_tells_nothing_of_others(client, carol, home, other, theirs):
    unclaimed = make_enquiry(to=home)
    client.force_login(carol)
    address = reverse("admin:signposting_enquiry_bulk-accept")
    for pk in (unclaimed.pk, NOBODY):
        asked = client.get(address, {"enquiry": pk}, follow=True)
        assert "Choose at least one" in asked.text
        done = client.post(address, {"enquiry": f"{pk}-1"}, follow=True)
        assert "One of the enquiries is no longer with your body." in done.text
    unclaimed.refresh_from_db()
    assert unclaimed.is_unclaimed


def test_no_autocomplete_offers_enquiries(client, root, carol, theirs):
    for user in (carol, root):
        client.force_login(user)
        asked = {
            "app_label": "signposting",
            "model_name": "participant",
            "field_name": "enquiry",
            "term": "MIS",
        }
        assert client.get(reverse("admin:autocomplete"), asked).status_code in (403, 404)


def test_the_index_keeps_no_log_of_enquiries(client, alice, theirs):
    client.force_login(alice)
    client.post(reverse("admin:signposting_enquiry_answer", args=[theirs.pk]), {"seen": 2, "text": "Yes."})
    theirs.refresh_from_db()
    assert theirs.version == 3
    assert not LogEntry.objects.exists()


def test_an_editor_sees_no_enquiry_anywhere(client, eddie, theirs):
    client.force_login(eddie)
    assert "nquir" not in re.sub(r"<title>.*?</title>", "", client.get(reverse("admin:index")).text)
    for name in ("changelist", "add", "bulk-accept"):
        assert client.get(reverse(f"admin:signposting_enquiry_{name}")).status_code == 403


def test_the_duty_desk_sees_what_it_holds_and_no_more(client, desk, home, theirs):
    unrouted = make_enquiry(excluded_bodies=(home.slug,))
    client.force_login(desk)
    page = client.get(reverse("admin:signposting_enquiry_changelist"))
    assert [row["enquiry"] for row in page.context["rows"]] == [unrouted]


def test_only_an_administrator_sees_all(client, root, other, theirs):
    own = make_enquiry(to=other)
    client.force_login(root)
    page = client.get(reverse("admin:signposting_enquiry_changelist"))
    assert {row["enquiry"] for row in page.context["rows"]} == {theirs, own}
    assert client.get(reverse("admin:signposting_enquiry_change", args=[theirs.pk])).status_code == 200


def test_a_stranger_is_asked_to_log_in(client, theirs):
    for address in addresses(theirs.pk):
        assert client.get(address).url.startswith("/admin/login/"), address
