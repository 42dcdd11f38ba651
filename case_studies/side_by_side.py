"""What of a profile is compared with others: its facts in short, each figure with its day and its source."""

from collections.abc import Iterator
from datetime import date

from case_studies import pictures
from case_studies.comparison import Body, Line
from case_studies.models import Claim, Evidence, Profile
from case_studies.models.profile import Kind, LastKnown, LegalForm
from case_studies.profiles import Figure, figures_of, of_measure, started_on
from mutuals_portal import partial_date
from mutuals_portal.vocabulary import Sector

LABELS = {
    "kind": "How it came to be",
    "sectors": "What it does",
    "where": "Where",
    "parent": "Came out of",
    "started": "Started",
    "form": "Legal form",
    "owners": "Who owns it",
    "staff": "Staff",
    "stands": "How it stands",
    "road": "The road out took",
    "hindered": "What got in the way",
    "helped": "What helped",
}


def body(edition: Profile, *, on: date) -> Body:
    """``edition`` comes from ``profiles.with_parts``."""
    figures = figures_of(edition, on=on)
    known = {
        "kind": _unless(edition.kind, Kind.NOT_KNOWN, edition.get_kind_display()),
        "sectors": tuple(Line(Sector(value).label) for value in edition.sectors),
        "where": (Line(f"{edition.place} ({edition.get_region_display()})"),),
        "parent": (Line(edition.parent_body),) if edition.parent_body else (),
        "started": tuple(_figures(edition, figures, Claim.Measure.STARTED)),
        "form": _unless(edition.legal_form, LegalForm.NOT_KNOWN, edition.get_legal_form_display()),
        "owners": tuple(_owners(edition)),
        "staff": tuple(_figures(edition, figures, Claim.Measure.STAFF))[-1:],
        "stands": _stands(edition),
        "road": _road(edition, figures),
        "hindered": tuple(_met(edition, Evidence.Effect.HINDERED)),
        "helped": tuple(_met(edition, Evidence.Effect.HELPED)),
    }
    return Body(edition.title, edition.document.get_absolute_url(), known)


def _unless(value: str, not_known: str, label: str) -> tuple[Line, ...]:
    return () if value == not_known else (Line(label),)


def _figures(edition: Profile, figures: list[Figure], measure: str) -> Iterator[Line]:
    address = edition.document.get_absolute_url()
    for figure in of_measure(figures, measure):
        yield Line(figure.value, figure.as_of, f"{address}#figure-{figure.claim.key}")


def _owners(edition: Profile) -> Iterator[Line]:
    address = f"{edition.document.get_absolute_url()}#ownership"
    for mix in pictures.ownership(edition.shares.all()):
        for share in mix.shares:
            amount = f"{share.percent.normalize():f}%" if share.percent is not None else "share not known"
            yield Line(
                f"{share.get_group_display()} ({mix.basis.lower()}: {amount})",
                partial_date.in_words(share.as_of),
                address,
            )


def _stands(edition: Profile) -> tuple[Line, ...]:
    if edition.last_known == LastKnown.NOT_KNOWN:
        return ()
    address = f"{edition.document.get_absolute_url()}#stands"
    as_of = partial_date.in_words(edition.last_known_as_of)
    return (Line(edition.get_last_known_display(), as_of, address),)


def _road(edition: Profile, figures: list[Figure]) -> tuple[Line, ...]:
    months = pictures.months_out(edition.milestones.all(), started=started_on(figures))
    address = f"{edition.document.get_absolute_url()}#road"
    return (Line(pictures.in_words(months), "", address),) if months else ()


def _met(edition: Profile, effect: str) -> Iterator[Line]:
    address = f"{edition.document.get_absolute_url()}#{effect}"
    titles = dict.fromkeys(each.look_out.title for each in edition.evidence.all() if each.effect == effect)
    for title in titles:
        yield Line(title, "", address)
