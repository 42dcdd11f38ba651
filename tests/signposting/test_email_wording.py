"""No mail may give a group away: the person who reads it first may be their employer."""

import re

import pytest
import yaml
from django.conf import settings

from signposting import email_delivery
from signposting.models import OutboxMail
from tests.factories import MONDAY, make_enquiry, make_organisation
from tests.signposting.test_emails import make_follower

FORBIDDEN = (
    r"\b(mutual|co-?op|employee|owner|spin|public|service|council|nhs|cabinet|government|union|staff|group|body\b|"
    r"bodies|enquir|inquir|reference|code|mis-|case|advis|advice|question|answer|organi[sz]ation|partner|holder|"
    r"withdraw|clos(e|ing)|track|pixel)"
)
ORGANISATIONS = settings.BASE_DIR / "signposting" / "content" / "organisations.yaml"
TO_A_BODY_ABOUT_ITSELF = OutboxMail.Kind.ENTRY_LINK
"""Its reader is the body, and all that it tells is public. ``test_owner_links`` reads it."""
MAIL_TEMPLATES = sorted(
    path
    for path in (settings.BASE_DIR / "templates" / "emails").rglob("*.*")
    if path.stem != TO_A_BODY_ABOUT_ITSELF
)
KINDS = [kind for kind in OutboxMail.Kind if kind != TO_A_BODY_ABOUT_ITSELF]


def names_of_bodies():
    for body in yaml.safe_load(ORGANISATIONS.read_text()):
        yield from filter(None, (body["name"], body.get("short_name"), body["slug"]))


def parts_of(message):
    return [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]


def words_of(text):
    """What a person reads: no links, no markup."""
    return re.sub(r"https?://\S+|<[^>]*>", " ", text)


def test_the_words_of_every_template_are_neutral():
    assert len(MAIL_TEMPLATES) == 5
    for template in MAIL_TEMPLATES:
        assert not re.search(FORBIDDEN, words_of(template.read_text()), re.IGNORECASE), template


def test_every_kind_of_mail_has_its_templates_and_its_subject():
    assert set(email_delivery.SUBJECTS) == set(email_delivery.PAGES) == set(OutboxMail.Kind)


@pytest.fixture(params=KINDS)
def message(request, db):
    """A mail of each kind about one enquiry, and that enquiry."""
    enquiry = make_enquiry(
        to=make_organisation(name="Thistle Help", short_name="Thistle"),
        question="May we leave the depot?",
        place="Inverness",
        employer_name="Highland Board",
        sender_name="Morag",
    )
    recipient = {"organisation": enquiry.holder}
    if request.param == OutboxMail.Kind.UPDATE:
        recipient = {"participant": make_follower(enquiry, name="Alice")}
    mail = OutboxMail.objects.create(kind=request.param, created_at=MONDAY, **recipient)
    return enquiry, email_delivery.compose(mail, "reader@example.org").message()


def test_no_part_of_a_message_is_about_anything(message):
    _, whole = message
    headers = " ".join(f"{name}: {value}" for name, value in whole.items() if name != "Message-ID")
    texts = [words_of(part) for part in parts_of(whole)]

    assert len(texts) == 2
    for words in [headers, *texts]:
        assert not re.search(FORBIDDEN, words, re.IGNORECASE), words
        assert not [name for name in names_of_bodies() if name.lower() in words.lower()]


def test_a_message_holds_nothing_of_the_enquiry(message):
    enquiry, whole = message
    facts = [enquiry.reference, enquiry.question, "Inverness", "Highland", "Morag", "Alice", "Thistle"]

    assert not [fact for fact in facts if fact in str([parts_of(whole), whole.items()])]


def test_every_reader_gets_the_same_words(db):
    first, second = (make_enquiry(to=make_organisation()) for _ in range(2))
    mails = [OutboxMail(kind="update", participant=make_follower(enquiry)) for enquiry in (first, second)]

    one, other = (email_delivery.compose(mail, "reader@example.org") for mail in mails)

    assert (one.subject, one.body, one.alternatives) == (other.subject, other.body, other.alternatives)


def test_a_message_fetches_nothing_when_it_is_read(message):
    _, whole = message
    _, html = parts_of(whole)

    assert re.findall(r"<(img|link|script|style|iframe|object)|\s(src|style|background)=", html) == []
    assert len(re.findall(r"https?://", html)) == 2  # one link, and its own address as its text


def test_a_link_carries_nothing_that_tells_readers_apart(message):
    _, whole = message
    (address,) = re.findall(r"https?://\S+", parts_of(whole)[0])

    assert "?" not in address
    assert "#" not in address
    assert not re.search(r"\d", address.removeprefix(settings.PUBLIC_URL))


@pytest.mark.parametrize(
    "words", ["Your mutual", "Co-operatives UK", "Reference MIS-2345-6789", "An adviser replied"]
)
def test_the_forbidden_words_would_be_found(words):
    assert re.search(FORBIDDEN, words, re.IGNORECASE)
