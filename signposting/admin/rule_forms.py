"""The form of a draft: what it changes, and its rules in their order."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory

from mutuals_portal.templatetags.govuk_components import errors_in_page_order
from signposting.models import Organisation, RoutingRule, RuleSet


class NoteForm(forms.ModelForm):
    class Meta:
        model = RuleSet
        fields = ["note"]
        labels = {"note": "What changes with this version, and why"}
        help_texts = {"note": "Whoever reads the list of versions sees this."}
        error_messages = {"note": {"required": "Say what changes with this version, and why"}}


class RuleForm(forms.ModelForm):
    """One rule. A rule that is left as it was offered empty is no rule."""

    class Meta:
        model = RoutingRule
        fields = [
            "position",
            "body",
            "nation",
            "stage",
            "enquirer_kind",
            "employer_type",
            "sector",
            "ownership_idea",
            "reason",
        ]
        labels = {
            "enquirer_kind": "Who asks",
            "employer_type": "Employer",
            "ownership_idea": "Ownership",
        }
        help_texts = {"position": "", "reason": "One sentence. The group and the adviser read it."}
        widgets = {"position": forms.TextInput(attrs={"inputmode": "numeric"})}
        error_messages = {
            "position": {"required": "Give the rule a position", "invalid": "A position is a whole number"},
            "body": {"required": "Choose the body that answers"},
            "reason": {"required": "Give the reason in one sentence"},
        }

    def __init__(self, *args: Any, bodies: list[tuple[Any, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies
        for name in ("nation", "stage", "enquirer_kind", "employer_type", "sector", "ownership_idea"):
            self.fields[name].choices = [("", "Any"), *self.fields[name].choices[1:]]

    def validate_constraints(self) -> None:
        """Left to the whole: rules may change places, which no rule can see by itself."""


class OrderedRules(BaseInlineFormSet):
    """All rules of a draft, and one more to fill in."""

    def __init__(self, *args: Any, instance: RuleSet, **kwargs: Any):
        # Read once, and not once for every rule.
        bodies = [("", "Choose a body"), *Organisation.objects.partners().values_list("pk", "name")]
        queryset = instance.rules.order_by("position")
        super().__init__(
            *args,
            instance=instance,
            queryset=queryset,
            form_kwargs={"bodies": bodies},
            prefix="rules",
            **kwargs,
        )

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take this rule out"

    def clean(self) -> None:
        taken = set()
        for form in self.forms:
            position = None if self._should_delete_form(form) else form.cleaned_data.get("position")
            if position in taken:
                form.add_error("position", f"Another rule has position {position} too")
            elif position is not None:
                taken.add(position)


RulesFormSet = inlineformset_factory(
    RuleSet, RoutingRule, form=RuleForm, formset=OrderedRules, extra=1, can_delete_extra=False
)


def all_errors(note: NoteForm, rules: OrderedRules) -> list[dict[str, str]]:
    """For the summary at the top of the page: each message says which rule it is about."""
    errors = list(errors_in_page_order(note))
    for number, form in enumerate(rules.forms, start=1):
        errors += [
            error | {"text": f"Rule {number}: {error['text']}"} for error in errors_in_page_order(form)
        ]
    return errors + [{"text": str(message)} for message in rules.non_form_errors()]
