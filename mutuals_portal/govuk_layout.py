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

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import singledispatch
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

# Limits are told in words by our own messages: a browser that cuts a pasted text short tells nobody.
LEFT_TO_THE_SERVER = {
    "id",
    "class",
    "maxlength",
    "minlength",
    "required",
    "cols",
    "rows",
    "min",
    "max",
    "step",
}


@dataclass(frozen=True)
class Button:
    """`kind` is "", "secondary", "warning" or "inverse". A second press within a second is ignored."""

    text: str
    _: KW_ONLY
    kind: str = ""
    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Field:
    """One question.

    heading   the label or legend is the page's `<h1>` (the page template then has none of its own)
    size      "s", "m", "l" or "xl" label or legend; "l" where it is the heading
    width     of an input: characters (2, 3, 4, 5, 10, 20, 30) or a fraction such as "two-thirds"
    prefix, suffix   beside an input: "£", "people"
    inline, small    radios beside one another; radios and check boxes of the small kind
    hints     value of a choice -> its hint
    dividers  value of a choice -> the word above it, such as "or"
    exclusive value of the check box that unticks all others
    reveals   value of a choice -> the questions (names or Fields) that it opens
    legend    above a single check box
    """

    name: str
    _: KW_ONLY
    heading: bool = False
    size: str = ""
    width: int | str = ""
    prefix: str = ""
    suffix: str = ""
    inline: bool = False
    small: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)
    dividers: Mapping[str, str] = field(default_factory=dict)
    exclusive: str = ""
    reveals: Mapping[str, "str | Field | Iterable[str | Field]"] = field(default_factory=dict)
    legend: str = ""

    def render(self, form: forms.BaseForm, context: Any = None, **kwargs: Any) -> SafeString:
        """crispy-forms calls this; a template can reach the same through `{% govuk_field form.name %}`."""
        if hasattr(form, "rendered_fields"):  # crispy's list of what need not be added as a hidden field
            form.rendered_fields.add(self.name)
        bound = form[self.name]
        component, details = describe(bound.field.widget, bound, self)
        return get_template(f"govuk/{component}.html").render(question(bound, self) | details)


class Fieldset:
    """Several questions under one legend: `Fieldset("Your contact", "name", Field("email", width=20))`."""

    def __init__(self, legend: str, *fields: "str | Field", heading: bool = False, size: str = "m"):
        self.legend = legend
        self.fields = fields
        self.heading = heading
        self.size = size

    def render(self, form: forms.BaseForm, context: Any = None, **kwargs: Any) -> SafeString:
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


def question(bound: BoundField, look: Field) -> dict[str, Any]:
    """What every kind of field has. Ids are Django's; the first radio or check box carries the field's own,
    so that `#id` in the error summary reaches a control whatever the kind."""
    return {
        "id": control_id(bound),
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "errors": bound.errors,
        "heading": look.heading,
        "size": look.size or ("l" if look.heading else ""),
    }


def width_class(width: int | str) -> str:
    return f"govuk-input--width-{width}" if isinstance(width, int) else width and f"govuk-!-width-{width}"


def control_id(bound: BoundField) -> str:
    return bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name


def described_by(bound: BoundField, *before: str) -> str:
    own = control_id(bound)
    parts = [*before]
    if bound.help_text:
        parts.append(f"{own}-hint")
    if bound.errors:
        parts.append(f"{own}-error")
    return " ".join(parts)


def control_attributes(bound: BoundField, *before: str, **extra: Any) -> str:
    """The control's HTML attributes beyond id, name, type, class and value."""
    given = {k: v for k, v in bound.field.widget.attrs.items() if k not in LEFT_TO_THE_SERVER}
    attributes = {k: v for k, v in extra.items() if v} | given
    attributes["disabled"] = bound.field.disabled
    attributes["aria-describedby"] = described_by(bound, *before) or None
    return flatatt(attributes)


@singledispatch
def describe(widget: forms.Widget, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    """The template in templates/govuk/ for this kind of widget, and what it needs beside `question`."""
    raise TypeError(f"{bound.name}: there is no GOV.UK component for {type(widget).__name__}")


@describe.register
def _(widget: forms.widgets.Input, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    kind, extra = widget.input_type, {}
    if kind == "number":  # a spin button loses numbers to the scroll wheel and to a slip of the finger
        kind, extra = "text", {"inputmode": "numeric"}
    elif kind == "email":
        extra = {"autocomplete": "email", "spellcheck": "false"}
    return "input", {
        "type": kind,
        "value": widget.format_value(bound.value()),
        "width": width_class(look.width),
        "prefix": look.prefix,
        "suffix": look.suffix,
        "attributes": control_attributes(bound, **extra),
    }


@describe.register
def _(widget: forms.HiddenInput, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    return "hidden", {"value": widget.format_value(bound.value())}


@describe.register
def _(widget: forms.Textarea, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    limit = getattr(bound.field, "max_length", None)
    before = [f"{control_id(bound)}-info"] if limit else []
    return "textarea", {
        "value": widget.format_value(bound.value()) or "",
        "limit": limit,
        "limit_in_words": f"{limit:,}" if limit else "",
        "rows": widget.attrs.get("rows", 5),
        "attributes": control_attributes(bound, *before),
    }


@describe.register
def _(widget: forms.Select, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    return "select", {"items": choices(widget, bound, look), "attributes": control_attributes(bound)}


@describe.register
def _(widget: forms.FileInput, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    multiple = widget.allow_multiple_selected
    return "file_upload", {"attributes": control_attributes(bound, multiple=multiple)}


@describe.register
def _(widget: forms.RadioSelect, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    return "choices", {
        "kind": "radios",
        "type": "radio",
        "inline": look.inline,
        "small": look.small,
        "legend": bound.label,
        "described_by": described_by(bound),
        "items": choices(widget, bound, look),
    }


@describe.register
def _(widget: forms.CheckboxSelectMultiple, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    _, details = describe.dispatch(forms.RadioSelect)(widget, bound, look)
    return "choices", details | {"kind": "checkboxes", "type": "checkbox"}


@describe.register
def _(widget: forms.CheckboxInput, bound: BoundField, look: Field) -> tuple[str, dict[str, Any]]:
    """One box: the label stands beside it and the help text under it, so the legend is extra."""
    box = {
        "id": control_id(bound),
        "value": "on",
        "label": bound.label,
        "hint": bound.help_text,
        "checked": widget.check_test(bound.value()),
        "disabled": bound.field.disabled,
        "described_by": "" if look.legend or not bound.errors else f"{control_id(bound)}-error",
    }
    return "choices", {
        "kind": "checkboxes",
        "type": "checkbox",
        "small": look.small,
        "legend": look.legend,
        "hint": "",
        "described_by": f"{control_id(bound)}-error" if bound.errors else "",
        "items": [box],
    }


def choices(widget: forms.widgets.ChoiceWidget, bound: BoundField, look: Field) -> list[dict[str, Any]]:
    """The choices in order, dividers among them. A divider takes a number too, as govuk-frontend counts."""
    chosen = set(widget.format_value(bound.value()))
    items: list[dict[str, Any]] = []
    for raw, label in widget.choices:
        value = "" if raw is None else str(raw)
        if value in look.dividers:
            items.append({"divider": look.dividers[value]})
        position = len(items) + 1
        revealed = look.reveals.get(value)
        items.append(
            {
                "id": control_id(bound) if position == 1 else f"{control_id(bound)}-{position}",
                "value": value,
                "label": label,
                "hint": look.hints.get(value, ""),
                "checked": value in chosen,
                "disabled": bound.field.disabled,
                "exclusive": bool(value) and value == look.exclusive,
                "reveals": render_all(revealed, bound.form) if revealed else "",
            }
        )
    return items
