"""The crispy template pack: what `{% crispy form %}` makes of a whole form."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template
from django.utils.html import escape

from mutuals_portal.govuk_layout import Button, Field, Fieldset, FormPage

CHOICES = [("a", "First"), ("b", "Second"), ("none", "None of these")]


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EveryKind(forms.Form):
    """One field of every kind of control, each with a message of its own."""

    line = forms.CharField(error_messages={"required": "Enter a line"}, help_text="One line")
    email = forms.EmailField(error_messages={"required": "Enter an address"})
    number = forms.IntegerField(error_messages={"required": "Enter a number"})
    text = forms.CharField(
        error_messages={"required": "Enter a text"},
        max_length=5000,
        widget=forms.Textarea,
        help_text="A text",
    )
    select = forms.ChoiceField(error_messages={"required": "Select from the list"}, choices=CHOICES)
    radios = forms.ChoiceField(
        error_messages={"required": "Select one"}, choices=CHOICES, widget=forms.RadioSelect, help_text="One"
    )
    boxes = forms.MultipleChoiceField(
        error_messages={"required": "Select some"}, choices=CHOICES, widget=forms.CheckboxSelectMultiple
    )
    box = forms.BooleanField(error_messages={"required": "Tick the box"})
    files = forms.FileField(error_messages={"required": "Choose a file"}, widget=SeveralFiles)
    inside = forms.CharField(error_messages={"required": "Enter the one inside"})
    hidden = forms.CharField(error_messages={"required": "The key is missing"}, widget=forms.HiddenInput)

    helper = FormPage(
        "line",
        "email",
        "number",
        "text",
        "select",
        Field("radios", dividers={"a": "or"}),
        Field("boxes", dividers={"none": "or"}, exclusive="none"),
        "box",
        "files",
        Fieldset("A group", Field("inside", width=10)),
        buttons=[Button("Save", kind="secondary", name="save", value="yes")],
    )


class Page(HTMLParser):
    """The tags of a page, each with its attributes."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, *tags, **attributes):
        return [
            attrs
            for tag, attrs in self.tags
            if tag in tags and all(attrs.get(key) == value for key, value in attributes.items())
        ]

    def by_id(self, wanted):
        [found] = [(tag, attrs) for tag, attrs in self.tags if attrs.get("id") == wanted]
        return found


def crispy(form: forms.Form) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(
        Context({"form": form, "csrf_token": "token"})
    )


def summary(form: forms.Form) -> str:
    return Template("{% load govuk_components %}{% error_summary form %}").render(Context({"form": form}))


@pytest.mark.parametrize("name", [name for name in EveryKind.base_fields if name != "hidden"])
def test_the_error_summary_leads_to_a_control_of_every_kind(name):
    form = EveryKind({})
    html = crispy(form)
    [message] = form.errors[name]

    [link] = [href for href in Page(html).all("a") if f'href="{href["href"]}">{message}</a>' in html]
    tag, control = Page(html).by_id(link["href"].removeprefix("#"))

    assert tag in {"input", "select", "textarea"}
    assert control["name"] == name


@pytest.mark.parametrize("name", [name for name in EveryKind.base_fields if name != "hidden"])
def test_a_message_stands_by_its_field_and_describes_it(name):
    form = EveryKind({})
    html = crispy(form)
    [message] = form.errors[name]

    error = f"id_{name}-error"
    described = [
        attrs for _, attrs in Page(html).tags if error in (attrs.get("aria-describedby") or "").split()
    ]

    assert f'<span class="govuk-visually-hidden">Error:</span> {message}' in html
    assert len(described) == 1


def test_the_summary_lists_the_messages_in_the_order_of_the_page():
    form = EveryKind({})
    listed = summary(form)

    places = [listed.index(messages[0]) for messages in form.errors.values()]

    assert places == sorted(places)


def test_the_summary_takes_the_alert_role_and_stands_above_the_form():
    html = crispy(EveryKind({}))

    assert Page(html).all("div", role="alert")
    assert html.index("There is a problem") < html.index("<form")


def test_a_message_that_no_control_can_answer_has_no_link():
    form = EveryKind({})
    form.add_error(None, "Ask for <one> thing only")

    assert f"<li>{escape('Ask for <one> thing only')}</li>" in summary(form)
    assert "<li>The key is missing</li>" in summary(form)


def test_every_message_of_a_field_is_shown():
    form = EveryKind({})
    form.add_error("files", "letter.exe is not a kind we accept")
    html = crispy(form)

    assert html.count("Choose a file") == 2
    assert html.count("letter.exe is not a kind we accept") == 2


def test_a_form_without_errors_has_no_summary():
    assert "There is a problem" not in crispy(EveryKind())
    assert summary(EveryKind()).strip() == ""


def test_ids_are_unique():
    ids = [attrs["id"] for _, attrs in Page(crispy(EveryKind({}))).tags if "id" in attrs]

    assert len(ids) == len(set(ids))


def test_the_browser_checks_nothing_and_cuts_nothing():
    page = Page(crispy(EveryKind()))

    [form] = page.all("form")
    assert "novalidate" in form
    controls = page.all("input", "select", "textarea")
    assert not [c for c in controls if {"required", "maxlength", "min", "max"} & set(c)]


def test_a_form_with_files_is_sent_as_parts_and_a_post_carries_the_token():
    page = Page(crispy(EveryKind()))

    [form] = page.all("form")
    assert form["enctype"] == "multipart/form-data"
    assert page.all("input", name="csrfmiddlewaretoken")


def test_hidden_fields_are_sent_too():
    [hidden] = Page(crispy(EveryKind(initial={"hidden": "abc"}))).all("input", name="hidden")

    assert (hidden["type"], hidden["value"]) == ("hidden", "abc")


def test_answers_come_back_escaped():
    html = crispy(
        EveryKind({"line": '"><b>', "text": "\n</textarea><b>", "radios": "b", "boxes": ["a", "none"]})
    )
    page = Page(html)

    assert "<b>" not in html
    assert [c["value"] for c in page.all("input", type="radio") if "checked" in c] == ["b"]
    assert [c["value"] for c in page.all("input", type="checkbox") if "checked" in c] == ["a", "none"]


def test_a_limit_is_told_without_javascript():
    assert "You can enter up to 5,000 characters" in crispy(EveryKind())


def test_a_revealed_question_belongs_to_its_choice():
    class Revealing(forms.Form):
        place = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
        which = forms.CharField(required=False)
        helper = FormPage(Field("place", reveals={"b": "which"}))

    page = Page(crispy(Revealing({"place": "b"})))
    [choice] = page.all("input", value="b")
    _, revealed = page.by_id(choice["data-aria-controls"])

    assert revealed["class"] == "govuk-radios__conditional"
    assert page.all("input", name="which")


def test_a_widget_without_a_component_is_refused():
    class Dated(forms.Form):
        day = forms.DateField(widget=forms.SelectDateWidget)
        helper = FormPage("day")

    with pytest.raises(TypeError, match=r"day: there is no GOV\.UK component for SelectDateWidget"):
        crispy(Dated())


def test_a_form_without_a_helper_is_rendered_too():
    class Plain(forms.Form):
        name = forms.CharField()

    assert Page(crispy(Plain())).all("input", name="name")
