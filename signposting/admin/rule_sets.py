"""Versions of the routing rules in the admin: read, draft, rehearse, publish.

Adding a version starts a draft from the current rules. A draft is edited as a whole; a published version is read
only. Who may edit a draft may also publish or delete it. Whether it may be published at all, ``rule_sets`` says.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from signposting import access, rule_sets
from signposting.admin.rule_tables import (
    matrix_tables,
    names_of_bodies,
    rehearsed_enquiries,
    rehearsed_moves,
    rule_rows,
)
from signposting.coverage import matrix
from signposting.models import Organisation, RoutingRule, RuleSet


def is_draft(rule_set: RuleSet | None) -> bool:
    return rule_set is not None and not rule_set.is_published


class RuleForm(forms.ModelForm):
    """One rule of a draft."""

    def validate_constraints(self) -> None:
        """Left to the formset: rules may change places, which no rule can see by itself."""


class RulesFormSet(forms.BaseInlineFormSet):
    def get_unique_error_message(self, unique_check: Iterable[str]) -> str:
        return "Two rules have the same position. Give each rule a position of its own."


class RuleInline(admin.StackedInline):
    model = RoutingRule
    form = RuleForm
    formset = RulesFormSet
    extra = 1
    verbose_name = "rule"
    verbose_name_plural = "rules"
    fields = [
        ("position", "body"),
        ("nation", "stage", "enquirer_kind"),
        ("employer_type", "sector", "ownership_idea"),
        "reason",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("body")

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        choices = [("", "Any"), *db_field.choices]
        return super().formfield_for_choice_field(db_field, request, choices=choices, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, forms.ModelChoiceField):
            field.widget = forms.Select()
            # Read once, and not once for every rule as its own choices would be.
            partners = Organisation.objects.partners().values_list("pk", "name")
            field.choices = [("", "Choose a body"), *partners]
        return field


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    actions = None
    list_display = ["__str__", "status", "note", "published_at", "publisher"]
    list_select_related = ["published_by"]
    readonly_fields = ["published_at", "publisher"]

    @admin.display(description="Status")
    def status(self, rule_set: RuleSet) -> str:
        return "Published" if rule_set.is_published else "Draft"

    @admin.display(description="Published by")
    def publisher(self, rule_set: RuleSet) -> str:
        if rule_set.published_by:
            return str(rule_set.published_by)
        return "Came with the service" if rule_set.is_published else ""

    # Who may do what

    def has_change_permission(self, request, obj=None):
        return (obj is None or is_draft(obj)) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return is_draft(obj) and self.has_change_permission(request, obj)

    def get_object(self, request, object_id, from_field=None):
        rule_set = super().get_object(request, object_id, from_field)
        if rule_set and request.method == "POST":
            # Somebody may be publishing it at this moment: wait, and then see that it is published.
            return RuleSet.objects.select_for_update(no_key=True).filter(pk=rule_set.pk).first()
        return rule_set

    # The stock pages

    def get_fields(self, request, obj=None):
        return ["note"] if is_draft(obj) else ["note", "published_at", "publisher"]

    def get_inlines(self, request, obj):
        return [RuleInline] if self.has_change_permission(request, obj) else []

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["show_save_and_add_another"] = False
        context["is_draft"] = is_draft(obj)
        if not context["inline_admin_formsets"]:
            context["rules"] = rule_rows(rule_sets.rules_of(obj), names_of_bodies())
        return super().render_change_form(request, context, add, change, form_url, obj)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self.confirm(
            request,
            act=lambda: rule_sets.start_draft(by=request.user, at=timezone.now()),
            title="Start a new version of the rules",
            explanation="It begins as a copy of the current rules. Nothing changes until you publish it.",
            button="Start a draft",
            done="Draft started. Say what changes and why, then edit the rules.",
            back=reverse("admin:signposting_ruleset_changelist"),
        )

    # Our own pages

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/matrix/", wrap(self.matrix_view), name="signposting_ruleset_matrix"),
            path("<int:pk>/rehearse/", wrap(self.rehearse_view), name="signposting_ruleset_rehearse"),
            path("<int:pk>/publish/", wrap(self.publish_view), name="signposting_ruleset_publish"),
            *super().get_urls(),
        ]

    def matrix_view(self, request, pk):
        rule_set = self.find(request, pk)
        cells = matrix(rule_sets.rules_of(rule_set), rule_sets.able_bodies())
        return self.page(
            request,
            "matrix",
            title=f"Where enquiries go under version {rule_set.version}",
            rule_set=rule_set,
            tables=matrix_tables(cells, names_of_bodies()),
        )

    def rehearse_view(self, request, pk):
        draft = self.find(request, pk)
        if not is_draft(draft):
            return self.refuse_published(request, draft, "rehearsed")
        rehearsal, names = rule_sets.rehearse(draft), names_of_bodies()
        enquiries, hidden = rehearsed_enquiries(rehearsal, names, access.visible_enquiries(request.user))
        return self.page(
            request,
            "rehearse",
            title=f"Rehearsal of version {draft.version}",
            rule_set=draft,
            rehearsal=rehearsal,
            moves=rehearsed_moves(rehearsal, names),
            enquiries=enquiries,
            hidden=hidden,
            may_publish=self.has_change_permission(request, draft),
        )

    def publish_view(self, request, pk):
        draft = self.find(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        if not is_draft(draft):
            return self.refuse_published(request, draft, "published again")
        return self.confirm(
            request,
            act=lambda: rule_sets.publish(draft, by=request.user, at=timezone.now()),
            title=f"Publish version {draft.version}",
            explanation="Every enquiry sent from now on goes by these rules. A published version never changes.",
            button="Publish",
            done=f"Version {draft.version} is published. New enquiries go by it.",
            back=reverse("admin:signposting_ruleset_change", args=[draft.pk]),
            rule_set=draft,
        )

    def find(self, request, pk) -> RuleSet:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(RuleSet, pk=pk)

    def confirm(self, request, *, act: Callable[[], RuleSet], done: str, **context: Any):
        """A page with one button. The button does ``act``; a refusal comes back as an error on the page."""
        if request.method == "POST":
            try:
                rule_set = act()
            except (rule_sets.CannotDraft, rule_sets.CannotPublish) as refusal:
                context["refusal"] = refusal
            else:
                self.log_change(request, rule_set, done)
                messages.success(request, done)
                return redirect("admin:signposting_ruleset_change", rule_set.pk)
        return self.page(request, "confirm", **context)

    def refuse_published(self, request, rule_set: RuleSet, what: str):
        messages.warning(request, f"Version {rule_set.version} is published, so it cannot be {what}.")
        return redirect("admin:signposting_ruleset_change", rule_set.pk)

    def page(self, request, name: str, **context: Any) -> TemplateResponse:
        context |= self.admin_site.each_context(request) | {"opts": self.opts}
        return TemplateResponse(request, f"admin/signposting/ruleset/{name}.html", context)
