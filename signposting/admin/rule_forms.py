"""The form of a draft: what it changes, and its rules in their order."""

from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.http import QueryDict

from mutuals_portal.templatetags.govuk_components import errors_in_page_order
from signposting.coverage import FACTS
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
        choosing = {
            name: field for name, field in self.fields.items() if isinstance(field, forms.ChoiceField)
        }
        choosing["body"].choices = bodies
        for name, (_, words) in FACTS.items():
            choosing[name].choices = [("", "Any"), *words.choices]

    def validate_constraints(self) -> None:
        """Left to the whole: rules may change places, which no rule can see by itself."""


class OrderedRules(BaseInlineFormSet):
    """All rules of a draft, and one more to fill in."""

    def __init__(self, data: QueryDict | None = None, *, instance: RuleSet):
        # Read once, and not once for every rule.
        bodies = [("", "Choose a body"), *Organisation.objects.partners().values_list("pk", "name")]
        rules = instance.rules.order_by("position")
        super().__init__(data, instance=instance, queryset=rules, form_kwargs={"bodies": bodies})

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Take this rule out"

    def clean(self) -> None:
        taken = set()
        for form in self.forms:
            position = form.cleaned_data.get("position")
            if form.cleaned_data.get("DELETE") or position is None:
                continue
            if position in taken:
                form.add_error("position", f"Another rule has position {position} too")
            taken.add(position)


RulesFormSet = inlineformset_factory(
    RuleSet, RoutingRule, form=RuleForm, formset=OrderedRules, extra=1, can_delete_extra=False
)


def all_errors(note: NoteForm, rules: forms.BaseFormSet) -> list[dict[str, str]]:
    """For the summary at the top of the page: each message says which rule it is about."""
    # Asked for first: this is what checks the positions.
    of_the_whole = [{"text": str(message)} for message in rules.non_form_errors()]
    errors = list(errors_in_page_order(note))
    for number, form in enumerate(rules.forms, start=1):
        errors += [
            error | {"text": f"Rule {number}: {error['text']}"} for error in errors_in_page_order(form)
        ]
    return errors + of_the_whole
