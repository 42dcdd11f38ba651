"""How one thing is done to a text in the admin: a small page and one verb of ``publishing``.

A page shows a form (GET) and carries the verb out (POST). The form carries the save that its user saw, so of two who
act at once the second is told, and a double click is one deed. What is refused comes back as an error above the form.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from mutuals_portal import publishing
from mutuals_portal.publishing import Standing, Verb
from mutuals_portal.publishing_admin.history import deeds, saves_of
from mutuals_portal.publishing_admin.operation_form import Confirmation, Moment, Note, Reason
from mutuals_portal.publishing_admin.texts import Texts


class Operation:
    """One verb with its page. A subclass says the words, the form and the function that does it."""

    verb: Verb
    rights: tuple[str, ...]
    """Any of which opens it."""
    leads_to: Standing | None
    """Where the edition stands when it is done; None where it is gone."""
    act: Callable[..., Any]
    changes_what_is_public = False
    form_class: type[Confirmation] = Confirmation
    title: str
    """Also on the button that leads here."""
    explanation: str
    button: str
    button_kind = ""
    done: str

    def __call__(self, texts: Texts, request: HttpRequest, pk: int, edition: int) -> HttpResponse:
        document = texts.find(pk)
        found = document.editions.filter(pk=edition).first()
        if found is None:
            return self._nothing_there(texts, request, document)
        if request.method == "POST":
            return self.carry_out(texts, request, document, found)
        if self.verb not in publishing.possible(found, by=request.user, at=timezone.now()):
            messages.warning(request, self._why_not(found, request))
            return redirect(texts.url("change", pk))
        return self.show(texts, request, document, found, self.form(found))

    def form(self, edition: Any, answers: Any = None) -> Confirmation:
        return self.form_class(answers, seen=edition.saves, button=self.button, kind=self.button_kind)

    def carry_out(self, texts: Texts, request: HttpRequest, document: Any, edition: Any) -> HttpResponse:
        form = self.form(edition, request.POST)
        if not form.is_valid():
            return self.show(texts, request, document, edition, form)
        seen = form.cleaned_data["seen"]
        try:
            self.do(edition, by=request.user, at=timezone.now(), seen=seen, **form.given())
        except publishing.ChangedMeanwhile as refusal:
            return self._tell_what_changed(texts, request, document, edition, refusal, seen=seen)
        except publishing.NotReady as refusal:
            form.add_error(None, [str(refusal), *refusal.problems])
        except publishing.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if self.changes_what_is_public:
                texts.after_public_change()
            return self._finish(texts, request, document)
        return self.show(texts, request, document, edition, form)

    def do(self, edition: Any, **given: Any) -> None:
        type(self).act(edition, **given)

    def show(
        self,
        texts: Texts,
        request: HttpRequest,
        document: Any,
        edition: Any,
        form: Confirmation,
        **extra: Any,
    ) -> HttpResponse:
        context = {
            "title": self.title,
            "explanation": self.explanation,
            "document": document,
            "edition": edition,
            "form": form,
        }
        return texts.respond(request, "operation", context | extra)

    def _finish(self, texts: Texts, request: HttpRequest, document: Any) -> HttpResponse:
        messages.success(request, self.done)
        return redirect(texts.url("change", document.pk))

    def _tell_what_changed(
        self,
        texts: Texts,
        request: HttpRequest,
        document: Any,
        edition: Any,
        refusal: publishing.ChangedMeanwhile,
        *,
        seen: int,
    ) -> HttpResponse:
        """The page again, with what was written kept. A second press then knows what happened."""
        present = document.editions.filter(pk=edition.pk).first()
        if present is None:
            return self._nothing_there(texts, request, document)
        if self._did_it_already(present, request, seen=seen):
            return self._finish(texts, request, document)
        answers = request.POST.copy()
        answers["seen"] = present.saves
        form = self.form(present, answers)
        form.add_error(None, str(refusal))
        saves = list(saves_of(texts, document).filter(id=present.pk, saves__gte=seen))
        changes = [deed for deed in deeds(texts, document, saves) if deed.save > seen]
        return self.show(texts, request, document, present, form, changes=changes)

    def _did_it_already(self, edition: Any, request: HttpRequest, *, seen: int) -> bool:
        """Whether the very next thing that happened was this, by this user: a second click."""
        is_next = edition.saves == seen + 1 and edition.saved_by_id == request.user.pk
        return is_next and edition.standing(at=timezone.now()) == self.leads_to

    def _nothing_there(self, texts: Texts, request: HttpRequest, document: Any) -> HttpResponse:
        written = request.POST.get("note") or request.POST.get("reason") or ""
        context = {
            "title": "There is no such draft",
            "document": document,
            "written": [written] if written else [],
        }
        return texts.respond(request, "gone", context, status=404)

    def _why_not(self, edition: Any, request: HttpRequest) -> str:
        return f"“{self.title}” is not possible now."


class SendForReview(Operation):
    verb = Verb.SEND_FOR_REVIEW
    rights = ("change",)
    leads_to = Standing.IN_REVIEW
    act = staticmethod(publishing.send_for_review)
    title = "Send for review"
    explanation = "Somebody who did not work on it reads it, and approves it or asks for changes."
    button = "Send for review"
    done = "Sent for review. A reviewer has to approve it before it can be published."


class SendBack(Operation):
    verb = Verb.SEND_BACK
    rights = ("approve",)
    leads_to = Standing.DRAFT
    act = staticmethod(publishing.send_back)
    form_class = Note
    title = "Send back"
    explanation = "It becomes a draft again, and an approval is void."
    button = "Send back"
    done = "Sent back. The authors see your note above the draft."


class Approve(Operation):
    verb = Verb.APPROVE
    rights = ("approve",)
    leads_to = Standing.APPROVED
    act = staticmethod(publishing.approve)
    title = "Approve"
    explanation = (
        "You say that the text is right and fit for the public. It is published in a step of its own."
    )
    button = "Approve"
    done = "Approved. It can be published now."

    def _why_not(self, edition: Any, request: HttpRequest) -> str:
        if edition.status == edition.Status.IN_REVIEW:
            return publishing.SECOND_PERSON
        return super()._why_not(edition, request)


class Publish(Operation):
    verb = Verb.PUBLISH
    rights = ("change", "approve")
    leads_to = Standing.LIVE
    changes_what_is_public = True
    act = staticmethod(publishing.publish)
    form_class = Moment
    title = "Publish"
    explanation = "What is public until then ends at the same moment. A published text never changes again."
    button = "Publish"
    done = "Done. Readers see it from the moment that you chose."

    def _did_it_already(self, edition: Any, request: HttpRequest, *, seen: int) -> bool:
        is_next = edition.saves == seen + 1 and edition.saved_by_id == request.user.pk
        return is_next and not edition.is_open


class CancelSchedule(Operation):
    verb = Verb.CANCEL_SCHEDULE
    rights = ("change", "approve")
    leads_to = Standing.APPROVED
    act = staticmethod(publishing.cancel_schedule)
    title = "Cancel the schedule"
    explanation = "It is not published at that moment. It stays approved, and can be published or changed."
    button = "Cancel the schedule"
    done = "It is off the calendar. It is still approved."


class Withdraw(Operation):
    verb = Verb.WITHDRAW
    rights = ("change", "approve")
    leads_to = Standing.WITHDRAWN
    changes_what_is_public = True
    form_class = Reason
    title = "Withdraw"
    explanation = (
        "From now on nobody can read it: not as it is, and not as it stood on an earlier day. Readers see the date "
        "and your reason. What belongs to it goes with it, and what was scheduled to follow comes off the calendar."
    )
    button = "Withdraw"
    button_kind = "warning"
    done = "Withdrawn. Readers see the date and your reason."

    def do(self, edition: Any, *, seen: int, **given: Any) -> None:
        if not edition.is_live(at=given["at"]) or edition.saves != seen:
            raise publishing.ChangedMeanwhile("What is public changed meanwhile. Look again, then decide.")
        publishing.withdraw(edition.document, **given)


class Discard(Operation):
    verb = Verb.DISCARD
    rights = ("change",)
    leads_to = None
    title = "Delete this draft"
    explanation = "What is public stays as it is. What was saved of the draft stays in the history."
    button = "Delete this draft"
    button_kind = "warning"
    done = "The draft is deleted."

    def do(self, edition: Any, *, by: Any, **given: Any) -> None:
        publishing.discard(edition, **given)


OPERATIONS = (SendForReview, Approve, Publish, SendBack, CancelSchedule, Withdraw, Discard)
"""In the order of their buttons."""
