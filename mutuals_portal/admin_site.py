"""The admin, hardened where the stock one fails on words that no page of its own would send.

An address or a filter can hold a character or a pattern that PostgreSQL refuses. That is a bad request, not a fault
of ours. Stock pages that only redirect to rows of any table, whoever asks, are left out.
"""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import BadRequest
from django.core.validators import MaxLengthValidator
from django.db import DataError
from django.http import HttpRequest, HttpResponse

NEVER_FILLED = ("AccessFailureLogAdmin", "AccessLogAdmin")
"""The pages of two tables of django-axes that our settings keep empty."""


class LogInForm(AdminAuthenticationForm):
    """A name too long for any account is refused before it is counted as a guess: the count could not keep it."""

    error_messages = AdminAuthenticationForm.error_messages | {
        "invalid_login": "Check the username and the password. Capital letters make a difference",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        longest = self.username_field.max_length
        self.fields["username"].validators.append(MaxLengthValidator(longest))
        for name in ("username", "password"):
            self.fields[name].error_messages["required"] = f"Enter your {name}"


class PortalAdminSite(AdminSite):
    login_form = LogInForm

    def __init__(self, name: str = "admin"):
        super().__init__(name)
        # It fails on rows that are no numbers; and rows here go one by one.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable, admin_class=None, **options):
        if not (admin_class and _is_left_out(admin_class)):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list:
        return [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def admin_view(self, view, cacheable=False):
        @wraps(view)
        def refusing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except DataError as error:
                raise BadRequest("The database cannot hold what was asked for.") from error

        return super().admin_view(refusing, cacheable)


def _is_left_out(admin_class: type) -> bool:
    # Procrastinate's pages are full of inline styles.
    return admin_class.__module__.startswith("procrastinate.") or admin_class.__name__ in NEVER_FILLED
