"""What search engines are told of a text: schema.org Article and BreadcrumbList, as JSON-LD."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from guides.library import Entry
from guides.reading import Reading

PUBLISHER = {"@type": "Organization", "name": "Mutuals Information Service"}


def article(
    *, entry: Entry, reading: Reading, breadcrumbs: list[dict[str, str]], **_others: Any
) -> dict[str, Any]:
    address = f"{settings.PUBLIC_URL}{entry.address}"
    text = {
        "@type": "Article",
        "headline": reading.edition.title,
        "description": reading.edition.summary,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": "en-GB",
        "datePublished": reading.first_shown_at.isoformat(),
        "dateModified": reading.changed_at.isoformat(),
        "author": PUBLISHER,
        "publisher": PUBLISHER | {"url": f"{settings.PUBLIC_URL}{reverse('home')}"},
    }
    return {"@context": "https://schema.org", "@graph": [text, _trail(breadcrumbs, here=address)]}


def _trail(breadcrumbs: list[dict[str, str]], *, here: str) -> dict[str, Any]:
    """The last step is the page itself, and leads nowhere on the page."""
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": step["text"],
            "item": f"{settings.PUBLIC_URL}{step['href'].partition('?')[0]}" if "href" in step else here,
        }
        for number, step in enumerate(breadcrumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
