"""A group that follows its enquiry, for tests of the pages: who is who, and a client at the door."""

import re

from django.test import Client
from django.urls import reverse

CODE = "7K4P-Q2XR-9TNB"
WRONG = "2222-3333-4444"


def address(name, **kwargs):
    return reverse(f"signposting:{name}", kwargs=kwargs)


class Device(Client):
    """One person's browser."""

    def open(self, reference, code=CODE, **more):
        return self.post(address("follow"), {"reference": reference, "code": code} | more)

    def look(self):
        return self.get(address("follow-enquiry"))

    def key(self, name="follow-enquiry", **kwargs):
        """The key in the form on a page."""
        page = self.get(address(name, **kwargs))
        return re.search(r'name="key" value="([^"]+)"', page.text)[1]

    def change(self, name, /, *, key=None, where=None, **answers):
        """Fill in the form on a page and send it. ``where`` are the parts of its address."""
        where = where or {}
        form_on = "follow-enquiry" if name in ("follow-reply", "follow-reopen") else name
        key = self.key(form_on, **(where if form_on == name else {})) if key is None else key
        return self.post(address(name, **where), {"key": key} | answers)


def without_tokens(response):
    """What a person sees: the page without what is new on every answer."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.text)
