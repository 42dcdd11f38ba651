"""A body that has been asked to check its entry."""

from signposting import owner_links
from signposting.models import Entry, OwnerLink
from signposting.owner_form import ChangesForm
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
    answers = {}
    for each in (form, form["written_offers"].field.shown(form["written_offers"])):
        for bound in [form[name] for name in form.fields] if each is form else []:
            if bound.name != "written_offers":
                answers[bound.html_name] = bound.value() or ""
    rows = form["written_offers"].field.shown(form["written_offers"])
    for bound in rows.management_form:
        answers[bound.html_name] = bound.value()
    for row in rows:
        answers |= {row[name].html_name: row[name].value() or "" for name in row.fields if name != "DELETE"}
    answers["former_names"] = "\n".join(entry.former_names)
    return answers
