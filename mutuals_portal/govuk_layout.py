"""How a form class says what its questions look like; `{% crispy form %}` then renders the whole form.

    class NationForm(forms.Form):
        nation = forms.ChoiceField(label="Where do you work?", help_text="…", choices=…,
                                   widget=forms.RadioSelect)
        helper = FormPage(Field("nation", heading=True, hints={"scotland": "…"}))

Words stay where Django keeps them: label, `help_text` (the hint), `error_messages`, choices. The widget
decides the component, its `attrs` reach the control (autocomplete, inputmode, spellcheck, rows, accept).
`Field` adds what Django has no word for. A text area whose field has a `max_length` counts characters.

A helper is never changed while it renders, so one on the form class serves every request and thread.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from mutuals_portal import govuk_controls
from mutuals_portal.govuk_controls import Look


@dataclass(frozen=True)
class Button:
    """`kind` is "", "secondary", "warning" or "inverse". A second press within a second is ignored."""

    text: str
    _: KW_ONLY
    kind: str = ""
    name: str = ""
    value: str = ""


class Field(Look):
    """One question; what it may look like is in `Look`."""

    def render(self, form: forms.BaseForm, context: Any = None, **kwargs: Any) -> str:
        """crispy-forms calls this; a template can reach the same through `{% govuk_field form.name %}`."""
        if hasattr(form, "rendered_fields"):  # crispy's list of what need not be added as a hidden field
            form.rendered_fields.add(self.name)
        bound = form[self.name]
        revealed = {value: render_all(questions, form) for value, questions in self.reveals.items()}
        template, values = govuk_controls.describe(bound.field.widget, bound, self, revealed)
        return get_template(f"govuk/{template}.html").render(values)


class Fieldset:
    """Several questions under one legend: `Fieldset("Your contact", "name", Field("email", width=20))`."""

    def __init__(self, legend: str, *fields: "str | Field", heading: bool = False, size: str = "m"):
        self.legend = legend
        self.fields = fields
        self.heading = heading
        self.size = size

    def render(self, form: forms.BaseForm, context: Any = None, **kwargs: Any) -> str:
        details = {
            "label": self.legend,
            "heading": self.heading,
            "size": self.size,
            "content": render_all(self.fields, form),
        }
        return get_template("govuk/fieldset.html").render(details)


class FormPage(FormHelper):
    """A form in GOV.UK style: error summary, questions, buttons. The server checks, the browser does not.

    A page whose `<h1>` stands above the form sets `error_summary=False` and puts
    `{% error_summary form %}` at the top of its `content` block.
    """

    render_hidden_fields = True
    include_media = False

    def __init__(
        self,
        *fields: Any,
        button: str | Button | None = "Continue",
        buttons: Iterable[Button] = (),
        error_summary: bool = True,
        method: str = "post",
        action: str = "",
    ):
        super().__init__()
        self.layout = Layout(*(Field(name) if isinstance(name, str) else name for name in fields))
        first = [Button(button) if isinstance(button, str) else button] if button else []
        self.buttons = [*first, *buttons]
        self.form_show_errors = error_summary
        self.form_method = method
        self.form_action = action
        self.attrs = {"novalidate": True}


def render_all(fields: "str | Field | Iterable[str | Field]", form: forms.BaseForm) -> SafeString:
    several = (fields,) if isinstance(fields, str | Field) else fields
    questions = (Field(each) if isinstance(each, str) else each for each in several)
    return mark_safe("".join(each.render(form) for each in questions))  # noqa: S308 (joins rendered templates)
