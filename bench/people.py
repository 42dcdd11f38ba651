"""The people of ``bench.web``: a group that writes, one that follows, an adviser; and what each asks for."""

import uuid
from datetime import timedelta
from io import StringIO
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.utils import timezone

from bench.load import Request
from mutuals_portal.private_access import codes
from signposting import draft_cookie, drafting, lifecycle
from signposting.models import EnquiryDraft, Organisation, Participant
from signposting.views.follow import device

ANSWERS = {
    "who": {"enquirer_kind": "staff"},
    "where": {"nation": "scotland", "place": "Inverness"},
    "employer": {"employer_type": "nhs", "employer_name": "A health board"},
    "sector": {"sector": "adult-social-care"},
    "staff": {"staff_count": 40},
    "stage": {"stage": "early-thinking"},
    "topics": {"topics": []},
    "ownership": {"ownership_idea": "employees-only"},
    "question": {"question": "Can home-care staff run the service themselves? " * 20},
    "files": {},
    "exclusions": {"excluded_bodies": []},
    "contact": {"contact_choice": "no-email", "email": "", "contact_note": "", "sender_name": ""},
    "consent": {"may_share": "yes"},
}


def move_in() -> None:
    """Static files, whose addresses content may name; tables, content and demo staff, as for a portal in earnest."""
    for command in (["collectstatic", "--noinput"], ["migrate"], ["load_content"], ["load_demo_staff"]):
        call_command(*command, verbosity=0, stdout=StringIO())


def requests(submissions: int) -> dict[str, Request]:
    """By name; the bare view first, because the others are measured by it."""
    draft, code = drafting.start(at=timezone.now())
    EnquiryDraft.objects.filter(pk=draft.pk).update(answers=ANSWERS)
    csrf, token = csrf_pair()
    writer = {"Cookie": f"{csrf}; {cookie_of(draft_cookie.keep, draft_cookie.Held(draft.pk, code))}"}
    form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token}
    follower, follower_code = somebody_who_follows()
    opening = urlencode({"reference": follower.enquiry.reference, "code": follower_code})
    question = urlencode(ANSWERS["question"])
    return {
        "bare view": Request("GET", "/bare/"),
        "home": Request("GET", "/", headers={"Accept-Encoding": "gzip"}),
        "a guide": Request("GET", "/guides/spinning-out/", headers={"Accept-Encoding": "gzip"}),
        "a page of a guide": Request(
            "GET", "/guides/spinning-out/appraisal/business-case/", headers={"Accept-Encoding": "gzip"}
        ),
        "style sheet": Request(
            "GET", staticfiles_storage.url("portal.css"), headers={"Accept-Encoding": "br"}
        ),
        "start of an enquiry": Request("GET", "/enquiries/new/"),
        "a question, shown": Request("GET", "/enquiries/new/question/", headers=writer),
        "a question, answered": Request("POST", "/enquiries/new/question/", 302, writer | form, question),
        "check your answers": Request("GET", "/enquiries/new/check/", headers=writer),
        "sending": Request(
            "POST",
            "/enquiries/new/check/",
            302,
            form | {"Cookie": csrf},
            cookies=finished_drafts(submissions),
        ),
        "following": Request(
            "GET", "/enquiries/follow/enquiry/", headers={"Cookie": cookie_of(device.keep_open, follower)}
        ),
        "opening with a code (scrypt)": Request(
            "POST", "/enquiries/follow/", 302, form | {"Cookie": csrf}, opening
        ),
        "an adviser’s queue": Request(
            "GET", "/admin/signposting/enquiry/", headers={"Cookie": adviser_cookie("cds-adviser")}
        ),
    }


def finished_drafts(count: int) -> tuple[str, ...]:
    """As many drafts as there are enquiries to send, each with the cookie that holds it."""
    now = timezone.now()
    drafts = EnquiryDraft.objects.bulk_create(
        EnquiryDraft(
            key=uuid.uuid4(),
            reference=codes.new_reference(),
            code_digest=f"{number:064}",  # the slow digest is made when a draft begins, not when it is sent
            answers=ANSWERS,
            created_at=now,
            expires_at=now + timedelta(days=1),
        )
        for number in range(count)
    )
    code = codes.new_code()
    return tuple(cookie_of(draft_cookie.keep, draft_cookie.Held(draft.pk, code)) for draft in drafts)


def somebody_who_follows() -> tuple[Participant, str]:
    """The sender of an enquiry that was asked about, answered and written to a few times."""
    Organisation.objects.filter(kind=Organisation.Kind.PARTNER).update(
        accepts_enquiries=True, contact_email="body@example.org"
    )
    draft, code = drafting.start(at=timezone.now())
    draft.answers = ANSWERS
    enquiry = lifecycle.submit(submission=drafting.submission_of(draft), at=timezone.now())
    sender = enquiry.participants.get(is_sender=True)
    adviser = User.objects.filter(adviser__organisation=enquiry.holder).first()
    lifecycle.accept(enquiry, by=adviser, at=timezone.now())
    for _ in range(4):
        lifecycle.ask(enquiry, text="How many of you are there? " * 10, by=adviser, at=timezone.now())
        lifecycle.reply(enquiry, text="About forty. " * 10, by=sender, at=timezone.now(), key=uuid.uuid4())
    return sender, code


def adviser_cookie(name: str) -> str:
    client = Client()
    client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def cookie_of(keep, whose) -> str:
    """What a browser would send back after this response."""
    ((name, morsel),) = keep(HttpResponse(), whose).cookies.items()
    return f"{name}={morsel.value}"


def csrf_pair() -> tuple[str, str]:
    """The cookie and the header that go together."""
    request = RequestFactory().get("/")
    token = get_token(request)
    return f"csrftoken={request.META['CSRF_COOKIE']}", token
