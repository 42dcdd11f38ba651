"""Sources, as editors see them. The key stays: texts refer to it."""

from django.contrib import admin
from django.db import models

from guides.models import Source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["key", "title", "publisher", "kind"]
    list_filter = ["kind"]
    search_fields = ["key", "title", "publisher", "address"]
    fields = ["key", "title", "publisher", "address", "kind"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False
