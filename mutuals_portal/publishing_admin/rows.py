"""Rows of a table as one field of a draft's form: those that are there, three empty ones, a box to delete each.

A kind of text derives ``RowForm`` for the rows of one table and has a field ``Rows`` of the same name as the words
that hold them. It works without scripts: a button saves and comes back with three more empty rows. Nothing in a row is
asked for: what is missing is named on the document's page, like all else that an unfinished draft lacks.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.template.loader import get_template

from mutuals_portal.govuk_controls import control_id
from mutuals_portal.govuk_layout import render_all

EMPTY_ROWS = 3

Row = Mapping[str, Any]


class RowForm(forms.Form):
    noun: str
    """What one row is, in small letters: figure."""
    plural: str

    @classmethod
    def called(cls, row: Row) -> str:
        """What a row is called above its fields."""
        raise NotImplementedError

    @classmethod
    def entered(cls, row: Row) -> dict[str, Any]:
        """A row, as the fields show it."""
        return dict(row)

    @classmethod
    def in_words(cls, row: Row) -> str:
        """All that a row says, in one line."""
        parts = []
        for name, value in cls.entered(row).items():
            field = cls.base_fields[name]
            choices = dict(getattr(field, "choices", ()))
            several = value if isinstance(value, list) else [value]
            shown = ", ".join(str(choices.get(each) or field.prepare_value(each)) for each in several)
            parts.append(str(field.label) if value is True else f"{field.label}: {shown}")
        return "; ".join(parts)

    def row(self) -> dict[str, Any]:
        """What was entered, without what says nothing. Empty for an empty row."""
        raise NotImplementedError


class RowSet(BaseFormSet):
    default_error_messages = {
        "missing_management_form": "The rows could not be read. Go back, open the draft again and try once more.",
        "too_many_forms": "These are more rows than we can read. Enter %(num)d or fewer.",
    }

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = f"Delete this {form.noun}"

    def is_deleted(self, form: RowForm) -> bool:
        return self.can_delete and self._should_delete_form(form)

    def rows(self) -> list[dict[str, Any]]:
        return [row for form in self if not self.is_deleted(form) and (row := form.row())]

    def mistakes(self) -> Iterator[ValidationError]:
        """Each with the id of its control, which the error summary links to."""
        for message in self.non_form_errors():
            yield ValidationError(message)
        for place, form in enumerate(self, start=1):
            for name, messages in {} if self.is_deleted(form) else form.errors.items():
                for message in messages:
                    mistake = ValidationError(f"{form.noun.capitalize()} {place}: {message}")
                    mistake.control = control_id(form[name])
                    yield mistake


class RowsWidget(forms.Widget):
    """Reads what was sent. A layout has ``RowsOf`` to show it."""

    rowset: type[RowSet]
    known: Mapping[str, Any]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> RowSet:
        return self.rowset(data, prefix=name, form_kwargs=self.known)


class Rows(forms.Field):
    """Its value is a list of rows. ``know`` hands on to each row what it is checked against."""

    def __init__(self, row_form: type[RowForm], *, most: int, **kwargs: Any):
        super().__init__(required=False, widget=RowsWidget(), **kwargs)
        self.row_form = row_form
        self.widget.known = {}
        self.widget.rowset = formset_factory(
            row_form,
            formset=RowSet,
            extra=EMPTY_ROWS,
            can_delete=True,
            can_delete_extra=False,
            max_num=most,
            absolute_max=2 * most,
        )
        self.most = most

    def know(self, **known: Any) -> None:
        self.widget.known = known

    def clean(self, value: RowSet) -> list[dict[str, Any]]:
        if mistakes := list(value.mistakes()):
            raise ValidationError(mistakes)
        if len(rows := value.rows()) > self.most:
            raise ValidationError(f"Enter {self.most} {self.row_form.plural} or fewer")
        return rows

    def shown(self, bound: forms.BoundField) -> RowSet:
        """The rows as they stand on the page: as they were sent, or as they are with empty ones behind."""
        if bound.form.is_bound:
            return bound.data
        rows = [self.row_form.entered(row) for row in bound.initial or []]
        return self.widget.rowset(initial=rows, prefix=bound.html_name, form_kwargs=self.widget.known)

    def sent(self, answers: Any, name: str) -> list[str]:
        """What was typed in each row, whatever it was, in one line."""
        rowset = self.widget.value_from_datadict(answers, {}, name)
        return [
            " ".join(filter(None, (answers.get(each.add_prefix(n), "") for n in each.fields)))
            for each in rowset
        ]

    def in_words(self, rows: list[Row]) -> str:
        return "\n".join(self.row_form.in_words(row) for row in rows)


class RowsOf:
    """Where rows stand on the page: a card each, closed unless something in it is wrong or asked for.

    ``more`` is on the button for empty rows, where that does not save.
    """

    def __init__(self, name: str, *, more: str = ""):
        self.name = name
        self.more = more

    def render(self, form: forms.BaseForm, context: Any = None, **kwargs: Any) -> str:
        form.rendered_fields.add(self.name)
        bound = form[self.name]
        rowset = bound.field.shown(bound)
        cards = [self._card(form, each, place) for place, each in enumerate(rowset, start=1)]
        values = {
            "id": f"rows-{self.name}",
            "name": self.name,
            "label": bound.label,
            "hint": bound.help_text,
            "noun": bound.field.row_form.noun,
            "more": self.more or f"Save and add more {bound.field.row_form.plural}",
            "management": rowset.management_form,
            "cards": cards,
        }
        return get_template("admin/publishing/_rows.html").render(values)

    def _card(self, form: forms.BaseForm, each: RowForm, place: int) -> dict[str, Any]:
        row = {name: each[name].value() for name in each.base_fields if each[name].value()}
        return {
            "title": f"{each.noun.capitalize()} {place}: {each.called(row)}"
            if row
            else f"Add {_article(each.noun)} {each.noun}",
            "is_empty": not row,
            "is_open": bool(each.errors) or (not row and form.opened == self.name),
            "fields": render_all(list(each.fields), each),
        }


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
