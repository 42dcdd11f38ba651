"""Versions of the routing rules in the admin: read, draft, rehearse, publish.

Adding a version starts a draft from the current rules. A draft is edited as a whole; a published version is read
only. Who may edit a draft may also publish or delete it. Whether it may be published at all, ``rule_sets`` says.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from signposting import access, rule_sets
from signposting.admin.page import respond
from signposting.admin.rule_forms import NoteForm, RulesFormSet, all_errors
from signposting.admin.rule_tables import (
    matrix_tables,
    names_of_bodies,
    rehearsed_enquiries,
    rehearsed_moves,
    rule_rows,
)
from signposting.coverage import matrix
from signposting.models import RuleSet

LIST = "admin:signposting_ruleset_changelist"
VERSION = "admin:signposting_ruleset_change"


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/matrix/", wrap(self.matrix_view), name="signposting_ruleset_matrix"),
            path("<int:pk>/rehearse/", wrap(self.rehearse_view), name="signposting_ruleset_rehearse"),
            path("<int:pk>/publish/", wrap(self.publish_view), name="signposting_ruleset_publish"),
            path("<int:object_id>/delete/", wrap(self.delete_view), name="signposting_ruleset_delete"),
            path("<int:object_id>/change/", wrap(self.change_view), name="signposting_ruleset_change"),
            path("add/", wrap(self.add_view), name="signposting_ruleset_add"),
            path("", wrap(self.changelist_view), name="signposting_ruleset_changelist"),
        ]

    # Reading

    def changelist_view(self, request, extra_context=None):
        self.require(self.has_view_permission(request))
        versions = RuleSet.objects.select_related("created_by", "published_by")
        in_force = next((version for version in versions if version.is_published), None)
        may_start = self.has_add_permission(request) and all(version.is_published for version in versions)
        return self.page(request, "list", versions=versions, in_force=in_force, may_start=may_start)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        rule_set = self.find(request, object_id)
        if not rule_set.is_published and self.has_change_permission(request):
            return self.edit(request, rule_set)
        self.require(request.method != "POST")
        rules = rule_rows(rule_sets.rules_of(rule_set), names_of_bodies())
        return self.page(request, "version", rule_set=rule_set, rules=rules)

    def matrix_view(self, request, pk):
        rule_set = self.find(request, pk)
        cells = matrix(rule_sets.rules_of(rule_set), rule_sets.able_bodies())
        tables = matrix_tables(cells, names_of_bodies())
        return self.page(request, "matrix", rule_set=rule_set, tables=tables)

    def rehearse_view(self, request, pk):
        draft = self.find(request, pk)
        if draft.is_published:
            return self.refuse(request, f"Version {draft.version} is published, so it cannot be rehearsed.")
        rehearsal, names = rule_sets.rehearse(draft), names_of_bodies()
        enquiries, hidden = rehearsed_enquiries(rehearsal, names, access.visible_enquiries(request.user))
        return self.page(
            request,
            "rehearse",
            rule_set=draft,
            rehearsal=rehearsal,
            moves=rehearsed_moves(rehearsal, names),
            enquiries=enquiries,
            hidden=hidden,
            may_publish=self.has_change_permission(request) and not rehearsal.gaps,
        )

    # Drafting and publishing

    def add_view(self, request, form_url="", extra_context=None):
        return self.confirm(
            request,
            act=lambda: rule_sets.start_draft(by=request.user, at=timezone.now()),
            allowed=self.has_add_permission(request),
            done="Draft started. Say what changes and why, then edit the rules.",
            title="Start a new version of the rules",
            explanation="It begins as a copy of the current rules. Nothing changes until you publish it.",
            button="Start a draft",
        )

    def edit(self, request, draft):
        answers = request.POST if request.method == "POST" else None
        now = rule_sets.fingerprint(draft)
        seen = answers.get("seen", "") if answers else now
        note, rules = NoteForm(answers, instance=draft), RulesFormSet(answers, instance=draft)
        errors = all_errors(note, rules)
        if answers is not None and not errors:
            try:
                return self.save(request, draft, note, rules, seen=seen)
            except rule_sets.NoDraft as refusal:
                return self.refuse(request, refusal)
            except rule_sets.ChangedMeanwhile as refusal:
                errors, seen = [{"text": str(refusal)}], now
        context = {"rule_set": draft, "note": note, "rules": rules, "errors": errors, "seen": seen}
        return self.page(request, "edit", **context)

    def save(self, request, draft, note, rules, *, seen: str):
        with rule_sets.held_draft(draft, seen=seen):
            note.save()
            rules.save()
        messages.success(request, "Saved. Rehearse the draft before you publish it.")
        return redirect(VERSION, draft.pk)

    def publish_view(self, request, pk):
        draft = self.find(request, pk)
        return self.confirm(
            request,
            act=lambda: rule_sets.publish(
                draft, by=request.user, at=timezone.now(), seen=request.POST.get("seen", "")
            ),
            allowed=self.has_change_permission(request),
            done=f"Version {draft.version} is published. New enquiries go by it.",
            title=f"Publish version {draft.version} of the rules",
            explanation="Every enquiry sent from now on goes by these rules. A published version never changes.",
            button="Publish",
            rule_set=draft,
            seen=rule_sets.fingerprint(draft),
        )

    def delete_view(self, request, object_id, extra_context=None):
        draft = self.find(request, object_id)
        return self.confirm(
            request,
            act=lambda: rule_sets.discard(draft),
            allowed=self.has_change_permission(request),
            done=f"The draft of version {draft.version} is deleted.",
            title=f"Delete the draft of version {draft.version}",
            explanation="Its rules go with it. The current rules stay in force.",
            button="Delete this draft",
            button_kind="warning",
            rule_set=draft,
        )

    # What the pages share

    def require(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def find(self, request, pk: int) -> RuleSet:
        self.require(self.has_view_permission(request))
        return get_object_or_404(RuleSet.objects.select_related("created_by", "published_by"), pk=pk)

    def confirm(
        self, request, *, act: Callable[[], RuleSet | None], allowed: bool, done: str, **context: Any
    ):
        """A page with one button. The button does ``act``; a refusal comes back as an error on the page."""
        self.require(allowed)
        draft = context.get("rule_set")
        if draft and draft.is_published:
            return self.refuse(request, f"Version {draft.version} is published, so it never changes again.")
        if request.method == "POST":
            try:
                rule_set = act()
            except rule_sets.NoDraft as refusal:
                return self.refuse(request, refusal)
            except rule_sets.Refused as refusal:
                context["errors"] = [{"text": getattr(refusal, "message", str(refusal))}]
                context["gaps"] = getattr(refusal, "gaps", ())
            else:
                messages.success(request, done)
                return redirect(VERSION, rule_set.pk) if rule_set else redirect(LIST)
        return self.page(request, "confirm", **context)

    def refuse(self, request, refusal: object):
        messages.warning(request, str(refusal))
        return redirect(LIST)

    def page(self, request, name: str, **context: Any) -> TemplateResponse:
        return respond(request, name, context, about="ruleset")
