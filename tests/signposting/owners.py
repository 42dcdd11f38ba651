"""A body that has been asked to check its entry."""

from signposting import owner_links
from signposting.models import Entry, OwnerLink
from signposting.owner_form import OFFERS, ChangesForm
from tests.factories import MONDAY, make_entry

CHECKER = "checker@example.org"


def make_link(entry: Entry | None = None, *, at=MONDAY, **words) -> OwnerLink:
    """The link of a body that is listed."""
    body = (entry or make_entry(at=MONDAY, **words)).document
    body.entry_email = CHECKER
    body.save()
    return owner_links.send(body, by=None, at=at)


def address_of(link: OwnerLink, page: str = "") -> str:
    return f"/support/entry/{owner_links.secret_of(link)}/{page}"


def words_of(entry: Entry, **changes) -> dict:
    return entry.words_of(entry) | changes


def answers_of(entry: Entry) -> dict:
    """What a browser sends when nothing in the form was touched."""
    form = ChangesForm(edition=entry)
    offers = form[OFFERS].field.shown(form[OFFERS])
    parts = [form, offers.management_form, *offers]
    bound = [part[name] for part in parts for name in part.fields if name not in (OFFERS, "DELETE")]
    return {each.html_name: each.value() for each in bound if each.value() not in (None, "", [])}
