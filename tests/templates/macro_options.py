"""The options of a govuk-frontend macro, said in our own words: `RENDER[component](options)` is our HTML."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString

from mutuals_portal.govuk_layout import Field, Fieldset, FormPage

Options = dict[str, Any]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class GivenHtml:
    """A layout object that is what the fixture says."""

    def __init__(self, html: str):
        self.html = html

    def render(self, form: forms.BaseForm) -> SafeString:
        return SafeString(self.html)


def words(option: Options | None) -> str:
    """`{"text": …}` or `{"html": …}`, which wins where both are given."""
    option = option or {}
    return SafeString(option["html"]) if option.get("html") else str(option.get("text") or "")


def modifier(classes: str | None, block: str) -> str:
    found = re.search(rf"{block}--?(\S+)", classes or "")
    return found[1] if found else ""


def component(template: str, **values: Any) -> str:
    return get_template(f"components/{template}.html").render(values)


def block_tag(source: str, **values: Any) -> str:
    return Template("{% load govuk_components %}" + source).render(Context(values))


def form_field(
    field: forms.Field, options: Options, *, label: Options, value: Any = None, **look: Any
) -> str:
    name = options["name"]
    field.required = False
    field.label = words(label)
    field.help_text = words(options.get("hint"))
    field.disabled = options.get("disabled", False)
    given_id = options.get("id") or options.get("idPrefix")
    field.widget.attrs |= (options.get("attributes") or {}) | ({"id": given_id} if given_id else {})
    example = type("Example", (forms.Form,), {name: field})
    error = options.get("errorMessage")
    form = example(auto_id="%s", initial={name: value}, data={name: value} if error else None)
    if error:
        form.errors.clear()
        form.add_error(name, error["text"])
    style = label.get("classes")
    look["size"] = modifier(style, "govuk-label") or modifier(style, "govuk-fieldset__legend")
    page = FormPage(Field(name, heading=label.get("isPageHeading", False), **look))
    return page.render_layout(form, Context())


def given(options: Options, *names: str) -> dict[str, Any]:
    """HTML attributes that bear the same name as the macro's option."""
    return {name: str(options[name]).lower() for name in names if name in options}


def text_input(options: Options) -> str:
    attributes = given(options, "inputmode", "autocomplete", "pattern", "spellcheck", "autocapitalize")
    widget = forms.TextInput(attrs=attributes | given(options, "type"))
    width = modifier(options.get("classes"), "govuk-input")
    return form_field(
        forms.CharField(widget=widget),
        options,
        label=options["label"],
        value=options.get("value"),
        width=int(width.removeprefix("width-")) if width else "",
        prefix=words(options.get("prefix")),
        suffix=words(options.get("suffix")),
    )


def textarea(options: Options) -> str:
    attributes = given(options, "rows", "autocomplete", "spellcheck")
    limit = options.get("maxlength")
    field = forms.CharField(widget=forms.Textarea(attrs=attributes), max_length=limit and int(limit))
    return form_field(field, options, label=options["label"], value=options.get("value"))


def select(options: Options) -> str:
    items = [item for item in options.get("items", []) if item]
    field = forms.ChoiceField(choices=[(item["value"], item["text"]) for item in items])
    chosen = [item["value"] for item in items if item.get("selected")] or [options.get("value")]
    width = modifier(options.get("classes"), "govuk-!-width")
    return form_field(field, options, label=options["label"], value=chosen[0], width=width)


def file_upload(options: Options) -> str:
    widget = SeveralFiles() if options.get("multiple") else forms.FileInput()
    return form_field(forms.FileField(widget=widget), options, label=options["label"])


def choices(options: Options, field: type[forms.ChoiceField], widget: type[forms.RadioSelect]) -> str:
    items = [item for item in options["items"] if item]
    boxes = [item for item in items if "divider" not in item]
    dividers = {
        str(after["value"]): before["divider"] for before, after in pairwise(items) if "divider" in before
    }
    chosen = [item["value"] for item in boxes if item.get("checked")]
    chosen += options.get("values") or ([options["value"]] if options.get("value") else [])
    several = widget is forms.CheckboxSelectMultiple
    return form_field(
        field(choices=[(item["value"], words(item)) for item in boxes], widget=widget),
        options,
        label=(options.get("fieldset") or {}).get("legend") or {},
        value=chosen if several else next(iter(chosen), None),
        inline="--inline" in options.get("classes", ""),
        small="--small" in options.get("classes", ""),
        hints={str(item["value"]): words(item["hint"]) for item in boxes if item.get("hint")},
        dividers=dividers,
        exclusive=next((item["value"] for item in boxes if item.get("behaviour")), ""),
        reveals={
            str(item["value"]): [GivenHtml(item["conditional"]["html"])]
            for item in boxes
            if (item.get("conditional") or {}).get("html")
        },
    )


def fieldset(options: Options) -> str:
    legend = options["legend"]
    layout = Fieldset(
        words(legend),
        GivenHtml(options.get("html", "")),
        size=modifier(legend.get("classes"), "govuk-fieldset__legend"),
        heading=legend.get("isPageHeading", False),
    )
    return layout.render(forms.Form())


def button(options: Options) -> str:
    return component(
        "button",
        text=words(options),
        kind="start" if options.get("isStartButton") else modifier(options.get("classes"), "govuk-button"),
        prevent_double_click=options.get("preventDoubleClick"),
        **{key: options.get(key) for key in ("href", "name", "value")},
    )


def linked(items: list[Options]) -> list[Options]:
    return [item | {"text": words(item)} for item in items if item]


def summary_list(options: Options) -> str:
    rows = []
    for row in filter(None, options["rows"]):
        ours = {"key": words(row["key"]), "value": words(row["value"])}
        for action in (row.get("actions") or {}).get("items", []):
            ours |= {
                "href": action["href"],
                "action": words(action),
                "hidden": action.get("visuallyHiddenText"),
            }
        rows.append(ours)
    return component("summary_list", rows=rows, has_actions=any("href" in row for row in rows))


def table(options: Options) -> str:
    def cells(row: list[Options]) -> list[Options]:
        return [cell | {"text": words(cell)} for cell in row]

    return component(
        "table",
        caption=options.get("caption"),
        caption_size=modifier(options.get("captionClasses"), "govuk-table__caption"),
        head=cells(options.get("head") or []),
        rows=[cells(row) for row in options["rows"] if row],
        row_headers=options.get("firstCellIsHeader"),
    )


def pagination(options: Options) -> str:
    previous, following = options.get("previous") or {}, options.get("next") or {}
    return component(
        "pagination",
        previous=previous.get("href"),
        previous_text=previous.get("text"),
        previous_label=previous.get("labelText"),
        next=following.get("href"),
        next_text=following.get("text"),
        next_label=following.get("labelText"),
        label=options.get("landmarkLabel"),
    )


def details(options: Options) -> str:
    summary = words({"text": options.get("summaryText"), "html": options.get("summaryHtml")})
    source = "{% details summary open=open %}{{ text }}{% enddetails %}"
    return block_tag(source, summary=summary, text=words(options), open=options.get("open", False))


def panel(options: Options) -> str:
    title = words({"text": options.get("titleText"), "html": options.get("titleHtml")})
    return block_tag("{% panel title %}{{ text }}{% endpanel %}", title=title, text=words(options))


def notification_banner(options: Options) -> str:
    title = words({"text": options.get("titleText"), "html": options.get("titleHtml")})
    text = options.get("html")
    if not text:
        text = f'<p class="govuk-notification-banner__heading">{escape(options["text"])}</p>'
    source = "{% notification_banner kind=kind title=title %}{{ text }}{% endnotification_banner %}"
    kind = options.get("type") or ""
    return block_tag(source, kind=kind if kind == "success" else "", title=title, text=SafeString(text))


def phase_banner(options: Options) -> str:
    return component("phase_banner", phase=words(options.get("tag")), text=words(options))


def exit_this_page(options: Options) -> str:
    return component("exit_this_page", href=options["redirectUrl"])


RENDER: dict[str, Callable[[Options], str]] = {
    "back-link": lambda o: component("back_link", href=o.get("href", "#"), text=words(o)),
    "breadcrumbs": lambda o: component("breadcrumbs", items=linked(o["items"])),
    "button": button,
    "character-count": textarea,
    "checkboxes": lambda o: choices(o, forms.MultipleChoiceField, forms.CheckboxSelectMultiple),
    "details": details,
    "error-summary": lambda o: component("error_summary", errors=linked(o["errorList"])),
    "exit-this-page": exit_this_page,
    "fieldset": fieldset,
    "file-upload": file_upload,
    "generic-header": lambda o: component("generic_header", href=o.get("url", "/"), text=o["logoText"]),
    "input": text_input,
    "inset-text": lambda o: block_tag("{% inset_text %}{{ text }}{% endinset_text %}", text=words(o)),
    "notification-banner": notification_banner,
    "pagination": pagination,
    "panel": panel,
    "phase-banner": phase_banner,
    "radios": lambda o: choices(o, forms.ChoiceField, forms.RadioSelect),
    "select": select,
    "service-navigation": lambda o: component("service_navigation", items=linked(o["navigation"])),
    "skip-link": lambda o: component("skip_link", href=o.get("href", "#content"), text=words(o)),
    "summary-list": summary_list,
    "table": table,
    "tag": lambda o: component("tag", text=words(o), colour=modifier(o.get("classes"), "govuk-tag")),
    "textarea": textarea,
    "warning-text": lambda o: block_tag("{% warning_text %}{{ text }}{% endwarning_text %}", text=words(o)),
}
