"""What every PDF of ours says besides its text: whose it is, of which day, where the newest is, and its sources."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from guides.pdf import typesetting
from guides.pdf.writing import Run
from guides.reading import NumberedSource
from mutuals_portal import markup

SERVICE = "Mutuals Information Service"


def framed(
    *,
    title: str,
    summary: str,
    address: str,
    changed_at: datetime,
    version: int,
    sources: Iterable[NumberedSource],
    keywords: list[str],
    **said: Any,
) -> dict[str, Any]:
    """All values of a template. Those that only it knows are ``said``."""
    day = timezone.localdate(changed_at)
    values = said | {
        "title": title,
        "service": SERVICE,
        "summary": summary,
        "keywords": keywords,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "edition": f"edition of {day.day} {day:%B %Y}, version {version}",
        "newest": _where_to_find_it(address),
        "sources": [{"number": source.number, "runs": _source(source)} for source in sources],
    }
    return values | {"fingerprint": hashlib.sha256(typesetting.as_json(values)).hexdigest()[:12]}


def whole_addresses(names: Mapping[str, markup.Target]) -> dict[str, markup.Target]:
    """Where names lead from a PDF: to places within it as before, to pages by their public address."""
    return {
        name: markup.Target(whole_address(target.address), target.title) for name, target in names.items()
    }


def whole_address(address: str) -> str:
    return address if address.startswith("#") else f"{settings.PUBLIC_URL}{address}"


def _where_to_find_it(address: str) -> list[Run]:
    whole = whole_address(address)
    return [{"text": "The newest text is at "}, {"link": whole, "runs": [{"text": whole}]}]


def _source(numbered: NumberedSource) -> list[Run]:
    source = numbered.source
    if source is None:
        return [{"text": "We no longer list this source."}]
    runs: list[Run] = [{"text": f"{source.title}, {source.publisher}"}]
    if source.address:
        runs += [{"text": " "}, {"link": source.address, "runs": [{"text": source.address}]}]
    return runs
