"""All case studies as data, for whoever wants to count or compare on their own."""

from django.http import StreamingHttpResponse
from django.utils import timezone

from case_studies import exchange
from mutuals_portal.content_pages import content_page


@content_page
def as_csv(request):
    return _download(exchange.as_csv(at=timezone.now()), "text/csv", "case-studies.csv")


@content_page
def as_json(request):
    return _download(exchange.as_json(at=timezone.now()), "application/json", "case-studies.json")


def _download(lines, content_type, name):
    return StreamingHttpResponse(
        lines,
        content_type=f"{content_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
