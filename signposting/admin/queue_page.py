"""The queue as a page: tabs with counts, search, filters, and 25 rows at a time."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from signposting import access, queue
from signposting.admin.page import respond
from signposting.admin.queue_form import QueueForm
from signposting.models import Enquiry
from signposting.queue import View
from signposting.working_days import local_date


def show(request: HttpRequest) -> HttpResponse:
    """A search without a view looks through everything: what somebody asks for may have ended."""
    today = local_date(timezone.now())
    form = QueueForm(request.GET)
    asked = form.asked()
    is_searching = "q" in asked
    view = _view(request.GET.get("view"), otherwise=View.EVERYTHING if is_searching else View.OPEN)
    enquiries = access.visible_enquiries(request.user).filter(**form.filters())
    if is_searching:
        enquiries = queue.search(enquiries, asked["q"])
    page = queue.page(
        queue.select(enquiries, view, user=request.user, on=today)
        .select_related("holder", "adviser")
        .defer("words"),
        view,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    shown = [each for each in View if each in (view, *queue.STANDING_VIEWS) or is_searching]
    counts = queue.counts(enquiries, shown, user=request.user, on=today)
    context = {
        "title": "Enquiries",
        "form": form,
        "filter_fields": [form[name] for name in form.FILTERS],
        "has_filters": bool(form.filters()),
        "is_narrowed": bool(asked),
        "view": view,
        "tabs": [_tab(each, count, asked, is_current=each == view) for each, count in counts.items()],
        "rows": [_row(enquiry, today) for enquiry in page.enquiries],
        "has_unclaimed": any(enquiry.is_unclaimed for enquiry in page.enquiries),
        "previous": page.previous and _address(asked, view=view.value, before=page.previous),
        "next": page.next and _address(asked, view=view.value, after=page.next),
    }
    return respond(request, "queue", context)


def _view(asked: str | None, *, otherwise: View) -> View:
    return View(asked) if asked in View.values else otherwise


def _tab(view: View, count: int, asked: dict[str, str], *, is_current: bool) -> dict:
    return {
        "label": view.label,
        "count": queue.capped(count),
        "href": _address(asked, view=view.value),
        "is_current": is_current,
    }


def _row(enquiry: Enquiry, today: date) -> dict:
    return {
        "enquiry": enquiry,
        "time_left": queue.time_left(enquiry, on=today),
        "is_overdue": enquiry.is_overdue(on=today),
    }


def _address(asked: dict[str, str], **place: str) -> str:
    return f"?{urlencode(asked | place)}"
