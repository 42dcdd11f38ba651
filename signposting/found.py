"""How the bodies of the directory are found. One that has ended is no help, so nobody is led to it."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from mutuals_portal import markup
from mutuals_portal.search.found import Found, Kind, Searchable, register
from mutuals_portal.vocabulary import FOUR_NATIONS
from signposting.models import Activity, Entry, Organisation


def _entries(documents: Iterable[Organisation]) -> Iterator[Found]:
    shown = Entry.objects.filter(document__in=list(documents), shown_from__isnull=False, withdrawn_at=None)
    shown = shown.exclude(shown_until__lte=timezone.now()).exclude(activity=Activity.HISTORIC)
    for entry in shown.select_related("document").prefetch_related("offers"):
        offers = [words for offer in entry.offers.all() for words in (offer.title, offer.what, offer.how)]
        yield Found(
            key=_key(entry.document),
            kind=Kind.ORGANISATION,
            address=entry.document.get_absolute_url(),
            title=entry.title,
            names=tuple(filter(None, (entry.document.short_name, *entry.former_names))),
            summary=entry.summary,
            text="\n".join([markup.words_of(entry.body), *offers]),
            nations=tuple(entry.nations) or FOUR_NATIONS,
            shown_from=entry.shown_from,  # type: ignore[arg-type]  # the filter above
            shown_until=entry.shown_until,
        )


def _key(body: Organisation) -> str:
    return f"body:{body.slug}"


register(Organisation, Searchable(lambda body: [body], _key, _entries))
