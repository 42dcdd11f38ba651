"""What editors do for the search: say which words mean the same, and see what was looked for and not found."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from mutuals_portal import admin_page
from mutuals_portal.admin_page import Place
from mutuals_portal.search import folding, fruitless
from mutuals_portal.search.models import FruitlessSearch, Synonym
from mutuals_portal.search.synonyms import MOST_WAYS

NOT_FOUND = "admin:search_fruitlesssearch_changelist"
PERIODS = {"7": "7 days", "30": "30 days", "396": "13 months"}
USUAL_PERIOD = "30"
MOST_SHOWN = 200

admin_page.register(Place("Not found", NOT_FOUND, "search.view_fruitlesssearch"))


class SynonymForm(forms.ModelForm):
    words = forms.CharField(
        label="Words and phrases that mean the same",
        help_text=(
            "One on each line. Small and capital letters, accents, plurals and the hyphen of co-operative make no "
            "difference. Who looks for one of them finds the others too."
        ),
        widget=forms.Textarea(attrs={"rows": MOST_WAYS + 1, "cols": 60}),
        error_messages={"required": "Write at least two that mean the same."},
    )

    class Meta:
        model = Synonym
        fields = ["words", "is_used"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["words"] = "\n".join(self.instance.words)

    def clean_words(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].splitlines()]
        words = [line for line in lines if line]
        problems = [*_problems(words), *_problems_with_other_groups(words, self.instance)]
        if problems:
            raise ValidationError(problems)
        return words


def _problems(words: list[str]) -> list[str]:
    folded = [" ".join(folding.words(each)) for each in words]
    problems = [
        f"“{each}” has no letter or digit." for each, plain in zip(words, folded, strict=True) if not plain
    ]
    problems += [f"“{each}” is too long: 80 characters at most." for each in words if len(each) > 80]
    problems += [
        f"“{each}” is there twice."
        for place, each in enumerate(words)
        if folded[place] and folded[place] in folded[:place]
    ]
    if len(words) < 2:
        problems.append("Write at least two that mean the same.")
    if len(words) > MOST_WAYS:
        problems.append(f"These are {len(words)}. At most {MOST_WAYS} are looked for at once.")
    return problems


def _problems_with_other_groups(words: list[str], group: Synonym) -> list[str]:
    taken = {
        " ".join(folding.words(each)): other
        for other in Synonym.objects.exclude(pk=group.pk)
        for each in other.words
    }
    found = [(each, taken.get(" ".join(folding.words(each)))) for each in words]
    return [
        f"“{each}” is in another group already: {other}. Add to that one." for each, other in found if other
    ]


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """A group that came with the service would come back if it were deleted: it can be put out of use instead."""

    form = SynonymForm
    list_display = ["__str__", "is_used"]
    list_filter = ["is_used"]
    search_fields = ["slug"]
    actions = None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found = queryset.filter(words__icontains=search_term) if search_term else queryset
        return found, False

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        if not obj.slug:
            obj.slug = _free_slug(obj.words[0])
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Synonym | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.loaded_digest)


def _free_slug(words: str) -> str:
    begun = slugify(folding.fold(words))[:40] or "group"
    taken = set(Synonym.objects.filter(slug__startswith=begun).values_list("slug", flat=True))
    return next(
        slug for slug in (begun, *(f"{begun}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
    )


@admin.register(FruitlessSearch)
class FruitlessSearchAdmin(admin.ModelAdmin):
    """Only to be read. One row on the page stands for the same words on all days."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked_for = request.GET.get("days", "")
        days = asked_for if asked_for in PERIODS else USUAL_PERIOD
        since = timezone.localdate() - timedelta(days=int(days))
        here = reverse(NOT_FOUND)
        add = reverse("admin:search_synonym_add")
        context = {
            "title": "Searches without result",
            "rows": [
                (each, f"{add}?{urlencode({'words': each.words})}")
                for each in fruitless.most_frequent(since=since, most=MOST_SHOWN)
            ],
            "most_shown": MOST_SHOWN,
            "periods": [(f"{here}?days={key}", text, key == days) for key, text in PERIODS.items()],
            "period": PERIODS[days],
            "may_write": request.user.has_perm("search.add_synonym"),
        }
        return admin_page.respond(request, "admin/search/not_found.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FruitlessSearch | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: FruitlessSearch | None = None) -> bool:
        return False
