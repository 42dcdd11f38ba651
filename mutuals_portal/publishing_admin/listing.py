"""The list of documents: what each says at the moment, where it stands, who owns it."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mutuals_portal.plain_text import PlainLine
from mutuals_portal.publishing import Standing
from mutuals_portal.publishing_admin.people import name_of, names_of
from mutuals_portal.publishing_admin.texts import Texts

PAGE_SIZE = 50
NOBODY = "nobody"
SHOWN = ("document_id", "number", "title", "status", "shown_from", "shown_until", "withdrawn_at")


class State(TextChoices):
    LIVE = "live", "Live"
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    APPROVED = "approved", "Approved"
    SCHEDULED = "scheduled", "Scheduled"
    PAST_REVIEW = "past-review", "Past review"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NEVER_PUBLIC = "never-public", "Never public yet"


class Wanted(forms.Form):
    """What an editor may ask of the list."""

    q = PlainLine(label="Words of the title or address", required=False, max_length=100)
    kind = forms.ChoiceField(required=False)
    state = forms.ChoiceField(choices=[("", "Any"), *State.choices], required=False)
    owner = forms.ChoiceField(required=False)
    page = forms.IntegerField(min_value=1, max_value=10_000, required=False, widget=forms.HiddenInput)

    def __init__(self, answers: Any, *, texts: Texts):
        super().__init__(answers)
        if texts.kind_field:
            kinds = texts.model._meta.get_field(texts.kind_field).choices
            self.fields["kind"].choices = [("", "Any"), *kinds]
        else:
            del self.fields["kind"]
        owners = User.objects.filter(pk__in=texts.model.objects.order_by().values("owner"))
        self.fields["owner"].choices = [("", "Anybody"), (NOBODY, "Nobody"), *names_of(owners)]

    def asked(self) -> dict[str, Any]:
        """The answers that were given and are allowed."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def show(texts: Texts, request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = Wanted(request.GET, texts=texts)
    asked = form.asked()
    page = asked.pop("page", 1)
    documents = select(texts, asked, at=now).order_by(*texts.order)
    start = (page - 1) * PAGE_SIZE
    found = list(documents[start : start + PAGE_SIZE + 1])
    context = {
        "title": texts.name,
        "form": form,
        "filters": [form[name] for name in ("kind", "state", "owner") if name in form.fields],
        "is_narrowed": bool(asked),
        "rows": rows(texts, found[:PAGE_SIZE], at=now),
        "previous": page > 1 and f"?{urlencode(asked | {'page': page - 1})}",
        "next": len(found) > PAGE_SIZE and f"?{urlencode(asked | {'page': page + 1})}",
        "may_add": texts.may(request.user, "add"),
    }
    return texts.respond(request, "list", context)


def select(texts: Texts, asked: dict[str, str], *, at: datetime) -> QuerySet:
    documents = texts.documents()
    editions = texts.edition_model.objects.filter(document=OuterRef("pk"))
    if "kind" in asked:
        documents = documents.filter(**{texts.kind_field: asked["kind"]})
    if "state" in asked:
        documents = documents.filter(_in_state(editions, State(asked["state"]), at=at))
    if "owner" in asked:
        owner = None if asked["owner"] == NOBODY else asked["owner"]
        documents = documents.filter(owner=owner)
    if "q" in asked:
        present = Q(shown_until=None) | Q(shown_until__gt=at) | Q(withdrawn_at__isnull=False)
        titled = editions.filter(present, title__icontains=asked["q"])
        documents = documents.filter(Q(Exists(titled)) | Q(slug__icontains=asked["q"]))
    return documents


def _in_state(editions: QuerySet, state: State, *, at: datetime) -> Q:
    live, scheduled = Exists(editions.live(at=at)), Exists(editions.scheduled(at=at))
    match state:
        case State.LIVE:
            return Q(live)
        case State.SCHEDULED:
            return Q(scheduled)
        case State.PAST_REVIEW:
            yesterday = timezone.localdate(at) - timedelta(days=1)
            return Q(Exists(editions.due_for_review(at=at, by=yesterday)))
        case State.WITHDRAWN:
            return Q(Exists(editions.exclude(withdrawn_at=None))) & ~Q(live)
        case State.NEVER_PUBLIC:
            return ~Q(Exists(editions.ever_shown(at=at)))
        case _:
            return Q(Exists(editions.filter(status=state.value)))


def rows(texts: Texts, documents: list[Any], *, at: datetime) -> list[dict[str, Any]]:
    """Each document with those of its editions that matter now, all in one query."""
    editions = defaultdict(list)
    present = Q(shown_until=None) | Q(shown_until__gt=at) | Q(withdrawn_at__isnull=False)
    for edition in (
        texts.edition_model.objects.filter(present, document__in=documents)
        .with_review_day()
        .only(*SHOWN)
        .order_by("number")
    ):
        editions[edition.document_id].append(edition)
    return [_row(texts, document, editions[document.pk], at=at) for document in documents]


def is_past_review(live: Any, *, on: date) -> bool:
    """Of what readers see, if there is anything: an edition that comes ``with_review_day``."""
    return live is not None and live.review_day is not None and live.review_day < on


def _row(texts: Texts, document: Any, editions: list[Any], *, at: datetime) -> dict[str, Any]:
    by_standing = {edition.standing(at=at): edition for edition in editions}
    live = by_standing.get(Standing.LIVE)
    if live or Standing.SCHEDULED in by_standing:
        by_standing.pop(Standing.WITHDRAWN, None)
    titled = live or (editions[-1] if editions else None)
    return {
        "document": document,
        "title": (titled and titled.title) or document.slug,
        "place": texts.place_of(document),
        "standings": list(by_standing.items()),
        "live": live,
        "is_past_review": is_past_review(live, on=timezone.localdate(at)),
        "owner": name_of(document.owner),
    }
