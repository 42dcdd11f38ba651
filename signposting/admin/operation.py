"""How one thing is done to an enquiry in the admin: a small page and one verb.

A page shows a form (GET) and carries the verb out (POST). The form carries the version that the adviser saw, so of
two advisers who act at once the second is told, and a double click is one deed. Whatever is refused comes back as an
error above the form, with the text kept. Which page may be shown at all is asked of ``lifecycle.allowed``.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from mutuals_portal.govuk_layout import Button
from signposting import access, case_file, lifecycle
from signposting.admin.lookup import find, missing
from signposting.admin.operation_forms import Confirmation, OperationForm
from signposting.admin.page import respond
from signposting.models import Enquiry, Verb

WORDS = ("text", "reason")
"""What a form may hold that is kept as it was written."""


class Operation:
    """One verb with its page. A subclass says the words, the form and the function that does it."""

    verb: Verb
    act: Callable[..., Any]
    form_class: type[OperationForm] = Confirmation
    label: str
    """On the button of the case page that leads here."""
    title: str
    explanation: str
    button: str
    button_kind = ""
    done: str
    shares = False
    """Whether another body may be shown the enquiry by it."""
    do_not_call_in_templates = True

    def __call__(self, request: HttpRequest, pk: int) -> HttpResponse:
        enquiry = find(request, pk)
        if request.method == "POST" and self.is_done_already(request, pk):
            # Looked up anew: the other click may have moved it to another body since the line above.
            return self.finish(request, find(request, pk))
        if enquiry is None:
            return missing(request)
        if not access.may_work_on(request.user, enquiry):
            raise PermissionDenied
        if request.method == "POST":
            return self.carry_out(request, enquiry)
        if self.verb not in lifecycle.allowed(enquiry, by=request.user):
            messages.warning(request, f"“{self.label}” is not possible for {enquiry} now.")
            return redirect("admin:signposting_enquiry_change", enquiry.pk)
        return self.show(request, enquiry, self.form(request, enquiry))

    def carry_out(self, request: HttpRequest, enquiry: Enquiry) -> HttpResponse:
        form = self.form(request, enquiry, request.POST)
        if not form.is_valid():
            return self.show(request, enquiry, form)
        seen = form.cleaned_data["seen"]
        try:
            self.do(request, enquiry, by=request.user, at=timezone.now(), seen=seen, **form.given())
        except lifecycle.ChangedMeanwhile:
            # A second click can arrive while the first is under way; then it waited for it at the row's lock.
            if not self.is_done_already(request, enquiry.pk):
                return self.tell_what_changed(request, enquiry.pk, seen=seen)
        except lifecycle.Refused as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, enquiry, form)
        return self.finish(request, find(request, enquiry.pk))

    def do(self, request: HttpRequest, enquiry: Enquiry, **given: Any) -> None:
        type(self).act(enquiry, **given)

    def finish(self, request: HttpRequest, enquiry: Enquiry | None) -> HttpResponse:
        if enquiry is None:
            messages.success(
                request, f"{self.done} You cannot open it any more: it is with another body now."
            )
            return redirect("admin:signposting_enquiry_changelist")
        messages.success(request, self.done)
        return redirect("admin:signposting_enquiry_change", enquiry.pk)

    def form(self, request: HttpRequest, enquiry: Enquiry, answers: QueryDict | None = None):
        button = Button(self.button, kind=self.button_kind)
        return self.form_class(answers, enquiry=enquiry, user=request.user, button=button)

    def is_done_already(self, request: HttpRequest, pk: int) -> bool:
        """Whether the very next thing that happened was this verb, by this user, in these words: a second click."""
        try:
            seen = Confirmation.base_fields["seen"].clean(request.POST.get("seen"))
        except ValidationError:
            return False
        own = access.own_events(request.user).filter(enquiry=pk, number=seen + 1, verb=self.verb)
        deed = own.values("reason", text=F("message__text")).first()
        written = {
            name: request.POST[name].replace("\r\n", "\n").strip() for name in WORDS if name in request.POST
        }
        return deed is not None and all((deed[name] or "") == words for name, words in written.items())

    def tell_what_changed(self, request: HttpRequest, pk: int, *, seen: int) -> HttpResponse:
        """The page again, with the text kept and what happened meanwhile. A second press then knows of it."""
        enquiry = find(request, pk)
        if enquiry is None:
            return missing(request)
        answers = request.POST.copy()
        answers["seen"] = enquiry.version
        form = self.form(request, enquiry, answers)
        form.add_error(
            None,
            "This enquiry changed while you were looking at it, so nothing of yours was saved. Read what "
            "happened, then decide again.",
        )
        events = [event for event in case_file.events_of(enquiry, user=request.user) if event.number > seen]
        return self.show(request, enquiry, form, changes=events)

    def show(self, request: HttpRequest, enquiry: Enquiry, form, **extra: Any) -> TemplateResponse:
        context = {
            "title": self.title,
            "operation": self,
            "enquiry": enquiry,
            "form": form,
            "conversation": case_file.conversation_of(enquiry, user=request.user),
        }
        return respond(request, "operation", context | extra)
