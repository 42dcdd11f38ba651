"""What bodies want changed in their entries: each field beside what the entry says now, accepted or refused."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone

from mutuals_portal import admin_page, publishing
from mutuals_portal.admin_page import Place
from mutuals_portal.govuk_layout import Field, render_all
from mutuals_portal.plain_text import PlainLine
from mutuals_portal.publishing_admin.comparing import side_by_side
from signposting import assuring
from signposting.assuring import Present, same
from signposting.models import Entry, Listing, Proposal

admin_page.register(Place("Proposals", "admin:signposting_proposal_changelist", "signposting.view_proposal"))

A_PAGE = 25
ACCEPT, REFUSE = "accept", "refuse"


class DecisionForm(forms.Form):
    """For each field of a proposal: accept it, or refuse it with a reason. ``seen`` is what it was compared with."""

    seen = forms.CharField(max_length=100, widget=forms.HiddenInput)
    into_draft = forms.BooleanField(
        label="Put what I accept into the draft that is there",
        help_text="It becomes a draft again if it was sent or approved, and you are one of its authors.",
        required=False,
    )

    def __init__(self, answers: Any = None, *, proposal: Proposal, now: Present, labels: dict[str, str]):
        super().__init__(answers, initial={"seen": now.seen})
        self.names = list(labels)
        if not (now.draft and self.names):
            del self.fields["into_draft"]
        for name, label in labels.items():
            self.fields[f"choice-{name}"] = forms.ChoiceField(
                label=f"{label}: what do you decide?",
                choices=[(ACCEPT, "Accept"), (REFUSE, "Refuse")],
                widget=forms.RadioSelect,
                error_messages={"required": f"{label}: choose to accept or to refuse it"},
            )
            self.fields[f"reason-{name}"] = PlainLine(
                label="Why not?",
                help_text="The body reads this at its link.",
                required=False,
                max_length=300,
                error_messages={"max_length": f"{label}: the reason must be 300 characters or fewer"},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in self.names:
            if cleaned.get(f"choice-{name}") == REFUSE and not cleaned.get(f"reason-{name}", "x"):
                self.add_error(f"reason-{name}", "Say why, so that the body understands it")
        return cleaned

    def outcome(self) -> dict[str, str]:
        return {
            name: self.cleaned_data[f"reason-{name}"] if self.cleaned_data[f"choice-{name}"] == REFUSE else ""
            for name in self.names
        }

    def controls(self, name: str) -> str:
        reason = Field(f"reason-{name}", size="s")
        return render_all(Field(f"choice-{name}", size="s", reveals={REFUSE: [reason]}), self)


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name="signposting_proposal_changelist"),
            path("<int:object_id>/change/", wrap(self.change_view), name="signposting_proposal_change"),
        ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._require(self.has_view_permission(request))
        is_decided = request.GET.get("show") == "decided"
        rows = Proposal.objects.select_related("edition", "decided_by").defer("edition__body")
        rows = rows.decided().order_by("-decided_at", "-pk") if is_decided else rows.open()
        page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
        chosen = "show=decided&" if is_decided else ""
        context = {
            "title": "Decided proposals" if is_decided else "Proposals that wait for a decision",
            "is_decided": is_decided,
            "rows": [(row, list(self._labels(row).values())) for row in page.object_list],
            "previous": page.has_previous() and f"?{chosen}page={page.previous_page_number()}",
            "next": page.has_next() and f"?{chosen}page={page.next_page_number()}",
        }
        return admin_page.respond(request, "admin/signposting/proposal/list.html", context)

    def change_view(
        self, request: HttpRequest, object_id: int, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self._require(self.has_view_permission(request))
        proposal = self._find(object_id)
        if request.method == "POST":
            self._require(self.has_change_permission(request))
            return self._decide(request, proposal)
        return self._show(request, proposal)

    def _decide(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        if proposal.decided_by == request.user:
            return self._finish(request, proposal, None)  # the same press a second time
        now = assuring.present(proposal, at=timezone.now())
        form = DecisionForm(request.POST, proposal=proposal, now=now, labels=self._labels(proposal))
        if not form.is_valid():
            return self._show(request, proposal, form)
        try:
            draft = assuring.decide(
                proposal,
                outcome=form.outcome(),
                into_draft=form.cleaned_data.get("into_draft", False),
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )
        except assuring.ChangedMeanwhile as refusal:
            answers = request.POST.copy()
            answers["seen"] = now.seen
            form = DecisionForm(answers, proposal=proposal, now=now, labels=self._labels(proposal))
            form.add_error(None, str(refusal))
        except (assuring.Refused, publishing.Refused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return self._finish(request, proposal, draft)
        return self._show(request, self._find(proposal.pk), form)

    def _finish(self, request: HttpRequest, proposal: Proposal, draft: Entry | None) -> HttpResponse:
        if draft is None:
            messages.success(request, "Decided. The body reads the outcome at its link.")
            return redirect("admin:signposting_proposal_changelist")
        messages.success(request, "What you accepted is in the draft. Read it, then send it for review.")
        return redirect("admin:signposting_listing_change", proposal.document_id)

    def _show(
        self, request: HttpRequest, proposal: Proposal, form: DecisionForm | None = None
    ) -> HttpResponse:
        now = assuring.present(proposal, at=timezone.now())
        may_decide = proposal.is_open and self.has_change_permission(request)
        labels = self._labels(proposal)
        form = form or DecisionForm(proposal=proposal, now=now, labels=labels)
        context = {
            "title": now.newest.title if now.newest else proposal.edition.title,
            "proposal": proposal,
            "sections": self._sections(proposal, now, form),
            "form": form,
            "now": now,
            "may_decide": may_decide,
            "document": reverse("admin:signposting_listing_change", args=[proposal.document_id]),
        }
        return admin_page.respond(request, "admin/signposting/proposal/proposal.html", context)

    def _sections(self, proposal: Proposal, now: Present, form: DecisionForm) -> list[dict[str, Any]]:
        """Each field that the body wants changed: beside what is said now; once decided, beside what was said then."""
        then = proposal.edition
        newest = (now.newest if proposal.is_open else None) or then
        sections = []
        for name, label in self._labels(proposal).items():
            wanted = {name: proposal.words[name]}
            is_conflict = not same(getattr(then, name), getattr(newest, name))
            sections.append(
                {
                    "label": label,
                    "fields": self._compared({name: getattr(newest, name)}, wanted),
                    "then": self._before(then, name, wanted) if is_conflict else [],
                    "is_done": same(getattr(newest, name), proposal.words[name]),
                    "controls": form.controls(name),
                    "reason": proposal.outcome.get(name),
                }
            )
        return sections

    def _compared(self, old: dict[str, Any], new: dict[str, Any]) -> list[Any]:
        return side_by_side(self._texts, old, new)

    def _before(self, then: Entry, name: str, wanted: dict[str, Any]) -> list[Any]:
        """What the body had before it, where that has changed since."""
        fields = self._compared({name: getattr(then, name)}, wanted)
        return [replace(field, label=f"{field.label}: what the body saw") for field in fields]

    def _labels(self, proposal: Proposal) -> dict[str, str]:
        """The fields that the body wants changed, in the order of the form."""
        fields = self._texts.edition_form.base_fields
        return {name: str(fields[name].label) for name in Entry.WORDS if name in proposal.words}

    @property
    def _texts(self):
        return self.admin_site.get_model_admin(Listing)

    def _find(self, pk: int) -> Proposal:
        rows = Proposal.objects.select_related("document", "edition", "decided_by")
        return get_object_or_404(rows, pk=pk)

    def _require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied
