"""Sources, as editors see them. The key stays: texts refer to it."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from guides import duplicates
from guides.models import Source


class NewSourceForm(forms.ModelForm):
    """Asks once more where a source seems to be there already."""

    is_another = forms.BooleanField(
        label="It is another source", required=False, widget=forms.HiddenInput, help_text=""
    )

    def clean(self):
        cleaned = super().clean()
        alike = duplicates.like(
            title=cleaned.get("title", ""), address=cleaned.get("address", ""), among=Source.objects.all()
        )
        if alike and not cleaned.get("is_another"):
            self.fields["is_another"].widget = forms.CheckboxInput()
            self.add_error("is_another", ValidationError(_hint(alike)))
        return cleaned


def _hint(alike):
    links = format_html_join(
        "; ",
        '<a href="{}">{} ({})</a>',
        (
            (reverse("admin:guides_source_change", args=[source.pk]), source.title, source.key)
            for source in alike
        ),
    )
    return format_html("This may be there already: {}. If it is another source, tick the box.", links)


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["key", "title", "publisher", "kind"]
    list_filter = ["kind"]
    search_fields = ["key", "title", "publisher", "address"]
    fields = ["key", "title", "publisher", "address", "kind"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **({} if obj else {"form": NewSourceForm}) | kwargs)

    def get_fields(self, request, obj=None):
        return self.fields if obj else [*self.fields, "is_another"]

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False
