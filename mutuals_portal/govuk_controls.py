"""From a form field's widget to the template of a GOV.UK form control and the values that it needs.

Only govuk_layout calls `describe`. Ids are Django's. The first radio button or check box carries the field's own
id, so that `#id` in the error summary reaches a control whatever its kind.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import singledispatch
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

Described = tuple[str, dict[str, Any]]
Revealed = Mapping[str, SafeString]  # value of a choice -> the questions that it opens

# A browser that stops at a limit cuts a pasted text short and tells nobody: the server checks and explains.
CHECKED_BY_THE_SERVER = {"maxlength", "minlength", "required", "min", "max", "step"}
WRITTEN_BY_THE_TEMPLATE = {"id", "class", "cols", "rows"}

# What Django writes where the form class says nothing; a form of ours says rows as a number.
DJANGO_ROWS = forms.Textarea().attrs["rows"]


@dataclass(frozen=True)
class Look:
    """What a question looks like, beyond what Django has words for.

    heading   the label or legend is the page's `<h1>` (the page template then has none of its own)
    size      "s", "m", "l" or "xl" label or legend; "l" where it is the heading
    width     of an input or select: characters (2, 3, 4, 5, 10, 20, 30) or a fraction such as "two-thirds"
    prefix, suffix   beside an input: "£", "people"
    inline, small    radios beside one another; radios and check boxes of the small kind
    hints     value of a choice -> its hint
    dividers  value of a choice -> the word above it, such as "or"
    exclusive value of the check box that unticks all others
    reveals   value of a choice -> the questions (names, or Fields of `govuk_layout`) that it opens
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
    reveals: Mapping[str, Any] = field(default_factory=dict)
    legend: str = ""


@singledispatch
def describe(widget: forms.Widget, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    """The template in templates/govuk/ for this kind of widget, and the values it needs."""
    raise TypeError(f"{bound.name}: there is no GOV.UK component for {type(widget).__name__}")


@describe.register(forms.widgets.Input)
def one_line(widget: forms.widgets.Input, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    kind, extra = widget.input_type, {}
    if kind == "number":  # a spin button loses numbers to the scroll wheel and to a slip of the finger
        kind, extra = "text", {"inputmode": "numeric"}
    elif kind == "email":
        extra = {"autocomplete": "email", "spellcheck": "false"}
    return "input", question(bound, look) | {
        "type": kind,
        "value": widget.format_value(bound.value()),
        "width": width_class(look.width),
        "prefix": look.prefix,
        "suffix": look.suffix,
        "attributes": control_attributes(bound, **extra),
    }


@describe.register(forms.HiddenInput)
def hidden(widget: forms.HiddenInput, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    return "hidden", question(bound, look) | {"value": widget.format_value(bound.value())}


@describe.register(forms.Textarea)
def text_area(widget: forms.Textarea, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    limit = getattr(bound.field, "max_length", None)
    before = [f"{control_id(bound)}-info"] if limit else []
    return "textarea", question(bound, look) | {
        "value": widget.format_value(bound.value()) or "",
        "limit": limit,
        "limit_in_words": f"{limit:,}" if limit else "",
        "rows": 5 if widget.attrs["rows"] == DJANGO_ROWS else widget.attrs["rows"],
        "attributes": control_attributes(bound, *before),
    }


@describe.register(forms.Select)
def select(widget: forms.Select, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    return "select", question(bound, look) | {
        "items": choices(widget, bound, look, revealed),
        "width": width_class(look.width),
        "attributes": control_attributes(bound),
    }


@describe.register(forms.FileInput)
def file_upload(widget: forms.FileInput, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    multiple = widget.allow_multiple_selected
    return "file_upload", question(bound, look) | {"attributes": control_attributes(bound, multiple=multiple)}


@describe.register(forms.RadioSelect)
def radios(widget: forms.RadioSelect, bound: BoundField, look: Look, revealed: Revealed) -> Described:
    return "choices", question(bound, look) | {
        "kind": "radios",
        "type": "radio",
        "inline": look.inline,
        "small": look.small,
        "legend": bound.label,
        "described_by": described_by(bound),
        "items": choices(widget, bound, look, revealed),
    }


@describe.register(forms.CheckboxSelectMultiple)
def check_boxes(
    widget: forms.CheckboxSelectMultiple, bound: BoundField, look: Look, revealed: Revealed
) -> Described:
    return "choices", question(bound, look) | {
        "kind": "checkboxes",
        "type": "checkbox",
        "small": look.small,
        "legend": bound.label,
        "described_by": described_by(bound),
        "box_described_by": "" if bound.label else described_by(bound),
        "items": choices(widget, bound, look, revealed),
    }


@describe.register(forms.CheckboxInput)
def one_check_box(
    widget: forms.CheckboxInput, bound: BoundField, look: Look, revealed: Revealed
) -> Described:
    """One box: the label stands beside it and the help text under it, so the legend is extra."""
    error = f"{control_id(bound)}-error" if bound.errors else ""
    box = {
        "id": control_id(bound),
        "value": "on",
        "label": bound.label,
        "hint": bound.help_text,
        "checked": widget.check_test(bound.value()),
        "disabled": bound.field.disabled,
    }
    return "choices", question(bound, look) | {
        "kind": "checkboxes",
        "type": "checkbox",
        "small": look.small,
        "legend": look.legend,
        "hint": "",
        "described_by": error,
        "box_described_by": "" if look.legend else error,
        "items": [box],
    }


def choices(
    widget: forms.widgets.ChoiceWidget, bound: BoundField, look: Look, revealed: Revealed
) -> list[dict[str, Any]]:
    """The choices in order, dividers among them. A divider takes a number too, as govuk-frontend counts."""
    chosen = set(widget.format_value(bound.value()))
    items: list[dict[str, Any]] = []
    for index, (raw, label) in enumerate(widget.choices):
        value = "" if raw is None else str(raw)
        if value in look.dividers:
            items.append({"divider": look.dividers[value]})
        items.append(
            {
                "id": f"{control_id(bound)}-{len(items) + 1}" if index else control_id(bound),
                "value": value,
                "label": label,
                "hint": look.hints.get(value, ""),
                "checked": value in chosen,
                "disabled": bound.field.disabled,
                "exclusive": bool(value) and value == look.exclusive,
                "reveals": revealed.get(value, ""),
            }
        )
    return items


def question(bound: BoundField, look: Look) -> dict[str, Any]:
    """What every kind of field has."""
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
    given = {
        k: v
        for k, v in bound.field.widget.attrs.items()
        if k not in CHECKED_BY_THE_SERVER | WRITTEN_BY_THE_TEMPLATE
    }
    attributes = {k: v for k, v in extra.items() if v} | given
    attributes["disabled"] = bound.field.disabled
    attributes["aria-describedby"] = described_by(bound, *before) or None
    return flatatt(attributes)
