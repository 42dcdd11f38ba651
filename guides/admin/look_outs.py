"""Look-outs, as editors see them. The slug stays: enquiries and addresses name it."""

from django.contrib import admin

from guides.models import LookOut


@admin.register(LookOut)
class LookOutAdmin(admin.ModelAdmin):
    list_display = ["title", "summary", "position"]
    fields = ["title", "summary", "position"]
